"""The table of the directory: a card a row, with a tick for what to compare."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fieldguide.domain.entries import Labels
from fieldguide.domain.records import Card
from fieldguide.ui.card_model import CardModel, Index
from fieldguide.ui.desk import Look
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.theme import Theme

NARROW: Final = 640
"""Below this many pixels at 100 % a card has one column and three lines."""


@lru_cache(maxsize=2048)
def two_lines(text: str, theme: Theme, width: float, role: str, weight: int | None = None) -> str:
    """As much of a text as two lines hold, with an ellipsis where it is cut."""
    room = 2 * theme.line(role, hanzi=True)
    if wrapped_height(text, theme, width, role, weight=weight) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        shown = text[:middle].rstrip() + "…"
        if wrapped_height(shown, theme, width, role, weight=weight) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,;·") + "…"


class CardDelegate(QStyledItemDelegate):
    """Paints the cells of a card; in a narrow table the name holds everything."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.narrow = False
        self.hovered = -1
        """The row under the pointer."""

    def row_height(self) -> int:
        """Height of every row in pixels."""
        theme = self._look.theme
        name, small = theme.line("body", hanzi=True), theme.line("caption", hanzi=True)
        return theme.px(16) + name + small * (2 if self.narrow else 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height that all rows have."""
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell and its part of the hairline."""
        theme, rect = self._look.theme, QRectF(option.rect)
        card: Card = index.data(CardModel.CardRole)
        column = index.column()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent-weak"))
            if theme.contrast:
                edge = QRectF(rect.left(), rect.top(), rect.width(), 2 * theme.hairline)
                painter.fillRect(edge, theme.color("accent"))
                edge.moveBottom(rect.bottom())
                painter.fillRect(edge, theme.color("accent"))
            if column == CardModel.PICK:
                bar = QRectF(rect.left(), rect.top(), theme.px(3), rect.height())
                painter.fillRect(bar, theme.color("accent"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("sunken"))
        line = theme.hairline
        ground = QRectF(rect.left(), rect.bottom() - line, rect.width(), line)
        painter.fillRect(ground, theme.color("line"))
        inner = rect.adjusted(theme.px(8), theme.px(8), -theme.px(8), -theme.px(8))
        if column == CardModel.PICK:
            self._tick(painter, rect, held=index.data(Qt.ItemDataRole.CheckStateRole))
        elif column == CardModel.NAME:
            labels = None if self._look.discreet else index.data(CardModel.LabelsRole)
            self._name(painter, inner, card, labels)
        else:
            role = "body" if column == CardModel.CITY else "caption"
            self._text(painter, inner, index.data(), role)
        painter.restore()

    def _tick(self, painter: QPainter, rect: QRectF, *, held: Qt.CheckState) -> None:
        theme = self._look.theme
        side, checked = theme.px(16), held == Qt.CheckState.Checked
        box = QRectF(0, 0, side, side)
        box.moveCenter(rect.center())
        half = theme.hairline / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if checked else "line2"), theme.hairline))
        painter.setBrush(theme.color("accent" if checked else "surface"))
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), theme.px(4), theme.px(4))
        if checked:
            gap = theme.px(2)
            tick = self._look.icons.pixmap("check", 12, "on-accent")
            painter.drawPixmap(box.topLeft() + QPointF(gap, gap), tick)

    def _name(self, painter: QPainter, rect: QRectF, card: Card, labels: Labels | None) -> None:
        theme = self._look.theme
        upper, lower = theme.line("body", hanzi=True), theme.line("caption", hanzi=True)
        first = QRectF(rect.left(), rect.top(), rect.width(), upper)
        if labels is not None and labels.starred:
            size = theme.px(14)
            corner = QPointF(first.right() - size, first.top() + theme.px(3))
            painter.drawPixmap(corner, self._look.icons.pixmap("star", 14, "accent"))
            first.setRight(corner.x() - theme.px(6))
        second = QRectF(rect.left(), first.bottom(), rect.width(), lower)
        long = text_width(card.title, theme, "body", weight=600) > first.width()
        bare = not card.title_zh
        if bare and not self.narrow and (long or labels is None):
            rect.setRight(first.right())
            self._text(painter, rect, card.title, "body", 600)
            return
        if long and bare:
            title = two_lines(card.title, theme, first.width(), "body", 600)
            draw_wrapped(painter, rect, title, theme, "body", "t1", weight=600)
        else:
            draw_text(painter, first, card.title, theme, "body", "t1", weight=600)
        free = second
        if not bare:
            left = draw_text(painter, second, card.title_zh, theme, "body", "t1")
            free = second.adjusted(left + theme.px(8), 0, 0, 0)
            pinyin = text_width(card.pinyin, theme, "caption")
            if labels is None or pinyin + self._first_label(labels) <= free.width():
                used = draw_text(painter, free, card.pinyin, theme, "caption", "t3")
                free = free.adjusted(used + theme.px(8) if card.pinyin else 0, 0, 0, 0)
        if labels is not None and not (bare and self.narrow):
            self._labels(painter, free, labels)
        if self.narrow:
            third = second.translated(0, lower)
            if not bare or long:
                draw_text(painter, third, card.answer, theme, "caption", "t2")
            else:
                self._text(painter, second.united(third), card.answer, "caption")

    def _first_label(self, labels: Labels) -> float:
        """What the first of them takes beside a text; nothing where there is only a star."""
        names = (*labels.tags, *labels.shortlists)
        theme = self._look.theme
        return text_width(names[0], theme, "caption") + theme.px(20) if names else 0

    def _labels(self, painter: QPainter, room: QRectF, labels: Labels) -> None:
        """As many tags and shortlists as fit whole."""
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name in (*labels.tags, *labels.shortlists):
            wide = text_width(name, theme, "caption") + theme.px(12)
            if wide > room.width():
                return
            box = QRectF(room.left(), room.top(), wide, room.height())
            half, radius = theme.hairline / 2, room.height() / 2
            painter.setPen(QPen(theme.color("line2"), theme.hairline))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
            inner = box.adjusted(theme.px(6), 0, 0, 0)
            draw_text(painter, inner, name, theme, "caption", "t2")
            room = room.adjusted(wide + theme.px(6), 0, 0, 0)

    def _text(
        self, painter: QPainter, rect: QRectF, text: str, role: str, weight: int | None = None
    ) -> None:
        """One or two lines in the middle of the row."""
        theme = self._look.theme
        color = "t1" if weight else "t2"
        if text_width(text, theme, role, weight=weight) <= rect.width():
            draw_text(painter, rect, text, theme, role, color, weight=weight)
            return
        shown = two_lines(text, theme, rect.width(), role, weight)
        height = wrapped_height(shown, theme, rect.width(), role, weight=weight)
        spot = rect.adjusted(0, (rect.height() - height) / 2, 0, 0)
        draw_wrapped(painter, spot, shown, theme, role, color, weight=weight)


class CardTable(QTableView):
    """Enter or a click opens a record, Space or a click on its tick picks it."""

    opened = Signal(object)
    """The Ref of a record."""
    toggled = Signal(object)
    """The Card to pick, or to let go."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.preferred.connect(lambda _: self.viewport().update())
        self.model_of_cards = CardModel()
        self._delegate = CardDelegate(look)
        self.setModel(self.model_of_cards)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Records; Enter opens, Space picks to compare"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(8)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))
        self.clicked.connect(self._clicked)

    def select(self, row: int) -> None:
        """Put the keys on a row."""
        self.setCurrentIndex(self.model_of_cards.index(row, CardModel.NAME))

    def current_card(self) -> Card | None:
        """The card the keys are on."""
        index = self.currentIndex()
        return self.model_of_cards.cards[index.row()] if index.isValid() else None

    def set_theme(self, theme: Theme) -> None:
        """Measure again."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths; the current row stays in sight if it was."""
        seen = 0 <= self.visualRect(self.currentIndex()).top() < event.oldSize().height()
        super().resizeEvent(event)
        self._fit()
        if seen and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space picks."""
        card = self.current_card()
        if card is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(card.ref)
        elif card is not None and event.key() == Qt.Key.Key_Space:
            self.toggled.emit(card)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        """Show which row a click would open."""
        self._delegate.hovered = row
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if row < 0 else Qt.CursorShape.PointingHandCursor
        )
        self.viewport().update()

    def _clicked(self, index: QModelIndex) -> None:
        card = self.model_of_cards.cards[index.row()]
        if index.column() == CardModel.PICK:
            self.toggled.emit(card)
        else:
            self.opened.emit(card.ref)

    def _fit(self) -> None:
        theme, room = self._look.theme, self.viewport().width()
        narrow = room < theme.px(NARROW)
        self._delegate.narrow = narrow
        for column in (CardModel.CITY, CardModel.WHAT, CardModel.ANSWER):
            self.setColumnHidden(column, narrow)
        widths = {CardModel.PICK: theme.px(40)}
        rest = room - widths[CardModel.PICK]
        if narrow:
            widths[CardModel.NAME] = rest
        else:
            widths[CardModel.CITY], widths[CardModel.WHAT] = theme.px(76), theme.px(104)
            rest -= widths[CardModel.CITY] + widths[CardModel.WHAT]
            widths[CardModel.NAME] = rest * 52 // 100
            widths[CardModel.ANSWER] = rest - widths[CardModel.NAME]
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.horizontalHeader().setVisible(not narrow)
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
