"""How well a name answers what was typed: one pure rule for guide, notes and people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.records import Ref
from fieldguide.domain.script import is_hanzi

EXACT: Final = 100.0
START: Final = 84.0
PHRASE: Final = 72.0
WORDS: Final = 60.0
BODY: Final = 16.0


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, folded, in the forms that are compared with names."""

    words: tuple[str, ...]
    joined: str
    phrase: str
    """The words side by side, with a space before: found in a key, it stands at a word's start."""
    parts: tuple[str, ...]
    """Each word as it is looked for alone: a Latin one at the start of a word, hanzi anywhere."""
    hanzi: bool

    @classmethod
    def of(cls, words: Sequence[str]) -> "Typed":
        """Take folded words, at least one."""
        joined = "".join(words)
        parts = tuple(word if is_hanzi(word) else f" {word}" for word in words)
        return cls(tuple(words), joined, f" {' '.join(words)}", parts, is_hanzi(joined))


class Key:
    """One name of a record, folded, and why it is a name of it."""

    __slots__ = ("initials", "joined", "text", "why")

    def __init__(self, line: str) -> None:
        """Read one stored line: folded words, a tab, why; ``pinyin`` marks separate syllables."""
        words, _, self.why = line.partition("\t")
        self.text = f" {words}"
        self.joined = words.replace(" ", "")
        pinyin = self.why == "pinyin"
        self.initials = "".join(word[0] for word in words.split()) if pinyin else ""


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


def name_score(typed: Typed, keys: Sequence[Key]) -> tuple[float, str]:
    """The best score of any name, with its reason; 0 when no name holds what was typed."""
    best, why = 0.0, ""
    for place, key in enumerate(keys):
        score = _key_score(typed, key)
        if score and place:
            score -= 2.0
        if score > best:
            best, why = score, key.why
            if score == EXACT:
                break
    return best, why


def _key_score(typed: Typed, key: Key) -> float:
    joined = typed.joined
    if key.joined.startswith(joined):
        whole = len(key.joined) == len(joined)
        return EXACT if whole else START + 8.0 * len(joined) / len(key.joined)
    if key.initials:
        return _pinyin_score(joined, key)
    if typed.hanzi and len(typed.words) == 1:
        return PHRASE + 6.0 * len(joined) / len(key.joined) if joined in key.joined else 0.0
    if typed.phrase in key.text:
        return PHRASE + 6.0 * len(joined) / len(key.joined)
    if all(part in key.text for part in typed.parts):
        return WORDS + 6.0 * len(joined) / len(key.joined)
    return 0.0


def _pinyin_score(joined: str, key: Key) -> float:
    """Joined pinyin from any syllable on, or initials from any syllable on."""
    if joined in key.joined:
        rest = key.text
        while rest:
            _, _, rest = rest.partition(" ")
            if rest.replace(" ", "").startswith(joined):
                return PHRASE - 4.0 + 6.0 * len(joined) / len(key.joined)
    if len(joined) < 2 or joined not in key.initials:
        return 0.0
    if key.initials == joined:
        return START
    return PHRASE - 2.0 if key.initials.startswith(joined) else WORDS - 4.0


def held_words(typed: Typed, keys: Sequence[Key]) -> float:
    """The share of typed words that stand in some name."""
    held = sum(1 for part in typed.parts if any(part in key.text for key in keys))
    return held / len(typed.parts)


def importance(number: int, records: int) -> float:
    """0 to 6 points by row number, which is a record's rank in its guide."""
    return 6.0 * (1.0 - math.log(number) / math.log(records + 1)) if records > 1 else 0.0


def line_score(typed: Typed, own: Sequence[str]) -> int:
    """How many typed words a line of folded words holds, whole words counting double."""
    text = f" {' '.join(own)} "
    held = sum(1 for part in typed.parts if part in text)
    return held + sum(1 for word in typed.words if f" {word} " in text)
