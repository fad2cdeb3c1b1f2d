"""Which letters of a shown text answer what was typed, through case, accents and separators."""

from collections.abc import Sequence

from fieldguide.domain.script import fold, is_hanzi

_APOSTROPHES = "'’‘ʼ"
_SEPARATORS = ", \u2009\u202f\u00a0'"


def marked(text: str, typed: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Spans of ``text`` to highlight, in order, not touching; ``typed`` are folded words.

    Latin words match from the start of a word, hanzi anywhere.
    """
    letters, origins = _folded(text)
    hit = [False] * len(text)
    for word in typed:
        at = letters.find(word)
        while at >= 0:
            if is_hanzi(word) or not at or not letters[at - 1].isalnum():
                for place in range(origins[at], origins[at + len(word) - 1] + 1):
                    hit[place] = True
            at = letters.find(word, at + 1)
    spans: list[tuple[int, int]] = []
    for place, held in enumerate(hit):
        if not held:
            continue
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded letters, and for each of them the place of the letter it comes from."""
    letters: list[str] = []
    origins: list[int] = []
    for place, char in enumerate(text):
        if _is_silent(text, place):
            continue
        for letter in char.lower() if char.isascii() else fold(char):
            letters.append(letter)
            origins.append(place)
    return "".join(letters), origins


def _is_silent(text: str, place: int) -> bool:
    before, char, after = text[place - 1 : place], text[place], text[place + 1 : place + 4]
    if char in _APOSTROPHES and before.isalnum() and after[:1].isalnum():
        return True
    return char in _SEPARATORS and before.isdigit() and len(after) == 3 and after.isdigit()
