"""People out of files into the notebook: once each, in pieces, and taken back as one."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.domain.people import Face, Person, PersonName, Way
from fieldguide.errors import BadRequest
from fieldguide.services.notebook import Notebook
from fieldguide.services.people_export import save_vcards
from fieldguide.services.people_import import PIECE, Arrival, CardFile
from fieldguide.services.pictures import make_copies
from fieldguide.services.vcard import vcard
from fieldguide.services.vcard_reader import Card, read_cards
from tests.unit.test_attachments import picture as photo_of
from tests.unit.test_vcard_reader import OLD

LI = "BEGIN:VCARD\nVERSION:3.0\nUID:li\nN:Li;Wei;;;\nFN:Li Wei 李伟\nTEL;TYPE=CELL:138 0000 1420\nEND:VCARD\n"


def import_file(book: Notebook, folder: Path, data: str | bytes) -> Arrival:
    path = folder / "team.vcf"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    file, arrival = CardFile(path), Arrival()
    while True:
        piece = file.next()
        arrival += book.reception.receive(piece)
        if piece.last:
            file.close()
            return arrival


def take_back(book: Notebook, arrival: Arrival) -> None:
    for piece in arrival.pieces():
        book.reception.take_back(piece)


def people(book: Notebook) -> list[Person]:
    return [entry.value for entry in book.people.all()]


def test_many_kept_at_once_lie_in_the_file_as_if_each_came_alone(book: Notebook) -> None:
    told = Person("li", (PersonName("Li Wei 李", family="Li"),), ways=(Way("wechat", "liwei88"),))
    alone = book.people.add(told).id
    (together,) = book.people.add_many([told])
    sql = "SELECT * FROM note JOIN revision ON revision.number = note.shown WHERE note.id = ?"
    rows = [list(book._db._rows(sql, one)[0]) for one in (alone, together)]
    own = {place for place, pair in enumerate(zip(*rows, strict=True)) if pair[0] != pair[1]}
    names = [row[1] for row in book._db._rows("PRAGMA table_info(note)")]
    names += [row[1] for row in book._db._rows("PRAGMA table_info(revision)")]
    assert {names[place] for place in own} <= {
        "number", "id", "latest", "shown", "note", "created", "changed",
    }  # fmt: skip
    for query in ("li", "wei", "李", "liwei88"):
        assert {one.id for one in book.people.found(query)} == {alone, together}
    assert book.people.edit(together, lambda one: replace(one, tags=("host",))).versions == 1


def test_a_file_imported_twice_doubles_nobody_and_the_rest_is_told(
    book: Notebook, tmp_path: Path
) -> None:
    cards = LI + "BEGIN:VCARD\nFN:Anna Zimmer\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n"
    first = import_file(book, tmp_path, cards)
    assert [one.title for one in people(book)] == ["Li Wei", "Anna Zimmer"]
    assert people(book)[0].ways[0].sources == ("import:team.vcf",)
    assert first.sentences == ("The card at line 11 says nothing about anybody.",)
    again = import_file(book, tmp_path, cards)
    assert (again.added, again.renewed, again.same) == ((), (), 2)
    assert len(people(book)) == 2


def test_a_card_of_somebody_known_adds_what_is_new_and_one_undo_takes_it_back(
    book: Notebook, tmp_path: Path
) -> None:
    li = book.people.add(Person("li", (PersonName("Li Wei"),), ways=(Way("wechat", "liwei88"),)))
    before = book.people.get(li.id).value
    arrival = import_file(book, tmp_path, LI + "BEGIN:VCARD\nFN:Anna\nEND:VCARD\n")
    known = book.people.get(li.id).value
    assert [way.kind for way in known.ways] == ["wechat", "mobile"]
    assert (len(arrival.added), len(arrival.renewed), book.people.count()) == (1, 1, 2)
    take_back(book, arrival)
    assert people(book) == [before]
    assert book.people.get(arrival.added[0]).deleted


def test_whoever_two_pieces_tell_of_is_as_before_after_one_undo(
    book: Notebook, tmp_path: Path
) -> None:
    li = book.people.add(Person("li", (PersonName("Li Wei"),)))
    others = "".join(f"BEGIN:VCARD\nFN:Yvo{one}\nEND:VCARD\n" for one in range(PIECE))
    arrival = import_file(book, tmp_path, LI + others + LI.replace("1420", "1421"))
    assert len(book.people.get(li.id).value.ways) == 2
    assert len(arrival.renewed) == 1
    take_back(book, arrival)
    assert people(book) == [li.value]


def test_an_undo_leaves_alone_whom_somebody_changed_since(book: Notebook, tmp_path: Path) -> None:
    li = book.people.add(Person("li", (PersonName("Li Wei"),)))
    arrival = import_file(book, tmp_path, LI)
    book.people.edit(li.id, lambda one: replace(one, tags=("host",)))
    take_back(book, arrival)
    assert book.people.get(li.id).value.tags == ("host",)
    assert len(book.people.get(li.id).value.ways) == 1


def test_the_photo_that_a_known_person_got_goes_with_the_undo(
    book: Notebook, tmp_path: Path
) -> None:
    li = book.people.add(Person("li", (PersonName("Li Wei"),)))
    card = vcard(Person("li", (PersonName("Li Wei"),)), photo=photo_of())
    for _ in range(2):
        arrival = import_file(book, tmp_path, card)
        assert (len(arrival.renewed), len(book.album.attachments(li.id))) == (1, 1)
        take_back(book, arrival)
        assert book.people.get(li.id).value == li.value
        assert book.album.attachments(li.id) == []


def test_what_was_exported_here_comes_back_to_the_same_person(
    book: Notebook, tmp_path: Path
) -> None:
    li = book.people.add(Person("", (PersonName("Li Wei"),)))
    import_file(book, tmp_path, vcard(replace(li.value, uid=li.id)))
    assert book.people.count() == 1


def test_strangers_whom_a_program_gave_one_number_stay_two(book: Notebook, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nUID:1\nFN:{}\nTEL:{}\nEND:VCARD\n"
    two = card.format("Anna Zimmer", 11111111) + card.format("Bruno Castel", 22222222)
    import_file(book, tmp_path, two + card.format("Anna Zimmer", 33333333))
    assert [(one.title, len(one.ways)) for one in people(book)] == [
        ("Anna Zimmer", 2),
        ("Bruno Castel", 1),
    ]
    assert import_file(book, tmp_path, two).same == 2


def test_a_photo_is_kept_beside_its_person_once_and_a_broken_one_is_told(
    book: Notebook, tmp_path: Path
) -> None:
    person = Person("li", (PersonName("Li Wei"),))
    card = vcard(person, photo=photo_of())
    import_file(book, tmp_path, card + OLD.decode())
    li, old = book.people.all()
    (picture,) = li.value.pictures
    assert picture.face is Face.PORTRAIT
    assert [one.id for one in book.album.attachments(li.id)] == [picture.attachment]
    assert old.value.hanzi == "李伟"
    import_file(book, tmp_path, card)
    assert book.people.get(li.id).value.pictures == (picture,)
    told = import_file(book, tmp_path, card.replace("PHOTO;ENCODING=b;", "PHOTO;"))
    assert "is not in the file" in told.sentences[0]


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"FN:Eve\\nBEGIN:VCARD\r\nNOTE:a\\nEND:VCARD\\nFN:Mallory", "Eve BEGIN:VCARD"),
        ("FN:Müller".encode("cp1252"), "Müller"),
        (b"VERSION:2.1\r\nTEL;HOME:12345", "12345"),
        (b"FN:Big\r\nPHOTO;ENCODING=b:" + b"A" * 16_000_000, "Big"),
    ],
    ids=["lines inside a value", "an encoding not named", "no name at all", "a photo too large"],
)
def test_a_bad_card_becomes_one_person(
    book: Notebook, tmp_path: Path, data: bytes, title: str
) -> None:
    arrival = import_file(book, tmp_path, b"BEGIN:VCARD\r\n" + data + b"\r\nEND:VCARD\r\n")
    (person,) = people(book)
    assert (person.title, person.uid[:5], len(arrival.added)) == (title, "card-", 1)
    assert ["10 MB" in one for one in arrival.sentences] == ([True] if title == "Big" else [])


LONG = b"x" * 1_500


@pytest.mark.parametrize(
    "data",
    [
        b'FN:Eve\r\nIMPP;X-SERVICE-TYPE="a\x01b":c:d',
        b'FN:Eve\r\nIMPP;X-SERVICE-TYPE="' + LONG * 2 + b'":c:d',
        b"FN:Eve\r\nN:" + LONG + b";" + LONG + b"," + LONG + b";;;",
        b"FN:Eve\r\nORG:Juke;" + LONG + b";" + LONG,
        b"FN:Eve\r\nADR:" + LONG + b";;" + b"x" * 99_000 + b";;;;",
        b"FN:Eve\r\nX-PHONETIC-LAST-NAME:" + LONG + b"\r\nX-PHONETIC-FIRST-NAME:" + LONG,
    ],
    ids=["control sign", "service", "name", "department", "street", "phonetic name"],
)
def test_parts_that_are_too_long_together_are_left_out_and_the_rest_can_be_read(
    book: Notebook, tmp_path: Path, data: bytes
) -> None:
    arrival = import_file(book, tmp_path, b"BEGIN:VCARD\r\n" + data + b"\r\nEND:VCARD\r\n")
    assert len(people(book)) == book.people.count() == 1
    assert b"\x01" in data or "too long to be kept" in arrival.sentences[0]


def test_nobody_is_given_more_values_than_can_be_read_back(book: Notebook, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nUID:z\nFN:Anna Zimmer\n{}END:VCARD\n"
    notes = ["".join(f"NOTE:{one}{sign}\n" for one in range(150)) for sign in "ab"]
    both = "".join(card.format(one) for one in notes)
    for told in (import_file(book, tmp_path, both), import_file(book, tmp_path, both)):
        assert [len(one.notes) for one in people(book)] == [150]
        assert "more than 200 values" in told.sentences[0]


def test_a_portrait_goes_out_small_and_comes_back_to_whom_it_shows(
    book: Notebook, tmp_path: Path
) -> None:
    card = vcard(Person("li", (PersonName("Li Wei"),)), photo=photo_of(size=(900, 600)))
    import_file(book, tmp_path, card)
    (li,) = book.people.all()
    (portrait,) = book.album.attachments(li.id)
    small = book.album.put_copies(portrait, make_copies(book.album.open(portrait))).thumbnail
    save_vcards([li], tmp_path / "out.vcf", private=True, album=book.album)
    written = (tmp_path / "out.vcf").read_bytes()
    (read,) = read_cards(io.BytesIO(written), "")
    assert isinstance(read, Card)
    assert read.photo == small
    assert len(small) < len(book.album.open(portrait))
    assert import_file(book, tmp_path, written).renewed == ()
    assert len(book.album.attachments(li.id)) == 1


def test_pieces_are_small_and_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "many.vcf"
    path.write_text("BEGIN:VCARD\nFN:Li\nEND:VCARD\n" * (PIECE + 1))
    file = CardFile(path)
    assert file.count() == PIECE + 1
    assert [len(piece.cards) for piece in (file.next(), file.next())] == [PIECE, 1]
    file.close()
    with pytest.raises(BadRequest, match=r"“none\.vcf” cannot be read"):
        CardFile(tmp_path / "none.vcf")
    with pytest.raises(BadRequest, match="cannot be read: it is not a file"):
        CardFile(tmp_path)
