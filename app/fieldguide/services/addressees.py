"""Whom a follow-up is for: people of the guide and one's own, by name, with their mailbox."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldguide.domain.people import Person, one_line
from fieldguide.services.notebook import Notebook
from fieldguide.services.roster import Named


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody; ``key`` is what a follow-up keeps: the id of an entry or a ref of the guide."""

    key: str
    name: str
    label: str
    """The name, with where they work if there are several of that name."""
    email: str = ""
    known_as: tuple[str, ...] = ()
    """Refs of the guide that are the same person."""


def addressees(book: Notebook, named: Sequence[Named]) -> dict[str, Addressee]:
    """Everybody by key; of somebody who is in both, one's own entry answers for both."""
    found = [*_own(book), *_of_guide(named)]
    called = Counter(one.name for one, _ in found)
    people: dict[str, Addressee] = {}
    for one, work in found:
        label = one.name if called[one.name] == 1 else one_line((one.name, work))
        told = Addressee(one.key, one.name, label, one.email, one.known_as)
        for key in (one.key, *one.known_as):
            people.setdefault(key, told)
    return people


def called(people: Iterable[Addressee], typed: str) -> Addressee | None:
    """Who was meant by a name that was typed or chosen."""
    words, everybody = typed.strip().casefold(), list(people)
    named = [one for one in everybody if one.label.casefold() == words]
    return next(iter(named or [one for one in everybody if one.name.casefold() == words]), None)


def _own(book: Notebook) -> Iterator[tuple[Addressee, str]]:
    for entry in book.people.all():
        refs = tuple(str(ref) for ref in entry.value.records)
        yield _addressee(entry.id, entry.value, refs)


def _of_guide(named: Sequence[Named]) -> Iterator[tuple[Addressee, str]]:
    for one in named:
        if one.somebody.ref is not None:
            yield _addressee(str(one.somebody.ref), one.somebody.person, ())


def _addressee(key: str, person: Person, refs: tuple[str, ...]) -> tuple[Addressee, str]:
    ways, role = person.reached_by("email"), person.role
    work = (role.organisation or role.organisation_zh) if role else ""
    told = Addressee(key, person.title, person.title, ways[0].value if ways else "", refs)
    return told, work
