"""What one puts on records of the guide: a star, tags, shortlists."""

from collections.abc import Callable
from dataclasses import replace

from fieldguide.domain.entries import Labels
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook


def labels_of(book: Notebook, ref: Ref) -> Labels:
    """What lies on a record; nothing at first."""
    there = book.labels.on(ref)
    return there[0].value if there else Labels()


def label(book: Notebook, ref: Ref, title: str, change: Callable[[Labels], Labels]) -> Labels:
    """Change what lies on a record, whose title is ``title``; the answer is what lies on it now."""
    there = book.labels.on(ref)
    if there:
        return book.labels.edit(there[0].id, change).value
    value = change(Labels())
    return value if value == Labels() else book.labels.add(value, ref, title=title).value


def star(book: Notebook, ref: Ref, title: str, starred: bool) -> Labels:
    """Put a star on a record or take it away."""
    return label(book, ref, title, lambda labels: replace(labels, starred=starred))


def starred(book: Notebook) -> frozenset[Ref]:
    """All records with a star."""
    return frozenset(
        one.about for one in book.labels.all() if one.value.starred and one.about is not None
    )
