"""What one puts on records of the guide: a star, tags, shortlists."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from fieldguide.domain.entries import Entry, Kind, Labels, text_of_value, value_of
from fieldguide.domain.notes import Draft
from fieldguide.domain.records import Ref
from fieldguide.domain.tables import MOST_VALUES, printable
from fieldguide.errors import BadRequest
from fieldguide.services.notebook import Notebook

LONGEST_NAME: Final = 60
Sort = Literal["tags", "shortlists"]
"""Which of the names on a record are meant."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What lies on all records."""

    on: Mapping[Ref, Labels]

    @property
    def starred(self) -> frozenset[Ref]:
        """All records with a star."""
        return frozenset(ref for ref, labels in self.on.items() if labels.starred)

    @property
    def facets(self) -> dict[Ref, dict[str, frozenset[str]]]:
        """The same as values of facets of the directory."""
        return {
            ref: {
                "starred": frozenset(["yes"] if labels.starred else []),
                "tags": frozenset(labels.tags),
                "shortlists": frozenset(labels.shortlists),
            }
            for ref, labels in self.on.items()
        }

    def names(self, sort: Sort) -> dict[str, int]:
        """All tags or shortlists with how many records each is on, in the order of the alphabet."""
        counts = Counter(name for labels in self.on.values() for name in names_on(labels, sort))
        return {name: counts[name] for name in in_order(counts)}

    def under(self, sort: Sort, names: Collection[str]) -> frozenset[Ref]:
        """The records with at least one of these tags, or on one of these shortlists."""
        return frozenset(
            ref
            for ref, labels in self.on.items()
            if any(name in names for name in names_on(labels, sort))
        )


@dataclass(frozen=True, slots=True)
class Renamed:
    """A tag or shortlist that got another name, or none, on all records; for ``undo``."""

    sort: Sort
    old: str
    new: str
    entries: tuple[str, ...]
    had: frozenset[Ref]
    """Records that had the new name before."""


def collected(book: Notebook) -> Collected:
    """What lies on all records; runs on the notes' thread."""
    found: dict[Ref, Labels] = {}
    for one in book.labels.all():
        if one.about is not None and one.value != Labels():
            found[one.about] = _both(found.get(one.about, Labels()), one.value)
    return Collected(found)


def labels_of(book: Notebook, ref: Ref) -> Labels:
    """What lies on a record; nothing at first."""
    found = Labels()
    for one in _on(book, ref):
        found = _both(found, one.value)
    return found


def label(book: Notebook, ref: Ref, title: str, change: Callable[[Labels], Labels]) -> Labels:
    """Change what lies on a record, whose title is ``title``; the answer is what lies on it now."""
    there, before = _on(book, ref), labels_of(book, ref)
    value = change(before)
    for extra in there[1:]:
        book.labels.remove(extra.id)
    if there:
        return book.labels.edit(there[0].id, lambda _: value).value
    return value if value == Labels() else book.labels.add(value, ref, title=title).value


def star(book: Notebook, ref: Ref, title: str, starred: bool) -> Labels:
    """Put a star on a record or take it away."""
    return label(book, ref, title, lambda labels: replace(labels, starred=starred))


def add(book: Notebook, ref: Ref, title: str, sort: Sort, typed: str) -> Labels:
    """Put a tag on a record, or the record on a shortlist, as it was typed.

    One that differs from it in nothing but the case of letters is the same. Raises BadRequest.
    """
    name = _known(collected(book), sort, clean(typed))

    def put(labels: Labels) -> Labels:
        names = names_on(labels, sort)
        if len(names) >= MOST_VALUES:
            raise BadRequest(f"A record has at most {MOST_VALUES} of these.")
        return _with(labels, sort, {*names, name})

    return label(book, ref, title, put)


def take(book: Notebook, ref: Ref, title: str, sort: Sort, name: str) -> Labels:
    """Take a tag off a record, or the record off a shortlist."""
    return label(
        book, ref, title, lambda labels: _with(labels, sort, {*names_on(labels, sort)} - {name})
    )


def rename(book: Notebook, sort: Sort, old: str, typed: str) -> Renamed:
    """Call a tag or a shortlist otherwise on all records; the name of another makes them one."""
    found = collected(book)
    name = clean(typed)
    same = name.casefold() == old.casefold()
    return _replace(book, found, sort, old, name if same else _known(found, sort, name))


def remove(book: Notebook, sort: Sort, name: str) -> Renamed:
    """Take a tag off all records, or give up a shortlist."""
    return _replace(book, collected(book), sort, name, "")


def undo(book: Notebook, deed: Renamed) -> None:
    """Give all records back the name that they had; what was put on them since stays."""

    def back(draft: Draft) -> Draft:
        gone = {deed.new} if draft.about not in deed.had else set()
        return _changed(draft, deed.sort, lambda names: {*names, deed.old} - gone)

    book.change(deed.entries, back)


def names_on(labels: Labels, sort: Sort) -> tuple[str, ...]:
    """The tags or the shortlists of a record."""
    return labels.tags if sort == "tags" else labels.shortlists


def clean(typed: str) -> str:
    """A name as it is kept; raises BadRequest when there is none."""
    name = " ".join(printable(typed).lstrip("#").split())[:LONGEST_NAME].rstrip()
    if not name:
        raise BadRequest("Type a name first.")
    return name


def in_order(names: Iterable[str]) -> list[str]:
    """Names in the order of the alphabet, whatever their case."""
    return sorted(names, key=lambda name: (name.casefold(), name))


def _replace(book: Notebook, found: Collected, sort: Sort, old: str, new: str) -> Renamed:
    entries = tuple(
        one.id for one in book.labels.all() if one.about and old in names_on(one.value, sort)
    )
    had = found.under(sort, {new}) if new else frozenset()

    def change(draft: Draft) -> Draft:
        return _changed(draft, sort, lambda names: ({*names} - {old}) | ({new} if new else set()))

    if old != new:
        book.change(entries, change)
    return Renamed(sort, old, new, entries, had)


def _changed(draft: Draft, sort: Sort, change: Callable[[Collection[str]], set[str]]) -> Draft:
    labels: Labels = value_of(Kind.LABELS, draft.text)
    after = _with(labels, sort, change(names_on(labels, sort)))
    return replace(draft, text=text_of_value(after))


def _known(found: Collected, sort: Sort, name: str) -> str:
    """The name that is there already, in whatever case, or this one."""
    folded = name.casefold()
    return next((one for one in found.names(sort) if one.casefold() == folded), name)


def _on(book: Notebook, ref: Ref) -> list[Entry[Labels]]:
    return [one for one in book.labels.on(ref) if one.about == ref]


def _both(one: Labels, other: Labels) -> Labels:
    return Labels(
        one.starred or other.starred,
        tuple(in_order({*one.tags, *other.tags})),
        tuple(in_order({*one.shortlists, *other.shortlists})),
    )


def _with(labels: Labels, sort: Sort, names: Iterable[str]) -> Labels:
    ordered = tuple(in_order(names))
    if sort == "tags":
        return replace(labels, tags=ordered)
    return replace(labels, shortlists=ordered)
