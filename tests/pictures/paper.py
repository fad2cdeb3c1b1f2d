"""Pictures of what goes out: a map in the inks of print, and each page of the booklet."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fieldguide import assets
from fieldguide.services import picture_files
from fieldguide.services.arrival import read_arrival
from fieldguide.services.booklet import Booklet, Contents
from fieldguide.services.day_sheets import read_programme
from fieldguide.services.driver_cards import read_cards
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.map_sheet import MapMaker, Sheet
from fieldguide.services.paper import Paper
from fieldguide.services.picture_files import Drawn
from fieldguide.services.programme import read_trip
from fieldguide.services.typefaces import Typefaces
from tests.pictures.window import NOW

DAY = 1
"""The second day of the mission, counted from 0."""


class PaperInPictures(Paper):
    """Sets the same pages, but hands them out as pictures one after the other."""

    pages: list[bytes]

    def pdf(self, template: str, data: Mapping[str, Any], made: date) -> bytes:
        self.pages = self.png(template, data)
        return b""


@dataclass(frozen=True)
class Written:
    """A picture that is ready to be kept."""

    png: bytes

    def save(self, path: str) -> None:
        Path(path).write_bytes(self.png)


def pictures(profile: Path) -> Iterator[tuple[str, Written]]:
    """Name and picture of each; the profile says which maps lie under the stops."""
    typefaces = Typefaces(assets.path("fonts"))
    paper = PaperInPictures(typefaces, assets.path("templates"))
    base = assets.path("map/base.pmtiles")
    with closing(Guide.open(assets.guide(None))) as guide, closing(Ground(base, profile)) as ground:
        trip = read_trip(guide)
        maker = MapMaker(typefaces, ground)
        for name, routes in (("all-days", trip.routes), ("day", trip.routes[DAY : DAY + 1])):
            drawn = maker.draw(trip, routes, Sheet(ink="print"))
            yield f"print-{name}.png", Written(_set(drawn, paper, profile))
        booklet = Booklet(typefaces, assets.path("templates"), ground)
        booklet._paper = paper
        cards = read_cards(guide, trip.routes, NOW.date())
        programme = read_programme(guide, trip, trip.routes)
        booklet.whole(
            Contents(programme, cards=cards, arrival=read_arrival(guide, NOW)), NOW.date()
        )
        for number, page in enumerate(paper.pages, start=1):
            yield f"booklet-{number:02}.png", Written(page)


def _set(drawn: Drawn, paper: Paper, profile: Path) -> bytes:
    """The picture as the program itself would save it."""
    path = profile.parent / "drawn.png"
    picture_files.save(drawn, path, paper, NOW.date())
    return path.read_bytes()
