import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.domain.notes import Author, Draft, Note, Revision, Visibility
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.attachments import Enclosure
from fieldguide.services.exports import markdown, markdown_zip, save_markdown
from fieldguide.storage.files import write_whole

WHEN = datetime(2013, 5, 28, 9, 30, tzinfo=timezone(timedelta(hours=8)))
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}


def _note(
    text: str = "", title: str = "Renji Hospital", number: int = 1, author: str = "Anna"
) -> Note:
    draft = Draft(Ref("organisation", "renji-hospital"), title, Ref("visit", "renji"), text=text)
    name = f"{number:032x}"
    revision = Revision.following((), name, Author("a", author), draft, WHEN)
    return Note(name, WHEN, revision, (revision.id,))


def _read(page: str) -> tuple[dict[str, str], str]:
    """Front matter and text of a page, by the rules of YAML 1.2 for the scalars used in it."""
    head, text = re.fullmatch(r"---\n(.*?)\n---\n\n(.*)", page, re.DOTALL).groups()  # type: ignore[union-attr]
    fields = {}
    for line in head.split("\n"):
        name, value = re.fullmatch(r"(\w+): (.*)", line).groups()  # type: ignore[union-attr]
        fields[name] = _scalar(value)
    return fields, text


def _scalar(value: str) -> str:
    if not value.startswith('"'):
        assert re.fullmatch(r"[0-9T:+-]+", value)
        return value
    assert all(char.isprintable() or unicodedata.category(char) in "Zs Cf Co Cn" for char in value)
    assert not set(value) & set("\x85\u2028\u2029\ufeff\ufffe\uffff")
    assert re.fullmatch(r'"(?:[^"\\]|\\[ntrbf"\\/]|\\u[0-9a-f]{4})*"', value)
    return re.sub(
        r"\\(u([0-9a-f]{4})|.)",
        lambda found: chr(int(found[2], 16)) if found[2] else ESCAPES[found[1]],
        value[1:-1],
    )


def _pages(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode("utf-8") for name in file.namelist()}


def _fits_a_file(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_a_note_is_one_page_with_all_that_is_known_of_it() -> None:
    assert markdown(_note("F: 1,600 beds\n")) == (
        "---\n"
        'ref: "organisation/renji-hospital"\n'
        'title: "Renji Hospital"\n'
        'visit: "visit/renji"\n'
        "created: 2013-05-28T09:30:00+08:00\n"
        "changed: 2013-05-28T09:30:00+08:00\n"
        'visibility: "mine"\n'
        'author: "Anna"\n'
        "---\n"
        "\n"
        "F: 1,600 beds\n"
    )


@given(text=ANY_TEXT, title=ANY_TEXT, author=ANY_TEXT)
def test_nothing_in_a_note_gets_into_the_front_matter_or_is_lost(
    text: str, title: str, author: str
) -> None:
    fields, body = _read(markdown(_note(text, title, author=author)))
    assert body == _fits_a_file(text)
    assert fields["title"] == _fits_a_file(title)
    assert fields["author"] == _fits_a_file(author)
    assert list(fields) == ["ref", "title", "visit", "created", "changed", "visibility", "author"]


def test_a_title_that_looks_like_yaml_stays_a_title() -> None:
    for title in ("yes", "a: b", '"', "---\nref: x", "# no", "仁济: 'x'", "\x00\x85\u2028"):
        assert _read(markdown(_note(title=title)))[0]["title"] == title


def test_a_text_that_looks_like_front_matter_stays_text() -> None:
    text = "---\ntitle: other\n---\n\nx"
    assert _read(markdown(_note(text)))[1] == text


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=6))
def test_every_note_has_a_file_of_its_own_with_a_name_that_every_system_takes(
    written: list[tuple[str, str]],
) -> None:
    notes = [_note(text, title, number) for number, (text, title) in enumerate(written)]
    pages = _pages(markdown_zip(notes))
    assert [_read(page)[1] for page in pages.values()] == [
        _fits_a_file(text) for text, _ in written
    ]
    assert len({name.casefold() for name in pages}) == len(notes)
    for name in pages:
        assert not re.search(r'[\x00-\x1f\x7f<>:"/\\|?*]', name)
        assert not name.startswith((".", " "))
        assert not name.removesuffix(".md").endswith((".", " "))
        assert len(name.encode("utf-8")) <= 240


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("仁济医院", "2013-05-28 仁济医院.md"),
        ("Biobay [Suzhou]: 52 %", "2013-05-28 Biobay Suzhou 52 %.md"),
        ("../../etc/passwd", "2013-05-28 .. .. etc passwd.md"),
        ("", "2013-05-28 Note.md"),
        ("...", "2013-05-28.md"),
        ("院" * 100, f"2013-05-28 {'院' * 63}.md"),
    ],
)
def test_a_file_is_named_after_the_day_and_the_record(title: str, name: str) -> None:
    assert list(_pages(markdown_zip([_note(title=title)]))) == [name]


def test_names_that_differ_only_in_case_are_numbered() -> None:
    notes = [
        _note(title=title, number=number)
        for number, title in enumerate(["Renji", "RENJI", "renji"])
    ]
    assert list(_pages(markdown_zip(notes))) == [
        "2013-05-28 Renji.md",
        "2013-05-28 RENJI 2.md",
        "2013-05-28 renji 3.md",
    ]


def test_the_same_notes_give_the_same_bytes_in_any_order() -> None:
    notes = [_note(f"text {number}", number=number) for number in range(4)]
    assert markdown_zip(notes) == markdown_zip(reversed(notes))


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_a_year_that_a_zip_cannot_say_is_no_obstacle(year: int) -> None:
    note = _note("x")
    old = replace(note, revision=replace(note.revision, created=datetime(year, 1, 1, tzinfo=UTC)))
    assert len(_pages(markdown_zip([old]))) == 1


def test_a_version_in_conflict_says_so() -> None:
    note = replace(_note("x"), heads=("a", "b"))
    assert _read(markdown(note))[0]["versions"] == "2"


def test_the_visibility_of_a_note_goes_with_it() -> None:
    note = _note("x")
    draft = replace(note.revision.draft, visibility=Visibility.ORGANISER, about=None)
    fields = _read(markdown(replace(note, revision=replace(note.revision, draft=draft))))[0]
    assert (fields["visibility"], fields["ref"]) == ("organiser", "")


def test_an_export_replaces_a_file_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "notes.zip"
    path.write_bytes(b"old" * 10_000)
    assert save_markdown(iter([_note("a"), _note("b", number=2)]), path) == 2
    assert sorted(_read(page)[1] for page in _pages(path.read_bytes()).values()) == ["a", "b"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("kept")
    for path, why in (
        (tmp_path / "none" / "x.zip", "its folder does not exist"),
        (file / "x.zip", "its folder is a file"),
        (tmp_path, "there is a folder of that name"),
    ):
        with pytest.raises(FieldGuideError, match=rf"^“{path.name}” cannot be written: {why}\.$"):
            write_whole(path, b"new")
    assert file.read_text() == "kept"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "real.zip"
    target.write_bytes(b"old")
    link = tmp_path / "link.zip"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def _enclosed(*enclosures: Enclosure) -> dict[str, bytes]:
    archive = markdown_zip([_note("as typed")], lambda _: enclosures)
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_attachments_lie_beside_their_note_and_the_links_lead_there() -> None:
    files = _enclosed(
        Enclosure("门诊 hall.jpg", "the lobby", True, lambda: b"photo"),
        Enclosure("agenda.pdf", "", False, lambda: b"sheet"),
        Enclosure("clip.mov", "", False, None),
    )
    assert list(files) == [
        "2013-05-28 Renji Hospital/1 门诊 hall.jpg",
        "2013-05-28 Renji Hospital/2 agenda.pdf",
        "2013-05-28 Renji Hospital.md",
    ]
    page = files["2013-05-28 Renji Hospital.md"].decode("utf-8")
    _, text = _read(page)
    assert text.startswith("as typed\n\n![the lobby](2013-05-28%20Renji%20Hospital/1%20%E9%97%A8")
    assert "\n\n[agenda.pdf](2013-05-28%20Renji%20Hospital/2%20agenda.pdf)\n" in text
    assert "(clip.mov: not included" in text
    for link in re.findall(r"\]\((\S+)\)", text):
        assert re.sub("%(..)", lambda found: chr(int(found[1], 16)), link).encode(
            "latin-1"
        ).decode("utf-8") in files  # fmt: skip


@given(name=ANY_TEXT, caption=ANY_TEXT)
def test_no_name_leaves_its_folder_and_no_caption_ends_its_link(name: str, caption: str) -> None:
    files = _enclosed(Enclosure(name, caption, True, lambda: b"x"))
    inside, page = files
    folder, _, own = inside.partition("/")
    assert page == f"{folder}.md"
    assert re.fullmatch(r"1[^/\\:*?\"<>|\x00-\x1f]*", own)
    assert not own.endswith((" ", "."))
    assert len(own.encode("utf-8")) < 255
    line = files[page].decode("utf-8").split("\n")[-2]
    words, _, link = line.removeprefix("![").rpartition("](")
    assert not re.search(r"(?<!\\)(\\\\)*[\[\]<>]", words)
    assert re.fullmatch(r"[0-9A-Za-z%._~/-]+\)", link)


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise FieldGuideError("This attachment is damaged.")

    path = tmp_path / "notes.zip"
    path.write_bytes(b"old")
    with pytest.raises(FieldGuideError, match="damaged"):
        save_markdown([_note()], path, lambda _: [Enclosure("a", "", False, fail)])
    assert [file.name for file in tmp_path.iterdir()] == ["notes.zip"]
    assert path.read_bytes() == b"old"
