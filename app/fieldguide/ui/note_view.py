"""How an open note looks: its heading, its readers, its text, and what stands beside it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fieldguide.domain.notes import CONFIDENCES, LineKind
from fieldguide.domain.records import Record
from fieldguide.services.visiting import Scene
from fieldguide.ui.attachment_bar import AttachmentBar
from fieldguide.ui.closing import CloseButton, ClosingForm
from fieldguide.ui.desk import Look
from fieldguide.ui.discreet import DiscreetBar, DiscreetPane
from fieldguide.ui.editor import Editor
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.format_bar import FormatBar
from fieldguide.ui.note_bars import (
    KINDS,
    ConfidenceBar,
    KindBar,
    NoteTroubles,
    VisibilityChoice,
)
from fieldguide.ui.note_foot import NoteFoot
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.parts import Header, ToolButton, key_text, rule
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.toast import Toast
from fieldguide.ui.visit_side import VisitSide

QUESTION_KEY: Final = f"Alt+{KINDS.index(LineKind.QUESTION) + 1}"
WIDE: Final = 900
SIDE: Final = 336


class NoteView(QWidget):
    """Shows an OpenNote and hears what is typed; it decides nothing."""

    typed = Signal()

    def __init__(self, look: Look, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._look = look
        self._showing = self._filed = False
        self.visibility = VisibilityChoice(look)
        self.side = VisitSide(look)
        self.toast = Toast(look)
        self.closing = ClosingForm(look)
        self._close = CloseButton(look)
        self._closing_wanted = False
        self.editor = Editor(look, self.tr("Text of the note"))
        self.attachments = AttachmentBar(look)
        self._header = Header(look)
        self._pane = DiscreetPane(look, self.editor)
        self._discreet = DiscreetBar(look, clock)
        self._turn = QPushButton(self.tr("About it"))
        self._history = ToolButton(
            look, "history", self.tr("History ({key})").format(key=key_text("Ctrl+H")),
            lambda: self.troubles.recalled.emit(),
        )  # fmt: skip
        self._bars = FlowLayout()
        self._kinds = KindBar(look)
        self._confidence = ConfidenceBar(look)
        self._form = FormatBar(look, self.editor)
        self._foot = NoteFoot(look, QUESTION_KEY)
        self.troubles = NoteTroubles(look)
        self._build()
        self._bind()
        self.set_theme(look.theme)

    def show_text(self, note: OpenNote, *, ready: bool = True) -> None:
        """Put another note's text into the editor; nothing can be typed until it is ``ready``."""
        self._showing = True
        self.editor.show_text(note.draft.text)
        self.set_ready(ready)
        self._showing = False
        self._filed = note.about is not None
        self._turn.setChecked(False)
        self._close.show_state(None)
        self._closing_wanted = False
        self._foot.start()
        self._mark_kind()
        self._arrange()

    def show_scene(self, scene: Scene) -> None:
        """Tell whether there is a visit to close."""
        self._close.show_state(scene)
        self._arrange()
        if self._closing_wanted and self._close.isEnabled():
            self._closing_wanted = False
            self._close.setChecked(True)

    def close_visit(self) -> None:
        """Show what the visit came to, as soon as it is known which."""
        self._closing_wanted = True

    def set_filed(self, filed: bool) -> None:
        """Whether there is anything to stand beside the text."""
        self._filed = filed
        self._arrange()

    @property
    def field(self) -> QWidget:
        """Where one types: the text, or the one line of the discreet view."""
        return self._pane.line if self._look.preferences.discreet else self.editor

    def set_ready(self, ready: bool) -> None:
        """Whether the note that shows may be changed."""
        self.editor.setReadOnly(not ready)
        self._pane.show_line()
        self.attachments.set_ready(ready)

    def show_heading(self, title: str, record: Record | None, note: str = "") -> None:
        """Name what the note is on; ``note`` stands where the pinyin would."""
        hanzi = record.title_zh if record else ""
        self._header.title.setText(" ".join(part for part in (title, hanzi) if part))
        self._header.note.setText(note or (record.pinyin if record else ""))

    def show_standing(self, note: OpenNote) -> None:
        """Tell the truth about what is saved."""
        self.visibility.show_choice(note.visibility)
        self._history.setEnabled(note.note is not None)
        self.troubles.tell(note.problem, note.versions)
        self._foot.show_standing(note)

    def standing(self, note: OpenNote) -> str:
        """How a note stands, in very few words."""
        return self.tr("Not saved") if note.problem else self._foot.standing(note)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self._bars.setContentsMargins(theme.px(16), theme.px(4), theme.px(8), theme.px(4))
        self._bars.setSpacing(theme.px(6))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the wide or the narrow form."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._turn.setCheckable(True)
        self._turn.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._header.add(self._turn)
        self._header.add(self._history)
        self._header.add(self.visibility)
        self._header.add(self._discreet)
        self._header.add(self._close)
        self.editor.setPlaceholderText(
            self.tr("Type. It is saved as you go; Alt+1 to Alt+5 say what a line is.")
        )
        self._text = QWidget()
        left = _column(self._text)
        bars = QWidget()
        bars.setLayout(self._bars)
        for bar in (self._kinds, self._confidence, self._form):
            self._bars.addWidget(bar)
        for part in (bars, rule(), self.editor, rule(), self.attachments):
            left.addWidget(part)
        self._edge = QWidget()
        self._edge.setProperty("surface", "window")
        self._edge.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._text, 1)
        middle.addWidget(self._pane, 1)
        middle.addWidget(self.closing, 1)
        middle.addWidget(self._edge)
        middle.addWidget(self.side)
        column = _column(self)
        column.addWidget(self._header)
        column.addWidget(self.troubles)
        column.addLayout(middle, 1)
        column.addWidget(self.toast)
        column.addWidget(rule())
        column.addWidget(self._foot)

    def _bind(self) -> None:
        self._turn.toggled.connect(self._arrange)
        self._close.toggled.connect(self._show_closing)
        self._look.veiled.connect(self.turn_discreet)
        self.closing.folded.connect(lambda: self._close.setChecked(False))
        self._kinds.chosen.connect(self._set_kind)
        self._confidence.chosen.connect(self._set_confidence)
        self._foot.agreed.connect(lambda: self._set_kind(LineKind.QUESTION))
        self._foot.declined.connect(self.editor.setFocus)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.offered.connect(self.attachments.offered)
        self.editor.cursorPositionChanged.connect(self._mark_kind)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number, kind in enumerate(KINDS, 1):
            key = QKeySequence(f"Alt+{number}")
            QShortcut(key, self, partial(self._set_kind, kind), context=context)
        for number, word in enumerate(CONFIDENCES, len(KINDS) + 1):
            key = QKeySequence(f"Alt+{number}")
            QShortcut(key, self, partial(self._set_confidence, word), context=context)
        for act in self._form.acts[:-2]:
            deed = partial(self._form.do, act)
            QShortcut(
                QKeySequence(act.key), self.editor, deed, context=Qt.ShortcutContext.WidgetShortcut
            )
        # Only while there is something to decline: else the key would be lost to others.
        self._decline = QShortcut(QKeySequence("Esc"), self.editor, self._foot.decline)
        self._decline.setContext(Qt.ShortcutContext.WidgetShortcut)
        attach = self.attachments.asked.emit
        QShortcut(QKeySequence("Ctrl+Shift+A"), self, attach, context=context)
        QShortcut(QKeySequence("Ctrl+H"), self, self.troubles.recalled.emit, context=context)
        QShortcut(QKeySequence("Ctrl+S"), self, self.troubles.retried.emit, context=context)

    def turn_discreet(self) -> None:
        """Show no more than the line being typed, or all again."""
        self._close.setChecked(False)
        self._pane.show_line()
        self._arrange()
        if self.isVisible():
            self.field.setFocus()

    def _arrange(self) -> None:
        theme = self._look.theme
        wide = self.width() >= theme.px(WIDE)
        discreet = self._look.preferences.discreet
        shown = self._filed and not discreet and (wide or self._turn.isChecked())
        self._turn.setVisible(self._filed and not wide and not discreet)
        self._header.note.setVisible(wide)
        self.side.setVisible(shown)
        self._edge.setVisible(shown and wide)
        self._edge.setFixedWidth(theme.hairline)
        closing = self._close.isChecked()
        self._text.setVisible((wide or not shown) and not closing and not discreet)
        self.closing.setVisible((wide or not shown) and closing)
        self._pane.setVisible(discreet)
        self._discreet.show_state(self._look.preferences)
        self._close.set_hidden(discreet)
        for part in (self.visibility, self._history):
            part.setVisible(not discreet)
        self.side.setMinimumWidth(theme.px(SIDE) if wide else 0)
        self.side.setMaximumWidth(theme.px(SIDE) if wide else WIDEST)
        self.visibility.set_short(not wide)
        self._close.set_short(not wide)
        room = self.width() - theme.px(24) - (theme.px(SIDE) if shown and wide else 0)
        self._kinds.set_letters_shown(self._kinds.full_width() <= room)
        self._foot.set_advising(wide and not discreet)

    def _show_closing(self, shown: bool) -> None:
        if shown:
            self._turn.setChecked(False)
        self._arrange()
        if shown:
            self.closing.start()
        else:
            self.editor.setFocus()

    def _text_changed(self) -> None:
        if not self._showing:
            self.typed.emit()
            self._mark_kind()

    def _set_kind(self, kind: LineKind) -> None:
        if not self.editor.isReadOnly():
            self.editor.set_kind(kind)
        self._mark_kind()
        self.editor.setFocus()

    def _set_confidence(self, word: str) -> None:
        if not self.editor.isReadOnly():
            self.editor.set_confidence(word)
        self._mark_kind()
        self.editor.setFocus()

    def _mark_kind(self) -> None:
        line = self.editor.line()
        self._kinds.mark(line.kind)
        self._confidence.mark(line.confidence)
        self._confidence.setEnabled(line.kind is not LineKind.PLAIN)
        self._foot.look_at(line)
        self._decline.setEnabled(self._foot.offering)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
