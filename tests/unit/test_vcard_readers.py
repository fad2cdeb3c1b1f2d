"""Cards between this program and two others, vobject and khard: nothing that they know is lost.

Both know version 3.0 and read 4.0 by its rules: of a photo of 4.0, which is an address there,
they keep the beginning alone. What is said by type and value is looked at, not in which order.
"""

import io
import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from khard.contacts import VCardWrapper

from fieldguide.domain.people import HANDLES, Address, Person, PersonName, Role, Said, Script, Way
from fieldguide.services.vcard import PROFILES, full_name, vcard
from fieldguide.services.vcard_reader import Card, read_cards
from tests.unit.persons import persons
from tests.unit.test_vcard import JPEG, LI

Fields = Counter[tuple[str, str]]
HOSTILE = 'a;b,c:d\\n="x"\r\nEND:VCARD\r\nTEL:666 {%0A} \\'
CALLED = {"mobile": "cell", "fax": "fax", "phone": "voice"}
PLAIN = {
    "UID": "uid", "FN": "full", "TITLE": "title", "EMAIL": "email", "URL": "web", "NOTE": "note",
    "NICKNAME": "nickname", "X-PHONETIC-LAST-NAME": "said", "X-PHONETIC-FIRST-NAME": "said",
}  # fmt: skip
ADDRESS = ("street", "city", "region", "code", "country")


def told(person: Person) -> Fields:
    """Each field that a card of this person has and that both readers know."""
    pairs = [("uid", person.uid), ("full", full_name(person))]
    pairs += [("prefix", one.text) for one in person.honorifics]
    pairs += [("nickname", one.text) for one in person.names if one.script is Script.NICKNAME]
    shown = person.name(Script.LATIN, Script.PINYIN, Script.OTHER)
    pairs += [("family", shown.family), ("given", shown.given)] if shown else []
    for role in (one for one in person.roles if not one.past):
        pairs += [("title", role.title), ("title", role.title_zh)]
        pairs += [("work", role.organisation), ("work", role.organisation_zh)]
        pairs += [("work", role.department), ("work", role.department_zh)]
    for way in (one for one in person.ways if one.kind not in PROFILES):
        kind = CALLED.get(way.kind, f"to {way.kind}" if way.kind in HANDLES else way.kind)
        pairs.append((kind, way.value))
    pairs += [(name, getattr(one, name)) for one in person.addresses for name in ADDRESS]
    pairs += [("note", one.text) for one in person.notes]
    pairs += [("tag", one) for one in person.tags]
    return Counter((name, _shown(value)) for name, value in pairs if value)


def by_vobject(text: str) -> Fields:
    pairs: list[tuple[str, str]] = []
    for one in vobject.readOne(text).getChildren():
        value = one.value
        if one.name == "N":
            names = ("family", "given", "prefix")
            pairs += [(name, part) for name in names for part in _all(getattr(value, name))]
        elif one.name == "ADR":
            pairs += [(name, part) for name in ADDRESS for part in _all(getattr(value, name))]
        elif one.name == "TEL":
            types = {name.lower() for name in one.params["TYPE"]}
            pairs += [(kind, value) for kind in CALLED.values() if kind in types]
        elif one.name == "IMPP":
            kind, _, handle = value.partition(":")
            pairs.append((f"to {kind}", unquote(handle)))
        elif one.name in ("ORG", "CATEGORIES"):
            pairs += [("work" if one.name == "ORG" else "tag", part) for part in value]
        elif one.name in PLAIN:
            pairs.append((PLAIN[one.name], value))
    return Counter((name, _shown(value)) for name, value in pairs if value)


def by_khard(text: str) -> Fields:
    card = VCardWrapper(vobject.readOne(text))
    pairs = [("uid", card.uid), ("full", card.formatted_name)]
    pairs += [("family", one) for one in card._get_last_names()]
    pairs += [("given", one) for one in card._get_first_names()]
    pairs += [("prefix", one) for one in card._get_name_prefixes()]
    pairs += [("work", part) for one in card.organisations for part in _bare(one)]
    for name, found in (
        ("title", card.titles), ("nickname", card.nicknames), ("web", card.webpages),
        ("note", card.notes),
    ):  # fmt: skip
        pairs += [(name, _bare(one)) for one in found]
    for one in card.categories:
        pairs += [("tag", part) for part in _all(one)]
    for types, numbers in card.phone_numbers.items():
        kinds = [kind for kind in CALLED.values() if kind in types.lower().split(", ")]
        pairs += [(kind, number) for kind in kinds for number in numbers]
    pairs += [("email", one) for found in card.emails.values() for one in found]
    pairs += [
        (f"to {kind.rpartition(', ')[2]}", unquote(one))
        for kind, found in card.impp.items()
        for one in found
    ]
    for found in card.post_addresses.values():
        pairs += [(name, part) for one in found for name in ADDRESS for part in _all(one[name])]
    return Counter((name, _shown(value)) for name, value in pairs if value)


def _bare(value: object) -> object:
    """khard gives what has a label of its own as a table of that label."""
    return next(iter(value.values())) if isinstance(value, dict) else value


def _all(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


def _shown(text: str) -> str:
    """A value without what no card can hold: all breaks are one, and none stands at an end."""
    return re.sub(r"[\s\x00-\x1f\x85]+", " ", text).strip()


READERS = {"vobject": by_vobject, "khard": by_khard}
Reader = Callable[[str], Fields]
both = pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
versions = pytest.mark.parametrize("version", ["3.0", "4.0"])


def lost(person: Person, version: str, reader: Reader) -> Fields:
    return told(person) - reader(vcard(person, version, photo=JPEG, private=True))


@both
@versions
def test_what_is_written_here_is_read_there_whole(version: str, reader: Reader) -> None:
    assert len(told(LI)) > 25
    assert not lost(LI, version, reader)


@both
@versions
def test_hostile_values_arrive_as_what_they_are(version: str, reader: Reader) -> None:
    evil = Person(
        "urn:x;,\\n",
        (PersonName(HOSTILE, family=""), PersonName("Mac; Fly, Jr", Script.NICKNAME)),
        honorifics=(Said("Dr, med; h.c."), Said("Prof\\")),
        roles=(Role("CEO: \\", organisation="A; B, C\\", department=HOSTILE), Role("CTO", "总")),
        ways=(Way("email", "a,b;c@d.example"), Way("wechat", "li;we,i%41:\\"), Way("web", "x,y;z")),
        addresses=(Address(HOSTILE, "a,b", "c;d", "e\\", "f:g", 'the"office'),),
        notes=(Said(HOSTILE), Said("two\nlines \\n")),
        tags=("a,b", "c;d\\"),
    )
    assert not lost(evil, version, reader)
    found = reader(vcard(evil, version, private=True))
    assert not [value for name, value in found if name in CALLED.values()]


@both
@settings(max_examples=20)
@given(persons(), st.sampled_from(["3.0", "4.0"]))
def test_whoever_it_is_no_field_is_lost(reader: Reader, person: Person, version: str) -> None:
    assert not lost(person, version, reader)


def test_the_photo_the_scripts_and_how_it_is_said_are_there_too() -> None:
    card = vobject.readOne(vcard(LI, "3.0", photo=JPEG))
    assert card.photo.value == JPEG
    assert (card.x_phonetic_last_name.value, card.x_phonetic_first_name.value) == ("Lǐ", "Wěi")
    names = vobject.readOne(vcard(LI, "4.0")).n_list
    assert [one.value.family for one in names] == ["Li", "李", "Lǐ"]
    assert [one.params.get("LANGUAGE") for one in names] == [None, ["zh-Hans"], ["zh-Latn"]]


def test_what_vobject_writes_is_read_here_whole() -> None:
    card = vobject.vCard()
    card.add("uid").value = "theirs-1"
    card.add("fn").value = "Anna Zimmer"
    card.add("n").value = vobject.vcard.Name("Zimmer", "Anna", "", ["Dr, med", "Prof"], "")
    card.add("nickname").value = "Änni"
    card.add("org").value = ["Juke; Sons, Ltd", "Sales"]
    card.add("title").value = "Head: \\ all"
    for kind, value in (("CELL", "+33 6 00 00 14 20"), ("FAX", "021 5555 0142")):
        card.add("tel").value = value
        card.tel_list[-1].type_param = kind
    card.add("email").value = "anna@juke.example"
    card.add("url").value = "https://juke.example/a,b;c"
    card.add("adr").value = vobject.vcard.Address("1 Long; Road", "Lyon", "", "69000", "France")
    card.add("note").value = "likes tea; speaks French,\nwas in \\o/"
    card.add("categories").value = ["star", "a,b"]
    card.add("photo").value = JPEG
    card.photo.encoding_param, card.photo.type_param = "b", "JPEG"
    found = _read(card.serialize())
    assert (found.photo, found.remarks) == (JPEG, ())
    assert not by_vobject(card.serialize()) - told(found.person)


@versions
def test_what_khard_writes_is_read_here_whole(version: str) -> None:
    card = VCardWrapper(vobject.vCard(), version)
    card.uid = "theirs-2"
    card._add_name(["Dr"], ["Wei"], [], ["Li"], [])
    card.formatted_name = "Wei Li"
    card._add_nickname("David")
    card._add_organisation(["Juke; Sons", "Sales"])
    card._add_title("GM")
    card._add_title("Senator", "honour")
    for kind, number in (("cell, work", "138 0000 1420"), ("fax", "021 5555 0142")):
        card._add_phone_number(kind, number)
    card._add_phone_number("assistant, voice", "021 5555 0143")
    card.add_email("work", "li@juke.example")
    card._add_impp("wechat", "liwei88")
    card._add_webpage("https://juke.example")
    card._add_post_address("work", "", "", "1 Long Road", "200000", "Shanghai", "", "China")
    card._add_category(["star", "a,b"])
    card._add_note("likes tea,\nspeaks French")
    text = card.vcard.serialize()
    person = _read(text).person
    assert not by_khard(text) - told(person)
    assert ("phone", "021 5555 0143", "assistant") in [
        (way.kind, way.value, way.use) for way in person.ways
    ]


def _read(text: str) -> Card:
    (card,) = read_cards(io.BytesIO(text.encode()), "")
    assert isinstance(card, Card), card
    return card
