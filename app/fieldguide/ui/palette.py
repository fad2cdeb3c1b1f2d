"""The search palette over the window."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from fieldguide.domain.notes import Note
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.ui.answers import EVERYTHING, Answer, Answers
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.hits import Row, Way
from fieldguide.ui.missed import Missed
from fieldguide.ui.palette_frame import PaletteFrame
from fieldguide.ui.search_line import Key
from fieldguide.ui.theme import Theme

WIDTH: Final = 806
TOP: Final = 56
_MARGIN: Final = 24
_RING: Final = 6


class Palette(QWidget):
    """Search everything as you type; the keys stay in the line, the list follows them."""

    opened = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(self.tr("Search"))
        self._answers = Answers(desk, self)
        self._answers.arrived.connect(self._show)
        self._answer = Answer("", ())
        self._about: Ref | None = None
        self._missed = Missed(desk, self)
        self._missed.kept.connect(self._kept)
        self._missed.let_go.connect(self._let_go)
        self._missed.failed.connect(self._not_written)
        self._scope = EVERYTHING
        self._waiting = False
        self._before: QWidget | None = None
        self._frame = PaletteFrame(desk.look, self._deeds(), self)
        self._line, self._list = self._frame.line, self._frame.list
        self._line.left.connect(self._left)
        self._line.textChanged.connect(self._ask)
        self._list.clicked.connect(self._open_index)
        self._frame.scopes.chosen.connect(self._choose)
        parent.installEventFilter(self)
        self.hide()

    def start(self, about: Ref | None = None) -> None:
        """Show the palette with an empty line, over the record that is open, if any."""
        self._about = about
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._scope, self._waiting = EVERYTHING, False
        self._show(Answer("", ()))
        self._line.clear()
        self._ask()
        self._place()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def goal(self) -> Ref | None:
        """The record of the row that is marked."""
        row = self._current()
        return row.place.ref if row is not None and row.place is not None else None

    def dismiss(self) -> None:
        """Go away and give the keys back to where they were."""
        if self.isHidden():
            return
        self._answers.forget()
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Dress again after a change of theme or text size."""
        self._frame.set_theme(theme)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of what lies below."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the palette closes it."""
        if not self._frame.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window, and draw the ring around the palette."""
        theme = self.desk.look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = theme.scheme == "dark"
        scrim = QColor("black" if dark else theme.color("t1"))
        scrim.setAlphaF(0.5 if dark else 0.32)
        painter.fillRect(self.rect(), scrim)
        ring = QColor("black" if dark else theme.color("t1"))
        ring.setAlphaF(0.35 if dark else 0.10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ring)
        wide, round_ = theme.px(_RING), theme.px(10 + _RING)
        around = QRectF(self._frame.geometry()).adjusted(-wide, -wide, wide, wide)
        painter.drawRoundedRect(around, round_, round_)
        painter.end()

    def _left(self) -> None:
        self._before = None
        self.dismiss()

    def _deeds(self) -> dict[Key, Callable[[], object]]:
        none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        control = Qt.KeyboardModifier.ControlModifier
        return {
            (Qt.Key.Key_Down, none): lambda: self._move(1),
            (Qt.Key.Key_Up, none): lambda: self._move(-1),
            (Qt.Key.Key_PageDown, none): lambda: self._move(8),
            (Qt.Key.Key_PageUp, none): lambda: self._move(-8),
            (Qt.Key.Key_Return, none): self._enter,
            (Qt.Key.Key_Enter, none): self._enter,
            (Qt.Key.Key_Escape, none): self.dismiss,
            (Qt.Key.Key_Tab, none): lambda: self._choose(
                self._frame.scopes.step(self._answer.scope, 1)
            ),
            (Qt.Key.Key_Backtab, shift): lambda: self._choose(
                self._frame.scopes.step(self._answer.scope, -1)
            ),
            (Qt.Key.Key_C, control | shift): self._copy_hanzi,
            (Qt.Key.Key_N, control): self._note_on_row,
            (Qt.Key.Key_Z, control): self._undo,
        }

    def _place(self) -> None:
        """Fit the frame to the window, and the list to its rows."""
        parent, theme = self.parentWidget(), self.desk.look.theme
        if parent is None:
            return
        self.setGeometry(parent.rect())
        width = min(theme.px(WIDTH), parent.width() - 2 * _MARGIN)
        top = min(theme.px(TOP), max(_MARGIN, parent.height() // 14))
        height = self._frame.fit(width, parent.height() - top - _MARGIN)
        around = QRect((parent.width() - width) // 2, top, width, height)
        if around != self._frame.geometry():
            self._frame.setGeometry(around)
            self.update()

    def _ask(self) -> None:
        self._answers.ask(self._line.text(), self._scope)

    def _choose(self, scope: str) -> None:
        self._scope = scope
        self._ask()

    def _show(self, answer: Answer) -> None:
        """Replace what is shown; the row that was chosen stays so when only notes came in."""
        again = answer.query == self._answer.query and answer.scope == self._answer.scope
        chosen = self._current() if again else None
        self._answer = answer
        self._frame.show_answer(answer)
        place = answer.rows.index(chosen) if chosen in answer.rows else 0
        if answer.rows and (chosen in answer.rows or answer.rows[place].place is not None):
            self._select(place)
        self._place()
        if self._waiting and answer.query == self._line.text():
            self._enter()

    def _current(self) -> Row | None:
        index = self._list.currentIndex()
        return self._answer.rows[index.row()] if index.isValid() else None

    def _select(self, place: int) -> None:
        self._list.setCurrentIndex(self._frame.hits.index(place))
        if QAccessible.isActive():
            spoken = self._answer.rows[place].spoken
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._list, spoken))

    def _move(self, way: int) -> None:
        rows = len(self._answer.rows)
        if rows:
            index = self._list.currentIndex()
            place = index.row() + way if index.isValid() else (0 if way > 0 else rows - 1)
            self._select(min(max(place, 0), rows - 1))

    def _enter(self) -> None:
        """Open the chosen row; when its answer is still on the way, as soon as it is there."""
        self._waiting = self._answer.query != self._line.text()
        row = self._current()
        if row is not None and not self._waiting:
            self._open(row)

    def _open_index(self, index: QModelIndex) -> None:
        self._open(self._answer.rows[index.row()])

    def _open(self, row: Row) -> None:
        if row.place is None:
            self._do(row)
            return
        self._answers.remember(row)
        self.dismiss()
        self.opened.emit(row.place)

    def _do(self, row: Row) -> None:
        match row.way:
            case Way.ASK:
                self._missed.keep(row.text, self._about)
            case Way.TAKE_BACK:
                self._missed.let_go_of(row.text)
            case Way.NOTE:
                self._write_down(row.text)

    def _kept(self, row: Row) -> None:
        """Say in the place of the answer what was done, and how to take it back."""
        self.said.emit(row.title)
        if self.isHidden() or row.answer not in [one.text for one in self._answer.rows]:
            # Something else is looked for by now.
            return
        self._answers.forget()
        self._show(replace(self._answer, rows=(row,), scopes=(), state="", missed=False))

    def _undo(self) -> None:
        """Take back the question that was just kept, else what was typed."""
        back = [row for row in self._answer.rows if row.way is Way.TAKE_BACK]
        if back:
            self._do(back[0])
        else:
            self._line.undo()

    def _let_go(self) -> None:
        self._ask()
        self.said.emit(self.tr("The question was taken back."))

    def _copy_hanzi(self) -> None:
        row = self._current()
        if row is None or not row.title_zh:
            self.said.emit(self.tr("There are no hanzi here to copy."))
            return
        QGuiApplication.clipboard().setText(row.title_zh)
        self.said.emit(self.tr("Copied {text}").format(text=row.title_zh))

    def _note_on_row(self) -> None:
        row = self._current()
        ref = row.place.ref if row is not None and row.place is not None else None
        self.dismiss()
        self.opened.emit(Place("note", ref, "new"))

    def _write_down(self, text: str) -> None:
        def write(notebook: Notebook) -> Note:
            note = notebook.start(None, "")
            return notebook.save(note.id, text, note.revision.id)

        self.desk.notes.do(write, self._written, self._not_written)

    def _written(self, note: Note) -> None:
        self.dismiss()
        self.opened.emit(Place("note", None, note.id))

    def _not_written(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
