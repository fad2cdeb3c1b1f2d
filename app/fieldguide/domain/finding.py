"""How well a name answers what was typed: one pure rule for guide, notes and people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.records import Ref
from fieldguide.domain.script import is_hanzi, words

EXACT: Final = 100.0
START: Final = 84.0
PHRASE: Final = 72.0
WORDS: Final = 60.0
BODY: Final = 16.0


@dataclass(frozen=True, slots=True)
class Key:
    """One name of a record, folded: its words, the words joined, and why it is a name of it."""

    words: tuple[str, ...]
    joined: str
    why: str
    pinyin: bool = False

    @classmethod
    def of(cls, text: str, why: str = "") -> "Key":
        """Fold a name; a ``why`` of ``pinyin`` marks space-separated syllables."""
        found = tuple(words(text))
        return cls(found, "".join(found), why, pinyin=why == "pinyin")


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of an answer; ``why`` says what matched, in words for the user."""

    ref: Ref
    title: str
    title_zh: str
    pinyin: str
    types: tuple[str, ...]
    snippet: str
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: hits best first, and how many of each kind; ``more`` when it was cut short."""

    hits: tuple[Hit, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    more: bool = False


def name_score(typed: Sequence[str], joined: str, keys: Sequence[Key]) -> tuple[float, str]:
    """The best score of any name, with its reason; 0 when no name holds what was typed."""
    best, why = 0.0, ""
    for place, key in enumerate(keys):
        score = _key_score(typed, joined, key)
        if score and place:
            score -= 2.0
        if score > best:
            best, why = score, key.why
            if score == EXACT:
                break
    return best, why


def _key_score(typed: Sequence[str], joined: str, key: Key) -> float:
    if key.joined == joined:
        return EXACT
    if key.joined.startswith(joined):
        return START + 8.0 * len(joined) / len(key.joined)
    if is_hanzi(joined):
        return PHRASE + 6.0 * len(joined) / len(key.joined) if joined in key.joined else 0.0
    if key.pinyin:
        return _pinyin_score(joined, key)
    if _runs(typed, key.words):
        return PHRASE + 6.0 * len(joined) / len(key.joined)
    held = sum(1 for word in typed if any(_holds(own, word) for own in key.words))
    if held == len(typed):
        return WORDS + 6.0 * len(joined) / len(key.joined)
    return 0.0


def _holds(own: str, word: str) -> bool:
    return word in own if is_hanzi(word) else own.startswith(word)


def _runs(typed: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the typed words stand side by side, the last one as a start."""
    size = len(typed)
    head, last = list(typed[:-1]), typed[-1]
    return any(
        list(own[at : at + size - 1]) == head and own[at + size - 1].startswith(last)
        for at in range(len(own) - size + 1)
    )


def _pinyin_score(joined: str, key: Key) -> float:
    """Joined pinyin from any syllable on, or initials from any syllable on."""
    for at in range(1, len(key.words)):
        rest = "".join(key.words[at:])
        if rest.startswith(joined):
            return PHRASE - 4.0 + 6.0 * len(joined) / len(key.joined)
    initials = "".join(word[0] for word in key.words)
    if initials == joined:
        return START
    if len(joined) > 1 and initials.startswith(joined):
        return PHRASE - 2.0
    if len(joined) > 1 and joined in initials:
        return WORDS - 4.0
    return 0.0


def held_words(typed: Sequence[str], keys: Sequence[Key]) -> float:
    """The share of typed words that stand in some name."""
    own = {word for key in keys for word in key.words}
    return sum(1 for word in typed if any(_holds(one, word) for one in own)) / len(typed)


def importance(number: int, records: int) -> float:
    """0 to 6 points by row number, which is a record's rank in its guide."""
    return 6.0 * (1.0 - math.log(number) / math.log(records + 1)) if records > 1 else 0.0


def line_score(typed: Sequence[str], own: Sequence[str]) -> int:
    """How many typed words a line holds, whole words counting double."""
    score = 0
    for word in typed:
        if any(one == word for one in own):
            score += 2
        elif any(_holds(one, word) for one in own):
            score += 1
    return score
