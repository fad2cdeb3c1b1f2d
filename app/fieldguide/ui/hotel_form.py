"""A hotel that the guide does not know: typed as its card or booking prints it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.tables import printable
from fieldguide.domain.travel import Hotel
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import label
from fieldguide.ui.text import ScriptLabel


class HotelForm(QDialog):
    """Name and address in Chinese are what a driver reads; all other fields may stay empty."""

    kept = Signal(object)
    """A Hotel; the form stays until ``accept``."""

    def __init__(self, look: Look, hotel: Hotel | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("My hotel"))
        begun = hotel or Hotel()
        fields = (
            (self.tr("Name in Chinese"), begun.name_local),
            (self.tr("Address in Chinese"), begun.address_local),
            (self.tr("Phone"), begun.phone),
            (self.tr("Name in English"), begun.name),
            (self.tr("Address in English"), begun.address),
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.fields: list[QLineEdit] = []
        for name, text in fields:
            line = QLineEdit(text)
            line.setAccessibleName(name)
            line.setMinimumWidth(look.theme.px(320))
            form.addRow(label(name), line)
            self.fields.append(line)
        hint = self.tr(
            "Type it as the card of the hotel or the booking has it. It is kept with your notes, "
            "encrypted, and never leaves them."
        )
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        buttons = QDialogButtonBox()
        keep = buttons.addButton(self.tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setProperty("kind", "primary")
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(ScriptLabel(hint, look.theme, "body", "t2", wrap=True))
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self._problem.hide()

    def say(self, problem: str) -> None:
        """Say why it cannot be kept so."""
        self._problem.setText(problem)
        self._problem.show()

    def _keep(self) -> None:
        name_local, address_local, phone, name, address = (
            printable(line.text()) for line in self.fields
        )
        if not (name_local or address_local):
            self.say(self.tr("A driver needs the name or the address in Chinese."))
            self.fields[0].setFocus()
            return
        self.kept.emit(Hotel("", name, name_local, address, address_local, phone))
