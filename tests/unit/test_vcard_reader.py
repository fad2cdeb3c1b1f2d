"""vCards as others write them: old, foreign, damaged, enormous or made to do harm."""

import base64
import io
import time
import tracemalloc

import pytest

from fieldguide.domain.people import Way
from fieldguide.services.vcard_reader import Card, read_cards
from fieldguide.services.vcard_stream import Refused
from tests.unit.test_vcard import JPEG


def results(data: bytes) -> list[Card | Refused]:
    return list(read_cards(io.BytesIO(data), ""))


def only(text: str | bytes) -> Card:
    (card,) = results(text.encode() if isinstance(text, str) else text)
    assert isinstance(card, Card), card
    return card


OLD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
    b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E4=BC=\r\n=9F;;;\r\n"
    b"TEL;CELL;WORK:+86 138 0000 1420\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo\r\n"
    b"PHOTO;JPEG;ENCODING=BASE64:\r\n " + base64.b64encode(JPEG[:60]) + b"\r\n\r\n"
    b"END:VCARD\r\n"
)


def test_an_old_card_of_a_phone_is_read() -> None:
    card = only(OLD)
    assert card.person.hanzi == "李伟"
    assert card.person.names[0].family == "李"
    assert card.person.ways == (Way("mobile", "+86 138 0000 1420", "work"),)
    assert card.person.notes[0].text == "one\ntwo"
    assert card.photo == JPEG[:60]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "李伟强"), ("cp1252", "Müller"), ("cp1251", "Козырева"), ("utf-16", "李伟 Müller"), ("utf-8-sig", "Ø")],
)  # fmt: skip
def test_an_encoding_that_nobody_named_is_recognised(encoding: str, name: str) -> None:
    text = f"BEGIN:VCARD\r\nVERSION:3.0\r\nNICKNAME:{name}\r\nEND:VCARD\r\n"
    assert only(text.encode(encoding)).person.names[0].text == name


def test_a_named_encoding_is_believed_and_a_dangerous_one_is_not() -> None:
    line = b"BEGIN:VCARD\nNICKNAME;CHARSET=%s:%s\nEND:VCARD\n"
    assert only(line % (b"big5", "張".encode("big5"))).person.names[0].text == "張"
    assert only(line % (b"unicode_escape", b"\\u0041\xe9")).person.names[0].text == "u0041é"


def test_a_card_without_an_id_or_a_name_still_is_somebody() -> None:
    person = only("BEGIN:VCARD\nVERSION:3.0\nORG:Juke\nEND:VCARD\n").person
    assert (person.uid, person.names, person.title) == ("", (), "Juke")


def test_bad_cards_are_sentences_with_their_line_and_the_others_are_read() -> None:
    good = "BEGIN:VCARD\nFN:Li Wei\nEND:VCARD\n"
    found = results(f"{good}BEGIN:VCARD\nFN:No End\n{good}BEGIN:VCARD\nEND:VCARD\n{good}".encode())
    assert [isinstance(one, Card) for one in found] == [True, False, True, False, True]
    assert [one.line for one in found] == [1, 4, 6, 9, 11]
    refused = [one.sentence for one in found if isinstance(one, Refused)]
    assert refused == [
        "The card at line 4 has no end.",
        "The card at line 9 says nothing about anybody.",
    ]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x00" * 100, b"PK\x03\x04", b"\xff\xfe", b"\r\r\r"]
)
def test_a_file_that_holds_no_card_is_one_sentence(data: bytes) -> None:
    (one,) = results(data)
    assert isinstance(one, Refused)
    assert one.sentence == "There is no vCard in this file."


def test_a_line_that_is_none_is_told_and_the_rest_stays() -> None:
    card = only("BEGIN:VCARD\nFN:Li Wei\nnonsense\nTEL:12345\nEND:VCARD\n")
    assert card.remarks == ("Line 3 is not one of a vCard and was left out.",)
    assert len(card.person.ways) == 1


@pytest.mark.parametrize("megabytes", [11, 30])
def test_a_photo_of_many_megabytes_is_left_out_with_a_sentence(megabytes: int) -> None:
    photo = base64.b64encode(JPEG[:3] + bytes(megabytes * 1024 * 1024))
    data = (
        b"BEGIN:VCARD\nFN:Li Wei\nPHOTO;ENCODING=b;TYPE=JPEG:" + photo + b"\nTEL:12345\nEND:VCARD\n"
    )
    tracemalloc.start()
    card = only(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert card.photo == b""
    assert len(card.remarks) == 1
    assert "10 MB" in card.remarks[0]
    assert len(card.person.ways) == 1
    assert peak < 120 * 1024 * 1024


def test_a_card_inside_a_card_does_not_end_it() -> None:
    card = only(
        "BEGIN:VCARD\nFN:Li Wei\nAGENT:\nBEGIN:VCARD\nFN:A\nEND:VCARD\nTEL:12345\nEND:VCARD\n"
    )
    assert [name.text for name in card.person.names] == ["Li Wei"]
    assert len(card.person.ways) == 1


def test_what_apple_writes_about_services_and_labels_is_read() -> None:
    person = only(
        "BEGIN:VCARD\nVERSION:3.0\nN:Li;Wei;;;\nFN:Wei Li\n"
        "item1.TEL:12345\nitem1.X-ABLabel:_$!<Work>!$_\n"
        "IMPP;X-SERVICE-TYPE=WeChat:x-apple:liwei88\n"
        "X-SOCIALPROFILE;type=twitter;x-user=lw:http://x.example/lw\nX-QQ:10001\nEND:VCARD\n"
    ).person
    assert [(way.kind, way.value, way.use) for way in person.ways] == [
        ("phone", "12345", "work"),
        ("wechat", "liwei88", ""),
        ("x", "lw", ""),
        ("qq", "10001", ""),
    ]


@pytest.mark.parametrize(
    "made",
    [
        b'TEL"' + b":" * 200_000,
        b"TEL" + b";A=" * 100_000 + b":1",
        b"X;ENCODING=QUOTED-PRINTABLE;" + b"a" * 100_000 + b":" + b"=\r\nb" * 20_000,
    ],
    ids=["colons", "parameters", "continued"],
)
def test_a_line_made_to_be_slow_is_read_at_once(made: bytes) -> None:
    began = time.perf_counter()
    (card,) = read_cards(io.BytesIO(b"BEGIN:VCARD\r\nFN:x\r\n" + made + b"\r\nEND:VCARD\r\n"))
    assert time.perf_counter() - began < 1.5
    assert isinstance(card, Card)
    assert card.person.title == "x"
