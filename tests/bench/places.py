"""How long a crowded programme takes to be written for other programs."""

import tempfile
import time
from pathlib import Path

from fieldguide.domain.records import Position, Ref, When
from fieldguide.domain.trips import Visit, day_of
from fieldguide.maps.stops import route
from fieldguide.services.places import of_routes
from fieldguide.services.places_out import FORMATS, save_places

Figure = tuple[str, float, str, float | None]

VISITS, DAYS = 500, 20


def figures() -> list[Figure]:
    """Name, value, unit and the limit of each figure."""
    dates = [f"2013-05-{1 + number % DAYS:02}" for number in range(VISITS)]
    visits = [
        Visit(
            Ref("visit", f"stop-{number}"), f"Visit {number}", f"访问{number}", "",
            When(day, f"{8 + number // DAYS % 12:02}:00"), "", address=f"{number} Xinghu Street",
            position=Position(31 + number / 1_000, 121 + number / 1_000, "street", "M", "atlas"),
        )
        for number, day in enumerate(dates)
    ]  # fmt: skip
    days = [route(number, day_of(day, visits)) for number, day in enumerate(sorted({*dates}), 1)]
    found = []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for form in FORMATS:
            began = time.perf_counter()
            places = of_routes("Crowded", "", days, {"atlas": "An atlas"})
            save_places(places, Path(folder) / f"crowded.{form}", form)
            took = time.perf_counter() - began
            assert len(places.placed) == VISITS
            found.append((f"{VISITS} visits written as {form}", took, "s", 1.0))
    return found
