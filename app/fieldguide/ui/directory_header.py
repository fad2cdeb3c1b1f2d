"""The head of the directory: what is listed, and how: starred alone, filtered, side by side."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import Header
from fieldguide.ui.theme import Theme


class DirectoryHeader(Header):
    """A chip for the stars once there is one, the filter of a narrow page, and two segments."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.title.setText(self.tr("Directory"))
        self.starred = QPushButton()
        self.starred.setProperty("kind", "chip")
        self.starred.setCheckable(True)
        self.starred.hide()
        self.filter = _Choice(look, "list-todo", self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Choose kinds and filters"))
        self.as_table = _Choice(look, "list", self.tr("Table"), "first")
        self.as_compare = _Choice(look, "columns-3", self.tr("Compare"), "last")
        segments = QWidget()
        row = QHBoxLayout(segments)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        for button in (self.as_table, self.as_compare):
            row.addWidget(button)
            group.addButton(button)
        for part in (self.starred, self.filter, segments):
            self.add(part)

    def show_stars(self, count: int) -> None:
        """Offer those with a star alone, as soon as there is one."""
        self.starred.setText(self.tr("Starred {number}").format(number=count))
        self.starred.setAccessibleName(self.starred.text())
        self.starred.setVisible(bool(count))


class _Choice(QPushButton):
    """A button that stays down; with a place it is a segment, whose icon follows the theme."""

    def __init__(self, look: Look, icon: str, text: str, place: str = "") -> None:
        super().__init__(text)
        self._look, self._icon = look, icon
        if place:
            self.setProperty("kind", "segment")
            self.setProperty("place", place)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon again."""
        self.setIcon(self._look.icons.icon(self._icon, 16, "t2", 3))
        self.setIconSize(QSize(theme.px(19), theme.px(16)))
