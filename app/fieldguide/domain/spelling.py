"""Words that were nearly typed: deletion neighbourhoods and the distance between two spellings."""

from itertools import pairwise
from typing import Final

_SOUNDS: Final = (
    ("ph", "f"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("c", "k"), ("q", "k"), ("y", "i"),
    ("z", "s"), ("w", "v"), ("th", "t"),
)  # fmt: skip

TYPO_LENGTH: Final = 4
"""Shorter words are never corrected: too many others are one letter away."""
_WHOLE: Final = 9
"""Letters of a word that take part in its neighbourhood; the distance looks at all of them."""


def deletions(word: str) -> set[str]:
    """The start of a word, that start with any one letter left out, and how the word sounds.

    Two words that differ by one letter added, dropped, changed or swapped share one of these.
    """
    start = word[:_WHOLE]
    short = (start[:place] + start[place + 1 :] for place in range(len(start)))
    return {start, *short, f"~{sounded(word)}"}


def sounded(word: str) -> str:
    """A word as many Europeans would hear it: ``morfosys`` and ``morphosys`` are one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return word[:1] + "".join(b for a, b in pairwise(word) if a != b)


def tolerance(word: str) -> int:
    """How many slips a word of this length may hold and still be meant."""
    return 1 if len(word) < 6 else 2


def distance(left: str, right: str, limit: int) -> int:
    """Edits between two words, a swap of neighbours being one; ``limit + 1`` when farther.

    Optimal string alignment, a row at a time.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    if not left or not right:
        return min(len(left) + len(right), limit + 1)
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], limit + 1)
