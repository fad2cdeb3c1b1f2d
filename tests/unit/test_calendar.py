"""Calendars and letters of follow-ups: read again by others, and no line can slip another in."""

import email
import email.policy
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.domain.entries import FollowUp, Progress
from fieldguide.domain.notes import Visibility
from fieldguide.errors import BadRequest
from fieldguide.services import follow_ups, ics, letters
from fieldguide.services.follow_ups import Task
from fieldguide.services.letters import Letter
from fieldguide.services.notebook import Notebook

NOW = datetime(2013, 6, 3, 1, 15, tzinfo=UTC)
HOSTILE = "x\r\nEND:VTODO\rBEGIN:VALARM\u2028ATTACH:file\x85y"


def read(data: bytes) -> list[tuple[str, str]]:
    """The properties of a calendar by the rules of RFC 5545, in order, with their values."""
    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode("utf-8")
    found = []
    for line in data.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode("utf-8").split("\r\n"):
        name, _, value = line.partition(":")
        plain, at = "", 0
        while at < len(value):
            step = 2 if value[at] == "\\" else 1
            last = value[at + step - 1]
            plain += "\n" if step == 2 and last in "nN" else last
            at += step
        found.append((name, plain))
    return found


def test_a_calendar_tells_days_states_and_words() -> None:
    tasks = [
        Task(FollowUp("Ask; VTT, \\ again", Progress.WAITING, "Émilie 爱", "2013-06-07"), "one"),
        Task(FollowUp("Thanked", Progress.DONE, due="2013-06-30"), "two"),
        Task(FollowUp("Some day"), "three"),
    ]
    found = read(ics.calendar(tasks, NOW))
    assert found[:3] == [
        ("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//fieldguide//follow-ups//EN"),
    ]  # fmt: skip
    assert found[3:11] == [
        ("BEGIN", "VTODO"), ("UID", "one@fieldguide"), ("DTSTAMP", "20130603T011500Z"),
        ("SUMMARY", "Ask; VTT, \\ again"), ("DESCRIPTION", "Émilie 爱"),
        ("DUE;VALUE=DATE", "20130607"), ("STATUS", "IN-PROCESS"), ("END", "VTODO"),
    ]  # fmt: skip
    assert ("DTSTART;VALUE=DATE", "20130607") in found
    assert ("DTEND;VALUE=DATE", "20130608") in found
    assert [value for name, value in found if name == "STATUS"][1:] == ["COMPLETED", "NEEDS-ACTION"]
    assert found.count(("BEGIN", "VEVENT")) == 1


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_one_value_and_comes_back(text: str) -> None:
    found = read(ics.calendar([Task(FollowUp(text), "one")], NOW))
    assert len(found) == 10
    (summary,) = (value for name, value in found if name == "SUMMARY")
    letters_of = lambda said: [char for char in said if char.isalnum()]  # noqa: E731
    assert letters_of(summary) == letters_of(text)


def test_no_line_of_a_text_becomes_a_property() -> None:
    found = read(ics.calendar([Task(FollowUp(HOSTILE, owner=HOSTILE), "one")], NOW))
    assert [value for name, value in found if name == "BEGIN"] == ["VCALENDAR", "VTODO"]
    assert "ATTACH" not in {name for name, _ in found}


def test_a_follow_up_has_one_id_before_and_after_something_was_done(book: Notebook) -> None:
    note = book.start(None, "")
    book.save(note.id, "A: Ask VTT\nA: Call", note.revision.id)
    before = {ics.uid(one) for one in follow_ups.tasks(book)}
    follow_ups.assign(book, follow_ups.tasks(book)[0], "Emilie", "2013-06-07")
    assert {ics.uid(one) for one in follow_ups.tasks(book)} == before
    assert len(before) == 2


def test_the_same_words_twice_have_two_ids(book: Notebook) -> None:
    note = book.start(None, "")
    book.save(note.id, "A: Call\nA: Call", note.revision.id)
    found = read(ics.calendar(follow_ups.tasks(book), NOW))
    assert len({value for name, value in found if name == "UID"}) == 2


def test_a_draft_cites_what_was_said_and_warns_of_what_is_mine(book: Notebook) -> None:
    note = book.start(None, "BioBAY")
    book.save(note.id, "Q Dr Zhang: trust\nA: Thank the chairs", note.revision.id)
    (task,) = follow_ups.tasks(book)
    quotes = follow_ups.said_with(book, task)
    letter = letters.draft(task, quotes, "Emilie Romeo")
    assert "“trust”\nDr Zhang, BioBAY" in letter.body
    assert "Thank the chairs" in letter.body
    assert letter.kept_back == (Visibility.MINE,)
    book.set_visibility(note.id, Visibility.PUBLISHABLE)
    (task,) = follow_ups.tasks(book)
    assert letters.draft(task, follow_ups.said_with(book, task), "").kept_back == ()
    assert letters.draft(task, (), "", "li@x.cn", "Dr Li").body.startswith("Dear Dr Li,\n")


def test_a_draft_is_a_message_that_says_the_same() -> None:
    letter = Letter("li@x.cn", "Clusters\r\nBcc: all@x.cn", "Dear Dr 李,\n\n“trust”")
    message = email.message_from_bytes(letters.eml(letter), policy=email.policy.default)
    assert message["Bcc"] is None
    assert (message["To"], message["Subject"]) == ("li@x.cn", "Clusters Bcc: all@x.cn")
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip().replace("\r\n", "\n") == letter.body
    link = urlsplit(letters.mailto(letter))
    assert link.path == "li@x.cn"
    said = parse_qs(link.query)
    assert set(said) == {"subject", "body"}
    assert said["body"] == ["Dear Dr 李,\r\n\r\n“trust”"]


@pytest.mark.parametrize(
    "to",
    [
        "",
        "li",
        "li@x",
        "a@b.cn,c@d.cn",
        "li@x.cn?bcc=all@x.cn",
        "li@x.cn\r\nBcc: a@x.cn",
        "<a@b.cn>",
    ],
)
def test_what_is_no_address_is_said(to: str) -> None:
    with pytest.raises(BadRequest, match="is not an e-mail address"):
        letters.checked(to)
