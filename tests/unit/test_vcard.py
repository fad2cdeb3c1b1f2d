"""vCards written: what stands in them, that nothing breaks out, that our own reader gets it back."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.domain.people import (
    Address,
    Agreement,
    Consent,
    Encounter,
    Person,
    PersonName,
    Role,
    Said,
    Script,
    Way,
)
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services.vcard import CODE_OCTETS, compact_vcard, unsourced, vcard
from fieldguide.services.vcard_reader import Card, read_cards
from fieldguide.services.vcard_text import escaped, folded, lists_of, parts_of, structured
from tests.unit.persons import line, persons

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8
LI = Person(
    "urn:uuid:0f6c6e1a-0000-4000-8000-000000000001",
    (
        PersonName("Li Wei", Script.LATIN, "Li"),
        PersonName("李伟", Script.HANZI, "李"),
        PersonName("Lǐ Wěi", Script.PINYIN, "Lǐ"),
        PersonName("David", Script.NICKNAME),
    ),
    honorifics=(Said("Dr"),),
    address_as=(Said("Director Li"),),
    roles=(
        Role("GM", "总经理", "Juke; Sons, Ltd", "居可公司", "Sales", "市场部", since="2012-05"),
        Role("CTO", organisation="Before Ltd", until="2011"),
    ),
    ways=(
        Way("mobile", "+86 138 0000 1420", "work"),
        Way("fax", "021 5555 0142"),
        Way("phone", "021 5555 0143", "assistant"),
        Way("email", "wei.li@juke.example", "work"),
        Way("wechat", "liwei88"),
        Way("whatsapp", "+86 138 0000 1420"),
        Way("linkedin", "li-wei-juke"),
        Way("web", "https://juke.example/a,b;c"),
    ),
    addresses=(Address("1 Long Road\nRoom 2", "Shanghai", "", "200000", "China", "work"),),
    notes=(Said("Likes tea; speaks French,\nwas in Lyon \\o/"),),
    tags=("star", "a,b"),
    met=(Encounter(Ref("visit", "juke"), "2013-05-28", "Anna"),),
    introduced_by=(Said("Wang Fang"),),
    consents=(Consent(Agreement.GIVEN, "2013-05-28", "until 2015"),),
    records=(Ref("person", "li-wei"),),
)


def read(text: str, origin: str = "") -> Card:
    (card,) = read_cards(io.BytesIO(text.encode()), origin)
    assert isinstance(card, Card), card
    return card


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def orderly(person: Person) -> Person:
    """The same person with names and roles in an order of their own: cards keep no other."""
    return replace(
        person,
        names=tuple(sorted(set(person.names), key=repr)),
        honorifics=tuple(dict.fromkeys(person.honorifics)),
        roles=tuple(sorted(set(person.roles), key=repr)),
        ways=tuple(dict.fromkeys(person.ways)),
        addresses=tuple(dict.fromkeys(person.addresses)),
        notes=tuple(dict.fromkeys(person.notes)),
        tags=tuple(dict.fromkeys(person.tags)),
    )


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_person_with_everything_comes_back_whole(version: str) -> None:
    card = read(vcard(LI, version, photo=JPEG, private=True))
    assert orderly(card.person) == orderly(LI)
    assert card.person.uid == LI.uid
    assert card.photo == JPEG
    assert card.remarks == ()


@settings(max_examples=80)
@given(persons(), st.sampled_from(["3.0", "4.0"]))
def test_any_person_comes_back_the_same(person: Person, version: str) -> None:
    card = read(vcard(person, version, private=True))
    assert orderly(card.person) == orderly(unsourced(person))
    assert card.person.uid == person.uid


def test_what_is_read_says_where_it_comes_from() -> None:
    person = read(vcard(LI, private=True), "import:team.vcf").person
    values = [*person.names, *person.roles, *person.ways, *person.notes, *person.consents]
    assert {value.sources for value in values} == {("import:team.vcf",)}


def test_what_is_private_leaves_only_when_it_is_asked_for() -> None:
    shared = vcard(LI)
    for private in ("tea", "star", "2013-05-28", "Wang Fang", "Before Ltd", "Director Li", "given"):
        assert private not in shared.replace("\r\n ", "")
        assert private in vcard(LI, private=True).replace("\r\n ", "")


def test_both_scripts_and_the_way_it_is_said_stand_in_the_card() -> None:
    lines = unfolded(vcard(LI))
    assert "FN:Li Wei 李伟" in lines
    assert "N:Li;Wei;;Dr;" in lines
    assert "X-PHONETIC-LAST-NAME:Lǐ" in lines
    assert "X-PHONETIC-FIRST-NAME:Wěi" in lines
    assert "NICKNAME:David" in lines
    assert r"ORG:Juke\; Sons\, Ltd;Sales" in lines
    assert "ORG;LANGUAGE=zh-Hans:居可公司;市场部" in lines
    assert "TITLE;LANGUAGE=zh-Hans:总经理" in lines
    assert "TEL;TYPE=CELL,WORK:+86 138 0000 1420" in lines
    assert "IMPP;X-SERVICE-TYPE=WeChat:wechat:liwei88" in lines


def test_version_4_gives_the_name_in_each_script_as_one_name() -> None:
    lines = unfolded(vcard(LI, "4.0"))
    assert "N;ALTID=1:Li;Wei;;Dr;" in lines
    assert "N;ALTID=1;LANGUAGE=zh-Hans:李;伟;;;" in lines
    assert "N;ALTID=1;LANGUAGE=zh-Latn;PHONETIC=piny:Lǐ;Wěi;;;" in lines
    assert lines[1] == "VERSION:4.0"


def test_a_person_without_a_name_is_called_by_where_they_work_and_stays_without() -> None:
    for nameless in (
        Person("1", roles=(Role(organisation="Juke"),)),
        Person("1", ways=(Way("mobile", "138 0000 1420"),)),
    ):
        text = vcard(nameless)
        assert f"FN:{nameless.title}\r\n" in text
        assert read(text).person == nameless


def test_an_unknown_version_and_an_unknown_picture_are_refused() -> None:
    with pytest.raises(BadRequest, match=r"3\.0 or 4\.0"):
        vcard(LI, "2.1")
    with pytest.raises(BadRequest, match="picture"):
        vcard(LI, photo=b"MZ\x90")


BREAKS = ["\r\n", "\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\r\n ", "\x1c", "\x00"]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("end", BREAKS, ids=repr)
def test_no_value_can_begin_a_line_of_its_own(version: str, end: str) -> None:
    evil = f"x{end}END:VCARD{end}BEGIN:VCARD{end}TEL:666{end}"
    person = Person(
        evil,
        (PersonName(evil, Script.LATIN, evil), PersonName(evil, Script.NICKNAME)),
        honorifics=(Said(evil),),
        roles=(Role(evil, evil, evil, evil, evil, evil),),
        ways=tuple(
            Way(kind, evil, evil) for kind in ("mobile", "email", "web", "wechat", "linkedin")
        ),
        addresses=(Address(evil, evil, evil, evil, evil, evil),),
        notes=(Said(evil),),
        tags=(evil,),
        introduced_by=(Said(evil),),
    )
    for text in (vcard(person, version, private=True), compact_vcard(person)):
        starts = [
            one.split(":")[0].split(";")[0]
            for one in re.split("[\r\n\x0b\x0c\x1c\x85\u2028\u2029]+", text)
        ]
        assert starts.count("BEGIN") == starts.count("END") == 1
        assert not [one for one in unfolded(text) if one.startswith("TEL:666")]
        assert len(list(read_cards(io.BytesIO(text.encode())))) == 1


@given(st.text(max_size=300))
def test_folded_lines_are_short_and_whole(text: str) -> None:
    content = f"NOTE:{escaped(text)}"
    pieces = folded(content)
    octets = pieces.encode().split(b"\r\n")
    assert octets[-1] == b""
    assert all(len(one) <= 75 for one in octets)
    assert all(one.decode() for one in octets[:-1])
    assert unfolded(pieces)[0] == content


@given(st.lists(st.lists(line(least=0), min_size=1, max_size=3), min_size=1, max_size=5))
def test_structured_values_come_apart_as_they_were_put_together(lists: list[list[str]]) -> None:
    assert lists_of(structured(lists)) == lists
    flat = [part for part, *_ in lists]
    assert parts_of(structured(flat)) == flat


TOKEN = r"[A-Za-z0-9-]+"
LINE = re.compile(rf"(?:{TOKEN}\.)?{TOKEN}(?:;{TOKEN}=(?:{TOKEN},?)+)*:[^\x00-\x08\x0a-\x1f\x7f]*")


@settings(max_examples=80)
@given(persons(), st.sampled_from(["3.0", "4.0"]))
def test_every_line_is_as_the_standard_says(person: Person, version: str) -> None:
    text = vcard(person, version, photo=JPEG, private=True)
    lines = unfolded(text)
    assert lines.pop() == ""
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCARD", f"VERSION:{version}", "END:VCARD")
    assert not re.search(r"\r(?!\n)|(?<!\r)\n", text)
    assert all(len(one.encode()) <= 75 for one in text.split("\r\n"))
    for one in lines:
        assert LINE.fullmatch(one), one
        assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", one.partition(":")[2]), one
    names = [re.split("[;:]", one)[0] for one in lines]
    assert names.count("FN") == 1
    assert names.count("UID") == names.count("PHOTO") == 1
    marks = [one.partition(":")[0] for one in lines if one.startswith(("N:", "N;"))]
    assert len(marks) == 1 or all("ALTID=1" in mark for mark in marks)


def test_a_code_on_the_screen_holds_what_matters_most() -> None:
    text = compact_vcard(LI)
    assert len(text.encode()) <= CODE_OCTETS
    person = read(text).person
    assert person.hanzi == "李伟"
    assert person.title == "Li Wei"
    assert person.role is not None
    assert (person.role.title, person.role.organisation) == ("GM", "Juke; Sons, Ltd")
    assert [way.value for way in person.reached_by("mobile", "email")] == [
        "+86 138 0000 1420",
        "wei.li@juke.example",
    ]
    assert (
        person.notes[0].text == "WeChat liwei88, WhatsApp +86 138 0000 1420, LinkedIn li-wei-juke"
    )
    assert "tea" not in text


@settings(max_examples=100)
@given(persons(), st.integers(1, 400))
def test_a_code_always_fits_and_is_a_card(person: Person, times: int) -> None:
    names = tuple(replace(name, text=name.text * times) for name in person.names)
    text = compact_vcard(replace(person, names=names))
    assert len(text.encode()) <= CODE_OCTETS
    assert read(text).person.names or not person.names
