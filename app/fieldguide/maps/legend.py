"""What stands beside a map that goes out alone: the stops in words, the scale and the credits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.runs import Scripts
from fieldguide.maps import style
from fieldguide.maps.labels import Box
from fieldguide.maps.shapes import (
    MAP_HANZI,
    MAP_NAME,
    MAP_SMALL,
    Disc,
    Measure,
    ScaleBar,
    Shape,
    Stroke,
    Text,
)
from fieldguide.maps.stops import Route, Stop
from fieldguide.maps.svg import MAP_TITLE

EDGE: Final = 16.0
LIST_WIDTH: Final = 300.0
_TICK: Final = 5.0
_GAP: Final = 12.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a stop beside the map, and of the way to the next one."""

    stop: Stop
    time: str
    address: str
    onward: str = ""
    scripts: Scripts = "both"


@dataclass(frozen=True, slots=True)
class Chapter:
    """The stops of one day under its name."""

    heading: str
    route: Route
    entries: tuple[Entry, ...]


def depth(width: float, credit: str, measure: Measure) -> float:
    """How high the foot of a map is: the bar of the scale, its words and the credits."""
    lines = 1 + len(list(wrapped(credit, width - 2 * EDGE, MAP_SMALL, measure)))
    return _TICK + 6 + lines * measure("0", MAP_SMALL)[1]


def foot(
    height: float, width: float, scale: ScaleBar, words: str, credit: str, measure: Measure
) -> tuple[Box, list[Shape]]:
    """The ground that the foot needs, and what stands on it."""
    line = measure("0", MAP_SMALL)[1]
    top, left = height - EDGE - depth(width, credit, measure), EDGE
    y, right = top + _TICK, left + scale.pixels
    bar = ((left, top, left, y), (left, y, right, y), (right, top, right, y))
    shapes: list[Shape] = [Stroke(part, "land", 5) for part in bar]
    shapes += [Stroke(part, "t2", 1.5) for part in bar]
    credits = wrapped(credit, width - 2 * EDGE, MAP_SMALL, measure)
    said = [(words, "t2"), *((one, "t3") for one in credits)]
    widest = scale.pixels
    for number, (text, color) in enumerate(said):
        wide = measure(text, MAP_SMALL)[0]
        start = y + 4 + number * line
        shapes.append(Text(Box(left, start, left + wide, start + line), text, MAP_SMALL, color))
        widest = max(widest, wide)
    return Box(left - 6, top - 6, left + widest + 6, height - EDGE + 4), shapes


def beside(
    title: str, subtitle: str, chapters: Sequence[Chapter], height: float, measure: Measure
) -> list[Shape]:
    """The stops as a list from the top, as many as there is room for, and how many are left out."""
    room = LIST_WIDTH - 2 * EDGE
    heads = [_Line(title, MAP_TITLE, "t1")]
    heads += [_Line(text, MAP_SMALL, "t2") for text in wrapped(subtitle, room, MAP_SMALL, measure)]
    blocks = [_Block(tuple(heads)), *_blocks(chapters)]
    edge = LIST_WIDTH - 0.5
    shapes: list[Shape] = [Stroke((edge, 0, edge, height), "line", 1)]
    top, small = EDGE, measure("0", MAP_SMALL)[1]
    for number, block in enumerate(blocks):
        tall = sum(measure("0", line.role)[1] for line in block.lines)
        if block.stop is not None:
            tall = max(tall, 2 * (style.DISC_RADIUS + style.RING))
        elif number > 1:
            top += _GAP / 2
        left_out = sum(1 for one in blocks[number:] if one.stop is not None)
        if top + tall + (small + _GAP if left_out > 1 else 0) > height - EDGE:
            more = Box(EDGE, top, EDGE + room, top + small)
            shapes.append(Text(more, f"… and {left_out} more", MAP_SMALL, "t2", halo=False))
            break
        shapes += _set(block, top, measure)
        top += tall + _GAP
    return shapes


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    role: str
    color: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay together, beside the disc of a stop where they tell of one."""

    lines: tuple[_Line, ...]
    stop: Stop | None = None


def _blocks(chapters: Sequence[Chapter]) -> Iterator[_Block]:
    several = len(chapters) > 1
    for chapter in chapters:
        color = style.day_color(chapter.route.day)
        if several:
            yield _Block((_Line(chapter.heading, MAP_NAME, color),))
        for entry in chapter.entries:
            hanzi, name = entry.stop.written(entry.scripts)
            names = [one for one in ((name, MAP_NAME), (hanzi, MAP_HANZI)) if one[0]]
            times = (entry.time, "")
            lines = [_Line(*one, "t1", time) for one, time in zip(names, times, strict=False)]
            if not several:
                lines += [_Line(entry.address, MAP_SMALL, "t2")] if entry.address else []
            if entry.stop.position is None:
                lines.append(_Line("position not known", MAP_SMALL, "t3"))
            if entry.onward and not several:
                lines += [_Line(one, MAP_SMALL, "t3") for one in entry.onward.split("\n")]
            yield _Block(tuple(lines), entry.stop)


def _set(block: _Block, top: float, measure: Measure) -> Iterator[Shape]:
    """The shapes of a block that starts at a height."""
    left, right = EDGE, LIST_WIDTH - EDGE
    if block.stop is not None:
        radius = style.DISC_RADIUS
        x, y = left + radius, top + radius
        yield Disc(x, y, radius, style.day_color(block.stop.day), block.stop, x, y)
        left += 2 * radius + _GAP
    for line in block.lines:
        tall = measure("0", line.role)[1]
        end = right
        if line.aside:
            wide = measure(line.aside, line.role)[0]
            box = Box(right - wide, top, right, top + tall)
            yield Text(box, line.aside, line.role, "t1", -1, halo=False)
            end = right - wide - _GAP
        text = cut(line.text, end - left, line.role, measure)
        yield Text(Box(left, top, end, top + tall), text, line.role, line.color, halo=False)
        top += tall


def wrapped(text: str, width: float, role: str, measure: Measure) -> Iterator[str]:
    """The text in lines that fit; a word that is wider than a line is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure(longer, role)[0] <= width:
            line = longer
            continue
        if line:
            yield line
        line = cut(word, width, role, measure)
    if line:
        yield line


def cut(text: str, width: float, role: str, measure: Measure) -> str:
    """The text, or as much of it as fits, with a sign that more would follow."""
    if measure(text, role)[0] <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle] + "…", role)[0] <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
