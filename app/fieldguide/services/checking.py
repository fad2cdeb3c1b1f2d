"""Still right, wrong now: what delegates found of the facts of a guide."""

from collections.abc import Collection
from dataclasses import dataclass

from fieldguide.domain.entries import Check, Entry
from fieldguide.domain.notes import Visibility
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook
from fieldguide.services.register import Deed


@dataclass(frozen=True, slots=True)
class Checked:
    """A check, the record it was made on, and who made it."""

    id: str
    check: Check
    about: Ref
    title: str
    by: str
    mine: bool
    visibility: Visibility


def checks_on(book: Notebook, ref: Ref) -> tuple[Checked, ...]:
    """All checks of the facts of a record, in the order they were made."""
    return tuple(_checked(book, one, ref) for one in book.checks.on(ref) if one.about == ref)


def all_checks(
    book: Notebook, visibilities: Collection[Visibility] = frozenset(Visibility)
) -> list[Checked]:
    """The checks that are for these readers, on all records."""
    return [
        _checked(book, one, one.about)
        for one in book.checks.all()
        if one.about is not None and one.visibility in visibilities
    ]


def keep(
    book: Notebook,
    ref: Ref,
    title: str,
    check: Check,
    visibility: Visibility = Visibility.ORGANISER,
) -> Deed[Check]:
    """Keep what was found of a fact of a record, whose title is ``title``.

    It takes the place of one's own check of the same statement, which stays in its history.
    """
    there = _own(book, ref, check)
    if there is None:
        return Deed(book.checks.add(check, ref, title=title, visibility=visibility).id)
    if there.visibility is not visibility:
        book.checks.show_to(there.id, visibility)
    book.checks.edit(there.id, lambda _: check)
    return Deed(there.id, there.value, there.visibility)


def take_back(book: Notebook, check_id: str) -> Deed[Check]:
    """Throw one check away."""
    book.checks.remove(check_id)
    return Deed(check_id, removed=True)


def _own(book: Notebook, ref: Ref, check: Check) -> Entry[Check] | None:
    me = book.me().id
    for one in book.checks.on(ref):
        same = (one.value.fact, one.value.said) == (check.fact, check.said)
        if same and one.about == ref and book.note(one.id).revision.author.id == me:
            return one
    return None


def _checked(book: Notebook, entry: Entry[Check], about: Ref) -> Checked:
    author = book.note(entry.id).revision.author
    mine = author.id == book.me().id
    return Checked(entry.id, entry.value, about, entry.title, author.name, mine, entry.visibility)
