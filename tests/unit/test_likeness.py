"""Who may be one person, and two descriptions made one without losing what either said."""

import tracemalloc

import pytest
from hypothesis import given, settings

from fieldguide.domain.joining import merged
from fieldguide.domain.likeness import SUGGESTED, Acquaintances, Reason, alike
from fieldguide.domain.people import Address, Person, PersonName, Role, Said, Script, Way
from fieldguide.services.readings import readings, with_tones
from tests.bench.people import crowd
from tests.unit.persons import persons


def person(
    latin: str = "", hanzi: str = "", *ways: Way, at: str = "", family: str = "", at_zh: str = ""
) -> Person:
    names = [PersonName(latin, Script.LATIN, family)] if latin else []
    names += [PersonName(hanzi, Script.HANZI)] if hanzi else []
    roles = (Role(organisation=at, organisation_zh=at_zh),) if at or at_zh else ()
    return Person("", tuple(names), roles=roles, ways=ways)


MAIL = Way("email", "Wei.Li@juke.example")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (person("Li Wei", "", MAIL), person("W. Li", "", Way("email", "wei.li@JUKE.example")), Reason.EMAIL),
        (
            person("Li Wei", "李伟", Way("mobile", "+86 138 0000 1420")),
            person("", "李伟", Way("phone", "138-0000-1420")),
            Reason.NUMBER,
        ),
        (person("Wei", "", Way("wechat", "@LiWei88")), person("Li Wei", "", Way("wechat", "liwei88")), Reason.HANDLE),
        (person("", "李伟", at_zh="居可"), person("", "李伟", at_zh="居可"), Reason.HANZI),
        (person("Zhang Xiaoming", at="Juke"), person("", "张晓明", at="Juke"), Reason.READING),
        (person("Shan Xiaoming", at="Juke"), person("", "单晓明", at="Juke"), Reason.READING),
        (person("Sarah Whitcombe"), person("Whitcombe Sarah"), Reason.ORDER),
        (person("Xiao Ming Li", at="Juke"), person("Li Xiaoming", at="Juke"), Reason.ORDER),
        (person("Zhang Jiong", at="Shanghai Juke Biotech Park"), person("Jiong Zhang", at="Juke"), Reason.ORGANISATION),
        (person("Sarah Whitcombe"), person("Sarah Witcombe"), Reason.SPELLING),
        (person("Anja Krügel"), person("ANJA KRUGEL"), Reason.NAME),
    ],
)  # fmt: skip
def test_one_person_described_twice_is_suggested_with_the_reason(
    one: Person, other: Person, reason: Reason
) -> None:
    likeness = alike(one, other, readings)
    assert likeness.score >= SUGGESTED
    assert reason in likeness.reasons
    assert alike(other, one, readings) == likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Li Wei", "李伟"), person("Li Wei", "李炜")),
        (person("", "李伟"), person("", "李伟")),
        (person("Li Wei", at="Juke"), person("Wang Fang", at="Juke")),
        (person("Li Wei"), person("Li Wei")),
        (person("Li Wei", at="Biotech Park"), person("Li Wei", at="Shanghai Juke Biotech Park")),
        (
            person("Tom Ashgrove", "", Way("email", "info@juke.example"), at="Juke"),
            person("Anna Brown", "", Way("email", "info@juke.example"), at="Juke"),
        ),
        (person(), person()),
    ],
)
def test_people_who_only_resemble_each_other_are_left_alone(one: Person, other: Person) -> None:
    assert alike(one, other, readings).score < SUGGESTED


def test_among_many_people_the_ones_described_twice_are_found() -> None:
    people, twins = crowd(900, 100)
    found = {(a, b) for a, b, _ in Acquaintances(people, readings).pairs()}
    assert len(twins & found) >= 90
    assert len(found - twins) <= 10


def test_somebody_just_typed_meets_who_is_known_already() -> None:
    known = Acquaintances([person("Li Wei", "李伟", at="Juke"), person("Anna Brown")], readings)
    typed = person("Wei Li", at="Juke")
    assert [place for place, _ in known.like(typed)] == [0]
    assert known.add(typed) == 2
    assert [place for place, _ in known.like(typed)] == [2, 0]


def test_a_name_that_a_crowd_bears_does_not_hide_those_of_one_organisation() -> None:
    crowd_of_one_name = [person("", "李伟", at=f"Firm {number % 99}") for number in range(100)]
    assert [(a, b) for a, b, _ in Acquaintances(crowd_of_one_name).pairs()] == [(0, 99)]


@pytest.mark.parametrize(
    ("hanzi", "said"),
    [("李伟", "Lǐ Wěi"), ("单小明", "Shàn Xiǎomíng"), ("欧阳静", "Ōuyáng Jìng"), ("吕斌", "Lǚ Bīn"), ("解一", "Xiè Yī")],
)  # fmt: skip
def test_a_chinese_name_is_said_with_tones_and_the_family_name_as_one(
    hanzi: str, said: str
) -> None:
    name = with_tones(PersonName(hanzi, Script.HANZI, sources=("card",)))
    assert (name.text, name.script, name.sources) == (said, Script.PINYIN, ("card",))
    assert name.family == said.split()[0]


def test_values_that_differ_stand_both_and_equal_ones_once_with_both_sources() -> None:
    card = Person(
        "1",
        (PersonName("Li Wei", family="Li", sources=("card",)),),
        roles=(Role("GM", organisation="Juke", sources=("card",)),),
        ways=(Way("mobile", "+86 138 0000 1420", sources=("card",)),),
        tags=("Star",),
    )
    imported = Person(
        "2",
        (PersonName("LI WEI", sources=("import:a.vcf",)), PersonName("李伟", Script.HANZI)),
        roles=(
            Role(organisation="Juke", sources=("import:a.vcf",)),
            Role("CTO", organisation="Juke", sources=("import:a.vcf",)),
        ),
        ways=(
            Way("mobile", "+86-138-0000-1420", "work", ("import:a.vcf",)),
            Way("mobile", "+86 139 0000 1420", sources=("import:a.vcf",)),
        ),
        tags=("star", "park"),
        notes=(Said("met twice"),),
    )
    both = merged(card, imported)
    assert both.uid == "1"
    assert [name.text for name in both.names] == ["Li Wei", "李伟"]
    assert both.names[0].sources == ("card", "import:a.vcf")
    assert [(role.title, role.sources) for role in both.roles] == [
        ("GM", ("card", "import:a.vcf")),
        ("CTO", ("import:a.vcf",)),
    ]
    assert [(way.value, way.use) for way in both.ways] == [
        ("+86 138 0000 1420", "work"),
        ("+86 139 0000 1420", ""),
    ]
    assert both.tags == ("Star", "park")
    assert both.notes == (Said("met twice"),)


def test_two_addresses_in_two_cities_stay_two() -> None:
    one = Person(addresses=(Address(city="Suzhou", country="China"),))
    other = Person(addresses=(Address(city="Shanghai", country="China"),))
    assert len(merged(one, other).addresses) == 2


@settings(max_examples=80)
@given(persons(), persons())
def test_merging_loses_nothing_and_twice_is_as_once(one: Person, other: Person) -> None:
    both = merged(one, other)
    assert merged(both, other) == both
    assert {way.key for way in both.ways} == {way.key for way in (*one.ways, *other.ways)}
    assert {said.text for said in both.notes} == {said.text for said in (*one.notes, *other.notes)}
    sources = {source for way in both.ways for source in way.sources}
    assert sources == {source for way in (*one.ways, *other.ways) for source in way.sources}


def test_names_as_long_as_pages_take_little_room_and_are_found_as_the_same() -> None:
    name = "Anna " + "x" * 1_900
    tracemalloc.start()
    known = Acquaintances([Person(names=(PersonName(f"{name}{one}"),)) for one in range(20)])
    room = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert room < 5_000_000
    (found,) = known.like(Person(names=(PersonName(f"{name}7"),)))
    assert found[0] == 7
