"""Whom a follow-up may be for, and how a name that was typed finds them."""

from contextlib import closing
from pathlib import Path

from fieldguide.domain.people import Person, PersonName, Role, Way
from fieldguide.services.addressees import addressees, called
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import open_notebook
from fieldguide.services.roster import named_in


def test_people_of_the_guide_and_ones_own_are_found_by_name_and_told_apart(
    tmp_path: Path, guide_file: Path
) -> None:
    guide = Guide.open(guide_file)
    named = named_in(guide)
    guide.close()
    somebody = named[0].somebody
    assert somebody.ref is not None
    with closing(open_notebook(tmp_path / "profile", create=True)) as book:
        same = Person(
            names=(PersonName("A Friend"),),
            ways=(Way("email", "friend@x.cn"),),
            records=(somebody.ref,),
        )
        kept = book.people.add(same)
        for firm in ("Juke", "BioBAY"):
            book.people.add(Person(names=(PersonName("Li Wei"),), roles=(Role(organisation=firm),)))
        people = addressees(book, named)
    assert people[str(somebody.ref)].key == kept.id
    assert people[str(somebody.ref)].email == "friend@x.cn"
    found = called(people.values(), " li wei, biobay ")
    assert found is not None
    assert found.label == "Li Wei, BioBAY"
    first = called(people.values(), "Li Wei")
    assert first is not None
    assert first.label == "Li Wei, Juke"
    assert called(people.values(), "Nobody") is None
