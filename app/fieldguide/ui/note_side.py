"""What stands beside a note: what the guide knows of the record, and other notes on it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.discretion import PRIVATE
from fieldguide.domain.notes import NoteCard, parse_lines
from fieldguide.domain.records import Fact, Record
from fieldguide.ui.desk import Place
from fieldguide.ui.line_kinds import kind_mark, visibility_mark
from fieldguide.ui.rows import Row

FACTS_SHOWN = 24


def side_rows(record: Record | None, others: Sequence[NoteCard]) -> list[Row]:
    """The record, other notes on it and facts, under headings."""
    tr = QCoreApplication.translate
    rows: list[Row] = []
    if record is not None:
        rows += _under(tr("NoteSide", "The record"), [_record_row(record)])
    rows += _under(tr("NoteSide", "Other notes on it"), [_note_row(card) for card in others])
    if record is not None:
        facts = [fact for fact in record.facts if not fact.superseded_by]
        rows += _under(tr("NoteSide", "Known"), [_fact_row(fact) for fact in facts[:FACTS_SHOWN]])
    return rows


def _under(heading: str, rows: Sequence[Row]) -> list[Row]:
    return [Row(heading, heading=True), *rows] if rows else []


def _record_row(record: Record) -> Row:
    return Row(
        record.title, record.title_zh, _some(record.summary), place=Place("record", record.ref)
    )


def _fact_row(fact: Fact) -> Row:
    value = " ".join(part for part in (fact.value, fact.unit) if part)
    said = " · ".join(part for part in (fact.as_of, fact.confidence) if part)
    return Row(value, fact.value_zh, (fact.label,), side=said)


def _note_row(card: NoteCard) -> Row:
    mark = visibility_mark(card.visibility)
    line = parse_lines(card.opening)[0]
    said = (kind_mark(line.kind).word, f"{card.changed:%Y-%m-%d %H:%M}")
    return Row(
        line.text or QCoreApplication.translate("NoteSide", "(empty)"),
        lines=(" · ".join(part for part in said if part),),
        side=mark.word,
        icon=mark.icon,
        tone=mark.color,
        strong=False,
        place=Place("note", card.about, card.id),
        private=line.kind in PRIVATE,
    )


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
