"""A hotel that the guide does not know: typed as its card or booking prints it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QScrollArea,
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
        sheet = QWidget()
        form = QVBoxLayout(sheet)
        form.setContentsMargins(0, 0, look.theme.px(8), 0)
        form.addWidget(ScriptLabel(self._hint(), look.theme, "body", "t2", wrap=True))
        self.fields: list[QLineEdit] = []
        for name, text in fields:
            line = QLineEdit(text)
            line.setAccessibleName(name)
            line.setMinimumWidth(look.theme.px(320))
            caption = label(name, "caption", "t2")
            caption.setBuddy(line)
            form.addWidget(caption)
            form.addWidget(line)
            self.fields.append(line)
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        buttons = QDialogButtonBox()
        keep = buttons.addButton(self.tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setProperty("kind", "primary")
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(_scrolling(sheet), 1)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self._problem.hide()
        self.resize(self.sizeHint().boundedTo(parent.window().size()))

    def say(self, problem: str) -> None:
        """Say why it cannot be kept so."""
        self._problem.setText(problem)
        self._problem.show()

    def _hint(self) -> str:
        return self.tr(
            "Type it as the card of the hotel or the booking has it. It is kept with your notes, "
            "encrypted, and never leaves them."
        )

    def _keep(self) -> None:
        name_local, address_local, phone, name, address = (
            printable(line.text()) for line in self.fields
        )
        if not (name_local or address_local):
            self.say(self.tr("A driver needs the name or the address in Chinese."))
            self.fields[0].setFocus()
            return
        self.kept.emit(Hotel("", name, name_local, address, address_local, phone))


def _scrolling(sheet: QWidget) -> QScrollArea:
    """The fields where they scroll on a low screen, so that the buttons are always in sight."""
    area = QScrollArea()
    area.setProperty("kind", "halves")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(sheet)
    return area
