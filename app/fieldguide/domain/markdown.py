"""The little Markdown that a note knows: what each stretch of one line is, and how to change it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fieldguide.domain.records import KINDS, Ref

LONGEST: Final = 10_000
"""A longer line is shown as it stands."""
_HEADING: Final = re.compile(r"(#{1,6}) ")
_ITEM: Final = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)]) (?:\[([ xX])\](?: |$))?")
# Bounded, so that a line full of signs that nothing closes costs no more than its length.
_BOLD: Final = re.compile(r"\*\*(?=\S)(.{1,400}?)(?<=\S)\*\*(?!\*)")
_ITALIC: Final = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,400})(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])([^_]{1,400})(?<=[^\s_])_(?![\w_])"
)
_LINK: Final = re.compile(r"\[\[([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)\|([^\[\]|\n]{1,200})\]\]")


class Part(StrEnum):
    """What a stretch of a line is; stretches may lie within one another."""

    HEADING = "heading"
    BOLD = "bold"
    ITALIC = "italic"
    SIGN = "sign"
    """Characters that only say what others are."""
    ITEM = "item"
    BOX = "box"
    """All of ``- [ ] ``: shown as a box."""
    LINK = "link"
    ADDRESS = "address"
    """What of a link is not its title: not shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line, counted in characters; ``level`` only for headings, 1 to 6."""

    start: int
    end: int
    part: Part
    level: int = 0


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A link to a record, as in ``[[organisation/biobay|BioBAY]]``, and where it stands."""

    start: int
    end: int
    ref: Ref
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """How a line of a list begins: its mark, and where the sign in its box stands (-1: no box)."""

    mark: str
    sign: int
    done: bool

    @property
    def indent(self) -> int:
        """Blanks before the mark."""
        return len(self.mark) - len(self.mark.lstrip())

    @property
    def hang(self) -> int:
        """Letters from the mark to the text: how much farther in an item within this one is."""
        return len(re.sub(r"\[[ xX]\] ?$", "", self.mark)) - self.indent

    @property
    def bullet(self) -> str:
        """What begins the item, without blanks and box: ``-``, ``1.``."""
        return self.mark[self.indent : self.indent + self.hang].rstrip()

    @property
    def following(self) -> str:
        """The mark of the line after it: the next number, an empty box."""
        mark = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), self.mark, count=1)
        return re.sub(r"\[[xX]\] ?", "[ ] ", mark)


def item(line: str) -> Item | None:
    """How the line begins when it is one of a list, else None."""
    found = _ITEM.match(line)
    if found is None:
        return None
    box = found[3]
    return Item(found[0], found.start(3), box is not None and box != " ")


def heading(line: str) -> int:
    """The level of a heading, 0 for any other line."""
    found = _HEADING.match(line)
    return len(found[1]) if found else 0


def links(line: str) -> Iterator[RecordLink]:
    """The links to records in a line, in order."""
    for found in _LINK.finditer(line):
        if found[1] in KINDS:
            yield RecordLink(found.start(), found.end(), Ref(found[1], found[2]), found[3])


def link_text(ref: Ref, title: str) -> str:
    """A link as it is written; what would end it early is replaced in the title."""
    plain = " ".join(re.sub(r"[\[\]|]", " ", title).split())[:200]
    return f"[[{ref}|{plain or ref.slug}]]"


def plain(line: str) -> str:
    """The line as it is read: the title in place of each link, no signs of what is bold."""
    shown, end = "", 0
    for span in sorted(spans(line), key=lambda span: span.start):
        if span.part in (Part.SIGN, Part.ADDRESS):
            shown += line[end : span.start]
            end = max(end, span.end)
    return shown + line[end:]


def spans(line: str) -> list[Span]:
    """What every stretch of a line is; plain text is in none."""
    if len(line) > LONGEST:
        return []
    found: list[Span] = []
    level = heading(line)
    if level:
        found.append(Span(0, len(line), Part.HEADING, level))
        found.append(Span(0, level + 1, Part.SIGN))
    elif (begin := item(line)) is not None:
        part = Part.ITEM if begin.sign < 0 else Part.BOX
        found.append(Span(0, len(begin.mark), part))
    if "*" in line or "_" in line:
        found += _emphasis(line)
    if "[[" in line:
        for link in links(line):
            shown = link.end - 2 - len(link.title)
            found.append(Span(link.start, shown, Part.ADDRESS))
            found.append(Span(shown, link.end - 2, Part.LINK))
            found.append(Span(link.end - 2, link.end, Part.ADDRESS))
    return found


def _emphasis(line: str) -> Iterator[Span]:
    for pattern, part, width in ((_BOLD, Part.BOLD, 2), (_ITALIC, Part.ITALIC, 1)):
        for found in pattern.finditer(line):
            start, end = found.span()
            yield from _signed(start, end, width, part)
            both = line.startswith("***", start) and line.endswith("***", start, end)
            if both and end - start > 2 * len("***"):
                yield from _signed(start + 2, end - 2, 1, Part.ITALIC)


def _signed(start: int, end: int, width: int, part: Part) -> Iterator[Span]:
    yield Span(start + width, end - width, part)
    yield Span(start, start + width, Part.SIGN)
    yield Span(end - width, end, Part.SIGN)
