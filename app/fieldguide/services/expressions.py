"""What the full-text tables are asked for some folded words, in the syntax of FTS5."""

from collections.abc import Iterator, Sequence
from typing import Final

from fieldguide.domain.script import CAP, is_hanzi, singular, term_queries

MOST: Final = 6
"""Words of which one may be left out."""
SHORTEST: Final = 4
"""Letters that must be left to look for."""


def phrases(word: str, *, last: bool) -> list[str]:
    """What must match for one word; a long one also by the cut form that pinyin is stored in."""
    star = "*" if last else ""
    others = [word[:CAP]] if len(word) > CAP else []
    if (single := singular(word)) != word:
        others.append(single)
    if is_hanzi(word) or not others:
        return term_queries(word, prefix=last and len(word) > 1)
    quoted = [f'"{word}"{star}', *(f'"{other}"' for other in others)]
    return [f"({' OR '.join(quoted)})"]


def pieces(word: str) -> list[str]:
    """A word without the ending that may differ, or the pairs of a run of hanzi."""
    if is_hanzi(word):
        return [word[at : at + 2] for at in range(max(1, len(word) - 1))]
    return [word[: len(word) - (3 if len(word) > 7 else 2)] if len(word) > 5 else word]


def looser(parts: list[str]) -> Iterator[str]:
    """All parts, then each time all but one, then any of them."""
    yield " AND ".join(parts)
    if 2 < len(parts) <= MOST:
        for place in range(len(parts)):
            yield " AND ".join(parts[:place] + parts[place + 1 :])
    yield " OR ".join(parts)


def all_of(typed: Sequence[str], *, starts: bool = True) -> str:
    """All words; the last one as a start, unless only whole words are wanted."""
    last = len(typed) - 1 if starts else -1
    return " AND ".join(
        part for place, word in enumerate(typed) for part in phrases(word, last=place == last)
    )


def starts_of(typed: Sequence[str]) -> str:
    """All words, each as a start."""
    return " AND ".join(part for word in typed for part in phrases(word, last=True))


def all_but_one(typed: Sequence[str]) -> Iterator[str]:
    """Each time all words but one, each as a start; a number is never the one left out."""
    for place, word in enumerate(typed[:MOST]):
        others = [*typed[:place], *typed[place + 1 :]]
        if not word[0].isdigit() and len("".join(others)) >= SHORTEST:
            yield starts_of(others)


def any_of(words: Sequence[str]) -> str:
    """One of some words, each as a start."""
    return f"({' OR '.join(part for word in words for part in phrases(word, last=True))})"


def over_names(typed: Sequence[str], joined: str) -> Iterator[str]:
    """Expressions over names; all words, the last as a start, comes last."""
    if len(typed) > 1 and not is_hanzi(joined):
        yield f'"{joined[:CAP]}"' + ("*" if len(joined) <= CAP else "")
    if len(typed) > 1 and len(typed[-1]) == 1 and not is_hanzi(typed[-1]):
        # A last letter alone would match half of the guide: the ranking looks at it.
        yield all_of(typed[:-1], starts=False)
    else:
        yield all_of(typed)
