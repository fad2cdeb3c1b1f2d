"""The facets of the directory as one list: sections to choose one of, values to tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fieldguide.domain.directory import FACETS, OWN, Option
from fieldguide.ui.desk import Look
from fieldguide.ui.text import draw_text, text_width
from fieldguide.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SECTION: Final = "section"
SHOWN: Final = 8
"""Values of a facet that stand there before one asks for all."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One line; ``count`` is -1 where there is nothing to count."""

    mark: Literal["heading", "radio", "check", "more"]
    facet: str
    value: str
    text: str
    count: int = -1
    chosen: bool = False


class FacetModel(QAbstractListModel):
    """Headings and values; a facet with many values shows the first few and those chosen."""

    LineRole = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[FacetLine, ...] = ()
        self._options: tuple[Option, ...] = ()
        self._whole: set[str] = set()

    def show(self, options: Sequence[Option]) -> None:
        """Replace all lines."""
        self._options = tuple(options)
        self._lay()

    def show_all(self, facet: str) -> None:
        """Show every value of a facet."""
        self._whole.add(facet)
        self._lay()

    def row_of(self, facet: str, value: str) -> int:
        """The row of a value, -1 when it is not there."""
        found = (
            row
            for row, line in enumerate(self.lines)
            if (line.facet, line.value) == (facet, value) and line.mark != "heading"
        )
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Text, tick, spoken line, or the line itself."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        if role == Qt.ItemDataRole.CheckStateRole and line.mark in ("radio", "check"):
            return Qt.CheckState.Checked if line.chosen else Qt.CheckState.Unchecked
        return line if role == self.LineRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over by the keys."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemNeverHasChildren
        if self.lines[index.row()].mark == "heading":
            return plain
        return plain | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _spoken(self, line: FacetLine) -> str:
        if line.mark == "heading" or line.count < 0:
            return line.text
        if line.chosen:
            return self.tr("{name}, {count}, chosen").format(name=line.text, count=line.count)
        return self.tr("{name}, {count}").format(name=line.text, count=line.count)

    def _lay(self) -> None:
        lines: list[FacetLine] = []
        for facet, group in groupby(self._options, key=lambda one: one.facet):
            options = list(group)
            lines.append(FacetLine("heading", facet, "", FACETS[facet]))
            if facet == SECTION:
                none = not any(one.chosen for one in options)
                lines.append(FacetLine("radio", facet, "", self.tr("Everything"), chosen=none))
            mark: Literal["radio", "check"] = "radio" if facet == SECTION else "check"
            kept = options
            if facet != SECTION and facet not in self._whole:
                kept = [one for at, one in enumerate(options) if at < SHOWN or one.chosen]
            lines += [
                FacetLine(mark, facet, one.value, _written(one), one.count, one.chosen)
                for one in kept
            ]
            if len(kept) < len(options):
                more = self.tr("{count} more").format(count=len(options) - len(kept))
                lines.append(FacetLine("more", facet, "", more))
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()


def _written(one: Option) -> str:
    """With a capital letter, but the user's own words as they are."""
    text = one.heading
    return text if one.facet in OWN else text[:1].upper() + text[1:]


class FacetDelegate(QStyledItemDelegate):
    """Paints mark, name and count; a value that would show nothing is pale."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Lines are as high as a small control, headings higher."""
        line: FacetLine = index.data(FacetModel.LineRole)
        return QSize(0, self._look.theme.px(34 if line.mark == "heading" else 26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line: FacetLine = index.data(FacetModel.LineRole)
        theme, rect = self._look.theme, QRectF(option.rect)
        left = rect.left() + theme.px(24) - theme.focus_width
        right = rect.right() - theme.px(12)
        painter.save()
        if line.mark == "heading":
            spot = QRectF(left, rect.top() + theme.px(8), right - left, rect.height() - theme.px(8))
            draw_text(painter, spot, line.text, theme, "caption", "t2", weight=600)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_HasFocus:
            theme.mark_selected(painter, rect, focused=True)
        if line.mark == "more":
            spot = QRectF(left + theme.px(24), rect.top(), right - left, rect.height())
            draw_text(painter, spot, line.text, theme, "body", "accent")
            painter.restore()
            return
        side = theme.px(16)
        box = QRectF(left, rect.center().y() - side / 2, side, side)
        _draw_mark(painter, box, line, theme, self._look)
        count = str(line.count) if line.count >= 0 else ""
        room = text_width(count, theme, "caption", tabular=True) + theme.px(8)
        tone = "t1" if line.count else "t3"
        name = QRectF(left + theme.px(24), rect.top(), right - room - left - theme.px(24), 0)
        name.setHeight(rect.height())
        draw_text(
            painter, name, line.text, theme, "body", tone, weight=600 if line.chosen else None
        )
        spot = QRectF(right - room, rect.top(), room, rect.height())
        draw_text(
            painter, spot, count, theme, "caption", "t3",
            tabular=True, align=Qt.AlignmentFlag.AlignRight,
        )  # fmt: skip
        painter.restore()


def _draw_mark(painter: QPainter, box: QRectF, line: FacetLine, theme: Theme, look: Look) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = theme.hairline / 2
    inner = box.adjusted(half, half, -half, -half)
    color = theme.color("accent" if line.chosen else "line2")
    painter.setPen(QPen(color, theme.hairline))
    painter.setBrush(theme.color("accent" if line.chosen else "surface"))
    if line.mark == "radio":
        painter.drawEllipse(inner)
        if line.chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("on-accent"))
            painter.drawEllipse(box.center(), box.width() * 0.19, box.width() * 0.19)
        return
    painter.drawRoundedRect(inner, theme.px(4), theme.px(4))
    if line.chosen:
        tick = look.icons.pixmap("check", 12, "on-accent")
        gap = theme.px(2)
        painter.drawPixmap(box.topLeft() + type(box.topLeft())(gap, gap), tick)


class FacetList(QListView):
    """Arrows move, Space or Enter chooses; one stop for Tab."""

    chosen = Signal(str, str)
    """A facet and a value of it; an empty value of a section is everything."""
    acted = Signal(str, str, str)
    """One of rename, remove, compare, map, then a facet of the user's own and a value of it."""

    _KEYS: Final = {Qt.Key.Key_F2: "rename", Qt.Key.Key_Delete: "remove"}

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.facets = FacetModel()
        self._delegate = FacetDelegate(look)
        self.setModel(self.facets)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Kinds and filters"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._choose)

    def show_options(self, options: Sequence[Option]) -> None:
        """Replace the lines; the current one and the scroll stay."""
        current = self.currentIndex()
        line = self.facets.lines[current.row()] if current.isValid() else None
        top = self.verticalScrollBar().value()
        self.facets.show(options)
        self._restore(line, top)

    def set_theme(self, theme: Theme) -> None:
        """Measure the lines again."""
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose."""
        index = self.currentIndex()
        if index.isValid() and event.key() in (
            Qt.Key.Key_Space,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self._choose(index)
        elif act := self._KEYS.get(Qt.Key(event.key())):
            self._act(act, index)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done to one of the user's own."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        line = self.facets.lines[index.row()] if index.isValid() else None
        if line is None or line.mark != "check" or line.facet not in OWN:
            return
        menu = QMenu(self)
        acts = [
            ("rename", self.tr("Rename…\tF2")),
            ("remove", self.tr("Remove from all records\tDel")),
        ]
        if line.facet == "shortlists":
            acts.insert(0, ("compare", self.tr("Compare side by side")))
            acts.insert(1, ("map", self.tr("Show on the map")))
        for act, words in acts:
            menu.addAction(words).triggered.connect(lambda _, act=act: self._act(act, index))
        menu.aboutToHide.connect(menu.deleteLater)
        spot = self.visualRect(index).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(spot) if by_key else event.globalPos())

    def _act(self, act: str, index: QModelIndex) -> None:
        line = self.facets.lines[index.row()] if index.isValid() else None
        if line is not None and line.mark == "check" and line.facet in OWN:
            self.acted.emit(act, line.facet, line.value)

    def _choose(self, index: QModelIndex) -> None:
        line = self.facets.lines[index.row()]
        if line.mark == "more":
            top = self.verticalScrollBar().value()
            self.facets.show_all(line.facet)
            place = self.facets.index(min(index.row(), len(self.facets.lines) - 1))
            self.setCurrentIndex(place)
            self.verticalScrollBar().setValue(top)
        elif line.mark != "heading":
            self.chosen.emit(line.facet, line.value)

    def _restore(self, line: FacetLine | None, top: int) -> None:
        row = self.facets.row_of(line.facet, line.value) if line is not None else -1
        if row < 0:
            row = next((at for at, one in enumerate(self.facets.lines) if one.chosen), -1)
        if row >= 0:
            self.selectionModel().setCurrentIndex(
                self.facets.index(row), self.selectionModel().SelectionFlag.ClearAndSelect
            )
        self.verticalScrollBar().setValue(top)
