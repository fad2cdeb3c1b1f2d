"""Records that answer what is typed behind ``[[``: chosen with the keys, never leaving the text."""

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout

from fieldguide.domain.finding import Found, Hit
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.hits import HitDelegate, HitModel, Row, record_icon
from fieldguide.ui.tasks import Worker

if TYPE_CHECKING:
    from fieldguide.services.guide import Guide

ROWS: Final = 6
WIDTH: Final = 544
_BEGUN: Final = re.compile(r"\[\[([^\[\]|]{1,60})$")
_TAKING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS,
    Qt.Key.Key_PageUp: -ROWS,
}


class LinkCompletion(QObject):
    """A list at the cursor while a link is begun; Enter or Tab takes a row, Esc closes it."""

    def __init__(self, guide: "Worker[Guide]", look: Look, editor: Editor) -> None:
        super().__init__(editor)
        self._guide, self._look, self._editor = guide, look, editor
        self._model = HitModel()
        self._delegate = HitDelegate(look)
        self._query = ""
        self._refused = -1
        self._frame = QFrame(editor)
        self._frame.setProperty("kind", "palette")
        self.list = QListView()
        self.list.setProperty("kind", "palette")
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Records to link to"))
        column = QVBoxLayout(self._frame)
        column.addWidget(self.list)
        self._frame.hide()
        self.list.clicked.connect(self._take)
        editor.cursorPositionChanged.connect(self._look_again)
        editor.textChanged.connect(self._look_again)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list while it shows; it goes when the editor loses the keys."""
        if self._frame.isHidden():
            return False
        if event.type() == QEvent.Type.FocusOut:
            self._close()
        elif isinstance(event, QKeyEvent) and self._is_own(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self._press(event)
            return True
        return False

    def _is_own(self, event: QKeyEvent) -> bool:
        keys = (*_STEPS, *_TAKING, Qt.Key.Key_Escape)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return event.key() in keys and plain == Qt.KeyboardModifier.NoModifier

    def _press(self, event: QKeyEvent) -> None:
        index = self.list.currentIndex()
        key = Qt.Key(event.key())
        if key in _STEPS:
            row = min(max(index.row() + _STEPS[key], 0), len(self._model.rows) - 1)
            self._select(row)
        elif key in _TAKING:
            self._take(index)
        else:
            self._refused = self._begun()[1]
            self._close()

    def _begun(self) -> tuple[str, int]:
        """What stands behind the ``[[`` before the cursor, and where that is; -1 for none."""
        cursor = self._editor.textCursor()
        before = self._editor.before_cursor()
        found = None if cursor.hasSelection() else _BEGUN.search(before)
        if found is None or self._editor.isReadOnly() or not found[1].strip():
            return "", -1
        return found[1], cursor.block().position() + found.start()

    def _look_again(self) -> None:
        query, place = self._begun()
        if place < 0 or place == self._refused or not self._editor.hasFocus():
            if place < 0:
                self._refused = -1
            self._close()
        elif query != self._query:
            self._query = query
            self._guide.ask(
                "link",
                lambda guide: guide.search(query, limit=ROWS),
                lambda found: self._show(query, found),
                lambda _: self._close(),
            )

    def _show(self, query: str, found: Found) -> None:
        if query != self._query:
            return
        if not found.hits:
            self._frame.hide()
            return
        self._model.show([_row(hit) for hit in found.hits], ())
        self._place()
        self._frame.show()
        self._frame.raise_()
        self._select(0)

    def _select(self, row: int) -> None:
        index = self._model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        if QAccessible.isActive():
            spoken = self._model.rows[row].spoken
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._editor, spoken))

    def _take(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        self._close()
        if row.place is not None and row.place.ref is not None:
            self._editor.insert_link(row.place.ref, row.title)

    def _close(self) -> None:
        self._query = ""
        self._guide.drop("link")
        self._frame.hide()

    def _place(self) -> None:
        """Under the line of the cursor, or over it where there is more room."""
        editor, theme = self._editor, self._look.theme
        spot = editor.cursorRect().translated(editor.viewport().pos())
        edge = theme.hairline
        column = self._frame.layout()
        if column is not None:
            column.setContentsMargins(edge, edge, edge, edge)
        # The frame's own line comes on top of the margin.
        frame = 4 * edge
        width = min(theme.px(WIDTH), editor.width() - theme.px(16))
        row = self._delegate.row_height(width - frame)
        wanted = min(ROWS, len(self._model.rows))
        gap = theme.px(2)
        under = editor.height() - spot.bottom() - 2 * gap - frame
        over = spot.top() - 2 * gap - frame
        down = under >= wanted * row or under >= over
        fitting = max(1, (under if down else over) // row)
        height = min(wanted, fitting) * row + frame
        left = max(theme.px(8), min(spot.left(), editor.width() - width - theme.px(8)))
        top = spot.bottom() + gap if down else spot.top() - height - gap
        self._frame.setGeometry(left, top, width, height)


def _row(hit: Hit) -> Row:
    return Row(
        hit.title,
        record_icon(hit.ref.kind, hit.types),
        Place("record", hit.ref),
        hit.title_zh,
        hit.pinyin,
        hit.snippet,
        # That it is called so need not be said of each.
        hit.why if hit.why != "name" else "",
    )
