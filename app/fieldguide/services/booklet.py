"""The mission on paper: a booklet to carry, one day of it, one card for a driver."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from fieldguide.domain.measures import day_text
from fieldguide.services import day_sheets
from fieldguide.services.arrival import Arrival
from fieldguide.services.arrival_sheet import arrival_table
from fieldguide.services.day_sheets import Programme, Questions, Table
from fieldguide.services.ground import Ground
from fieldguide.services.map_sheet import MapMaker, inks
from fieldguide.services.paper import Paper, Spelling
from fieldguide.services.typefaces import Typefaces
from fieldguide.storage import files

TEMPLATE: Final = "booklet.typ"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a booklet is made of; ``questions`` only where somebody asked for their own."""

    programme: Programme
    questions: Questions = field(default_factory=dict)
    cards: tuple[Table, ...] = ()
    """The driver cards, as ``driver_cards`` makes them."""
    arrival: Arrival | None = None


class Booklet:
    """Sets the pages out of what was read; belongs to the thread of its ground."""

    def __init__(self, typefaces: Typefaces, templates: Path, ground: Ground | None = None) -> None:
        """``ground`` belongs to the thread that sets the pages; cards need none."""
        self._typefaces = typefaces
        self._maker = MapMaker(typefaces, ground)
        self._paper = Paper(typefaces, templates)

    def whole(self, contents: Contents, made: date) -> bytes:
        """The booklet of a mission as PDF; raises FieldGuideError."""
        programme = contents.programme
        return self._pdf(
            {
                "kind": "booklet",
                "title": programme.trip.mission.title,
                "front": day_sheets.front(programme.trip, programme.routes),
                "sheets": day_sheets.sheets(programme, contents.questions, self._maker),
                "arrival": arrival_table(contents.arrival) if contents.arrival else None,
                "cards": list(contents.cards),
                "hosts": day_sheets.hosts(programme),
            },
            made,
        )

    def days(self, contents: Contents, made: date) -> bytes:
        """The sheets of the days alone; raises FieldGuideError."""
        programme = contents.programme
        return self._pdf(
            {
                "kind": "days",
                "title": programme.trip.mission.title,
                "front": day_sheets.front(programme.trip, programme.routes),
                "sheets": day_sheets.sheets(programme, contents.questions, self._maker),
            },
            made,
        )

    def arrival(self, arrival: Arrival, made: date) -> bytes:
        """What one needs on arrival, alone; raises FieldGuideError."""
        title = f"On arrival in {arrival.clocks.city}"
        return self._pdf(
            {"kind": "arrival", "title": title, "arrival": arrival_table(arrival)}, made
        )

    def card(self, card: Table, made: date) -> bytes:
        """One card, made by ``card_table``, that fills a page of A4; raises FieldGuideError."""
        return self._pdf({"kind": "card", "title": card["title"], "card": card}, made)

    def _pdf(self, data: Table, made: date) -> bytes:
        return self._paper.pdf(TEMPLATE, self._spelled(data, made), made)

    def _spelled(self, data: Table, made: date) -> Mapping[str, Any]:
        """The data with what no typeface draws written out, and how often that was needed."""
        spelling = Spelling(self._typefaces)
        spelled = spelling.data(data)
        return {
            **spelled,
            "made": day_text(made.isoformat()),
            "colors": inks("print"),
            "shape": day_sheets.MAP.height / day_sheets.MAP.width,
            "spelled": spelling.count,
        }


def save(pages: bytes, path: Path) -> None:
    """Write the pages to a file; raises FieldGuideError."""
    files.write_whole(path, pages)
