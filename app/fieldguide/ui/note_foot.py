"""The foot of a note: how it stands, and a quiet hint on the line that is being typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from fieldguide.domain.notes import Line, LineKind
from fieldguide.ui.desk import Look
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.parts import IconButton, ToolButton, key_text, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class NoteFoot(QWidget):
    """Says whether a note is saved; offers to make a question of a quote that asks."""

    agreed = Signal()
    """The quote is to become a question."""
    declined = Signal()
    """It was meant as a quote."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look = look
        self._advising, self._declined = True, False
        self._icon, self._tone = "circle-dashed", "t3"
        self._picture = QLabel()
        self._state = ScriptLabel("", look.theme, "body", "t2")
        self._advice = label(self.tr("Alt+1 to Alt+5 set the kind of a line"), "caption", "t3")
        self._hint = QWidget()
        self._hint.setAccessibleName(self.tr("Hint"))
        self._why = label(self.tr("Q: is a quote."), "caption", "t2")
        self._agree = IconButton(look, "", self.tr("Make it a question"), self.agreed.emit, "link")
        self._key = label(key_text(key), "caption")
        self._key.setProperty("kind", "key")
        words = self.tr("Leave it a quote ({key})").format(key=key_text("Esc"))
        self._leave = ToolButton(look, "x", words, self.decline)
        within = QHBoxLayout(self._hint)
        middle = Qt.AlignmentFlag.AlignVCenter
        for part in (self._why, self._agree, self._key, self._leave):
            within.addWidget(part, 0, middle)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._state, 1)
        self._row.addWidget(self._advice)
        self._row.addWidget(self._hint)
        self._hint.hide()
        self.set_theme(look.theme)

    @property
    def offering(self) -> bool:
        """Whether the hint shows."""
        return not self._hint.isHidden()

    def start(self) -> None:
        """Another note shows: what was declined in the one before counts no longer."""
        self._declined = False

    def decline(self) -> None:
        """Offer it no more in this note."""
        self._declined = True
        self._hint.hide()
        self._advice.setVisible(self._advising)
        self.declined.emit()

    def set_advising(self, advising: bool) -> None:
        """Whether there is room to say what is always so."""
        self._advising = advising
        self._advice.setVisible(advising and not self.offering)

    def look_at(self, line: Line) -> None:
        """Offer help with the line that is being typed, if it looks as if that were needed."""
        asks = line.text.rstrip().endswith(("?", "\uff1f"))
        odd = line.kind is LineKind.QUOTE and not line.speaker and asks and not self._declined
        if odd and not self.offering and QAccessible.isActive():
            spoken = f"{self._why.text()} {self._agree.text()}: {self._key.text()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))
        self._hint.setVisible(odd)
        self._advice.setVisible(self._advising and not odd)

    def show_standing(self, note: OpenNote) -> None:
        """Tell the truth about what is saved."""
        self._icon, self._tone = "circle-dashed", "t3"
        if note.problem:
            self._icon, self._tone = "circle-alert", "danger"
        elif note.note and not note.unsaved:
            self._icon, self._tone = "circle-check", "ok"
        self._state.setText(self.standing(note))
        self._state.set_color(self._tone)
        self._draw()

    def standing(self, note: OpenNote) -> str:
        """How a note stands, in a few words."""
        if note.problem:
            return self.tr("Not saved. Kept in memory.")
        if note.unsaved:
            return self.tr("Saving …")
        if note.note is None:
            return self.tr("Nothing written yet")
        return self.tr("Saved {time}").format(time=f"{note.note.changed:%H:%M}")

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self._row.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(6))
        self._row.setSpacing(theme.px(8))
        within = self._hint.layout()
        if within is not None:
            within.setContentsMargins(0, 0, 0, 0)
            within.setSpacing(theme.px(4))
        self.setMinimumHeight(theme.px(38))
        self._draw()

    def _draw(self) -> None:
        self._picture.setPixmap(self._look.icons.pixmap(self._icon, 16, self._tone))
