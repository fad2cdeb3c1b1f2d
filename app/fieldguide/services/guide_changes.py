"""A newer guide's programme beside the one that was last seen, with what one wrote on it."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass

from fieldguide.domain.programme_changes import Change, SeenVisit, changes, seen_visit
from fieldguide.domain.records import Ref
from fieldguide.domain.tables import as_table, of_table
from fieldguide.errors import BadRequest
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Seen:
    """The programme of a guide, without what the user planned."""

    guide: str
    version: str
    visits: tuple[SeenVisit, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A change, and how much of one's own is attached to the visit; all of that stays."""

    change: Change
    notes: int
    questions: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A visit that no guide and no plan knows any more, by the name it had."""

    ref: Ref
    title: str
    notes: int
    questions: int


@dataclass(frozen=True, slots=True)
class News:
    """What a guide changed in its programme since it was last seen, which was in ``before``."""

    before: str
    now: str
    differences: tuple[Difference, ...]


def seen_of(guide: Guide) -> Seen:
    """What to compare and to remember; runs on the guide's thread."""
    about = guide.about
    return Seen(about.id, about.version, tuple(seen_visit(one) for one in guide.told_visits))


def news(book: Notebook, now: Seen) -> News:
    """What is different from what was last seen; runs on the notes' thread.

    A programme that was never seen before is remembered, and nothing of it is news.
    """
    before = _remembered(book, now.guide)
    if before is None:
        if not book.read_only:
            mark_seen(book, now)
        return News("", now.version, ())
    found = changes(before.visits, now.visits)
    return News(before.version, now.version, tuple(_difference(book, one) for one in found))


def mark_seen(book: Notebook, now: Seen) -> Seen | None:
    """Remember a programme as seen; returns what was remembered before, for an undo."""
    before = _remembered(book, now.guide)
    visits = [as_table(one) for one in now.visits]
    text = json.dumps({"version": now.version, "visits": visits}, ensure_ascii=False)
    book.shown_mission.remember(now.guide, text)
    return before


def gone(book: Notebook, known: Collection[Ref]) -> tuple[Gone, ...]:
    """What is no longer in any programme and has something of one's own attached to it.

    ``known`` are the visits that the guide knows, with those that the user planned.
    """
    titles: dict[Ref, str] = {}
    notes: Counter[Ref] = Counter()
    questions: Counter[Ref] = Counter()
    for card in book.notes():
        if card.visit is not None and card.visit not in known:
            notes[card.visit] += 1
            titles.setdefault(card.visit, card.title)
    for asked in book.questions.all():
        if asked.visit is not None and asked.visit not in known:
            questions[asked.visit] += 1
            titles.setdefault(asked.visit, asked.title)
    for closing in book.closings.all():
        if closing.visit is not None and closing.visit not in known:
            # What a visit came to hangs on it alone; a note may bear the name of its place.
            titles[closing.visit] = closing.title
    return tuple(
        Gone(ref, title or ref.slug, notes[ref], questions[ref]) for ref, title in titles.items()
    )


def _remembered(book: Notebook, guide: str) -> Seen | None:
    try:
        table = json.loads(book.shown_mission.seen(guide) or "null")
    except ValueError:
        return None
    if not isinstance(table, dict) or not isinstance(table.get("visits"), list):
        return None
    return Seen(guide, str(table.get("version", "")), tuple(_readable(table["visits"])))


def _readable(tables: Iterable[object]) -> list[SeenVisit]:
    found = []
    for table in tables:
        with suppress(BadRequest):
            found.append(of_table(SeenVisit, table, "visit"))
    return found


def _difference(book: Notebook, change: Change) -> Difference:
    ref = change.ref
    closings = book.closings.on(ref)
    return Difference(
        change,
        len(book.notes(ref)),
        len(book.questions.on(ref)),
        any(one.value.closed for one in closings),
    )
