"""How long pictures and pages take, from what was read to the bytes of the file."""

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from fieldguide import assets
from fieldguide.services.arrival import read_arrival
from fieldguide.services.booklet import Booklet, Contents
from fieldguide.services.day_sheets import read_programme
from fieldguide.services.driver_cards import read_cards
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.map_sheet import MapMaker, Sheet
from fieldguide.services.paper import Paper
from fieldguide.services.picture_files import save
from fieldguide.services.programme import read_trip
from fieldguide.services.typefaces import Typefaces

Figure = tuple[str, float, str, float | None]

MADE = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROUNDS = 5
PICTURE_MS = 500.0
BOOKLET_MS = 2_000.0


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    guide = Guide.open(assets.guide(None))
    trip = read_trip(guide)
    route = trip.routes[1]
    typefaces = Typefaces(assets.path("fonts"))
    paper = Paper(typefaces, assets.path("templates"))
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, closing(_ground(Path(folder))) as ground:
        maker = MapMaker(typefaces, ground)
        booklet = Booklet(typefaces, assets.path("templates"), ground)
        for kind, limit in ((".pdf", PICTURE_MS), (".png", None), (".svg", None)):
            path = Path(folder) / f"day{kind}"

            def picture(path: Path = path) -> None:
                save(maker.draw(trip, [route], Sheet(ink="print")), path, paper, MADE)

            first, warm = _timed(picture)
            found.append((f"the map of a day as {kind}, the first", first, "ms", None))
            found.append((f"the map of a day as {kind}, warm", warm, "ms", limit))

        def pages() -> None:
            programme = read_programme(guide, trip, trip.routes)
            cards, arrival = read_cards(guide, trip.routes, MADE), read_arrival(guide, NOON)
            booklet.whole(Contents(programme, cards=cards, arrival=arrival), MADE)

        first, warm = _timed(pages)
        found.append(("the booklet of the mission, the first", first, "ms", BOOKLET_MS))
        found.append(("the booklet of the mission, warm", warm, "ms", BOOKLET_MS))
    guide.close()
    return found


def _ground(profile: Path) -> Ground:
    return Ground(assets.path("map/base.pmtiles"), profile)


def _timed(deed: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of the first time, and the middle of some more."""
    times = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return times[0], statistics.median(times[1:])
