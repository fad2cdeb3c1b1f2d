"""People as values: names and their family part, tables that come back, hostile tables refused."""

import json

import pytest
from hypothesis import given, settings

from fieldguide.domain.people import (
    Agreement,
    Consent,
    Person,
    PersonName,
    Role,
    Script,
    Way,
)
from fieldguide.domain.surnames import HANZI_SURNAMES, family_of_hanzi, is_surname
from fieldguide.domain.tables import as_table, of_table
from fieldguide.errors import BadRequest
from tests.unit.persons import persons

LI = Person(
    uid="1",
    names=(
        PersonName("Li Wei", family="Li", sources=("card",)),
        PersonName("李伟", Script.HANZI, "李"),
    ),
    roles=(Role("GM", organisation="Juke", since="2012-05"),),
    ways=(Way("wechat", "liwei88"),),
)


def test_the_family_name_is_the_marked_part_wherever_it_stands() -> None:
    assert LI.names[0].given == "Wei"
    assert LI.names[0].western == "Wei Li"
    assert LI.names[1].given == "伟"
    assert LI.names[1].western == "李伟"
    assert PersonName("García López, María", family="García López").given == "María"


def test_somebody_without_any_name_still_has_something_to_be_listed_by() -> None:
    mobile = (Way("mobile", "138"),)
    assert Person(ways=mobile, roles=(Role("GM"),)).title == "138"
    assert Person(ways=mobile, roles=(Role(organisation="Juke"),)).title == "Juke"
    assert Person(roles=(Role("GM"),)).title == "GM"
    assert Person().title == ""


def test_the_present_role_comes_before_a_past_one() -> None:
    past, now = Role("CTO", until="2011"), Role("GM")
    assert Person(roles=(past, now)).role is now
    assert Person(roles=(past,)).role is past


def test_the_latest_consent_counts() -> None:
    person = Person(
        consents=(Consent(Agreement.GIVEN, "2013-05-28"), Consent(Agreement.WITHDRAWN, "2013-09"))
    )
    assert person.consent is not None
    assert person.consent.state is Agreement.WITHDRAWN


def test_two_people_are_equal_by_what_is_said_of_them() -> None:
    assert of_table(Person, {**as_table(LI), "uid": "2"}, "person") == LI


@settings(max_examples=80)
@given(persons())
def test_a_table_of_a_person_comes_back_as_the_same_person(person: Person) -> None:
    table = json.loads(json.dumps(as_table(person)))
    assert of_table(Person, table, "person") == person
    assert of_table(Person, table, "person").uid == person.uid


@pytest.mark.parametrize(
    "table",
    [
        None,
        [],
        {"nmaes": []},
        {"names": "Li"},
        {"names": [{"text": "Li", "script": "klingon"}]},
        {"names": [{"script": "latin"}]},
        {"names": [["Li"]]},
        {"names": [{"text": "Li\r\nEND:VCARD"}]},
        {"names": [{"text": "Li\u2028"}]},
        {"names": [{"text": "\ud800"}]},
        {"names": [{"text": 5}]},
        {"names": [{"text": "x" * 3_000}]},
        {"ways": [{"kind": "pigeon", "value": "1"}]},
        {"ways": [{"kind": "phone", "value": str(number)} for number in range(201)]},
        {"roles": [{"since": "yesterday"}]},
        {"roles": [{"at": "organisation/../etc"}]},
        {"consents": [{"state": "maybe"}]},
        {"records": ["nothing"]},
        {"uid": None},
    ],
)
def test_a_hostile_table_is_refused_with_a_sentence(table: object) -> None:
    with pytest.raises(BadRequest, match=r"^[^\r\n]{10,200}\.$"):
        of_table(Person, table, "person")


def test_the_sentence_about_a_bad_value_says_where_it_stands() -> None:
    with pytest.raises(BadRequest, match="person’s roles’s since"):
        of_table(Person, {"roles": [{"since": "soon"}]}, "person")


def test_double_family_names_have_two_characters() -> None:
    assert family_of_hanzi("司马云") == "司马"
    assert family_of_hanzi("王晓燕") == "王"
    assert family_of_hanzi("李") == "李"
    assert family_of_hanzi("红") == ""


def test_family_names_are_said_as_such() -> None:
    assert HANZI_SURNAMES["单"] == "shan"
    assert HANZI_SURNAMES["曾"] == "zeng"
    assert HANZI_SURNAMES["吕"] == "lü"
    assert is_surname("LI")
    assert is_surname("Lǚ")
    assert not is_surname("Whitcombe")
