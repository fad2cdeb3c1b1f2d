"""How an open note looks: its heading, its readers, its text, and what stands beside it."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fieldguide.domain.notes import LineKind
from fieldguide.domain.records import Record
from fieldguide.ui.attachment_bar import AttachmentBar
from fieldguide.ui.desk import Look
from fieldguide.ui.editor import Editor
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.format_bar import FormatBar
from fieldguide.ui.note_bars import KINDS, KindBar, TroubleBar, VisibilityChoice
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.parts import Header, ToolButton, key_text, label, rule
from fieldguide.ui.rows import RowList
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

WIDE: Final = 900
SIDE: Final = 336


class NoteView(QWidget):
    """Shows an OpenNote and hears what is typed; it decides nothing."""

    typed = Signal()
    rescued = Signal()
    """The text is to be saved somewhere else."""
    retried = Signal()
    settled = Signal()
    """This version is to take the place of all."""
    recalled = Signal()
    """The history of the note is wanted."""
    turned = Signal()
    """The other version is wanted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._showing = self._filed = False
        self.visibility = VisibilityChoice(look)
        self.side = RowList(look, self.tr("What is known, and other notes"))
        self.editor = Editor(look, self.tr("Text of the note"))
        self.attachments = AttachmentBar(look)
        self._header = Header(look)
        self._turn = QPushButton(self.tr("About it"))
        self._history = ToolButton(
            look, "history", self.tr("History ({key})").format(key=key_text("Ctrl+H")),
            self.recalled.emit,
        )  # fmt: skip
        self._kinds = KindBar(look)
        self._form = FormatBar(look, self.editor)
        self._danger = TroubleBar(
            look,
            "danger",
            "circle-alert",
            (
                (self.tr("Save elsewhere…"), self.rescued.emit),
                (self.tr("Try now"), self.retried.emit),
            ),
        )
        self._conflict = TroubleBar(
            look,
            "warning",
            "git-merge",
            (
                (self.tr("Show the other"), self.turned.emit),
                (self.tr("Keep this one"), self.settled.emit),
                (self.tr("Side by side"), self.recalled.emit),
            ),
        )
        self._build()
        self._bind()
        self.set_theme(look.theme)

    def show_text(self, note: OpenNote, *, ready: bool = True) -> None:
        """Put another note's text into the editor; nothing can be typed until it is ``ready``."""
        self._showing = True
        self.editor.show_text(note.draft.text)
        self.editor.setReadOnly(not ready)
        self.attachments.set_ready(ready)
        self._showing = False
        self._filed = note.about is not None
        self._turn.setChecked(False)
        self._mark_kind()
        self._arrange()

    def show_heading(self, title: str, record: Record | None, note: str = "") -> None:
        """Name what the note is on; ``note`` stands where the pinyin would."""
        hanzi = record.title_zh if record else ""
        self._header.title.setText(" ".join(part for part in (title, hanzi) if part))
        self._header.note.setText(note or (record.pinyin if record else ""))

    def show_standing(self, note: OpenNote) -> None:
        """Tell the truth about what is saved."""
        self.visibility.show_choice(note.visibility)
        failing = bool(note.problem)
        self._danger.tell(
            self.tr("Not saved: {why}").format(why=note.problem) if failing else "",
            self.tr("Kept in memory. Go on typing; saving is tried again every few seconds."),
        )
        two = self.tr("This note was written in two places at once. Both texts are kept.")
        self._history.setEnabled(note.note is not None)
        self._conflict.tell(two if note.versions > 1 else "")
        self._state.setText(self.standing(note))
        self._state.set_color("danger" if failing else "ok" if note.note else "t3")

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self._foot.setContentsMargins(theme.px(24), theme.px(9), theme.px(24), theme.px(9))
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
        self.editor.setPlaceholderText(
            self.tr("Type. It is saved as you go; Alt+1 to Alt+5 say what a line is.")
        )
        self._text = QWidget()
        left = _column(self._text)
        bars = QWidget()
        flow = FlowLayout()
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(0)
        bars.setLayout(flow)
        flow.addWidget(self._kinds)
        flow.addWidget(self._form)
        for part in (bars, rule(), self.editor, rule(), self.attachments):
            left.addWidget(part)
        self._edge = QWidget()
        self._edge.setProperty("surface", "window")
        self._edge.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._text, 1)
        middle.addWidget(self._edge)
        middle.addWidget(self.side)
        self._state = ScriptLabel("", self._look.theme, "body", "t2")
        self._hint = label("", "caption", "t3")
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._state, 1)
        self._foot.addWidget(self._hint)
        column = _column(self)
        for bar in (self._header, self._danger, self._conflict):
            column.addWidget(bar)
        column.addLayout(middle, 1)
        column.addWidget(rule())
        column.addLayout(self._foot)

    def _bind(self) -> None:
        self._turn.toggled.connect(self._arrange)
        self._kinds.chosen.connect(self._set_kind)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.offered.connect(self.attachments.offered)
        self.editor.cursorPositionChanged.connect(self._mark_kind)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number, kind in enumerate(KINDS, 1):
            key = QKeySequence(f"Alt+{number}")
            QShortcut(key, self, partial(self._set_kind, kind), context=context)
        for act in self._form.acts[:-2]:
            deed = partial(self._form.do, act)
            QShortcut(
                QKeySequence(act.key), self.editor, deed, context=Qt.ShortcutContext.WidgetShortcut
            )
        attach = self.attachments.asked.emit
        QShortcut(QKeySequence("Ctrl+Shift+A"), self, attach, context=context)
        QShortcut(QKeySequence("Ctrl+H"), self, self.recalled.emit, context=context)
        QShortcut(QKeySequence("Ctrl+S"), self, self.retried.emit, context=context)

    def _arrange(self) -> None:
        theme = self._look.theme
        wide = self.width() >= theme.px(WIDE)
        shown = self._filed and (wide or self._turn.isChecked())
        self._turn.setVisible(self._filed and not wide)
        self._header.note.setVisible(wide)
        self.side.setVisible(shown)
        self._edge.setVisible(shown and wide)
        self._edge.setFixedWidth(theme.hairline)
        self._text.setVisible(wide or not shown)
        self.side.setMinimumWidth(theme.px(SIDE) if wide else 0)
        self.side.setMaximumWidth(theme.px(SIDE) if wide else 16_777_215)
        self.visibility.set_short(not wide)
        self._kinds.set_keys_shown(wide)
        self._advise()

    def _text_changed(self) -> None:
        if not self._showing:
            self.typed.emit()
            self._mark_kind()

    def _set_kind(self, kind: LineKind) -> None:
        if not self.editor.isReadOnly():
            self.editor.set_kind(kind)
        self._mark_kind()
        self.editor.setFocus()

    def _mark_kind(self) -> None:
        self._kinds.mark(self.editor.kind())
        self._advise()

    def _advise(self) -> None:
        """Say how the kind of a line is set; when a quote asks, that Q is not for questions."""
        line = self.editor.line()
        asks = line.text.rstrip().endswith(("?", "\uff1f"))
        odd = line.kind is LineKind.QUOTE and not line.speaker and asks
        key = key_text(f"Alt+{KINDS.index(LineKind.QUESTION) + 1}")
        self._hint.setText(
            self.tr("This is a quote. {key} makes it a question.").format(key=key)
            if odd
            else self.tr("Alt+1 to Alt+5 set the kind of a line")
        )
        self._hint.setVisible(odd or self.width() >= self._look.theme.px(WIDE))

    def standing(self, note: OpenNote) -> str:
        """How a note stands, in a few words."""
        if note.problem:
            return self.tr("Not saved. Kept in memory.")
        if note.unsaved:
            return self.tr("Saving …")
        if note.note is None:
            return self.tr("Nothing written yet")
        return self.tr("Saved {time}").format(time=f"{note.note.changed:%H:%M}")


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
