"""Region maps on the command line."""

import json
from pathlib import Path

from tests.map_files import IN_HELSINKI, street, write_pmtiles
from tests.unit.conftest import Run


def test_a_map_is_added_listed_and_removed(run: Run, tmp_path: Path) -> None:
    source = write_pmtiles(
        tmp_path / "streets.pmtiles", {IN_HELSINKI: street("Unioninkatu")}, attribution="© OSM"
    )
    status, said, complaints = run("region", "add", str(source))
    assert (status, complaints) == (0, "")
    assert said.startswith("streets.pmtiles  0.0 MB  added ")
    assert said.endswith("zooms 14–14  Protomaps basemap  © OSM\n")
    (row,) = json.loads(run("region", "list", "--json")[1])
    assert row["name"] == "streets.pmtiles"
    assert row["size"] == source.stat().st_size
    assert row["bounds"] == [24.9, 60.1, 25.1, 60.2]
    assert row["zooms"] == [14, 14]
    assert row["trouble"] is None
    assert run("region", "remove", "streets.pmtiles")[1] == "streets.pmtiles is removed.\n"
    assert run("region", "list", "--json")[1] == "[]\n"
    assert run("region", "remove", "streets.pmtiles")[2].startswith("There is no region map")


def test_what_is_no_map_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "odd.mbtiles"
    odd.write_text("no map at all, but long enough")
    assert run("region", "add", str(odd)) == (
        1, "", "“odd.mbtiles” is no map: neither PMTiles nor MBTiles.\n",
    )  # fmt: skip
