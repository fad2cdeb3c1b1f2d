"""Entries beside notes: kept, changed, found and undone like notes, and never among them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.domain.entries import (
    SHAPES,
    Asked,
    Check,
    Closing,
    FollowUp,
    Kind,
    Labels,
    Progress,
    Question,
    Verdict,
    brief,
    kind_of,
    new_id,
    text_of_value,
    value_of,
)
from fieldguide.domain.notes import Draft, LineKind, Visibility
from fieldguide.domain.people import Person, PersonName, Said
from fieldguide.domain.plans import Meeting, Plan
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.register import Register
from fieldguide.services.roster import Wanted

BIOBAY = Ref("organisation", "biobay")
VISIT = Ref("visit", "biobay-2013")
RENT = Question("Rent RMB 40 per m²: per month?", origin="doubt")


def test_an_entry_is_kept_with_where_it_hangs(book: Notebook) -> None:
    entry = book.questions.add(RENT, BIOBAY, title="BioBAY", visit=VISIT)
    assert (entry.value, entry.about, entry.visit) == (RENT, BIOBAY, VISIT)
    assert entry.visibility is Visibility.MINE
    assert book.questions.all() == [entry]
    assert book.questions.on(BIOBAY) == [entry] == book.questions.on(VISIT)
    assert book.questions.on(Ref("organisation", "other")) == []


def test_entries_are_not_among_notes_nor_other_kinds(book: Notebook) -> None:
    note = book.start(BIOBAY, "BioBAY")
    book.save(note.id, "F: 330 companies", note.revision.id)
    book.questions.add(RENT, BIOBAY)
    book.follow_ups.add(FollowUp("Ask VTT"), BIOBAY)
    assert [card.id for card in book.notes()] == [note.id] == [c.id for c in book.notes(BIOBAY)]
    assert book.tally() == (1, 0)
    assert [hit.note.id for hit in book.search("rent")] == []
    assert [one.value for one in book.questions.found("rent")] == [RENT]
    assert book.follow_ups.found("rent") == []


def test_many_entries_keep_no_note_from_being_found(book: Notebook) -> None:
    note = book.start(BIOBAY, "BioBAY")
    book.save(note.id, "rent is per month", note.revision.id)
    for _ in range(30):
        book.questions.add(RENT, BIOBAY)
    assert [hit.note.id for hit in book.search("rent", 5)] == [note.id]


def test_a_change_is_a_revision_and_can_be_looked_back_at(book: Notebook) -> None:
    entry = book.questions.add(RENT, BIOBAY)
    answered = book.questions.edit(
        entry.id, lambda one: replace(one, state=Asked.ANSWERED, answer="Per month.")
    )
    assert answered.value.answer == "Per month."
    assert len(book.history(entry.id)) == 2
    assert [one.id for one in book.questions.standing(Asked.ANSWERED)] == [entry.id]
    assert book.questions.standing(Asked.OPEN) == []
    assert book.questions.edit(entry.id, lambda one: one) == answered
    assert len(book.history(entry.id)) == 2


def test_two_windows_that_change_an_entry_keep_both_versions(book: Notebook) -> None:
    entry = book.follow_ups.add(FollowUp("Ask VTT"))
    book.follow_ups.put(entry.id, FollowUp("Ask VTT", owner="Emilie"), entry.revision)
    both = book.follow_ups.put(entry.id, FollowUp("Ask VTT", due="2013-06-07"), entry.revision)
    assert both.versions == 2
    one = book.follow_ups.put(entry.id, FollowUp("Ask VTT", owner="Emilie", due="2013-06-07"))
    assert (one.versions, one.value.owner, one.value.due) == (1, "Emilie", "2013-06-07")


def test_what_is_thrown_away_comes_back(book: Notebook) -> None:
    entry = book.people.add(Person(names=(PersonName("Li Wei"), PersonName("李伟"))))
    book.people.remove(entry.id)
    assert book.people.all() == book.people.found("李伟") == []
    assert book.people.count() == 0
    assert book.people.get(entry.id).deleted
    book.people.restore(entry.id)
    assert [one.value.title for one in book.people.found("李伟")] == ["Li Wei"]


def test_the_trash_is_emptied_of_entries_too_which_are_no_notes(book: Notebook) -> None:
    kept, gone = (book.people.add(Person(names=(PersonName(name),))) for name in ("Li", "Wu"))
    book.people.remove(gone.id)
    assert book.disposal.empty(book.disposal.trashed()).notes == ()
    assert [one.id for one in book.people.all()] == [kept.id]
    with pytest.raises(BadRequest):
        book.people.get(gone.id)
    assert not book.people.found("Wu")


def test_follow_ups_come_by_their_date_and_those_without_last(book: Notebook) -> None:
    for text, due in (("none", ""), ("late", "2013-06-14"), ("soon", "2013-06-05")):
        book.follow_ups.add(FollowUp(text, due=due))
    told = [one.value.text for one in book.follow_ups.standing(Progress.OPEN)]
    assert told == ["soon", "late", "none"]


def test_an_unknown_entry_is_a_sentence(book: Notebook) -> None:
    note = book.start(None, "")
    for unknown in ("question.none", note.id, "x.y"):
        with pytest.raises(BadRequest, match="There is no question"):
            book.questions.get(unknown)


def test_marked_lines_are_kept_beside_the_note_and_follow_it(book: Notebook) -> None:
    note = book.start(BIOBAY, "BioBAY", VISIT)
    text = "plain\nF: 330 companies\nA: Ask VTT\nQ Dr Li: 先匹配\n?: Labs?"
    saved = book.save(note.id, text, note.revision.id)
    (action,) = book.lines([LineKind.ACTION])
    assert (action.text, action.place, action.about, action.visit) == ("Ask VTT", 2, BIOBAY, VISIT)
    (quote,) = book.lines([LineKind.QUOTE], VISIT)
    assert (quote.speaker, quote.text) == ("Dr Li", "先匹配")
    assert book.lines([LineKind.ACTION], Ref("visit", "other")) == []
    book.save(note.id, "A: Ask VTT by mail", saved.revision.id)
    assert [line.text for line in book.lines(LineKind)] == ["Ask VTT by mail"]
    book.delete(note.id)
    assert book.lines(LineKind) == []


@pytest.mark.parametrize("version", ["workspace-1"])
def test_an_older_file_gets_its_lines_and_keeps_its_notes(tmp_path: Path, version: str) -> None:
    old = Path(__file__).parent.parent / "data" / version
    shutil.copytree(old, tmp_path / "profile")
    book = open_notebook(tmp_path / "profile", create=False)
    notes = [book.note(card.id) for card in book.notes()]
    assert notes
    marked = [line for note in notes for line in note.text.split("\n") if line.startswith("F: ")]
    assert [f"F: {line.text}" for line in book.lines([LineKind.FACT])] == marked
    for note in notes:
        book.save(note.id, f"A: {note.text}", note.revision.id)
    assert len(book.lines([LineKind.ACTION])) == len(notes)
    book.close()


VALUES = {
    Kind.PERSON: Person(names=(PersonName("Li Wei"),)),
    Kind.QUESTION: RENT,
    Kind.FOLLOW_UP: FollowUp("Ask VTT", Progress.WAITING, "Emilie", "2013-06-07"),
    Kind.LABELS: Labels(True, ("adjuvant",), ("Phase I",)),
    Kind.CHECK: Check("Companies", Verdict.WRONG, "2013-05-28", "310", "said the host"),
    Kind.CLOSING: Closing("heard", attended=("person/gao-ronghui",), closed=True),
    Kind.MEETING: Meeting(
        "Lunch",
        day="2013-05-28",
        time="12:30",
        place=BIOBAY,
        people=("person/gao-ronghui",),
        bring="Cards\nSamples",
        origin=VISIT,
        verify=True,
    ),
    Kind.PLAN: Plan("Spring", "2027-05-24", "2027-05-28", home_zone="Europe/Paris"),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_value_comes_back_from_its_text(kind: Kind) -> None:
    text = text_of_value(VALUES[kind])
    assert value_of(kind, text) == VALUES[kind]
    assert text_of_value(value_of(kind, text)) == text
    assert kind_of(new_id(kind)) is kind
    assert brief(kind, text).words


@pytest.mark.parametrize(
    "value",
    [
        Person(names=(PersonName("x" * 3_000),)),
        Person(notes=tuple(Said(str(one)) for one in range(201))),
        Person(names=(PersonName(""),)),
        Question("x" * 2_001),
        FollowUp("Ask VTT", due="soon"),
        Meeting("Lunch", time="12.30"),
    ],
)
def test_what_could_not_be_read_back_is_never_kept(book: Notebook, value: object) -> None:
    kind = next(kind for kind, shape in SHAPES.items() if isinstance(value, shape))
    with pytest.raises(BadRequest):
        Register(kind, book._db, book).add(value)
    assert Register(kind, book._db, book).count() == 0


def test_signs_that_no_text_holds_become_blanks(book: Notebook) -> None:
    asked = book.questions.add(Question("Rent?\t\x85now", answer="a\r\nb\x00\u2028c"))
    assert (asked.value.text, asked.value.answer) == ("Rent?  now", "a\nb  c")


def test_an_entry_that_cannot_be_read_keeps_nobody_from_the_others(book: Notebook) -> None:
    li = book.people.add(Person(names=(PersonName("Li Wei"),)))
    newer = book.begin(Kind.PERSON, Draft(None, "", text='{"names":[],"orbit":"low"}'))
    assert [one.id for one in book.people.all()] == [li.id]
    roll = book.roster.look(Wanted())
    assert [one.id for one in roll.first.values()] == [li.id]
    with pytest.raises(BadRequest, match="orbit"):
        book.people.get(newer.id)


TEXTS = st.sampled_from(
    ["", "open", "李伟", "2013-05", "a\nb", "\x00", "\ud800", "x" * 200_001, "a/b"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
NAMES = sorted({name for shape in SHAPES.values() for name in shape.__annotations__})


@given(st.sampled_from(list(SHAPES)), st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4))
def test_hostile_tables_are_refused_with_a_sentence_or_read(
    kind: Kind, table: dict[str, object]
) -> None:
    text = json.dumps(table)
    brief(kind, text)
    try:
        value = value_of(kind, text)
    except BadRequest:
        return
    assert value_of(kind, text_of_value(value)) == value


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 100_000, '{"text": 3}', '{"x": ""}'])
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        value_of(Kind.QUESTION, text)
    assert brief(Kind.QUESTION, text).line == ""


def test_an_id_of_a_kind_to_come_is_refused() -> None:
    assert kind_of("0" * 32) is Kind.NOTE
    with pytest.raises(BadRequest, match="newer version"):
        kind_of("voyage.1")
