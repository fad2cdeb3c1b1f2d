"""Who was at a visit: oneself, hosts, and those of the delegation who went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldguide.domain.entries import ME, Closing
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook
from fieldguide.services.register import Deed


@dataclass(frozen=True, slots=True)
class Attendance:
    """Visit -> refs of the guide, ids of people kept here, and ME."""

    at: Mapping[Ref, frozenset[str]]

    def me(self, visit: Ref) -> bool:
        """Whether the user was there."""
        return ME in self.at.get(visit, ())


def attendance(book: Notebook) -> Attendance:
    """As it was written down at all visits; runs on the notes' thread."""
    found: dict[Ref, frozenset[str]] = {}
    for one in book.closings.all():
        if one.visit is not None:
            found[one.visit] = found.get(one.visit, frozenset()) | {*one.value.attended}
    return Attendance(found)


def attend(
    book: Notebook, visit: Ref, title: str, who: str, here: bool
) -> tuple[Deed[Closing], ...]:
    """Say whether somebody was at a visit, whose title is ``title``; ME is the user.

    Two computers may have written down a visit apart: whoever was not there is in none of both.
    """
    there = book.closings.on(visit)
    if not there:
        value = Closing().attended_by(who, here)
        return (Deed(book.closings.add(value, visit, title=title, visit=visit).id),)
    naming = [one for one in there if who in one.value.attended]
    with book.together():
        for one in naming or there[:1]:
            book.closings.edit(one.id, lambda closing: closing.attended_by(who, here))
    return tuple(Deed(one.id, one.value) for one in naming or there[:1])


def undo(book: Notebook, deeds: Iterable[Deed[Closing]]) -> None:
    """Let it be as it was before ``attend``."""
    with book.together():
        for deed in deeds:
            book.closings.undo(deed)
