"""Records side by side: what stands in each cell, and how a cell is painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldguide.domain.directory import Comparison
from fieldguide.domain.freshness import freshness
from fieldguide.domain.records import Fact, Record
from fieldguide.ui.desk import Look
from fieldguide.ui.text import draw_wrapped, wrapped_height
from fieldguide.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_SHORT: Final = 28


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a cell."""

    text: str
    role: str = "caption"
    color: str = "t3"
    weight: int | None = None
    strike: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and the same as one line for those who do not see it."""

    lines: tuple[Line, ...]
    spoken: str


class CompareModel(QAbstractTableModel):
    """Labels in the first column, a record in each of the others."""

    CellRole = Qt.ItemDataRole.UserRole
    HanziRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self.records: tuple[Record, ...] = ()
        self._rows: list[tuple[Cell, ...]] = []

    def show(self, comparison: Comparison, day: date) -> None:
        """Replace everything; ``day`` says what is stale."""
        self.beginResetModel()
        records = self.records = comparison.records
        self._rows = [
            self._words(self.tr("Where"), [record.city for record in records]),
            self._words(self.tr("In short"), [record.summary for record in records]),
        ]
        for label, cells in comparison.rows:
            head = self._label(label)
            pairs = zip(records, cells, strict=True)
            # What only one of them tells is no question to the others.
            shared = sum(1 for cell in cells if cell) > 1
            self._rows.append((head, *(self._cell(*pair, label, day, shared) for pair in pairs)))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many labels there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The labels and the records."""
        return 0 if parent.isValid() or not self.records else len(self.records) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Name and hanzi of each record."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section <= len(self.records):
            return None
        record = self.records[section - 1] if section else None
        if role == Qt.ItemDataRole.DisplayRole:
            return record.title if record else ""
        return record.title_zh if role == self.HanziRole and record else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The cell, or its words."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        return cell if role == self.CellRole else None

    def _label(self, text: str) -> Cell:
        return Cell((Line(text, "body", "t2"),), text)

    def _words(self, label: str, texts: Sequence[str]) -> tuple[Cell, ...]:
        cells = [self._label(label)]
        for record, text in zip(self.records, texts, strict=True):
            shown = Line(text, "body", "t1") if text else self._missing()
            cells.append(Cell((shown,), f"{label}, {record.title}: {shown.text}"))
        return tuple(cells)

    def _missing(self) -> Line:
        text = self.tr("Ask at the visit")
        return Line(text, "body", "question", icon="circle-question-mark")

    def _cell(
        self, record: Record, facts: Sequence[Fact], label: str, day: date, shared: bool
    ) -> Cell:
        short = {source.slug: source.short or source.title for source in record.sources}
        lines: list[Line] = []
        for fact in facts:
            lines += self._fact(fact, short.get(fact.source, fact.source), day, first=not lines)
        doubts = dict.fromkeys(doubt.text for fact in facts for doubt in fact.doubts)
        spoken = [line.text for line in lines]
        lines += [Line(gist(text), color="warning", icon="triangle-alert") for text in doubts]
        spoken += [self.tr("doubt: {text}").format(text=text) for text in doubts]
        if not lines:
            lines = [self._missing() if shared else Line("–", color="t3")]
            spoken = [lines[0].text]
        return Cell(tuple(lines), f"{label}, {record.title}: " + "; ".join(spoken))

    def _fact(self, fact: Fact, source: str, day: date, *, first: bool) -> list[Line]:
        """The newest value large with its date below, the older ones as one small line each."""
        state = freshness(fact, day)
        value = " ".join(part for part in (fact.value, fact.unit) if part)
        as_of = fact.as_of.replace("/", "–") or self.tr("undated")
        meta = ", ".join(part for part in (as_of, source) if part)
        if state.overruled:
            gone = self.tr("no longer so: {meta}").format(meta=meta)
            return [Line(value, "body" if first else "caption", strike=True), Line(gone)]
        dated = Line(meta)
        if state.stale:
            aged = self.tr("{meta} · not checked lately").format(meta=meta)
            dated = Line(aged, color="warning", icon="clock-alert")
        if first:
            weight = 600 if len(value) <= _SHORT else None
            return [Line(value, "body", "t1", weight), dated]
        return [Line(f"{value} · {meta}", color="t2")]


def gist(doubt: str) -> str:
    """The first clause of a doubt; the whole of it stands on the record's page."""
    ends = [place for mark in (": ", "; ", ". ") if (place := doubt.find(mark)) > 0]
    return doubt[: min(ends)] if ends else doubt.rstrip(".")


@lru_cache(maxsize=4096)
def _plan(cell: Cell, theme: Theme, width: int) -> tuple[tuple[tuple[Line, QRectF], ...], int]:
    """Where the paragraphs of a cell stand, and how high it is."""
    across, top = theme.px(8), theme.px(6)
    y, placed = float(top), []
    for line in cell.lines:
        left = across + (theme.px(20) if line.icon else 0)
        room = max(1, width - left - across)
        height = wrapped_height(
            line.text, theme, room, line.role, weight=line.weight, strike=line.strike
        )
        placed.append((line, QRectF(left, y, room, height)))
        y += height
    return tuple(placed), int(y + top + theme.hairline)


class CompareDelegate(QStyledItemDelegate):
    """Paints the paragraphs of a cell."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def height(self, cell: Cell, width: int) -> int:
        """Height of a cell in a column of this width."""
        return _plan(cell, self._look.theme, width)[1]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height that the paragraphs take in this width."""
        width = option.rect.width()
        return QSize(width, self.height(index.data(CompareModel.CellRole), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell and its part of the hairline."""
        theme, rect = self._look.theme, QRectF(option.rect)
        placed, _ = _plan(index.data(CompareModel.CellRole), theme, int(rect.width()))
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            theme.mark_selected(painter, rect, focused=focused)
        hair = theme.hairline
        ground = QRectF(rect.left(), rect.bottom() - hair, rect.width(), hair)
        painter.fillRect(ground, theme.color("line"))
        painter.translate(rect.topLeft())
        for line, spot in placed:
            if line.icon:
                picture = self._look.icons.pixmap(line.icon, 14, line.color)
                painter.drawPixmap(int(spot.left()) - theme.px(20), int(spot.top()) + 2, picture)
            draw_wrapped(
                painter, spot, line.text, theme, line.role, line.color,
                weight=line.weight, strike=line.strike,
            )  # fmt: skip
        painter.restore()
