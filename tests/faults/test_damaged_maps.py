"""Map files that were damaged on the way, or made to do harm."""

import gzip
import random
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.errors import FieldGuideError, MapUnreadable
from fieldguide.maps.mvt import read_tile
from fieldguide.maps.schema import PROTOMAPS
from fieldguide.services.ground import Ground
from fieldguide.services.regions import Regions
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise
from tests.map_files import IN_HELSINKI, PARENT, street, write_mbtiles, write_pmtiles
from tests.vector_tiles import layer, path

SLOWEST_S = 2.0
MOST_MEMORY = 100 * 1024 * 1024
NEAR = [(14, 9326 + x, 4741 + y) for x in range(3) for y in range(3)]
TILES = {place: street(f"street {place}") for place in [*NEAR, PARENT]}

Change = Callable[[random.Random, bytearray], None]


def anywhere(chance: random.Random, data: bytearray, most: int = 12) -> None:
    """Other bytes, fewer, more, in a few places."""
    for _ in range(chance.randint(1, most)):
        place = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[place] = chance.randrange(256)
        elif kind == 1 and len(data) > 300:
            del data[place : place + chance.randint(1, 60)]
        elif kind == 2:
            data[place:place] = chance.choice([b"\x00", b"\xff" * 9, b"\x80" * 12, b"\x1f\x8b"])
        else:
            data[place : place + 8] = chance.choice([b"\xff" * 8, bytes(8), b"\x00" * 7 + b"\x7f"])


def in_the_header(chance: random.Random, data: bytearray) -> None:
    """Other numbers where offsets, lengths, zooms and bounds stand."""
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(7, 127)
        data[place : place + 4] = chance.randbytes(4)


def in_the_directory(chance: random.Random, data: bytearray) -> None:
    """Another directory, well packed."""
    at, length = (int.from_bytes(data[place : place + 8], "little") for place in (8, 16))
    plain = bytearray(gzip.decompress(bytes(data[at : at + length])))
    for _ in range(chance.randint(1, 6)):
        plain[chance.randrange(len(plain))] = chance.choice([0, 1, 2, 127, chance.randrange(128)])
    packed = gzip.compress(bytes(plain), mtime=0)
    data[8:24] = len(data).to_bytes(8, "little") + len(packed).to_bytes(8, "little")
    # Leaves may now be found anywhere.
    data[40:56] = bytes(8) + len(data).to_bytes(8, "little")
    data += packed


def use(mutant: Path, profile: Path, base: Path) -> bool:
    """All that the program does with a map; whether it took it."""
    regions = Regions(profile)
    try:
        added = regions.add(mutant)
    except FieldGuideError:
        return False
    assert added is not None
    assert regions.all()
    ground = Ground(base, profile)
    for place in (*NEAR, PARENT, (0, 0, 0), (16, 9327 * 4, 4742 * 4)):
        ground.tile(*place)
    ground.close()
    regions.remove(added.name)
    return True


@pytest.mark.parametrize(
    ("suffix", "change"),
    [
        ("pmtiles", anywhere),
        ("pmtiles", in_the_header),
        ("pmtiles", in_the_directory),
        ("mbtiles", anywhere),
    ],
)
def test_a_damaged_map_is_refused_or_drawn_as_far_as_it_goes(
    tmp_path: Path, rounds: Rounds, promise: Promise, suffix: str, change: Change
) -> None:
    write = write_pmtiles if suffix == "pmtiles" else write_mbtiles
    whole = write(tmp_path / f"whole.{suffix}", TILES).read_bytes()
    base = tmp_path / "none.pmtiles"
    mutant, profile = tmp_path / f"mutant.{suffix}", tmp_path / "profile"
    mutant.write_bytes(whole)
    assert use(mutant, profile, base), "the whole one is taken"
    chance = random.Random(20130527)
    taken, slowest, count = 0, 0.0, rounds(200, 2_000)
    tracemalloc.start()
    for _ in range(count):
        data = bytearray(whole)
        change(chance, data)
        mutant.write_bytes(data)
        began = time.perf_counter()
        taken += use(mutant, profile, base)
        slowest = max(slowest, time.perf_counter() - began)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert slowest < SLOWEST_S
    assert memory < MOST_MEMORY
    assert 0 < taken < count
    promise(
        "R14",
        f"{count} {suffix} maps changed {change.__name__.replace('_', ' ')}: {taken} drawn, the "
        f"others refused; slowest {slowest * 1000:.0f} ms, {memory >> 20} MB",
        "refused or drawn; < 2 s, < 100 MB",
    )


def test_a_damaged_tile_is_read_as_far_as_it_goes(rounds: Rounds, promise: Promise) -> None:
    zigzag = path([(number * 37 % 4096, number * 91 % 4096) for number in range(200)])
    square = path([(0, 0), (4096, 0), (4096, 4096)], closed=True)
    roads = [(2, {"kind": "minor_road", "name": f"street {number}"}, zigzag) for number in range(9)]
    whole = layer("roads", roads) + layer("water", [(3, {"kind": "lake"}, square)] * 9)
    whole += layer("places", [(1, {"kind_detail": "town", "name": "太仓"}, path([(9, 9)]))])
    chance = random.Random(20130528)
    slowest, refused, count = 0.0, 0, rounds(500, 5_000)
    for _ in range(count):
        data = bytearray(whole)
        anywhere(chance, data, most=2)
        began = time.perf_counter()
        try:
            tile = read_tile(bytes(data), *IN_HELSINKI, PROTOMAPS)
        except MapUnreadable:
            refused += 1
        else:
            for one in (*tile.areas, *tile.lines, *tile.points):
                assert all(-1 <= place <= 2 for part in one.parts for place in part)
                assert one.name.isprintable()
        slowest = max(slowest, time.perf_counter() - began)
    assert slowest < 0.5
    assert 0 < refused < count
    promise(
        "R14",
        f"{count} tiles changed: {refused} refused, what is kept of the others lies about the "
        f"tile; slowest {slowest * 1000:.0f} ms",
        "refused or drawn",
    )
