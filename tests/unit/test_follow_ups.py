"""Follow-ups: lines of notes and what was written by hand, on one board, nothing twice or lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.domain.due import Span, after, last_day, read_day, read_due, span_of
from fieldguide.domain.entries import FollowUp, Progress
from fieldguide.domain.notes import Note
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services import follow_ups
from fieldguide.services.follow_ups import Filter, Task
from fieldguide.services.notebook import Notebook, open_notebook

BIOBAY = Ref("organisation", "biobay")
TODAY = date(2013, 6, 5)
OVER = date(2013, 5, 31)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Notebook]:
    book = open_notebook(tmp_path / "profile", create=True)
    book.introduce("Emilie Romeo")
    yield book
    book.close()


def write(book: Notebook, text: str) -> Note:
    note = book.start(BIOBAY, "BioBAY")
    return book.save(note.id, text, note.revision.id)


def only(book: Notebook) -> Task:
    (task,) = follow_ups.tasks(book)
    return task


def texts(book: Notebook) -> list[str]:
    return [one.value.text for one in follow_ups.tasks(book)]


def test_an_action_line_is_a_follow_up_that_nobody_has_taken_yet(book: Notebook) -> None:
    write(book, "A: Ask VTT\nF: 330 companies\nA: ")
    task = only(book)
    assert (task.value.text, task.value.state, task.entry) == ("Ask VTT", Progress.OPEN, "")
    assert task.line is not None
    assert task.line.title == "BioBAY"
    assert book.follow_ups.count() == 0


def test_what_is_done_with_a_line_does_not_show_it_twice(book: Notebook) -> None:
    write(book, "A: Ask VTT")
    before = only(book)
    follow_ups.assign(book, before, " Emilie Romeo ", "2013-06-07")
    task = only(book)
    assert (task.value.owner, task.value.due) == ("Emilie Romeo", "2013-06-07")
    assert task.key == before.key
    assert book.follow_ups.on(BIOBAY)


def test_two_deeds_in_a_row_on_one_line_are_done_to_one_follow_up(book: Notebook) -> None:
    write(book, "A: Ask VTT")
    task = only(book)
    follow_ups.assign(book, task, "Emilie", "")
    follow_ups.set_state(book, task, Progress.WAITING)
    value = only(book).value
    assert (value.owner, value.state) == ("Emilie", Progress.WAITING)


def test_a_reworded_line_keeps_its_owner_and_its_state(book: Notebook) -> None:
    note = write(book, "A: Ask VTT\nA: Call Renji")
    follow_ups.assign(book, follow_ups.tasks(book)[0], "Emilie", "2013-06-07")
    book.save(note.id, "A: Call Renji\nA: Ask VTT how they use it", note.revision.id)
    by_text = {one.value.text: one.value for one in follow_ups.tasks(book)}
    assert by_text["Ask VTT how they use it"].owner == "Emilie"
    assert by_text["Call Renji"].owner == ""
    assert len(by_text) == 2


def test_a_reworded_line_is_named_anew_with_the_next_deed(book: Notebook) -> None:
    note = write(book, "A: Ask VTT")
    follow_ups.assign(book, only(book), "Emilie", "")
    note = book.save(note.id, "A: Ask VTT in June", note.revision.id)
    follow_ups.set_state(book, only(book), Progress.WAITING)
    assert book.follow_ups.all()[0].value.line == "Ask VTT in June"
    book.save(note.id, "A: Write in June", note.revision.id)
    assert only(book).value.owner == "Emilie"


def test_another_line_does_not_take_over_what_is_done(book: Notebook) -> None:
    note = write(book, "A: Ask VTT")
    follow_ups.set_state(book, only(book), Progress.DONE)
    book.save(note.id, "A: Send the list of clusters", note.revision.id)
    states = {one.value.text: one.value.state for one in follow_ups.tasks(book)}
    assert states == {"Ask VTT": Progress.DONE, "Send the list of clusters": Progress.OPEN}


def test_two_lines_reworded_at_once_are_not_guessed_at(book: Notebook) -> None:
    note = write(book, "A: Ask VTT\nA: Ask SSTT")
    for task in follow_ups.tasks(book):
        follow_ups.assign(book, task, f"who asked {task.value.text}", "")
    book.save(note.id, "A: Ask VTT today\nA: Ask SSTT today", note.revision.id)
    found = follow_ups.tasks(book)
    assert len(found) == 4
    assert all(not one.value.owner for one in found if one.line is not None)


def test_the_same_words_twice_in_a_note_are_two_follow_ups(book: Notebook) -> None:
    write(book, "A: Call\nA: Call")
    follow_ups.set_state(book, follow_ups.tasks(book)[0], Progress.DONE)
    states = sorted(one.value.state for one in follow_ups.tasks(book))
    assert states == [Progress.DONE, Progress.OPEN]


def test_a_follow_up_outlives_its_line_and_its_note(book: Notebook) -> None:
    note = write(book, "A: Ask VTT\nA: Call")
    follow_ups.assign(book, follow_ups.tasks(book)[0], "Emilie", "")
    book.delete(note.id)
    task = only(book)
    assert (task.value.text, task.line) == ("Ask VTT", None)


def test_every_deed_can_be_undone(book: Notebook) -> None:
    write(book, "A: Ask VTT")
    follow_ups.add(book, FollowUp("Thank the chairs", due="2013-06-05"))
    first = sorted(follow_ups.tasks(book), key=lambda one: one.value.text)
    for task in first:
        for act in (
            lambda one: follow_ups.set_state(book, one, Progress.DONE),
            lambda one: follow_ups.assign(book, one, "Mamen", "2013-07-01"),
            lambda one: follow_ups.remove(book, one),
        ):
            deed = act(task)
            book.follow_ups.undo(deed)
            assert sorted(follow_ups.tasks(book), key=lambda one: one.value.text) == first


def test_what_is_removed_is_gone_though_its_line_stays(book: Notebook) -> None:
    write(book, "A: Ask VTT")
    follow_ups.add(book, FollowUp("Thank the chairs"))
    for task in follow_ups.tasks(book):
        follow_ups.remove(book, task)
    assert follow_ups.tasks(book) == []
    assert book.notes()[0].opening == "A: Ask VTT"


def test_the_board_is_in_weeks_and_counts_what_each_filter_shows(book: Notebook) -> None:
    for text, state, owner, due in (
        ("undated", Progress.OPEN, "", ""),
        ("late", Progress.WAITING, "Mamen", "2013-06-04"),
        ("monday", Progress.DONE, "emilie romeo", "2013-06-03"),
        ("sunday", Progress.OPEN, "Emilie Romeo", "2013-06-09"),
        ("next", Progress.OPEN, "", "2013-06-16"),
        ("later", Progress.OPEN, "", "2013-08-31"),
        ("long ago", Progress.DONE, "", "2013-05-30"),
    ):
        follow_ups.add(book, FollowUp(text, state, owner, due))
    board = follow_ups.board(book, TODAY)
    assert [(one.span, [task.value.text for task in one.tasks]) for one in board.groups] == [
        (Span.UNDATED, ["undated"]),
        (Span.OVERDUE, ["late"]),
        (Span.THIS_WEEK, ["monday", "sunday"]),
        (Span.NEXT_WEEK, ["next"]),
        (Span.LATER, ["later"]),
        (Span.EARLIER, ["long ago"]),
    ]
    assert board.counts == {
        Filter.ALL: 7, Filter.MINE: 2, Filter.OPEN: 4, Filter.WAITING: 1, Filter.DONE: 2,
    }  # fmt: skip
    mine = follow_ups.board(book, TODAY, Filter.MINE, by_owner=True)
    assert [len(group.tasks) for group in mine.groups] == [2]
    owners = [group.owner for group in follow_ups.board(book, TODAY, by_owner=True).groups]
    assert owners[0] == ""
    assert len(owners) == 3


def test_a_whole_word_of_ones_own_name_is_oneself(book: Notebook) -> None:
    book.introduce("Marc Dubois")
    for owner in ("Marc", "dubois", "MARC DUBOIS", "Marcel", "Mar", "Marc Li", ""):
        follow_ups.add(book, FollowUp("ask VTT", Progress.OPEN, owner))
    (group,) = follow_ups.board(book, TODAY, Filter.MINE).groups
    assert {task.value.owner for task in group.tasks} == {"Marc", "dubois", "MARC DUBOIS"}


@pytest.mark.parametrize(
    ("typed", "due", "promised"),
    [
        ("2013-06-07", "2013-06-07", ""),
        ("7 June", "2013-06-07", ""),
        ("3 January", "2014-01-03", ""),
        ("Fri", "2013-06-07", ""),
        ("wed", "2013-06-05", ""),
        ("tomorrow", "2013-06-06", ""),
        ("+1w", "2013-06-07", "1w"),
        ("+3m", "2013-08-31", "3m"),
        (" + 12 M ", "2014-05-31", "12m"),
        ("", "", ""),
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str, due: str, promised: str) -> None:
    assert read_due(typed, TODAY, OVER) == (due, promised)


@pytest.mark.parametrize("typed", ["soon", "31 June", "+3y", "7 June 8 June", "7 June at noon"])
def test_what_is_no_day_is_said(typed: str) -> None:
    with pytest.raises(BadRequest, match="is not a day"):
        read_due(typed, TODAY, OVER)


@pytest.mark.parametrize(
    "typed",
    [
        "26 Apr 2027",
        "26.4.2027",
        "2027-04-26",
        "Mon 26 April 2027",
        " april 26, 2027 ",
        "26/4/2027",
    ],
)
def test_a_day_far_away_is_read_however_it_is_written(typed: str) -> None:
    assert read_day(typed, TODAY) == date(2027, 4, 26)


@pytest.mark.parametrize("typed", ["", "31 June 2027", "Tue 26 Apr 2027", "26 Apr 3020", "4"])
def test_what_no_calendar_has_is_no_day(typed: str) -> None:
    with pytest.raises(BadRequest, match="is not a day: write it as 26 Apr 2027"):
        read_day(typed, TODAY)


def test_a_month_later_ends_with_the_month() -> None:
    assert after(date(2013, 11, 30), "3m") == date(2014, 2, 28)
    assert last_day("2014-02") == date(2014, 2, 28)
    assert last_day("2014") == date(2014, 12, 31)
    assert span_of("2013-06", Progress.OPEN, TODAY) is Span.LATER


def test_quotes_of_the_same_note_are_at_hand(book: Notebook) -> None:
    write(book, "Q Dr Zhang: trust\nA: Thank the chairs")
    write(book, "Q: other\nF: 1")
    (quote,) = follow_ups.said_with(book, only(book))
    assert (quote.speaker, quote.text) == ("Dr Zhang", "trust")
    by_hand = replace(only(book), line=None)
    assert follow_ups.said_with(book, by_hand) == []
    assert texts(book) == ["Thank the chairs"]


def test_a_line_with_a_tab_can_be_assigned_and_is_still_that_line(book: Notebook) -> None:
    note = book.start(None, "")
    book.save(note.id, "A: call\tLi", note.revision.id)
    (task,) = follow_ups.tasks(book)
    follow_ups.assign(book, task, "Anna", "2013-06-07")
    (again,) = follow_ups.tasks(book)
    assert (again.value.owner, again.key) == ("Anna", task.key)
