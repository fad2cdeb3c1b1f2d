"""Facts as rows: what each says of its age, its source, its doubts and what replaced it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject

from fieldguide.domain.freshness import Freshness, freshness
from fieldguide.domain.records import CONFIDENCES, HALF_LIFE_MONTHS, Fact, Name, Ref, Source
from fieldguide.domain.series import Series, date_words, grouped
from fieldguide.services.checking import Checked
from fieldguide.services.subject import Subject, Successor
from fieldguide.ui.checks import CheckLine
from fieldguide.ui.desk import Place


@dataclass(frozen=True, slots=True)
class FactItem:
    """One row of facts in words; ``lead`` opens a series, the others follow indented."""

    label: str
    speech: str
    heading: bool = False
    lead: bool = True
    earlier: bool = False
    value: str = ""
    unit: str = ""
    hanzi: str = ""
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    as_of: str = ""
    aged: bool = False
    undated: str = ""
    stale: str = ""
    struck: bool = False
    letter: str = ""
    source: str = ""
    source_short: str = ""
    place: Place | None = None
    copies: str = ""
    fact: Fact | None = None
    """What can be checked; None where the row states no fact of the guide."""
    made: tuple[Checked, ...] = ()
    checks: tuple[CheckLine, ...] = ()


class FactRows(QObject):
    """Makes the rows of a record on a day, in the interface's language."""

    def items(self, subject: Subject, day: date) -> list[FactItem]:
        """Groups with their series, then the other names."""
        record = subject.record
        # What a source says of itself needs no sign that it comes from there.
        own = record.ref.slug if record.ref.kind == "source" else ""
        sources = {one.slug: one for one in record.sources if one.slug != own}
        found: list[FactItem] = []
        for group in grouped(record.facts):
            if group.heading:
                found.append(FactItem(group.heading, group.heading, heading=True))
            seen: set[str] = set()
            for series in group.series:
                found += self._series(series, sources, subject, day, seen)
        names = list(self._names(record.names))
        if names:
            heading = self.tr("Other names")
            found += [FactItem(heading, heading, heading=True), *names]
        return found

    def _series(
        self,
        series: Series,
        sources: Mapping[str, Source],
        subject: Subject,
        day: date,
        seen: set[str],
    ) -> Iterator[FactItem]:
        first = series.facts[0]
        for fact in series.facts:
            successor = subject.successors.get(fact.superseded_by)
            label = series.label if fact is first else self._next_label(fact, first)
            yield self._row(fact, label, fact is first, sources, subject, day, seen)
            # Where the row above is not what replaced it, the way there is a row of its own.
            if successor is not None and successor.fact is not first:
                yield self._now(successor)

    def _next_label(self, fact: Fact, first: Fact) -> str:
        earlier = fact.as_of and fact.as_of.split("/")[-1] < first.as_of.split("/")[-1]
        return self.tr("earlier") if earlier else self.tr("also")

    def _row(
        self,
        fact: Fact,
        label: str,
        lead: bool,
        sources: Mapping[str, Source],
        subject: Subject,
        day: date,
        seen: set[str],
    ) -> FactItem:
        state, source = freshness(fact, day), sources.get(fact.source)
        aged = lead and not state.overruled and _aged(fact, state)
        doubts = tuple(self._doubt(doubt.id, doubt.text, seen) for doubt in fact.doubts)
        row = FactItem(
            label,
            "",
            lead=lead,
            earlier=label == self.tr("earlier"),
            value=fact.value,
            unit=fact.unit,
            hanzi=fact.value_zh,
            notes=tuple(self._notes(fact, state, subject, day)),
            details=tuple(self._details(fact, subject.state, aged)),
            doubts=doubts,
            as_of=self._as_of(fact, state, aged) if source or fact.as_of else "",
            aged=aged,
            undated=fact.undated if source and not fact.as_of else "",
            stale=self._stale(fact, state),
            struck=state.overruled,
            letter=fact.confidence if source else "",
            source=_chip(fact, source, dated=True),
            source_short=_chip(fact, source, dated=False),
            place=Place("record", Ref("source", source.slug)) if source else None,
            copies=fact.value_zh or f"{fact.value} {fact.unit}".strip(),
            fact=fact,
        )
        return _spoken(row, fact.label)

    def _as_of(self, fact: Fact, state: Freshness, aged: bool) -> str:
        if not fact.as_of:
            return self.tr("undated")
        if not aged:
            return date_words(fact.as_of)
        words = date_words(fact.as_of if "/" in fact.as_of else fact.as_of[:7])
        # A space that does not break, so that no unit stands alone on a line.
        return self.tr("{year} · {count}\u00a0y").format(year=words, count=state.years)

    def _stale(self, fact: Fact, state: Freshness) -> str:
        if not state.stale or state.overruled:
            return ""
        since = fact.checked or fact.as_of.split("/")[-1]
        if not since:
            return self.tr("never checked again")
        return self.tr("not checked since {date}").format(date=date_words(since))

    def _notes(self, fact: Fact, state: Freshness, subject: Subject, day: date) -> Iterator[str]:
        successor = subject.successors.get(fact.superseded_by)
        if fact.note:
            yield fact.note
        if fact.speaker:
            yield self.tr("Said by {speaker}").format(
                speaker=subject.speakers.get(fact.speaker, fact.speaker)
            )
        if successor is not None and successor.fact is not None:
            yield self.tr("Now {value} ({date})").format(
                value=f"{successor.fact.value} {successor.fact.unit}".strip(),
                date=date_words(successor.fact.as_of) or self.tr("undated"),
            )
        elif state.overruled and fact.valid_until:
            yield self.tr("Held until {date}").format(date=date_words(fact.valid_until))
        if (
            "@" in fact.value
            and not fact.note
            and fact.as_of
            and day.year - int(fact.as_of[:4]) >= 3
        ):
            yield self.tr("Historical address of {year}; it may be dead").format(
                year=fact.as_of[:4]
            )

    def _details(self, fact: Fact, state: str, aged: bool) -> Iterator[str]:
        if aged and len(fact.as_of) == 10:
            yield self.tr("As of {date}").format(date=date_words(fact.as_of))
        if fact.printed and fact.printed != fact.value:
            yield self.tr("Printed as “{text}”").format(text=fact.printed)
        if fact.valid_until:
            yield self.tr("Valid until {date}").format(date=date_words(fact.valid_until))
        if fact.checked and fact.checked != state:
            yield self.tr("Source seen {date}").format(date=date_words(fact.checked))

    def _doubt(self, name: str, text: str, seen: set[str]) -> str:
        if name in seen:
            return self.tr("The same doubt as above")
        seen.add(name)
        return text

    def _now(self, successor: Successor) -> FactItem:
        value = successor.fact.value if successor.fact else successor.title
        return FactItem(
            self.tr("now"),
            self.tr("Now {value}; opens {title}").format(value=value, title=successor.title),
            lead=False,
            value=value,
            unit=successor.fact.unit if successor.fact else "",
            notes=(successor.title,) if successor.fact else (),
            as_of=date_words(successor.fact.as_of) if successor.fact else "",
            place=Place("record", successor.ref),
            copies=value,
        )

    def _names(self, names: Sequence[Name]) -> Iterator[FactItem]:
        for name in names:
            reason = name.reason[:1].upper() + name.reason[1:]
            yield FactItem(
                reason,
                f"{reason}: {name.text}",
                value=name.text,
                copies=name.text,
            )


def _aged(fact: Fact, state: Freshness) -> bool:
    """A count or a number to dial that is older than such things stay true; a rule has no age."""
    months = HALF_LIFE_MONTHS[fact.nature]
    return fact.nature in ("count", "phone") and state.years * 12 > months


def _chip(fact: Fact, source: Source | None, *, dated: bool) -> str:
    if source is None:
        return ""
    name = source.short or source.title
    where = fact.locator or (source.date[:7] if dated else "")
    return f"{name}, {where}" if where else name


def _spoken(row: FactItem, label: str) -> FactItem:
    """The same row with its words for a screen reader, in the order of reading."""
    said = [f"{label}: {row.value} {row.unit}".strip(), row.hanzi]
    said += [row.as_of, row.undated, row.stale, *row.notes]
    said += [CONFIDENCES.get(row.letter, ""), row.source, *row.doubts]
    return replace(row, speech="; ".join(part for part in said if part))
