"""How long a tile takes from the file to the values that are drawn, and a large map to be kept."""

import statistics
import tempfile
import time
from pathlib import Path

from fieldguide.services.ground import Ground
from fieldguide.services.regions import Regions
from tests.map_files import write_pmtiles
from tests.street_map import street_map

Figure = tuple[str, float, str, float | None]

STREET_TILES = [(15, x, y) for x in range(18653, 18656) for y in range(9483, 9486)]
LARGE = 200 << 20


def figures() -> list[Figure]:
    """Name, value, unit and the limit of each figure."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        profile = Path(folder) / "profile"
        Regions(profile).add(street_map())
        reads = _street_reads(Path(folder) / "none", profile)
        return [
            ("tile of a street map read, median", statistics.median(reads) * 1e3, "ms", 60.0),
            ("tile of a street map read, longest", max(reads) * 1e3, "ms", 150.0),
            *_large(Path(folder)),
        ]


def _street_reads(base: Path, profile: Path) -> list[float]:
    times = []
    for _ in range(3):
        ground = Ground(base, profile)
        for place in STREET_TILES:
            began = time.perf_counter()
            if ground.tile(*place) is None:
                raise RuntimeError(f"the street map has no tile {place}")
            times.append(time.perf_counter() - began)
        ground.close()
    return times


def _large(folder: Path) -> list[Figure]:
    """A map with a long tail that nothing points to: only its size counts here."""
    source = write_pmtiles(folder / "large.pmtiles", {(15, 18654, 9484): b""})
    with source.open("ab") as file:
        for _ in range(LARGE >> 20):
            file.write(bytes(1 << 20))
    regions = Regions(folder / "second")
    began = time.perf_counter()
    regions.add(source)
    took = time.perf_counter() - began
    began = time.perf_counter()
    regions.add(source, lambda _, __: False)
    return [
        (f"map of {LARGE >> 20} MB checked and kept", took, "s", 10.0),
        ("the same stopped", time.perf_counter() - began, "s", 1.0),
    ]
