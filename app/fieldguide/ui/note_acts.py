"""What can be done with the notes that are chosen in the list, one button each."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from fieldguide.domain.notes import Visibility
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.line_kinds import visibility_mark
from fieldguide.ui.parts import IconButton, key_text, label
from fieldguide.ui.theme import Theme


class ActBar(QWidget):
    """Stands beside the list; what it does is the page's to know."""

    removed = Signal()
    restored = Signal()
    shown = Signal(object)
    """The Visibility that was chosen."""
    filed = Signal()
    """A record is to be chosen."""
    emptied = Signal()
    """The whole trash is to go, after one more question."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("What to do with the chosen notes"))
        self._count = label("", "body", "t2")
        self._readers = IconButton(look, "eye", self.tr("Readers"), lambda: None)
        self._menu = QMenu(self)
        self._readers.setMenu(self._menu)
        self._file = IconButton(look, "book-open", self.tr("File under…"), self.filed.emit)
        self._file.setToolTip(self.tr("Hang on a record of the guide"))
        self._remove = IconButton(look, "trash-2", self.tr("Move to trash"), self.removed.emit)
        self._remove.setToolTip(key_text("Del"))
        self._restore = IconButton(look, "undo-2", self.tr("Restore"), self.restored.emit)
        self._restore.setToolTip(key_text("Return"))
        self._empty = IconButton(
            look, "trash-2", self.tr("Empty the trash…"), self.emptied.emit, "danger"
        )
        self._row = FlowLayout()
        self.setLayout(self._row)
        for part in (
            self._count,
            self._readers,
            self._file,
            self._remove,
            self._restore,
            self._empty,
        ):
            self._row.addWidget(part)
            part.setProperty("dense", "true")
        self.set_theme(look.theme)

    def show_chosen(self, number: int, *, trash: bool, writable: bool, trashed: int = 0) -> None:
        """So many are chosen, in the trash or not, where so many lie."""
        several = self.tr("{number} chosen").format(number=number)
        self._count.setText(several)
        self._count.setVisible(number > 1)
        for button in (self._readers, self._file, self._remove):
            button.setVisible(not trash)
        self._restore.setVisible(trash)
        self._empty.setVisible(trash)
        # First, or the keys would go from a button that is switched off to this one.
        self._empty.setEnabled(writable and trashed > 0)
        for button in (self._readers, self._file, self._remove, self._restore):
            button.setEnabled(number > 0 and writable)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons of the menu again."""
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        # In the middle of a line with the buttons beside it.
        self._count.setFixedHeight(theme.px(26))
        self._menu.clear()
        for readers in Visibility:
            mark = visibility_mark(readers)
            icon = self._look.icons.icon(mark.icon, 16, mark.color)
            self._menu.addAction(icon, mark.word, partial(self.shown.emit, readers))
