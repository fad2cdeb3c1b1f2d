"""What a newer guide changed in its programme: as one line, or as sentences to have seen."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look, Place
from fieldguide.ui.parts import IconButton, clear, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.services.guide_changes import Difference, News

_MOST: Final = 6


class NewsLine(QWidget):
    """Leads to the programme; hidden where nothing has changed."""

    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._button = IconButton(look, "history", "", self._open, "link")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._button)
        self._row.addStretch(1)
        self.hide()
        self.set_theme(look.theme)

    def show_news(self, news: "News") -> None:
        """Say how many visits are different."""
        count = len(news.differences)
        one = self.tr("The newer guide changed one visit of the programme")
        many = self.tr("The newer guide changed {n} visits of the programme").format(n=count)
        self._button.setText(one if count == 1 else many)
        self.setVisible(count > 0)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(theme.px(20), theme.px(8), theme.px(24), 0)

    def _open(self) -> None:
        self.opened.emit(Place("programme"))


class NewsBar(QFrame):
    """One sentence a visit, with what one wrote on it; “Seen” puts it away."""

    seen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._news: News | None = None
        self.setProperty("kind", "bar")
        self.setProperty("tone", "info")
        self.setAccessibleName(self.tr("What the newer guide changed"))
        self._sentences = QVBoxLayout()
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._sentences, 1)
        self._seen = IconButton(look, "check", self.tr("Seen"), self.seen.emit)
        self._row.addWidget(self._seen, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self.set_theme(look.theme)

    def show_news(self, news: "News") -> None:
        """Show what is different."""
        self._news = news
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        self._sentences.setSpacing(theme.px(2))
        self._fill()

    def _fill(self) -> None:
        news = self._news
        if news is None:
            return
        clear(self._sentences)
        theme = self._look.theme
        head = self.tr("Changed in the programme since version {version} of the guide")
        self._sentences.addWidget(label(head.format(version=news.before), "body", "info"))
        for one in news.differences[:_MOST]:
            self._sentences.addWidget(ScriptLabel(self._told(one), theme, wrap=True))
        if (more := len(news.differences) - _MOST) > 0:
            words = self.tr("and {n} more").format(n=more)
            self._sentences.addWidget(label(words, "caption", "t2"))
        self.setVisible(bool(news.differences))

    def _told(self, one: "Difference") -> str:
        parts = []
        if one.notes:
            text = self.tr("1 note") if one.notes == 1 else self.tr("{n} notes")
            parts.append(text.format(n=one.notes))
        if one.questions:
            text = self.tr("1 question") if one.questions == 1 else self.tr("{n} questions")
            parts.append(text.format(n=one.questions))
        if not parts:
            return one.change.words
        kept = self.tr("of yours, still attached: {what}").format(what=", ".join(parts))
        return f"{one.change.words} ({kept})"
