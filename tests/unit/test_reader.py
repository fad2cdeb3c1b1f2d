"""A broken content is named by file, line and sentence, and nothing is built from it."""

import copy
import functools
import json
import operator
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import build, checks, reader
from fieldguide.errors import ContentError
from fieldguide.storage.guide_db import GuideDb

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
sources = [
  { slug = "report", title = "Report", confidence = "R", as_of = "2013" },
]

[guide]
id = "small"
title = "Small"
short_title = "Small"
version = "1"
state = "2025-03-01"
checked = "2025-03-01"
zone = "Asia/Shanghai"
home_zone = "Europe/Paris"
home_city = "Lyon"
city = "Shanghai"
mission = "mission/spring"

[[doubt]]
id = "INC-01"
text = "Parts do not add up."

[[organisation]]
slug = "renji"
title = "Renji Hospital"
title_zh = "仁济医院"
source = "report"
links = [
  { type = "part-of", to = "organisation/school" },
]
facts = [
  { label = "Beds", value = "2,050", covers = ["F-1"], doubts = ["INC-01"] },
  { label = "Staff", value = "3,099", id = "staff" },
]

[[organisation]]
slug = "school"
title = "School"

[[mission]]
slug = "spring"
title = "Spring"
when = { start = "2013-05-27", end = "2013-05-31" }
"""
WANTED = {"facts": ["F-1", "F-2"], "doubts": ["INC-01"], "beyond": []}


def read(folder: Path, text: str) -> reader.Content:
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return reader.read(folder)


def check(folder: Path, text: str) -> checks.Coverage:
    return checks.check(read(folder, text), WANTED)


def test_a_good_content_says_what_it_holds_and_what_is_missing(tmp_path: Path) -> None:
    coverage = check(tmp_path, GOOD)
    assert coverage.held == {"facts": 1, "doubts": 1, "beyond": 0}
    assert coverage.missing["facts"] == ["F-2"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('title = "School"', "title = ", 37, "not TOML"),
        ('label = "Staff"', 'labell = "Staff"', 32, "“labell” is not known"),
        ('id = "staff"', 'as_of = "May 2013"', 32, "is not a date"),
        ('id = "staff"', 'confidence = "X"', 32, "is not a confidence"),
        ('id = "staff"', 'superseded_by = "#none"', 32, "replaces this fact"),
        ('id = "staff"', 'source = "nowhere"', 32, "no known source"),
        ('"organisation/school"', '"organisation/shool"', 28, "no record organisation/shool"),
        ('"organisation/school"', '"School"', 28, "no record School"),
        ('"part-of"', '"beside"', 28, "not a type of link"),
        ('doubts = ["INC-01"]', 'doubts = ["INC-02"]', 31, "no doubt “INC-02”"),
        ('covers = ["F-1"]', 'covers = ["F-9"]', 31, "“F-9” is not one that is wanted"),
        ('slug = "school"', 'slug = "renji"', 35, "stands already"),
        ('slug = "school"', 'slug = "Scho ol"', 35, "is not the name of a record"),
        ("[[doubt]]", "[[doughnut]]", 1, "is not a kind"),
        ('value = "3,099"', "value = 3099", 32, "must be text in quotes"),
        ('title_zh = "仁济医院"', 'types = ["hospice"]', 22, "is not a type"),
        ('title_zh = "仁济医院"', 'rank = "first"', 22, "must be a whole number"),
        ('id = "staff"', 'as_of = "2013-02-30"', 32, "is not a date"),
        ('id = "staff"', 'checked = "lately"', 32, "is not a date"),
        ('"Europe/Paris"', '"Europe/Lyon"', 5, "is not a time zone"),
        (
            'mission = "mission/spring"\n',
            'mission = "mission/spring"\nlocal = "Suzhou"\n',
            5,
            "must be a list of texts",
        ),
        ('home_city = "Lyon"\n', "", 5, "has no “home_city”"),
        ('"mission/spring"', '"mission/autumn"', 5, "no mission mission/autumn"),
        ('start = "2013-05-27"', 'start = "2013-05"', 39, "needs the days"),
        ('start = "2013-05-27"', "start = 2013-05-27", 39, "“start” is of the wrong kind"),
        ('end = "2013-05-31"', 'time = "9.30"', 39, "is not a time"),
        ('confidence = "R"', 'confidence = "R", date = "May"', 2, "is not a date"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GOOD
    with pytest.raises(ContentError) as caught:
        check(tmp_path, GOOD.replace(old, new))
    first = str(caught.value).splitlines()[0]
    assert first.startswith(f"a.toml:{line}: "), first
    assert says in str(caught.value)


def test_a_doubt_that_hangs_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="hangs on no record"):
        check(tmp_path, GOOD.replace(', doubts = ["INC-01"]', ""))


def test_text_beside_the_tables_joins_its_record_and_none_is_left_over(tmp_path: Path) -> None:
    (tmp_path / "organisation").mkdir()
    (tmp_path / "organisation" / "renji.md").write_text("Long text.\n")
    entries = read(tmp_path, GOOD).entries
    assert entries[0].record.text == "Long text."
    (tmp_path / "organisation" / "nobody.md").write_text("Lost.")
    with pytest.raises(ContentError, match="organisation/nobody"):
        read(tmp_path, GOOD)


def test_a_text_of_other_bytes_is_named(tmp_path: Path) -> None:
    (tmp_path / "organisation").mkdir()
    (tmp_path / "organisation" / "renji.md").write_bytes("Spital für alle".encode("latin-1"))
    with pytest.raises(ContentError, match=r"organisation/renji\.md:1: this file is not UTF-8"):
        read(tmp_path, GOOD)


def test_a_folder_without_a_guide_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="“guide” is missing"):
        checks.check(reader.read(tmp_path), WANTED)


def spots(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to everything inside a table."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    for key, one in inner:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from spots(one, (*path, key))


@pytest.mark.parametrize("wrong", [5, True, [1], {"a": 1}, date(2013, 5, 27), "x/y"], ids=str)
def test_any_value_of_a_wrong_kind_is_a_sentence(tmp_path: Path, wrong: object) -> None:
    town = tomllib.loads((ROOT / "tests/golden/small/town.toml").read_text("utf-8"))
    wanted = checks.read_wanted(ROOT / "tests/golden/small/coverage.txt")
    refused: list[str] = []
    for path in spots(town):
        changed: Any = copy.deepcopy(town)
        *way, last = path
        table = functools.reduce(operator.getitem, way, changed)
        table[last] = wrong
        (tmp_path / "a.toml").write_text(
            "\n".join(f"{key} = {written(value)}" for key, value in changed.items())
        )
        try:
            checks.check(reader.read(tmp_path), wanted)
        except ContentError as complaint:
            refused.append(str(complaint))
    assert len(refused) > 10
    assert all(re.match(r"[\w.]+:\d+: ", complaint) for complaint in refused)


def written(value: object) -> str:
    """A value as TOML, tables and all on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {written(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def test_a_mirror_is_never_official(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="M at most"):
        check(tmp_path, GOOD.replace('confidence = "R"', 'confidence = "H", mirror = true'))


def test_a_broken_content_leaves_the_old_guide_untouched(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    coverage = tmp_path / "coverage.txt"
    coverage.write_text("[facts]\nF-1\n[doubts]\nINC-01\n[beyond]\n")
    target = tmp_path / "guide.db"

    def run(text: str) -> subprocess.CompletedProcess[str]:
        (content / "a.toml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "db", "--content", str(content), "--coverage"]
        command += [str(coverage), "-o", str(target)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert run(GOOD).returncode == 0
    before = target.read_bytes()
    broken = run(GOOD.replace('value = "3,099"', "value = 3099"))
    assert broken.returncode == 1
    assert broken.stderr.startswith("a.toml:32: ")
    assert "Traceback" not in broken.stderr
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "content",
        "coverage.txt",
        "guide.db",
    ]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    content = read(tmp_path, GOOD)
    coverage = checks.check(content, WANTED)
    for name in ("one.db", "two.db"):
        build.build(content, coverage, tmp_path / name)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    db = GuideDb.open(tmp_path / "one.db")
    assert db.coverage() == {"facts": (1, 2), "doubts": (1, 1)}
    assert db.missing() == [("facts", "F-2")]
    db.close()
