"""What the palette shows for what is typed: hits of the guide, notes, and what to do on a miss."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from fieldguide.domain import directory
from fieldguide.domain.finding import WORDS, Found, Hit
from fieldguide.domain.notes import NoteHit
from fieldguide.domain.records import KINDS
from fieldguide.domain.script import words
from fieldguide.services.guide import Guide
from fieldguide.services.search import STOPPED
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.hidden import veiled
from fieldguide.ui.hits import Row, Way, record_icon

EVERYTHING: Final = ""
NOTES: Final = "note"
_LIMIT: Final = 60
_NOTES: Final = 20
_RECENT: Final = 5
_NEAREST: Final = 8
_TOPIC: Final = "palette"
_PLAIN: Final = frozenset(
    ("name", "pinyin", "in its facts", "nearest", "its full name", "its short name",
     "another form of its name", "its local name")
)  # fmt: skip
_BEGUN: Final = 4
"""Letters of the name of a page before it is offered."""
_SECTION_ICONS: Final = {
    "contacts": "phone",
    "parks": "building-2",
    "hospitals": "hospital",
    "regulation": "route",
    "companies": "building-2",
    "institutes": "flask-conical",
    "events": "calendar-days",
    "agreements": "badge-check",
    "policies": "hash",
    "places": "map-pin",
    "practical": "lightbulb",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """One kind of thing that the answer holds."""

    key: str
    heading: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """All that the palette shows; ``state`` stands beside what was typed."""

    query: str
    rows: tuple[Row, ...]
    scopes: tuple[Scope, ...] = ()
    scope: str = EVERYTHING
    state: str = ""
    typed: tuple[str, ...] = ()
    missed: bool = False


class Answers(QObject):
    """Asks guide and notes with each keystroke; the notes may come later, or never."""

    arrived = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query = ""
        self._scope = EVERYTHING
        self._found: tuple[Found, Found] | None = None
        self._notes: list[NoteHit] = []
        self._recent: list[Row] = []

    def ask(self, query: str, scope: str) -> None:
        """Ask for what answers a query; a scope that holds nothing of it is as if not chosen."""
        if query != self._query:
            self._notes = []
        self._query, self._scope, self._found = query, scope, None
        if not query.strip():
            self._desk.notes.drop(_TOPIC)
            self._desk.guide.ask(_TOPIC, lambda guide: guide.directory({}), self._show_sections)
            return
        self._desk.guide.ask(_TOPIC, partial(_find, query, scope), self._guide_answered)
        self._desk.notes.ask(
            _TOPIC,
            lambda notebook: notebook.search(query, _NOTES),
            self._notes_answered,
            # Without notes the guide still answers; the rail says what is wrong with them.
            lambda _: None,
        )

    def forget(self) -> None:
        """Void what was asked and has not been answered."""
        self._desk.guide.drop(_TOPIC)
        self._desk.notes.drop(_TOPIC)

    def remember(self, row: Row) -> None:
        """Offer this row first while nothing is typed."""
        if row.place is not None and row.place.ref is not None:
            row = replace(row, why=self.tr("opened before"), surprising=False)
            others = [one for one in self._recent if one.place != row.place]
            self._recent = [row, *others][:_RECENT]

    def _guide_answered(self, found: tuple[Found, Found]) -> None:
        self._found = found
        self._tell()

    def _notes_answered(self, notes: list[NoteHit]) -> None:
        if notes != self._notes:
            self._notes = notes
            if self._found is not None:
                self._tell()

    def _show_sections(self, found: directory.Directory) -> None:
        sections = [one for one in found.options if one.facet == "section"]
        rows = [
            Row(
                one.heading,
                _SECTION_ICONS[one.value],
                Place("directory", detail=one.value),
                answer=self.tr("{count} in the directory").format(count=one.count),
            )
            for one in sections
        ]
        self.arrived.emit(Answer(self._query, (*self._recent, *rows)))

    def _tell(self) -> None:
        if self._found is None:
            return
        whole, narrowed = self._found
        counts = dict(whole.counts)
        scope = self._scope
        if scope not in counts and not (scope == NOTES and self._notes):
            scope = EVERYTHING
        near = bool(whole.hits) and all(hit.why == "nearest" for hit in whole.hits)
        total = sum(counts.values()) + len(self._notes)
        if scope == NOTES:
            rows = [self._note(one) for one in self._notes]
        else:
            hits = narrowed.hits if scope else whole.hits
            rows = self._merged(hits[:_NEAREST] if near else hits, () if scope else self._notes)
            if scope:
                counts[scope] = max(counts[scope], len(hits))
            if not scope:
                rows = [*self._pages(), *rows]
        if near or not rows:
            rows += self._ways_out()
        missed = not self._notes and not whole.hits
        state = self._state(total, len(rows), near=near, missed=missed, whole=not scope)
        scopes = self._scopes(counts, total)
        typed = words(self._query)
        typed = [word for word in typed if word not in STOPPED] or typed
        self.arrived.emit(
            Answer(self._query, tuple(rows), scopes, scope, state, tuple(typed), missed)
        )

    def _state(self, total: int, shown: int, *, near: bool, missed: bool, whole: bool) -> str:
        if missed:
            return self.tr("nothing found")
        if near:
            return self.tr("nothing holds all of it; these are nearest")
        if whole and shown < total:
            return self.tr("first {shown} of {total}").format(shown=shown, total=total)
        return self.tr("{total} found").format(total=total)

    def _scopes(self, counts: dict[str, int], total: int) -> tuple[Scope, ...]:
        if not total:
            return ()
        scopes = [Scope(EVERYTHING, self.tr("All"), total)]
        scopes += [Scope(kind, KINDS[kind], counts[kind]) for kind in KINDS if kind in counts]
        if self._notes:
            scopes.append(Scope(NOTES, self.tr("My notes"), len(self._notes)))
        return tuple(scopes)

    def _pages(self) -> list[Row]:
        """The page that no record is, where its name is begun."""
        title, typed = self.tr("On arrival"), words(self._query)
        names = words(title)
        begun = len(self._query.strip()) >= _BEGUN and all(
            any(name.startswith(one) for name in names) for one in typed
        )
        answer = self.tr("Numbers to call, entry, clock, plug, money, consulates")
        return [Row(title, "book-open", Place("arrival"), answer=answer)] if begun else []

    def _merged(self, hits: Sequence[Hit], notes: Sequence[NoteHit]) -> list[Row]:
        """Notes stand behind what is so named, before what only mentions it."""
        named = sum(1 for hit in hits if hit.score >= WORDS)
        rows = [self._hit(hit) for hit in hits]
        return [*rows[:named], *(self._note(one) for one in notes), *rows[named:]]

    def _hit(self, hit: Hit) -> Row:
        return Row(
            hit.title,
            record_icon(hit.ref.kind, hit.types),
            Place("record", hit.ref),
            hit.title_zh,
            hit.pinyin,
            hit.snippet,
            hit.why,
            hit.why not in _PLAIN,
        )

    def _note(self, hit: NoteHit) -> Row:
        note = hit.note
        day = note.changed.date().isoformat()
        return Row(
            note.title or self.tr("Unfiled note"),
            "notebook-pen",
            Place("note", note.about, note.id),
            answer=veiled(self._desk.look, hit.snippet),
            why=self.tr("my note, {day}").format(day=day),
        )

    def _ways_out(self) -> list[Row]:
        shown = self._query.strip()
        return [
            Row(
                self.tr("Ask about “{text}”").format(text=shown),
                "circle-question-mark",
                answer=self.tr(
                    "Keeps it as a question, for the open visit, else that of now or next"
                ),
                text=shown,
                way=Way.ASK,
            ),
            Row(
                self.tr("Note it: “{text}”").format(text=shown),
                "notebook-pen",
                answer=self.tr("Begins a note of yours with these words"),
                text=f"{shown}\n",
            ),
        ]


def _find(query: str, scope: str, guide: Guide) -> tuple[Found, Found]:
    """Everything, for the counts, and what the scope leaves of it."""
    whole = guide.search(query, None, _LIMIT)
    if scope in dict(whole.counts):
        return whole, guide.search(query, scope, _LIMIT)
    return whole, whole
