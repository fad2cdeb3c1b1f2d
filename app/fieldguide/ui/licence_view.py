"""About and licences: what the program is made of, and the text of each licence."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QWidget

from fieldguide import __version__
from fieldguide.services import licences
from fieldguide.services.licences import Part
from fieldguide.ui.desk import Look
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.theme import Theme

WIDE = 700


class LicenceView(QWidget):
    """Parts at the left, the text of the chosen one at the right, or below it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: list[Part] = licences.parts()
        self.list = RowList(look, self.tr("Parts of the program"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.list, 2)
        self._row.addWidget(self.text, 3)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.show_items([self._program(), *(_row(part) for part in self._parts)])
        self.list.setCurrentIndex(self.list.items.index(0))
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the type of the text."""
        self.text.setFont(theme.font("body"))
        self.text.document().setDocumentMargin(theme.px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below."""
        super().resizeEvent(event)
        wide = self.width() >= self._look.theme.px(WIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide else down)

    def _program(self) -> Row:
        return Row(
            self.tr("fieldguide {version}").format(version=__version__),
            lines=(self.tr("This program; where its fonts, icons and positions come from"),),
            side="MIT",
        )

    def _choose(self, now: QModelIndex) -> None:
        place = now.row() - 1
        words = licences.text(self._parts[place]) if place >= 0 else licences.sources()
        self.text.setPlainText(words)


def _row(part: Part) -> Row:
    title = f"{part.name} {part.version}".strip()
    return Row(title, lines=(part.used_for, part.licence))
