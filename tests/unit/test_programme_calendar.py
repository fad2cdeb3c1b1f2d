"""A programme in a calendar: read again by the library, and by a calendar of its own in Paris."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from fieldguide.domain.plans import Meeting, own_ref
from fieldguide.domain.records import Ref
from fieldguide.services import planning
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import Trip, read_trip
from fieldguide.services.programme_ics import editions, programme_calendar, save_programme

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SPRING = Ref("mission", "spring")
HOSTILE = Meeting(
    "Lunch; a, \\b", day="2013-05-28", time="23:30", end_day="2013-05-29", end_time="01:00",
    zone="Asia/Tokyo", bring="Cards\nEND:VEVENT", why="x" * 300, travel="9 min",
)  # fmt: skip


@pytest.fixture
def guide(small_guide: Path) -> Iterator[Guide]:
    opened = Guide.open(small_guide)
    yield opened
    opened.close()


def read(book: Notebook, trip: Trip, day: str = "") -> dict[str, dict[str, object]]:
    own = editions(book, (*trip.visits, *trip.undated, *trip.cancelled))
    data, count = programme_calendar(trip, NOW, own, day)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    events = Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == count
    return {str(one["uid"]): {name: one.decoded(name) for name in one} for one in events}


def test_a_visit_keeps_its_id_and_a_later_export_is_newer(book: Notebook, guide: Guide) -> None:
    deed = planning.add_meeting(book, SPRING, "", HOSTILE)
    guide.take(planning.read_planned(book, SPRING))
    first = read(book, read_trip(guide))
    uid = f"{deed.entry}@fieldguide"
    assert set(first) == {uid, "north.small-town@fieldguide", "south.small-town@fieldguide"}
    tokyo = ZoneInfo("Asia/Tokyo")
    assert first[uid]["DTSTART"] == datetime(2013, 5, 28, 23, 30, tzinfo=tokyo)
    assert first[uid]["DTEND"] == datetime(2013, 5, 29, 1, tzinfo=tokyo)
    south = first["south.small-town@fieldguide"]
    assert south["DTEND"] == datetime(2013, 5, 28, 7, 30, tzinfo=UTC)
    assert "No end is told" in str(south["DESCRIPTION"])
    assert first[uid]["SUMMARY"] == "Lunch; a, \\b"
    planning.move_meeting(book, own_ref(deed.entry), "2013-05-30")
    planning.change_meeting(
        book, own_ref(deed.entry), lambda one: replace(one, cancelled=True, time="")
    )
    guide.take(planning.read_planned(book, SPRING))
    second = read(book, read_trip(guide))
    assert set(second) == set(first)
    assert (first[uid]["SEQUENCE"], second[uid]["SEQUENCE"]) == (0, 2)
    assert (second[uid]["STATUS"], second[uid]["DTSTART"]) == ("CANCELLED", date(2013, 5, 30))
    assert set(read(book, read_trip(guide), "2013-05-30")) == {uid}
    newer = replace(guide.about, state="2025-03-02")
    before = first["north.small-town@fieldguide"]["SEQUENCE"]
    trip = replace(read_trip(guide), about=newer)
    after = read(book, trip)["north.small-town@fieldguide"]["SEQUENCE"]
    assert isinstance(before, int)
    assert after == before + 1


def test_a_calendar_at_home_shows_the_hour_it_is_there(
    book: Notebook, guide: Guide, tmp_path: Path
) -> None:
    planning.add_meeting(book, SPRING, "", replace(HOSTILE, title="Call", zone="America/New_York"))
    guide.take(planning.read_planned(book, SPRING))
    trip, path, settings = read_trip(guide), tmp_path / "spring.ics", tmp_path / "khal.conf"
    (tmp_path / "kept").mkdir()
    settings.write_text(
        f"[calendars]\n[[own]]\npath = {tmp_path / 'kept'}\n[sqlite]\npath = {tmp_path / 'db'}\n"
        "[locale]\nlocal_timezone = Europe/Paris\ndefault_timezone = Europe/Paris\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    assert save_programme(trip, NOW, editions(book, trip.visits), path) == 3
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(settings), "printics"]
    told = subprocess.run(
        [*khal, "-f", "{start} {end} {title}", str(path)], capture_output=True, text=True,
        check=True, timeout=60, env={"PATH": "", "LANG": "C.UTF-8", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert [line.strip() for line in told.stdout.splitlines()[1:]] == [
        "2013-05-28 03:00 2013-05-28 05:00 Visit to North Hospital 北医院",
        "2013-05-28 08:30 2013-05-28 09:30 Visit to South Park",
        "2013-05-29 05:30 2013-05-29 07:00 Call",
    ]
