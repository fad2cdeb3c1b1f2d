"""A newer guide's programme beside the one that was last seen, with what one wrote on it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from fieldguide.domain.programme_changes import Change, SeenVisit, changes, seen_visit
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
