"""A newer guide: its changes in words, and what one wrote still where it was written."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db import build, checks, reader
from fieldguide.domain.entries import Closing
from fieldguide.domain.programme_changes import SeenVisit, changes
from fieldguide.domain.records import Ref
from fieldguide.errors import UnknownRef
from fieldguide.services import visiting
from fieldguide.services.guide import Guide
from fieldguide.services.guide_changes import Seen, mark_seen, news, seen_of
from fieldguide.services.notebook import Notebook
from tests.unit.conftest import SMALL

NORTH, SOUTH = Ref("visit", "north"), Ref("visit", "south")
NOON = SeenVisit(
    NORTH, "North", "2013-05-28", "12:00", end_time="13:00", zone="Asia/Shanghai", place="Hall A"
)


@pytest.fixture
def newer(tmp_path: Path) -> Callable[..., Path]:
    """The small guide with some of its text replaced."""

    def written(*replaced: tuple[str, str]) -> Path:
        folder, target = tmp_path / "newer", tmp_path / "newer.db"
        for source in SMALL.rglob("*"):
            if source.is_file():
                text = source.read_text("utf-8")
                for old, new in replaced:
                    text = text.replace(old, new)
                place = folder / source.relative_to(SMALL)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8")
        content = reader.read(folder)
        wanted = checks.read_wanted(folder / "coverage.txt")
        build.build(content, checks.check(content, wanted), target)
        return target

    return written


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, None),
        ({"time": "10:00"}, "North: 10:00 instead of 12:00."),
        ({"time": ""}, "North: no time told instead of 12:00."),
        ({"day": "2013-05-29"},
         "North: 29 May 2013, 12:00–13:00 instead of 28 May 2013, 12:00–13:00."),
        ({"day": "2013-05", "time": "", "end_time": ""},
         "North: 2013-05 instead of 28 May 2013, 12:00–13:00."),
        ({"end_time": "14:00"}, "North: ends at 14:00."),
        ({"end_time": ""}, "North: its end is not told any more."),
        ({"end_day": "2013-05-30"}, "North: ends on 30 May 2013 at 13:00."),
        ({"end_day": "2013-05-30", "end_time": ""}, "North: ends on 30 May 2013."),
        ({"time": "12:30", "end_time": "15:00"},
         "North: 12:30 instead of 12:00; ends at 15:00."),
        ({"day": "2013-05-29", "end_day": "2013-05-31", "end_time": ""},
         "North: 29 May 2013, 12:00 instead of 28 May 2013, 12:00–13:00; ends on 31 May 2013."),
        ({"place": "Hall B", "group": "Doctors"},
         "North: at Hall B instead of Hall A; for Doctors instead of everyone."),
        ({"title": "The north"}, "The north: was called North."),
        ({"zone": "Asia/Tokyo"},
         "North: by the clocks of Asia/Tokyo instead of Asia/Shanghai."),
        ({"ref": SOUTH}, "No longer in the programme: North, 28 May 2013, 12:00–13:00."),
    ],
)  # fmt: skip
def test_a_change_is_told_with_what_was_before(changed: dict[str, str], words: str | None) -> None:
    found = changes([NOON], [replace(NOON, **changed)])  # type: ignore[arg-type]
    assert (found[0].words if found else None) == words


def test_what_one_wrote_stays_on_a_visit_that_moved_and_on_one_that_went(
    book: Notebook, small_guide: Path, newer: Callable[..., Path]
) -> None:
    with closing(Guide.open(small_guide)) as guide:
        assert news(book, seen_of(guide)).differences == ()
        for ref in (NORTH, SOUTH):
            subject = visiting.subject_of(guide, ref)
            note = book.start(ref, subject.title, ref)
            book.save(note.id, "F: 2,750 beds", note.revision.id)
            visiting.prepare(book, subject, "How many beds?")
            visiting.close(book, subject, Closing("Much", closed=True))
    path = newer(
        ('version = "1"', 'version = "2"'), ("2013-05-28\", time = \"09:00", "2013-05-29\", time = \"10:00"),
        ('slug = "south"\ntitle = "Visit', 'slug = "west"\ntitle = "Walk'),
    )  # fmt: skip
    with closing(Guide.open(path)) as guide:
        now = seen_of(guide)
        told = news(book, now)
        assert (told.before, told.now) == ("1", "2")
        assert [(one.change.words, one.notes, one.closed) for one in told.differences] == [
            ("No longer in the programme: Visit to South Park, 28 May 2013, 14:30.", 1, True),
            ("New: Walk to South Park, 28 May 2013, 14:30.", 0, False),
            ("Visit to North Hospital: 29 May 2013, 10:00–11:00 instead of "
             "28 May 2013, 09:00–11:00.", 1, True),
        ]  # fmt: skip
        scene = visiting.scene_of(book, visiting.subject_of(guide, NORTH))
        assert "How many beds?" in [one.text for one in scene.questions]
        assert scene.closing is not None
        with pytest.raises(UnknownRef):
            guide.record(SOUTH)
        (left,) = [card for card in book.notes() if card.visit == SOUTH]
        assert (left.title, left.opening) == ("Visit to South Park", "F: 2,750 beds")
        before = mark_seen(book, now)
        assert news(book, now).differences == ()
        assert before is not None
        mark_seen(book, before)
        assert len(news(book, now).differences) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"visits": 7}', '{"visits": [7, {"ref": "x"}]}'])
def test_a_memory_that_is_damaged_is_no_end(book: Notebook, text: str) -> None:
    book.shown_mission.remember("town", text)
    told = news(book, Seen("town", "2", (NOON,)))
    assert len(told.differences) == (1 if "ref" in text else 0)
