"""What became of a text: which lines are new, gone or changed, and which words of those."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from fieldguide.domain.notes import parse_lines

LONGEST_LINES: Final = 2_000
LONGEST_WORDS: Final = 1_000
"""Beyond so many lines or words in a row that differ, they are not matched with each other."""
MOST_PAIRS: Final = 2_500
"""Beyond so many possible pairs of old and new lines no line counts as changed."""
ALIKE: Final = 0.5
"""A line counts as changed, not as replaced, when it shares this much with what it was."""

_WORD: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\w+|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What became of a line or of some words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row with one fate; never CHANGED: that is some removed and some added."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line: ``before`` is None when it was added, ``after`` when it was removed."""

    change: Change
    before: str | None
    after: str | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of the line as stored, what was removed before what was added."""
        return words_changed(self.before or "", self.after or "")


@dataclass(frozen=True, slots=True)
class Fold:
    """So many unchanged lines that are not worth showing."""

    lines: tuple[LineChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Every line of both texts, in the order of reading."""

    lines: tuple[LineChange, ...]

    def count(self, change: Change) -> int:
        """How many lines met this fate, not counting empty ones."""
        return sum(
            line.change is change and bool((line.before or line.after or "").strip())
            for line in self.lines
        )

    @property
    def before(self) -> str:
        """The first text, byte for byte."""
        return "\n".join(line.before for line in self.lines if line.before is not None)

    @property
    def after(self) -> str:
        """The second text, byte for byte."""
        return "\n".join(line.after for line in self.lines if line.after is not None)

    @property
    def with_removed(self) -> str:
        """The second text with the removed lines back in their places."""
        kept = (line.before if line.after is None else line.after for line in self.lines)
        return "\n".join(text for text in kept if text is not None)


def difference(before: str, after: str) -> Difference:
    """Compare two texts line by line; lines of one kind that are much alike count as changed."""
    old, new = (text.split("\n") if text else [] for text in (before, after))
    lines: list[LineChange] = []
    for same, left, right in _runs(old, new, LONGEST_LINES):
        if same:
            lines += [LineChange(Change.SAME, text, text) for text in left]
        else:
            lines += _replaced(left, right)
    return Difference(tuple(lines))


def folded(lines: Sequence[LineChange], around: int = 1) -> list[LineChange | Fold]:
    """Put away unchanged lines but for ``around`` beside each change; never one alone."""
    near: set[int] = set()
    for place, line in enumerate(lines):
        if line.change is not Change.SAME:
            near.update(range(place - around, place + around + 1))
    shown: list[LineChange | Fold] = []
    hidden: list[LineChange] = []

    def put_away() -> None:
        shown.extend([Fold(tuple(hidden))] if len(hidden) > 1 else hidden)
        hidden.clear()

    for place, line in enumerate(lines):
        if place in near:
            put_away()
            shown.append(line)
        else:
            hidden.append(line)
    put_away()
    return shown


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """What became of each word of a line; every hanzi is a word."""
    pieces: list[Piece] = []
    runs = _runs(split_words(before), split_words(after), LONGEST_WORDS)
    for same, left, right in _without_gaps(runs):
        if same:
            pieces.append(Piece("".join(left), Change.SAME))
            continue
        if left:
            pieces.append(Piece("".join(left), Change.REMOVED))
        if right:
            pieces.append(Piece("".join(right), Change.ADDED))
    return tuple(pieces)


Run = tuple[bool, Sequence[str], Sequence[str]]


def split_words(text: str) -> list[str]:
    """Words, spaces and signs, each hanzi for itself; joined they are the text."""
    return _WORD.findall(text)


def _runs(old: Sequence[str], new: Sequence[str], longest: int) -> list[Run]:
    """Rows of parts that are the same on both sides, and what stands between them."""
    start = _common(old, new, lambda place: place)
    room = min(len(old), len(new)) - start
    end = min(room, _common(old, new, lambda place: -1 - place))
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    runs: list[Run] = [(True, old[:start], new[:start])] if start else []
    if max(len(left), len(right)) > longest:
        runs.append((False, left, right))
    else:
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        runs += [
            (tag == "equal", left[a:b], right[c:d]) for tag, a, b, c, d in matcher.get_opcodes()
        ]
    if end:
        runs.append((True, old[len(old) - end :], new[len(new) - end :]))
    return runs


def _common(old: Sequence[str], new: Sequence[str], at: Callable[[int], int]) -> int:
    least = min(len(old), len(new))
    return next((place for place in range(least) if old[at(place)] != new[at(place)]), least)


def _without_gaps(runs: Sequence[Run]) -> list[Run]:
    """Take a mere space between two changes as part of them, so that they read as one."""
    joined: list[Run] = []
    for place, (same, left, right) in enumerate(runs):
        between = same and 0 < place < len(runs) - 1 and not "".join(left).strip()
        if joined and not joined[-1][0] and (between or not same):
            _, before, after = joined[-1]
            joined[-1] = (False, [*before, *left], [*after, *right])
        else:
            joined.append((same, left, right))
    return joined


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[LineChange]:
    """Old lines beside new ones: the pairs that are alike are changed, the others gone or new."""
    lines: list[LineChange] = []
    a = b = 0
    for left, right in [*_pairs(old, new), (len(old), len(new))]:
        lines += [LineChange(Change.REMOVED, text, None) for text in old[a:left]]
        lines += [LineChange(Change.ADDED, None, text) for text in new[b:right]]
        if left < len(old):
            lines.append(LineChange(Change.CHANGED, old[left], new[right]))
        a, b = left + 1, right + 1
    return lines


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of like lines that keep their order and share the most."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    left, right = [_Gist.of(text) for text in old], [_Gist.of(text) for text in new]
    # best[a][b]: the most that old lines from a on and new lines from b on can share.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    shared = [[one.shared(two) for two in right] for one in left]
    for a in reversed(range(len(old))):
        for b in reversed(range(len(new))):
            paired = shared[a][b] + best[a + 1][b + 1] if shared[a][b] else 0.0
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    pairs = []
    a = b = 0
    while a < len(old) and b < len(new):
        if shared[a][b] and best[a][b] == shared[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


@dataclass(frozen=True, slots=True)
class _Gist:
    """What a line is compared by when it may be a changed one."""

    kind: str
    text: str
    words: Counter[str]

    @classmethod
    def of(cls, stored: str) -> "_Gist":
        line = parse_lines(stored)[0]
        words = Counter(word for word in split_words(line.text[:4_000]) if not word.isspace())
        return cls(line.kind, line.text, words)

    def shared(self, other: "_Gist") -> float:
        """From 0 to 1; 0 when the two are different lines."""
        if self.text == other.text:
            return 1.0 if self.text.strip() else 0.0
        if self.kind != other.kind:
            return 0.0
        common = (self.words & other.words).total()
        share = 2 * common / max(1, self.words.total() + other.words.total())
        # A line that was typed on holds all of what it was.
        grown = 0 < common == min(self.words.total(), other.words.total())
        return max(share, ALIKE) if grown else share if share >= ALIKE else 0.0
