"""How the page of people looks: which of them, a line to add one, the list, who is beside it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldguide.services.roster import Part, Roll, Wanted
from fieldguide.ui.code_button import CodeButton
from fieldguide.ui.desk import Look
from fieldguide.ui.either import Either
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.import_bar import ImportBar
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.parts import Header, IconButton, rule
from fieldguide.ui.person_form_line import Understood
from fieldguide.ui.person_list import PersonList, rows_of
from fieldguide.ui.person_view import PersonView
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast


class PeopleView(QWidget):
    """Shows a Roll; it decides nothing."""

    changed = Signal()
    """Another list is wanted, or other words."""
    added = Signal(str)
    """A person was typed in one line."""

    begun = Signal()
    """Somebody new is to be typed, perhaps from a card."""
    imported = Signal()
    """People are to come out of files."""
    exported = Signal(bool, str)
    """vCards are wanted: of all one's own or of one person, and of which version."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.shown = Wanted()
        self.read_only = ""
        """Why nothing can be written, as far as is known."""
        self.list = PersonList(look, self.tr("People by family name"))
        self.either = Either(look, self.list)
        self.person = PersonView(look)
        self.toast = Toast(look)
        self.importing = ImportBar(look)
        self.codes = CodeButton(look)
        self._locked = TroubleBar(look, "warning", "lock")
        self._build()
        self.set_theme(look.theme)

    def wanted(self) -> Wanted:
        """What the list is to show."""
        part = next(part for part, chip in self._parts.items() if chip.isChecked())
        return Wanted(part, self.filter.text())

    def turn(self, part: Part) -> None:
        """Ask for another list."""
        self._parts[part].click()

    def show_roll(self, found: Roll) -> None:
        """Show a list and how long the others are."""
        self.shown = found.wanted
        for part, words in (
            (Part.ALL, self.tr("All {number}")),
            (Part.MISSION, self.tr("Mission {number}")),
            (Part.MET, self.tr("Met {number}")),
            (Part.MINE, self.tr("Mine {number}")),
        ):
            chip = self._parts[part]
            chip.setText(words.format(number=f"{found.counts[part]:,}"))
            chip.setAccessibleName(chip.text())
        self.line.setEnabled(not found.read_only)
        self._card.setEnabled(not found.read_only)
        self._import.setEnabled(not found.read_only)
        self._export.setEnabled(found.counts[Part.MINE] > 0)
        self.read_only = found.read_only
        self.person.set_writable(not found.read_only)
        self._locked.tell(found.read_only)
        self.list.show_order(found.order, rows_of(found.first))
        self.list.tell()
        self.person.setVisible(bool(found.order))
        if found.order:
            self.either.show_content()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; where there is little room the person lies below the list."""
        self._bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        self._bar.setSpacing(theme.px(8))
        self._understood.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(8))
        narrow = theme.scale >= 1.5
        self.filter.setFixedWidth(theme.px(120 if narrow else 200))
        self._import.setText("" if narrow else self.tr("Import…"))
        self._export.setText("" if narrow else self.tr("vCard…"))
        self._card.setText("" if narrow else self.tr("Card"))
        self.codes.set_narrow(narrow)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for parts in (self._halves, self._bar):
            parts.setDirection(down if narrow else across)

    def _build(self) -> None:
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(0)
        self._halves.addWidget(self.either, 1)
        self._halves.addWidget(self.person, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addLayout(self._views())
        column.addWidget(self._understood)
        column.addWidget(rule())
        column.addWidget(self._locked)
        column.addWidget(self.importing)
        column.addLayout(self._halves, 1)
        column.addWidget(self.toast)

    def _header(self) -> Header:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("In people"))
        self.filter.setAccessibleName(self.tr("Find people in any script"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.changed)
        self.filter.returnPressed.connect(lambda: self.list.setFocus())
        QShortcut(QKeySequence("Ctrl+F"), self, self.filter.setFocus)
        header = Header(self._look, self.tr("People"))
        header.add(self.filter)
        self._card = IconButton(self._look, "camera", self.tr("Card"), self.begun.emit)
        self._card.setAccessibleName(self.tr("Type a person, perhaps from photos of a card"))
        self._card.setToolTip(self._card.accessibleName())
        header.add(self._card)
        self._import = IconButton(self._look, "download", self.tr("Import…"), self.imported.emit)
        self._import.setAccessibleName(self.tr("Import people from vCards"))
        self._import.setToolTip(self._import.accessibleName())
        header.add(self._import)
        header.add(self._export_button())
        header.add(self.codes)
        return header

    def _export_button(self) -> IconButton:
        self._export = IconButton(self._look, "file-down", self.tr("vCard…"), lambda: None)
        self._export.setAccessibleName(self.tr("Export people as vCards"))
        self._export.setToolTip(self._export.accessibleName())
        menu = QMenu(self)
        for words, whole, version in (
            (self.tr("This person"), False, "3.0"),
            (self.tr("All my people"), True, "3.0"),
            (self.tr("All my people, version 4.0"), True, "4.0"),
        ):
            menu.addAction(words, partial(self.exported.emit, whole, version))
        self._export.setMenu(menu)
        return self._export

    def _views(self) -> QBoxLayout:
        self._parts = {part: QPushButton() for part in Part}
        group = QButtonGroup(self)
        chips = FlowLayout()
        for chip in self._parts.values():
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            chips.addWidget(chip)
        self._parts[Part.ALL].setChecked(True)
        group.buttonToggled.connect(lambda _, on: self.changed.emit() if on else None)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Add: Li Wei 李伟, GM, Juke, WeChat liwei88"))
        self.line.setAccessibleName(self.tr("Add a person in one line"))
        self._understood = Understood(self._look)
        self.line.textChanged.connect(self._understood.show_line)
        self.line.returnPressed.connect(lambda: self.added.emit(self.line.text()))
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addLayout(chips, 2)
        self._bar.addWidget(self.line, 3)
        return self._bar
