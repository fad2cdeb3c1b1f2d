"""The roster: the guide's people and one's own in one order, found in any script."""

from pathlib import Path

import pytest

from fieldguide.domain.entries import Closing
from fieldguide.domain.people import Encounter, Person, PersonName, Script
from fieldguide.domain.person_line import parsed
from fieldguide.domain.records import Ref
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.roster import Named, Part, Wanted, meetings_of, named_in, person_of

VISIT = Ref("visit", "biobay-2013")
LI = "Li Wei 李伟, GM, Juke, WeChat liwei88"


@pytest.fixture(scope="module")
def named(guide_file: Path) -> tuple[Named, ...]:
    guide = Guide.open(guide_file)
    try:
        return named_in(guide)
    finally:
        guide.close()


def titles(book: Notebook, named: tuple[Named, ...], wanted: Wanted) -> list[str]:
    order = book.roster.look(wanted, named).order
    seen = book.roster.somebodies(order, named)
    return [seen[number].person.title for number in order]


def test_both_kinds_of_people_stand_in_one_order_of_family_names(
    book: Notebook, named: tuple[Named, ...]
) -> None:
    book.people.add(parsed(LI).person)
    book.people.add(parsed("Anna Zimmer, Lyonbiopôle").person)
    found = titles(book, named, Wanted())
    assert found.index("Gao Ronghui") < found.index("Li Wei") < found.index("Mamen Martí")
    assert found[-1] == "Anna Zimmer"
    assert titles(book, named, Wanted(Part.MINE)) == ["Li Wei", "Anna Zimmer"]


def test_hanzi_stand_among_latin_letters_where_they_are_said(book: Notebook) -> None:
    hanzi, wang = (
        PersonName("陈静", Script.HANZI, "陈"),
        PersonName("王小明", Script.HANZI, "王"),
    )
    book.people.add(parsed("Anna Zimmer, Lyonbiopôle").person)
    book.people.add(parsed("Mamen Dupont, Biocat").person)
    book.people.add(Person(names=(wang,)))
    book.people.add(Person(names=(hanzi, PersonName("Chen Jing", Script.PINYIN, "Chen"))))
    everybody = titles(book, (), Wanted(Part.MINE))
    assert everybody == ["Chen Jing", "Mamen Dupont", "王小明", "Anna Zimmer"]


@pytest.mark.parametrize("words", ["李伟", "李", "wei li", "juke", "LIWEI88"])
def test_a_person_is_found_in_any_script_and_by_any_word(
    book: Notebook, named: tuple[Named, ...], words: str
) -> None:
    book.people.add(parsed(LI).person)
    assert "Li Wei" in titles(book, named, Wanted(words=words))
    assert "Fabrizio Conicella" not in titles(book, named, Wanted(words=words))


def test_people_of_the_guide_are_found_by_their_organisation(
    book: Notebook, named: tuple[Named, ...]
) -> None:
    assert "Zhang Jiong" in titles(book, named, Wanted(words="juke"))
    assert titles(book, named, Wanted(words="xyzzy")) == []


def test_those_met_and_those_of_a_visit_are_told_apart(
    book: Notebook, named: tuple[Named, ...]
) -> None:
    met = Person(parsed(LI).person.uid, parsed(LI).person.names, met=(Encounter(VISIT),))
    book.people.add(met, visit=VISIT)
    book.people.add(parsed("Anna Zimmer, Lyonbiopôle").person)
    roll = book.roster.look(Wanted(Part.MET), named)
    assert titles(book, named, Wanted(Part.MET)) == ["Li Wei"]
    assert roll.counts[Part.MINE] == 2
    assert roll.counts[Part.ALL] == len(named) + 2
    mission = titles(book, named, Wanted(Part.MISSION))
    assert "Li Wei" in mission
    assert "Zhang Jiong" in mission
    assert not {"Anna Zimmer", "William Lockhart", "Wang Guohui"} & set(mission)


def test_people_of_the_guide_ticked_in_a_visit_count_as_met_there(
    book: Notebook, named: tuple[Named, ...]
) -> None:
    own = book.people.add(parsed(LI).person)
    zhang = Ref("person", "zhang-jiong")
    closing = book.closings.add(Closing(attended=(str(zhang), own.id)), VISIT, visit=VISIT)
    assert titles(book, named, Wanted(Part.MET)) == ["Li Wei", "Zhang Jiong"]
    roll = book.roster.look(Wanted(Part.MET), named)
    assert roll.counts[Part.MET] == 2
    assert [roll.first[number].attended for number in roll.order] == [(VISIT,), (VISIT,)]
    book.closings.remove(closing.id)
    assert titles(book, named, Wanted(Part.MET)) == []


def test_meetings_are_called_as_the_guide_calls_them(guide_file: Path) -> None:
    guide = Guide.open(guide_file)
    try:
        called = meetings_of(guide)
    finally:
        guide.close()
    assert called[VISIT].endswith(", 2013-05-28")
    assert "biobay-2013" not in called[VISIT]
    assert {ref.kind for ref in called} == {"visit", "event"}


def test_a_change_a_removal_and_a_return_show_at_once(book: Notebook) -> None:
    kept = book.people.add(parsed(LI).person)
    assert titles(book, (), Wanted()) == ["Li Wei"]
    book.people.put(kept.id, parsed("Wang Fang, CFO").person)
    assert titles(book, (), Wanted()) == ["Wang Fang"]
    book.people.remove(kept.id)
    assert titles(book, (), Wanted()) == []
    book.people.restore(kept.id)
    assert titles(book, (), Wanted()) == ["Wang Fang"]
    assert book.roster.look(Wanted()).order == (book.roster.number_of(kept.id),)


def test_typed_letters_go_to_a_family_name_or_a_name(
    book: Notebook, named: tuple[Named, ...]
) -> None:
    book.people.add(parsed(LI).person)
    order = book.roster.look(Wanted(), named).order
    for letters, title in (("li", "Li Wei"), ("coni", "Fabrizio Conicella")):
        number = book.roster.starting(order, letters, named)
        assert number is not None
        assert book.roster.somebodies([number], named)[number].person.title == title


def test_a_record_of_the_guide_says_role_ways_and_where_that_comes_from(guide_file: Path) -> None:
    guide = Guide.open(guide_file)
    try:
        person = person_of(guide.record(Ref("person", "fabrizio-conicella")))
    finally:
        guide.close()
    name = person.name(Script.LATIN)
    assert name is not None
    assert (name.family, name.western) == ("Conicella", "Fabrizio Conicella")
    assert [role.organisation for role in person.roles] == ["bioPmed", "Bioindustry Park"]
    (mail,) = person.reached_by("email")
    assert mail.value == "conicella@bioindustrypark.it"
    assert mail.sources == ("report-2013",)


def test_a_title_of_many_words_is_nobodys_family_name(named: tuple[Named, ...]) -> None:
    (crowd,) = [one for one in named if "professors" in one.somebody.person.title]
    assert crowd.somebody.person.names[0].family == ""


def test_somebody_who_comes_after_a_note_was_dropped_is_listed_at_once(book: Notebook) -> None:
    note = book.start(None, "")
    assert book.roster.look(Wanted()).order == ()
    assert book.drop_if_empty(note.id)
    book.people.add(parsed(LI).whole)
    assert titles(book, (), Wanted()) == ["Li Wei"]
