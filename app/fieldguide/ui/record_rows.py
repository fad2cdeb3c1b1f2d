"""What hangs on a record as rows: places, people, visits, notes, links, sources, doubts, steps."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject

from fieldguide.domain.discretion import PRIVATE
from fieldguide.domain.notes import NoteCard, parse_lines
from fieldguide.domain.records import KINDS, Fact, Link, Position, Record, Ref
from fieldguide.domain.series import date_words
from fieldguide.services.subject import Stop, Subject
from fieldguide.ui.desk import Place
from fieldguide.ui.line_kinds import visibility_mark
from fieldguide.ui.rows import Row
from fieldguide.ui.tabs import Tab
from fieldguide.ui.ticks import TAKE_UP

SIDE_NOTES, SIDE_LINKS = 2, 12


class RecordRows(QObject):
    """Makes rows in the interface's language."""

    def tabs(self, subject: Subject, notes: int, *, wide: bool) -> list[Tab]:
        """The parts of the record that there are, each with its count."""
        record = subject.record
        told = bool(record.facts or record.names)
        hung = len(subject.visits) + notes
        tabs = [
            (Tab("text", self.tr("Text")), bool(record.text)),
            (Tab("steps", self.tr("Steps"), len(subject.steps)), bool(subject.steps)),
            (Tab("overview", self.tr("Overview")), told and wide),
            (Tab("facts", self.tr("Facts"), len(record.facts)), told),
            (Tab("places", self.tr("Places"), len(subject.places)), bool(subject.places)),
            (Tab("people", self.tr("People"), len(record.people)), bool(record.people)),
            (Tab("notes", self.tr("Visits, notes"), hung), bool(hung)),
            (Tab("linked", self.tr("Linked"), len(other_links(record))), True),
            (Tab("sources", self.tr("Sources"), len(record.sources)), bool(record.sources)),
            (Tab("doubts", self.tr("Doubts"), len(record.doubts), True), bool(record.doubts)),
        ]
        offered = [tab for tab, there in tabs if there and (tab.key != "linked" or tab.count)]
        if not wide:
            # With little room the rarer ones go to the end, which is where the menu begins.
            last = ("people", "linked", "sources")
            offered.sort(key=lambda tab: tab.key in last)
        return offered

    def of_tab(
        self, key: str, subject: Subject, notes: Sequence[NoteCard], problem: str
    ) -> list[Row]:
        """What a tab lists; ``problem`` says why there are no notes."""
        if key == "notes":
            return self.visits_and_notes(subject, notes, problem)
        made: dict[str, Callable[[], list[Row]]] = {
            "steps": lambda: self.steps(subject),
            "places": lambda: self.places(subject),
            "people": lambda: self.people(subject),
            "linked": lambda: self.linked(subject.record),
            "sources": lambda: self.sources(subject),
            "doubts": lambda: self.doubts(subject.record),
        }
        return made[key]()

    def side(self, subject: Subject, notes: Sequence[NoteCard]) -> list[Row]:
        """What stands beside the facts: notes, places, people of a visit; else what is linked."""
        record = subject.record
        found: list[Row] = []
        if notes:
            found.append(self._heading(self.tr("Notes")))
            found += [self._note(note) for note in notes[:SIDE_NOTES]]
        if len(notes) > SIDE_NOTES:
            every = self.tr("All {count} notes").format(count=len(notes))
            found.append(Row(every, place=Place("record", record.ref, "notes")))
        if subject.places:
            found += [self._heading(self.tr("Places")), *self.places(subject)]
        if record.ref.kind in ("visit", "event") and record.people:
            found += [self._heading(self.tr("People")), *self.links(record.people)]
        if not subject.places and not record.people:
            linked = self.linked(record)[:SIDE_LINKS]
            found += linked[:-1] if linked and linked[-1].heading else linked
        return found

    def places(self, subject: Subject) -> list[Row]:
        """Addresses in both scripts and how well the point is known."""
        return [self._place(stop, subject.record) for stop in subject.places]

    def people(self, subject: Subject) -> list[Row]:
        """The people linked with the record."""
        return self.links(subject.record.people)

    def visits_and_notes(
        self, subject: Subject, notes: Sequence[NoteCard], problem: str
    ) -> list[Row]:
        """Visits in order of time, then notes, the last saved first; or why there are none."""
        found: list[Row] = []
        if subject.visits:
            found.append(self._heading(self.tr("Visits")))
            found += [
                Row(
                    stop.record.title,
                    stop.record.title_zh,
                    _lines(stop.record.summary, stop.link.note if stop.link else ""),
                    place=Place("record", stop.record.ref),
                )
                for stop in subject.visits
            ]
        if notes or problem:
            found.append(self._heading(self.tr("Notes"), problem, "danger"))
            found += [self._note(note) for note in notes]
        return found

    def linked(self, record: Record) -> list[Row]:
        """Everything else it is linked with, by kind, in both directions."""
        found: list[Row] = []
        for kind, heading in KINDS.items():
            links = [link for link in other_links(record) if link.other.kind == kind]
            if links:
                found += [self._heading(heading), *self.links(links)]
        return found

    def links(self, links: Iterable[Link]) -> list[Row]:
        """One row a link, with how it is linked."""
        return [
            Row(
                link.title,
                link.title_zh,
                _lines(_once(link.note, date_words(link.as_of))),
                side=link.heading,
                place=Place("record", link.other),
            )
            for link in links
        ]

    def sources(self, subject: Subject) -> list[Row]:
        """Where the facts come from; a copy on another site is named as one."""
        uses = Counter(fact.source for fact in subject.record.facts)
        found = []
        for source in subject.record.sources:
            told = self._count(uses[source.slug])
            copy = self.tr("Copy on another site") if source.mirror else ""
            about = " · ".join(
                part for part in (source.publisher, date_words(source.date[:10]), told) if part
            )
            found.append(
                Row(
                    source.title,
                    lines=_lines(about, source.url),
                    side=copy,
                    icon="triangle-alert" if copy else "",
                    tone="warning" if copy else "t3",
                    place=Place("record", Ref("source", source.slug)),
                    copies=source.url,
                )
            )
        return found

    def doubts(self, record: Record) -> list[Row]:
        """Each doubt with the facts it hangs on."""
        found = []
        for doubt in record.doubts:
            labels = [
                fact.label
                for fact in record.facts
                if any(own.id == doubt.id for own in fact.doubts)
            ]
            on = ", ".join(dict.fromkeys(labels))
            line = self.tr("On: {facts}").format(facts=on) if on else self.tr("On the whole record")
            side = self.tr("{key}: ask it").format(key=TAKE_UP)
            row = Row(doubt.text, lines=(line,), side=side, strong=False, sign="triangle-alert")
            found.append(row)
        return found

    def steps(self, subject: Subject) -> list[Row]:
        """The steps of a pathway in order: who decides, how long, what it costs."""
        return [self._step(number, stop) for number, stop in enumerate(subject.steps, 1)]

    def _step(self, number: int, stop: Stop) -> Row:
        record = stop.record
        named = {fact.label: fact for fact in reversed(record.facts)}
        authorities = [
            f"{link.title} {link.title_zh}".strip()
            for link in record.links
            if link.type == "authority" and link.outward
        ]
        level = named.get("Level")
        who = ", ".join(authorities)
        if level:
            who = f"{who} ({level.value})" if who else level.value
        glance = [
            f"{label}: {_value(named[label])}"
            for label in ("Statutory time", "Fee")
            if label in named
        ]
        note = stop.link.note if stop.link else ""
        return Row(
            record.title,
            record.title_zh,
            _lines(who, " · ".join(glance), note),
            mark=str(number),
            place=Place("record", record.ref),
        )

    def _place(self, stop: Stop, whole: Record) -> Row:
        record = stop.record
        address = next((fact for fact in record.facts if fact.label == "Address"), None)
        known = record.position
        lines = _lines(address.value, address.value_zh) if address else ()
        if not address:
            lines = (self.tr("No address known"),)
        return Row(
            _part_of_name(record.title, f"{whole.title}, "),
            _part_of_name(record.title_zh, whole.title_zh),
            (*lines, *_lines(stop.link.note if stop.link else "")),
            side=self._precision(known),
            icon="x" if known is None else "map-pin" if known.radius_m < 500 else "circle-dashed",
            place=Place("record", record.ref) if stop.link else None,
            copies=(address.value_zh or address.value) if address else "",
        )

    def _precision(self, known: Position | None) -> str:
        if known is None:
            return self.tr("no position")
        if known.radius_m < 1_000:
            return self.tr("within {count} m").format(count=known.radius_m)
        return self.tr("within {count} km").format(count=known.radius_m // 1_000)

    def _note(self, note: NoteCard) -> Row:
        mark = visibility_mark(note.visibility)
        changed = f"{date_words(note.changed.date().isoformat())}, {note.changed:%H:%M}"
        line = parse_lines(note.opening)[0]
        return Row(
            line.text or self.tr("Empty note"),
            lines=(changed,),
            side=mark.word,
            icon=mark.icon,
            tone=mark.color,
            strong=False,
            place=Place("note", note.about, note.id),
            private=line.kind in PRIVATE,
        )

    def _count(self, facts: int) -> str:
        if facts == 1:
            return self.tr("1 fact here")
        return self.tr("{count} facts here").format(count=facts) if facts else ""

    def _heading(self, text: str, side: str = "", tone: str = "t3") -> Row:
        return Row(text, side=side, tone=tone, heading=True)


def other_links(record: Record) -> list[Link]:
    """The links that have no tab of their own; one that both ends state stands once."""
    found = {
        (link.other, link.heading): link
        for link in record.links
        if link.other.kind not in ("person", "visit") and not (link.type == "step" and link.outward)
    }
    return list(found.values())


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _once(note: str, when: str) -> str:
    """A note and its date, which is left out where the note says it."""
    return note if when in note else " · ".join(_lines(note, when))


def _value(fact: Fact) -> str:
    return f"{fact.value} {fact.unit}".strip()


def _part_of_name(name: str, whole: str) -> str:
    """What tells a part from its whole, e.g. ``East campus``."""
    part = name.removeprefix(whole)
    return part[:1].upper() + part[1:] if part else name
