"""Rows of the search palette: what a row holds, the model of them, and how one is painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldguide.domain.marks import marked
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.text import draw_text, text_width
from fieldguide.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NARROW: Final = 520
"""Below this many pixels at 100 % the reason goes under the answer."""

TYPE_ICONS: Final = {
    "hospital": "hospital",
    "cluster": "share-2",
    "network": "share-2",
    "consortium": "share-2",
    "institute": "flask-conical",
    "laboratory": "flask-conical",
    "university": "graduation-cap",
    "academy": "graduation-cap",
    "agency": "landmark",
    "government": "landmark",
    "ministry": "landmark",
    "consulate": "landmark",
    "association": "users",
    "chamber": "users",
    "newspaper": "file-text",
    "portal": "globe",
    "hotline": "phone",
    "service": "phone",
    "airport": "train-front",
    "station": "train-front",
}
KIND_ICONS: Final = {
    "organisation": "building-2",
    "person": "user",
    "place": "map-pin",
    "mission": "compass",
    "visit": "calendar-clock",
    "event": "calendar-days",
    "agreement": "badge-check",
    "pathway": "route",
    "step": "list",
    "authority": "landmark",
    "law": "file-text",
    "policy": "file-text",
    "statistic": "hash",
    "claim": "quote",
    "card": "lightbulb",
    "term": "type",
    "source": "book-open",
    "help": "circle-help",
}


def record_icon(kind: str, types: Sequence[str]) -> str:
    """The icon of a record: that of its first type that has one, else that of its kind."""
    return next((TYPE_ICONS[one] for one in types if one in TYPE_ICONS), KIND_ICONS[kind])


class Way(Enum):
    """What a row does that opens no place."""

    NOTE = auto()
    ASK = auto()
    TAKE_BACK = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the palette; ``text`` is what it notes, asks or takes back (a question's id)."""

    title: str
    icon: str
    place: Place | None = None
    title_zh: str = ""
    pinyin: str = ""
    answer: str = ""
    why: str = ""
    surprising: bool = False
    """Whether the reason must be seen: another name, another spelling."""
    text: str = ""
    way: Way = Way.NOTE

    @property
    def spoken(self) -> str:
        """The row as one line, for those who do not see it."""
        parts = (self.title, self.title_zh, self.pinyin, self.answer, self.why)
        return ", ".join(part for part in parts if part)


class HitModel(QAbstractListModel):
    """The rows, best first, and the words they answer."""

    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self.typed: tuple[str, ...] = ()

    def show(self, rows: Sequence[Row], typed: Sequence[str]) -> None:
        """Replace everything at once."""
        self.beginResetModel()
        self.rows, self.typed = tuple(rows), tuple(typed)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The title, the spoken line, or the row itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == self.RowRole else None


class _Plan(NamedTuple):
    """Where the parts of a row stand, from its upper left corner."""

    icon: QRectF
    title: QRectF
    answer: QRectF
    why: QRectF
    height: int


@lru_cache(maxsize=32)
def _plan(theme: Theme, width: int, why: int) -> _Plan:
    px = theme.px
    narrow = width < px(NARROW)
    upper, lower = theme.line("body", hanzi=True), theme.line("caption", hanzi=True)
    edge, left, top = px(16), px(48), px(8)
    right = width - edge
    if narrow:
        reason = QRectF(left, top + upper + lower, right - left, lower)
        height = top * 2 + upper + lower * 2
        text = right - left
    else:
        height = top * 2 + upper + lower
        reason = QRectF(right - why, 0, why, height)
        text = right - left - (why + px(16) if why else 0)
    return _Plan(
        QRectF(edge, top, px(20), height - 2 * top),
        QRectF(left, top, text, upper),
        QRectF(left, top + upper, text, lower),
        reason,
        height,
    )


class HitDelegate(QStyledItemDelegate):
    """Paints icon, names, the answer and the reason, with the matched letters marked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of a row; all rows have the same."""
        width = option.rect.width()
        return QSize(width, self.row_height(width))

    def row_height(self, width: int) -> int:
        """Height of a row in a list of this width."""
        return _plan(self._look.theme, width, 0).height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row = index.data(HitModel.RowRole)
        model = index.model()
        typed = model.typed if isinstance(model, HitModel) else ()
        theme, rect = self._look.theme, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            theme.mark_selected(painter, rect)
            bar = QRectF(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        why = min(text_width(row.why, theme, "caption") + 1, rect.width() * 0.42)
        plan = _plan(theme, int(rect.width()), int(why))
        painter.translate(rect.topLeft())
        picture = self._look.icons.pixmap(row.icon, 20, "t2")
        middle = plan.icon.center().y() - theme.px(10)
        painter.drawPixmap(int(plan.icon.left()), int(middle), picture)
        in_title = self._line(painter, plan.title, row.title, typed, "body", "t1", 600)
        self._names(painter, plan.title, row)
        rest = () if in_title else typed
        self._line(painter, plan.answer, row.answer, rest, "caption", "t2")
        tone = "accent" if row.surprising else "t3"
        self._line(painter, plan.why, row.why, rest, "caption", tone)
        painter.restore()

    def _line(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        typed: Sequence[str],
        role: str,
        tone: str,
        weight: int | None = None,
    ) -> bool:
        """One line with its marks; the answer is whether anything was marked."""
        theme = self._look.theme
        spans = marked(text, typed) if typed else ()
        line = theme.line(role)
        for start, end in spans:
            left = text_width(text[:start], theme, role, weight=weight)
            right = min(text_width(text[:end], theme, role, weight=weight), rect.width())
            if right > left:
                top = rect.top() + (rect.height() - line) / 2
                ground = QRectF(rect.left() + left, top, right - left, line)
                painter.fillRect(ground, theme.color("warning-weak"))
                if theme.contrast:
                    ground.setTop(ground.bottom() - theme.focus_width)
                    painter.fillRect(ground, theme.color("warning"))
        draw_text(painter, rect, text, theme, role, tone, weight=weight)
        return bool(spans)

    def _names(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        """Hanzi and pinyin behind the title, as far as there is room for the whole of each."""
        theme = self._look.theme
        left = rect.left() + text_width(row.title, theme, "body", weight=600) + theme.px(9)
        for text, role, tone in ((row.title_zh, "note", "t1"), (row.pinyin, "body", "t3")):
            width = text_width(text, theme, role)
            if not text or left + width > rect.right():
                continue
            spot = QRectF(left, rect.top(), width + 1, rect.height())
            draw_text(painter, spot, text, theme, role, tone)
            left += width + theme.px(8)
