"""The arrival card as plain data for printed pages, its dates and doubts in words beside it."""

from typing import Any, Final

from fieldguide.domain.measures import day_text
from fieldguide.services.arrival import Arrival, Clocks, Group, Line, Part

Table = dict[str, Any]
CONFIDENCES: Final = {"H": "official", "M": "good source", "L": "weak source", "U": "no source"}


def arrival_table(arrival: Arrival) -> Table:
    """All parts that hold something."""
    parts = [_part(part) for part in arrival.parts if part.groups or part.left_out]
    return {"city": arrival.clocks.city, "clocks": _clocks(arrival.clocks), "parts": parts}


def _clocks(clocks: Clocks) -> str:
    said = f"{clocks.city} is {_ahead(clocks.ahead)} {clocks.home_city}"
    if clocks.changes is None:
        return f"{said} all year."
    return f"{said}; {_ahead(clocks.then)} it from {day_text(clocks.changes.isoformat())} on."


def _ahead(minutes: int) -> str:
    """How far, as 5 h 30 min ahead of; nothing apart is on the clock of."""
    if minutes == 0:
        return "on the clock of"
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    far = " ".join(part for part in parts if part)
    return f"{far} ahead of" if minutes > 0 else f"{far} behind"


def _part(part: Part) -> Table:
    left_out = ""
    if part.left_out:
        number = "One number is" if part.left_out == 1 else f"{part.left_out} numbers are"
        left_out = f"{number} left out: too weak a source, or not looked at lately."
    groups = [_group(group, named=len(part.groups) > 1) for group in part.groups]
    return {"heading": part.heading, "form": part.form, "groups": groups, "left_out": left_out}


def _group(group: Group, *, named: bool) -> Table:
    return {"title": group.title if named else "", "lines": [_line(line) for line in group.lines]}


def _line(line: Line) -> Table:
    as_of = f"as of {line.as_of.replace('/', '–')}" if line.as_of else ""
    dated = [as_of, CONFIDENCES.get(line.confidence, ""), line.source]
    warnings = [f"ended {line.until}"] if line.ended else []
    warnings += ["not looked at lately"] if line.stale and not line.ended else []
    until = f"until {line.until}" if line.until and not line.ended else ""
    return {
        "label": line.label,
        "value": line.value,
        "local": line.local,
        "note": line.note,
        "dated": ", ".join(part for part in (*dated, until) if part),
        "warnings": [*warnings, *line.doubts],
    }
