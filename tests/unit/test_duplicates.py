"""People who are in the notebook twice: found, joined with both values, taken back, kept apart."""

from dataclasses import replace

import pytest

from fieldguide.domain.entries import Closing, FollowUp
from fieldguide.domain.likeness import Reason
from fieldguide.domain.people import Face, Person, PersonName, Picture, Role, Said, Way
from fieldguide.domain.plans import Meeting, Plan
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services.attachments import look_at
from fieldguide.services.duplicates import STEP, Suspicion
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.roster import Part, Wanted, named_in
from tests.unit.test_attachments import picture as photo_of

WECHAT = Way("wechat", "liwei88", sources=("hand",))
LI = Person("", (PersonName("Li Wei", family="Li", sources=("hand",)),), ways=(WECHAT,))
WEI = Person(
    "wei-1",
    (PersonName("Wei Li", family="Li", sources=("import:a.vcf",)),),
    roles=(Role("GM", organisation="Juke", sources=("import:a.vcf",)),),
    ways=(replace(WECHAT, sources=("import:a.vcf",)), Way("email", "wei@juke.example")),
)


def suspicions(book: Notebook) -> tuple[Suspicion, ...]:
    while book.duplicates.learn():
        pass
    return book.duplicates.suspicions()


def test_two_who_share_a_name_elsewhere_are_suspected_until_one_is_changed(book: Notebook) -> None:
    first, second = book.people.add(LI).id, book.people.add(WEI).id
    (one,) = suspicions(book)
    assert one.keys == {first, second}
    assert one.likeness.reasons[0] is Reason.HANDLE
    assert sorted(one.names) == ["Li Wei", "Wei Li"]
    book.people.put(second, Person("", (PersonName("Bruno Castel"),)))
    assert suspicions(book) == ()
    book.people.put(second, WEI)
    book.people.remove(first)
    assert suspicions(book) == ()
    book.people.restore(first)
    assert len(suspicions(book)) == 1


def test_a_join_keeps_both_values_and_is_taken_back_wholly(book: Notebook) -> None:
    kept, gone = book.people.add(LI), book.people.add(WEI)
    task = book.follow_ups.add(FollowUp("Send the plan", person=gone.id))
    closing = book.closings.add(Closing(attended=(gone.id, kept.id)))
    meeting = book.meetings.add(Meeting("Lunch", people=(gone.id,)))
    plan = book.plans.add(Plan("Spring", participants=(kept.id, gone.id)))
    portrait = book.album.attach(gone.id, look_at("li.jpg", photo_of()))
    shown = replace(WEI, pictures=(Picture(Face.PORTRAIT, portrait.id),))
    book.people.put(gone.id, shown)
    book.own_card.choose(gone.id)
    (one,) = suspicions(book)
    first, second = book.duplicates.side_by_side(one)
    joined = book.duplicates.join(first, second, {"names"})
    person = book.people.get(kept.id).value
    assert [name.text for name in person.names] == ["Wei Li", "Li Wei"]
    assert person.ways[0].sources == ("hand", "import:a.vcf")
    assert [way.kind for way in person.ways] == ["wechat", "email"]
    assert (person.uid, person.role) == ("wei-1", WEI.roles[0])
    assert book.people.get(gone.id).deleted
    assert book.follow_ups.get(task.id).value.person == kept.id
    assert book.closings.get(closing.id).value.attended == (kept.id,)
    assert book.meetings.get(meeting.id).value.people == (kept.id,)
    assert book.plans.get(plan.id).value.participants == (kept.id,)
    assert book.own_card.id() == kept.id
    (hanging,) = book.album.attachments(kept.id)
    assert person.pictures == (Picture(Face.PORTRAIT, hanging.id),)
    assert suspicions(book) == ()
    book.duplicates.split(joined)
    assert book.people.get(kept.id).value == LI
    assert book.people.get(gone.id).value == shown
    assert not book.people.get(gone.id).deleted
    assert book.follow_ups.get(task.id).value.person == gone.id
    assert book.closings.get(closing.id).value.attended == (gone.id, kept.id)
    assert book.meetings.get(meeting.id).value.people == (gone.id,)
    assert book.plans.get(plan.id).value.participants == (kept.id, gone.id)
    assert book.own_card.id() == gone.id
    assert book.album.attachments(kept.id) == []
    assert len(suspicions(book)) == 1


def test_an_undo_of_a_join_leaves_what_was_written_since(book: Notebook) -> None:
    book.people.add(LI)
    gone = book.people.add(WEI)
    (one,) = suspicions(book)
    joined = book.duplicates.join(*book.duplicates.side_by_side(one))
    book.people.edit(joined.kept, lambda person: replace(person, tags=("host",)))
    book.duplicates.split(joined)
    assert book.people.get(joined.kept).value.tags == ("host",)
    assert not book.people.get(gone.id).deleted


def test_who_is_not_the_same_is_not_asked_about_again(book: Notebook) -> None:
    book.people.add(LI)
    book.people.add(WEI)
    (one,) = suspicions(book)
    book.duplicates.keep_apart(one)
    assert suspicions(book) == ()
    book.duplicates.keep_apart(one, apart=False)
    assert suspicions(book) == (one,)


def test_somebody_of_the_guide_becomes_part_of_ones_own_and_is_listed_once(
    book: Notebook, guide: Guide
) -> None:
    named = named_in(guide)
    zhang = Person(names=(PersonName("Jiong Zhang", family="Zhang"),), roles=(Role("GM", organisation="Shanghai Juke Biotech Park"),))  # fmt: skip
    mine = book.people.add(zhang)
    before = book.roster.look(Wanted(), named)
    while book.duplicates.learn(named):
        pass
    ref = Ref("person", "zhang-jiong")
    one = next(one for one in book.duplicates.suspicions() if one.keys == {mine.id, str(ref)})
    joined = book.duplicates.join(*book.duplicates.side_by_side(one, named))
    person = book.people.get(mine.id).value
    assert person.records[0] == ref
    after = book.roster.look(Wanted(), named)
    assert len(after.order) == len(before.order) - 1
    assert after.counts[Part.ALL] == len(after.order)
    while book.duplicates.learn(named):
        pass
    assert not [one for one in book.duplicates.suspicions() if mine.id in one.keys]
    book.duplicates.split(joined)
    assert len(book.roster.look(Wanted(), named).order) == len(before.order)
    guests = [one.somebody for one in named[:2]]
    with pytest.raises(BadRequest, match="guide"):
        book.duplicates.join(*guests)


def test_many_people_are_learned_a_few_at_a_time(book: Notebook) -> None:
    book.people.add_many(Person(str(one), (PersonName(f"Yvo{one}"),)) for one in range(STEP + 10))
    assert book.duplicates.learn() == 10
    assert book.duplicates.learn() == 0
    assert book.duplicates.suspicions() == ()


def test_whoever_gets_the_place_of_somebody_forgotten_is_learned_anew(book: Notebook) -> None:
    book.people.add(LI)
    gone = book.people.add(WEI)
    assert len(suspicions(book)) == 1
    book.people.remove(gone.id)
    book.disposal.empty(book.disposal.trashed())
    book.people.add(Person("", (PersonName("Bruno Castel"),)))
    assert suspicions(book) == ()


def test_nothing_written_since_the_two_were_shown_is_lost_by_joining_them(book: Notebook) -> None:
    book.people.add(LI)
    book.people.add(WEI)
    (one,) = suspicions(book)
    first, second = book.duplicates.side_by_side(one)
    book.people.edit(second.id, lambda person: replace(person, tags=("host",)))
    with pytest.raises(BadRequest, match="changed meanwhile"):
        book.duplicates.join(first, second)
    assert book.people.count() == 2


def test_a_portrait_stays_with_whom_somebody_went_on_writing_of_after_a_join(
    book: Notebook,
) -> None:
    kept, gone = book.people.add(LI), book.people.add(WEI)
    portrait = book.album.attach(gone.id, look_at("li.jpg", photo_of()))
    book.people.put(gone.id, replace(WEI, pictures=(Picture(Face.PORTRAIT, portrait.id),)))
    (one,) = suspicions(book)
    joined = book.duplicates.join(*book.duplicates.side_by_side(one))
    book.people.edit(kept.id, lambda person: replace(person, tags=("host",)))
    book.duplicates.split(joined)
    (shown,) = book.people.get(kept.id).value.pictures
    assert [one.id for one in book.album.attachments(kept.id)] == [shown.attachment]


def test_two_who_would_be_too_much_for_one_stay_two(book: Notebook) -> None:
    notes = [tuple(Said(f"{one}{sign}") for one in range(150)) for sign in "ab"]
    book.people.add(replace(LI, notes=notes[0]))
    book.people.add(replace(WEI, notes=notes[1]))
    (one,) = suspicions(book)
    with pytest.raises(BadRequest, match="more than 200"):
        book.duplicates.join(*book.duplicates.side_by_side(one))
    assert book.people.count() == 2
