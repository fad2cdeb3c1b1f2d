"""Mending a person: what changed is said by hand, pictures come and go, all is taken back."""

import io

import pytest
from PIL import Image

from fieldguide.domain.people import HAND, Face, Person, PersonName, Script, Way
from fieldguide.domain.person_mending import family_parts, mended, read_date, unique_tags
from fieldguide.errors import BadRequest
from fieldguide.services.attachments import look_at
from fieldguide.services.mending import Mending, shots_of
from fieldguide.services.notebook import Notebook


def photo(color: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(written, "PNG")
    return written.getvalue()


def test_a_value_that_did_not_change_keeps_its_sources() -> None:
    before = Way("email", "li@example.cn", sources=("card", "import:team.vcf"))
    assert mended(before, Way("email", "li@example.cn")) is before
    assert mended(before, Way("email", "wei@example.cn")).sources == (HAND,)
    assert mended(None, Way("email", "li@example.cn")).sources == (HAND,)


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2013", "2013"), ("5/2013", "2013-05"), ("May 2013", "2013-05"), ("2013-05", "2013-05"),
        ("27 May 2013", "2013-05-27"), ("2013-05-27", "2013-05-27"), ("", ""),
    ],
)  # fmt: skip
def test_years_months_and_days_are_read_as_they_are_typed(typed: str, date: str) -> None:
    assert read_date(typed) == date


@pytest.mark.parametrize("typed", ["2013/13", "30 February 2013", "when it opened", "28 May"])
def test_what_is_no_date_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(BadRequest, match="is not a date"):
        read_date(typed)


def test_each_part_of_a_name_can_be_the_familys() -> None:
    assert family_parts("Li Wei", Script.LATIN) == ("Li", "Wei")
    assert "García Ruiz" in family_parts("Juan García Ruiz", Script.LATIN)
    assert family_parts("欧阳伟", Script.HANZI) == ("欧", "欧阳")
    assert unique_tags([" host", "", "Host"]) == ("Host",)


def test_a_card_alone_is_a_person_to_type_later_and_undo_takes_them_away(book: Notebook) -> None:
    mending = Mending()
    assert mending.save(book, Person()) is None
    assert book.people.count() == 0
    mending.take(book, Face.CARD_FRONT, look_at("front.png", photo("red")), "Front of the card")
    (entry,) = book.people.all()
    assert [one.face for one in entry.value.pictures] == [Face.CARD_FRONT]
    (shot,) = shots_of(book, entry)
    assert shot.attachment.caption == "Front of the card"
    mending.undo(book)
    assert book.people.count() == 0


def test_undo_brings_back_words_and_the_picture_that_was_replaced(book: Notebook) -> None:
    first = Mending()
    first.take(book, Face.CARD_FRONT, look_at("old.png", photo("red")), "Front")
    (before,) = book.people.all()
    (old,) = shots_of(book, before)
    second = Mending(before, new=False)
    second.take(book, Face.CARD_FRONT, look_at("new.png", photo("blue")), "Front")
    entry = second.save(book, Person(names=(PersonName("Li Wei"),)))
    assert entry is not None
    assert entry.versions == 1
    assert entry.value.title == "Li Wei"
    assert [one.attachment.name for one in shots_of(book, entry)] == ["new.png"]
    second.undo(book)
    (after,) = book.people.all()
    assert after.value == before.value
    assert [one.attachment.id for one in shots_of(book, after)] == [old.attachment.id]
    assert [one.name for one in book.album.attachments(after.id)] == ["old.png"]


def test_undo_leaves_no_photo_that_was_replaced_on_the_way_and_keeps_one_taken_again(
    book: Notebook,
) -> None:
    first = Mending()
    first.take(book, Face.CARD_FRONT, look_at("old.png", photo("red")), "Front")
    (before,) = book.people.all()
    second = Mending(before, new=False)
    for color in ("blue", "green", "red"):
        second.take(book, Face.CARD_FRONT, look_at("new.png", photo(color)), "Front")
    second.undo(book)
    assert [one.name for one in book.album.attachments(before.id)] == ["old.png"]
    (after,) = book.people.all()
    assert after.value == before.value
