"""How well a name answers what was typed: one pure rule for guide, notes and people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from fieldguide.domain.records import Ref
from fieldguide.domain.script import is_hanzi, singular

EXACT: Final = 100.0
START: Final = 84.0
PHRASE: Final = 72.0
KIND: Final = 88.0
WORDS: Final = 60.0
BESIDE: Final = 54.0
"""Each word stands in some name, or says what kind of thing it is, or where."""
BODY: Final = 16.0
WHOLE: Final = 6.0
"""More for a record whose names and one line hold every word."""
SORTS: Final = "sorts"
TAGS: Final = "tags"
"""Reasons that mark the two stored lines which are no names."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, folded, in the forms that are compared with names."""

    words: tuple[str, ...]
    joined: str
    phrase: str
    """The words side by side, with a space before: found in a key, it stands at a word's start."""
    parts: tuple[str, ...]
    """Each word as it is looked for alone: a Latin one at the start of a word, hanzi anywhere."""
    singulars: tuple[str, ...]
    """The same in the singular, to compare with kinds and lines."""
    weights: tuple[int, ...]
    """A number says more of what is meant than a word does."""
    hanzi: bool

    @classmethod
    def of(cls, words: Sequence[str]) -> "Typed":
        """Take folded words, at least one."""
        joined = "".join(words)
        parts = tuple(word if is_hanzi(word) else f" {word}" for word in words)
        singulars = tuple(word if is_hanzi(word) else f" {singular(word)}" for word in words)
        weights = tuple(2 if word[0].isdigit() else 1 for word in words)
        phrase = f" {' '.join(words)}"
        return cls(tuple(words), joined, phrase, parts, singulars, weights, is_hanzi(joined))


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


class Hit(NamedTuple):
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


class Candidate:
    """The names of one record, and the words for what kind of thing it is and where."""

    __slots__ = ("names", "sorts", "tags")

    def __init__(self, keys: str) -> None:
        """Read the stored lines of a record."""
        self.names: list[Key] = []
        self.sorts = self.tags = " "
        for line in keys.split("\n"):
            key = Key(line)
            if key.why == SORTS:
                self.sorts = key.text
            elif key.why == TAGS:
                self.tags = key.text
            else:
                self.names.append(key)


def score(typed: Typed, one: Candidate) -> tuple[float, str]:
    """How well names and kind answer, with the reason; 0 when they do not hold what was typed."""
    best, why = 0.0, ""
    less = 0.0
    for key in one.names:
        found = _key_score(typed, key) - less
        less = 2.0
        if found > best:
            best, why = found, key.why
            if found == EXACT:
                return best, why
    if best < KIND:
        sorts = one.sorts
        for part in typed.singulars:
            if part not in sorts:
                break
        else:
            return KIND, "kind"
    if not best:
        for part in typed.singulars:
            if not _stands(part, one):
                break
        else:
            return BESIDE, ""
    return best, why


def _stands(part: str, one: Candidate) -> bool:
    return part in one.sorts or part in one.tags or any(part in key.text for key in one.names)


def _key_score(typed: Typed, key: Key) -> float:
    joined, own = typed.joined, key.joined
    if own.startswith(joined):
        if len(own) == len(joined):
            return EXACT
        # A single character begins too many names to say much.
        return START + 8.0 * len(joined) / len(own) if len(joined) > 1 else PHRASE
    if key.initials:
        return _pinyin_score(joined, key)
    if typed.hanzi and len(typed.words) == 1:
        return PHRASE + 6.0 * len(joined) / len(own) if joined in own else 0.0
    text = key.text
    if typed.phrase in text:
        return PHRASE + 6.0 * len(joined) / len(own)
    for part in typed.parts:
        if part not in text:
            return 0.0
    return WORDS + 6.0 * len(joined) / len(own)


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


def held_words(typed: Typed, one: Candidate) -> float:
    """The share of typed words, by weight, that stand in some name or say what kind it is."""
    pairs = zip(typed.singulars, typed.weights, strict=True)
    return sum(weight for part, weight in pairs if _stands(part, one)) / sum(typed.weights)


def importance(number: int, records: int) -> float:
    """0 to 6 points by row number, which is a record's rank in its guide."""
    return 6.0 * (1.0 - math.log(number) / math.log(records + 1)) if records > 1 else 0.0


def line_score(typed: Typed, folded: str) -> float:
    """0 to 1: the share of typed words in a line, more for whole words and for short lines.

    ``folded`` has a space at either end.
    """
    held = whole = size = 0
    for part, word, weight in zip(typed.singulars, typed.words, typed.weights, strict=True):
        size += weight
        if part in folded:
            held += weight
            if f" {word} " in folded:
                whole += weight
    if not held:
        return 0.0
    close = 2 * len(typed.words) / folded.count(" ")
    return (0.6 * held + 0.25 * whole) / size + 0.15 * (close if close < 1.0 else 1.0)


def best_line(
    typed: Typed, lines: Sequence[tuple[str, str]], missing: Sequence[str] = ()
) -> tuple[float, str]:
    """Score and text of the line that answers best: that holds what the names are ``missing``."""
    best, text = 0.0, ""
    shown = -1.0
    for line, folded in lines:
        # Most lines hold nothing of it; they are passed over before anything is counted.
        for part in typed.singulars:
            if part in folded:
                break
        else:
            continue
        value = line_score(typed, folded)
        best = max(best, value)
        for part in missing:
            value += part in folded
        if value > shown:
            shown, text = value, line
    return best, text


def missing_words(typed: Typed, one: Candidate) -> list[str]:
    """Typed words that stand in no name and say neither what kind of thing it is nor where."""
    return [part for part in typed.singulars if not _stands(part, one)]
