from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldguide.domain.discretion import is_private
from fieldguide.domain.notes import (
    AUDIENCES,
    Draft,
    LineKind,
    Visibility,
    opening,
    parse_lines,
    revision_id,
)
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest, FieldGuideError, WorkspaceUnavailable
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.profile import profile_dir
from fieldguide.storage.workspace_db import Workspace, open_workspace

RENJI = Ref("organisation", "renji-hospital")
BIOBAY = Ref("organisation", "biobay")
VISIT = Ref("visit", "renji-2013-05-28")

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)
AWKWARD = [
    "",
    " ",
    "\x00a\x00",
    "half a pair \ud83d and \udc00",
    "a\u00a0b\u202fc\u2029d\u0085e",
    "a\r\nb\rc\n\n",
    "👩🏽‍⚕️ 🏥 𠮷野家",
    "e\u0301 é \ufeff\ufffe\uffff",
    "'; DROP TABLE note; -- \"*",
    "仁济医院 " * 200_000,
]


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2013, 5, 28, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def notebook(tmp_path: Path, clock: Clock) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path / "profile", create=True, clock=clock)
    yield opened
    opened.close()


def _write(notebook: Notebook, text: str, about: Ref = RENJI, title: str = "Renji Hospital") -> str:
    note = notebook.start(about, title)
    return notebook.save(note.id, text, note.revision.id).id


def _found(notebook: Notebook, query: str) -> list[str]:
    return [hit.note.id for hit in notebook.search(query)]


def test_a_note_keeps_its_record_and_the_title_it_saw(notebook: Notebook) -> None:
    note = notebook.start(RENJI, "Renji Hospital", VISIT)
    saved = notebook.save(note.id, "F: 1,600 beds", note.revision.id)
    assert notebook.note(note.id) == saved
    assert (saved.about, saved.title, saved.visit) == (RENJI, "Renji Hospital", VISIT)
    assert (saved.visibility, saved.in_conflict, saved.deleted) == (Visibility.MINE, False, False)


def test_a_new_note_is_for_its_writer_alone(notebook: Notebook) -> None:
    assert notebook.start(None, "").visibility is Visibility.MINE


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_an_awkward_text_comes_back_byte_for_byte(
    tmp_path: Path, notebook: Notebook, text: str
) -> None:
    note = _write(notebook, text)
    notebook.close()
    again = open_notebook(tmp_path / "profile", create=False)
    assert again.note(note).text == text
    again.close()


@given(text=ANY_TEXT, title=ANY_TEXT)
@settings(max_examples=150, suppress_health_check=tuple(HealthCheck))
def test_any_text_comes_back_unchanged_and_can_be_searched(
    notebook: Notebook, text: str, title: str
) -> None:
    note = notebook.start(RENJI, title)
    assert notebook.save(note.id, text, note.revision.id).text == text
    assert notebook.note(note.id).text == text
    assert notebook.history(note.id)[0].draft.text == text
    notebook.search(text)
    assert notebook.notes(RENJI)


def test_every_save_stands_in_the_history_and_an_old_one_can_be_taken_again(
    notebook: Notebook,
) -> None:
    note = notebook.start(RENJI, "Renji")
    for text in ("one", "two", "three"):
        note = notebook.save(note.id, text, note.revision.id)
    old = notebook.history(note.id)[2]
    note = notebook.save(note.id, old.draft.text, note.revision.id)
    history = notebook.history(note.id)
    assert [revision.draft.text for revision in history] == ["one", "three", "two", "one", ""]
    assert [revision.lamport for revision in history] == [5, 4, 3, 2, 1]
    assert history[0].parents == (history[1].id,)


def test_a_revision_is_named_by_what_it_holds(notebook: Notebook) -> None:
    _write(notebook, "a text\ud800")
    for revision in notebook.history(notebook.notes()[0].id):
        wanted = revision_id(revision.note, revision.author.id, revision.parents, revision.draft)
        assert revision.id == wanted


def test_no_two_fields_of_a_revision_can_run_together() -> None:
    drafts = [
        Draft(None, "ab", text="c"),
        Draft(None, "a", text="bc"),
        Draft(None, "", text="abc"),
        Draft(None, "abc"),
        Draft(None, "abc", deleted=True),
        Draft(None, "abc", visibility=Visibility.ORGANISER),
    ]
    assert len({revision_id("n", "a", (), draft) for draft in drafts}) == len(drafts)
    assert (
        len({revision_id("n", "a", parents, drafts[0]) for parents in ([], ["p"], ["p", "q"])}) == 3
    )


def test_saving_the_same_text_again_adds_nothing(notebook: Notebook) -> None:
    note = notebook.start(RENJI, "Renji")
    first = notebook.save(note.id, "one", note.revision.id)
    assert notebook.save(note.id, "one", first.revision.id) == first
    assert notebook.save(note.id, "one", note.revision.id) == first
    assert len(notebook.history(note.id)) == 2


def test_a_save_repeated_late_is_kept_once(notebook: Notebook) -> None:
    note = notebook.start(RENJI, "Renji")
    first = notebook.save(note.id, "one", note.revision.id)
    second = notebook.save(note.id, "two", first.revision.id)
    notebook.save(note.id, "one", note.revision.id)
    assert notebook.note(note.id) == second


def test_two_windows_keep_both_texts_until_one_is_chosen(notebook: Notebook) -> None:
    note = notebook.start(RENJI, "Renji")
    notebook.save(note.id, "Ms Li, director", note.revision.id)
    other = notebook.save(note.id, "Dr Zhang", note.revision.id)
    assert (other.text, other.in_conflict) == ("Dr Zhang", True)
    assert {version.text for version in notebook.versions(note.id)} == {
        "Ms Li, director",
        "Dr Zhang",
    }
    assert _found(notebook, "zhang") == _found(notebook, "director") == [note.id]
    assert notebook.notes()[0].versions == 2
    settled = notebook.settle(note.id, "Ms Li; Dr Zhang")
    assert (settled.text, settled.in_conflict, len(settled.revision.parents)) == (
        "Ms Li; Dr Zhang",
        False,
        2,
    )
    assert _found(notebook, "director") == []
    assert len(notebook.history(note.id)) == 4


def test_a_settled_conflict_is_for_no_more_readers_than_its_strictest_version(
    notebook: Notebook,
) -> None:
    note = notebook.start(RENJI, "Renji")
    open_one = notebook.set_visibility(note.id, Visibility.PUBLISHABLE)
    notebook.save(note.id, "open", open_one.revision.id)
    first = notebook.history(note.id)[-1]
    assert first.draft.visibility is Visibility.MINE
    notebook.save(note.id, "private", first.id)
    assert {version.visibility for version in notebook.versions(note.id)} == {"publishable", "mine"}
    assert notebook.settle(note.id, "both").visibility is Visibility.MINE


def test_typing_on_after_a_change_of_visibility_is_no_conflict(notebook: Notebook) -> None:
    note = notebook.start(RENJI, "Renji")
    typed = notebook.save(note.id, "one", note.revision.id)
    notebook.set_visibility(note.id, Visibility.ORGANISER)
    saved = notebook.save(note.id, "one two", typed.revision.id)
    assert (saved.in_conflict, saved.visibility) == (False, Visibility.ORGANISER)


def test_a_wrong_clock_changes_no_order(notebook: Notebook, clock: Clock) -> None:
    first = _write(notebook, "written first")
    clock.now -= timedelta(days=3_650)
    second = _write(notebook, "written second")
    assert [card.id for card in notebook.notes()] == [second, first]
    note = notebook.note(first)
    notebook.save(first, "changed last", note.revision.id)
    assert [card.id for card in notebook.notes()] == [first, second]
    assert notebook.note(first).text == "changed last"
    assert _found(notebook, "written changed") == []


def test_notes_are_listed_by_record_by_visit_and_counted(notebook: Notebook) -> None:
    on_renji = notebook.start(RENJI, "Renji", VISIT).id
    on_visit = notebook.start(VISIT, "Visit of Renji").id
    on_biobay = notebook.start(BIOBAY, "BioBay").id
    assert [card.id for card in notebook.notes(RENJI)] == [on_renji]
    assert [card.id for card in notebook.notes(VISIT)] == [on_visit, on_renji]
    notebook.delete(on_biobay)
    assert notebook.tally() == (2, 1)


def test_a_deleted_note_lies_in_the_trash_and_comes_back(notebook: Notebook) -> None:
    note = _write(notebook, "a word")
    notebook.delete(note)
    assert (notebook.notes(), notebook.notes(RENJI), _found(notebook, "word")) == ([], [], [])
    assert [card.id for card in notebook.trash()] == [note]
    assert notebook.whole(set(Visibility)) == []
    assert notebook.restore(note).text == "a word"
    assert (_found(notebook, "word"), notebook.trash()) == ([note], [])


def test_a_note_that_another_window_deleted_comes_back_with_what_is_typed(
    notebook: Notebook,
) -> None:
    note = notebook.note(_write(notebook, "one"))
    notebook.delete(note.id)
    saved = notebook.save(note.id, "one two", note.revision.id)
    assert (saved.deleted, saved.in_conflict) == (False, False)
    assert _found(notebook, "two") == [note.id]


def test_an_empty_note_is_forgotten_and_any_other_is_not(notebook: Notebook) -> None:
    empty, kept = notebook.start(RENJI, "Renji"), notebook.note(_write(notebook, "x"))
    notebook.save(kept.id, "", kept.revision.id)
    assert notebook.drop_if_empty(empty.id)
    assert not notebook.drop_if_empty(kept.id)
    assert [card.id for card in notebook.notes()] == [kept.id]
    assert _found(notebook, "renji") == [kept.id]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("院", True),
        ("济医", True),
        ("仁济医院", True),
        ("医院仁", False),
        ("仁医院", False),
        ("cafe", True),
        ("Café", True),
        ("strasse", True),
        ("1600", True),
        ("1,600 beds", True),
        ("renj", True),
        ("hospital beds", True),
        ("hospital 仁济", True),
        ("absent", False),
        ("beds absent", False),
        ("", False),
        ('" OR * NEAR(', False),
        ("\x00\ud800", False),
        ("x" * 10_000, False),
    ],
)
def test_a_note_is_found_by_what_it_holds(notebook: Notebook, query: str, found: bool) -> None:
    note = _write(notebook, "F: 仁济医院 has 1,600 beds (sure)\nlunch in the café, Straße 5")
    _write(notebook, "医院在仁爱路，另一家济医", BIOBAY, "BioBay")
    assert (note in _found(notebook, query)) is found


def test_a_hit_shows_the_line_that_answers(notebook: Notebook) -> None:
    _write(notebook, "# Morning\n\n" + "filler " * 100 + "\nA: call Dr Li on Monday\n")
    assert notebook.search("monday")[0].snippet == "A: call Dr Li on Monday"
    assert notebook.search("renji")[0].snippet == "Morning"
    long = notebook.search("filler")[0].snippet
    assert len(long) <= 142
    assert long.endswith("…")


def test_a_snippet_out_of_the_middle_of_a_line_still_says_what_the_line_is(
    notebook: Notebook,
) -> None:
    note = notebook.start(None, "")
    text = f"Q Dr Li: {'so they said ' * 30}pineapple {'and so on ' * 30}"
    notebook.save(note.id, text, note.revision.id)
    snippet = notebook.search("pineapple")[0].snippet
    assert snippet.startswith("Q Dr Li: …")
    assert is_private(snippet)


def test_a_search_stops_at_its_limit_with_the_last_saved_first(notebook: Notebook) -> None:
    notes = [_write(notebook, f"same word {number}") for number in range(5)]
    assert [hit.note.id for hit in notebook.search("same", 3)] == notes[:1:-1]


def test_the_writer_is_anonymous_until_introduced(notebook: Notebook) -> None:
    assert (notebook.me().id, notebook.me().name) == ("", "")
    note = _write(notebook, "before")
    me = notebook.introduce(" Anna Müller \ud800", Ref("person", "anna-muller"))
    assert notebook.me() == me
    assert me.name == "Anna Müller ?"
    assert notebook.note(note).revision.author == me


def test_a_note_or_version_that_is_not_there_is_said(notebook: Notebook) -> None:
    note = _write(notebook, "x")
    other = notebook.start(BIOBAY, "BioBay")
    for ask in (
        lambda: notebook.note("no\ud800thing"),
        lambda: notebook.history("nothing"),
        lambda: notebook.save("nothing", "", "nothing"),
        lambda: notebook.save(note, "y", "nothing"),
        lambda: notebook.save(note, "y", other.revision.id),
        lambda: notebook.delete("nothing"),
    ):
        with pytest.raises(BadRequest, match=r"\.$"):
            ask()
    assert notebook.note(note).text == "x"


def test_an_audience_is_given_only_what_is_meant_for_it(notebook: Notebook) -> None:
    for visibility in Visibility:
        notebook.set_visibility(_write(notebook, visibility), visibility)
    given = {name: {note.text for note in notebook.whole(seen)} for name, seen in AUDIENCES.items()}
    assert given == {
        "public": {"publishable"},
        "organiser": {"publishable", "organiser"},
        "me": {"publishable", "organiser", "mine"},
    }


def test_lines_are_told_apart_by_their_marks() -> None:
    text = (
        "F: 1,600 beds (sure)\r\nQ Dr Li: wait: two years (unsure)\nQ [Ms Wu]: yes\nQ: nobody\n"
        "O: busy\nA: send the file\n?: who pays\nFor: nothing\nF:no\n- A: no\nF:\n"
    )
    lines = [
        (line.kind.value, line.speaker, line.text, line.confidence) for line in parse_lines(text)
    ]
    assert lines == [
        ("F", "", "1,600 beds", "sure"),
        ("Q", "Dr Li", "wait: two years", "unsure"),
        ("Q", "Ms Wu", "yes", ""),
        ("Q", "", "nobody", ""),
        ("O", "", "busy", ""),
        ("A", "", "send the file", ""),
        ("?", "", "who pays", ""),
        ("", "", "For: nothing", ""),
        ("", "", "F:no", ""),
        ("", "", "- A: no", ""),
        ("F", "", "", ""),
        ("", "", "", ""),
    ]
    assert parse_lines(text)[4].number == 4


@given(ANY_TEXT)
def test_any_text_has_as_many_lines_as_it_has_breaks(text: str) -> None:
    lines = parse_lines(text)
    assert [line.number for line in lines] == list(range(text.count("\n") + 1))
    for line, source in zip(lines, text.split("\n"), strict=True):
        assert line.text in source
        assert line.kind is not LineKind.PLAIN or line.text == source.rstrip("\r")
    assert len(opening(text)) <= 120


PROFILES = [
    (None, {"HOME": "/home/a"}, "linux", "/home/a/.local/share/fieldguide"),
    (None, {"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "linux", "/data/fieldguide"),
    (
        None,
        {"HOME": "/home/a", "XDG_DATA_HOME": "data"},
        "linux",
        "/home/a/.local/share/fieldguide",
    ),
    (None, {"HOME": "/U/a"}, "darwin", "/U/a/Library/Application Support/fieldguide"),
    (None, {"LOCALAPPDATA": "/c/Local"}, "win32", "/c/Local/fieldguide"),
    (None, {"USERPROFILE": "/c/a"}, "win32", "/c/a/AppData/Local/fieldguide"),
    (None, {"HOME": "/home/a", "FIELDGUIDE_PROFILE": "/p"}, "linux", "/p"),
    ("/q", {"HOME": "/home/a", "FIELDGUIDE_PROFILE": "/p"}, "win32", "/q"),
]


@pytest.mark.parametrize(("explicit", "environ", "platform", "folder"), PROFILES)
def test_the_profile_lies_where_the_system_keeps_such_things(
    explicit: str | None, environ: dict[str, str], platform: str, folder: str
) -> None:
    assert profile_dir(explicit, environ, platform) == Path(folder)


def test_a_user_without_a_home_is_asked_for_a_profile() -> None:
    with pytest.raises(BadRequest, match="--profile"):
        profile_dir(None, {}, "linux")


@pytest.mark.parametrize(
    ("done", "sentence"),
    [(True, "That was done, but your notes do not open again: The disk is gone."), (False, "No.")],
)
def test_whether_a_deed_was_done_is_said_even_if_the_notes_do_not_open_after_it(
    tmp_path: Path, done: bool, sentence: str
) -> None:
    def gone() -> Workspace:
        raise WorkspaceUnavailable("The disk is gone.")

    def deed() -> None:
        if not done:
            raise BadRequest("No.")

    book = Notebook(open_workspace(tmp_path / "profile", create=True), reopen=gone)
    with pytest.raises(FieldGuideError) as problem:
        book.while_closed(deed)
    assert str(problem.value) == sentence
