"""A recovery code: shown, copied, printed, and said to be on paper."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from fieldguide.domain.safety import new_code
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.text import ScriptLabel, draw_wrapped
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SCREEN_DPI = 96


class CodeCard(QFrame):
    """The code stays the same while it is looked at: it may be on paper already."""

    ticked = Signal()
    said = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.code = new_code()
        self._shown = ScriptLabel(self.code, look.theme, "title", wrap=True)
        self._tick = QCheckBox(self.tr("I have it on paper"))
        self._tick.toggled.connect(self.ticked)
        self._buttons = FlowLayout()
        copy = IconButton(look, "copy", self.tr("Copy"), self._copy)
        copy.setAccessibleName(self.tr("Copy the recovery code"))
        paper = IconButton(look, "printer", self.tr("Print…"), self._print)
        paper.setAccessibleName(self.tr("Print the recovery code"))
        for button in (copy, paper):
            button.setProperty("dense", "true")
            self._buttons.addWidget(button)
        about = self.tr(
            "Opens the notes if you forget the passphrase. It is shown only now. "
            "Keep it on paper: not on this computer, not in the same bag."
        )
        self._column = QVBoxLayout(self)
        self._column.addWidget(label(self.tr("Recovery code"), "section"))
        self._column.addWidget(self._shown)
        self._column.addWidget(ScriptLabel(about, look.theme, "caption", "t2", wrap=True))
        self._column.addLayout(self._buttons)
        self._column.addWidget(self._tick)
        self.set_theme(look.theme)

    def on_paper(self) -> bool:
        """Whether it was said to be written down."""
        return self._tick.isChecked()

    def renew(self) -> None:
        """Show another one: the one before was used, or lay open while nobody looked after it."""
        self.code = new_code()
        self._shown.setText(self.code)
        self._tick.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever came by since may know the code that was shown."""
        super().hideEvent(event)
        self.renew()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        edge = theme.px(14)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(theme.px(8))
        self._buttons.setSpacing(theme.px(8))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self.said.emit(
            self.tr("Copied. Once it is on paper, copy something else: a clipboard is remembered.")
        )

    def _print(self) -> None:
        # Needed once in the life of a profile.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            print_code(printer, self.code, date.today())
            self.said.emit(self.tr("The recovery code is on its way to the printer."))


def print_code(printer: "QPrinter", code: str, day: date) -> None:
    """One page: what it is, the code, and how to use it."""
    tr = QCoreApplication.translate
    name = "CodeOnPaper"
    lines = (
        ("name", tr(name, "fieldguide: recovery code")),
        ("body", tr(name, "Made on {day}.").format(day=f"{day:%d.%m.%Y}")),
        ("name", code),
        (
            "note",
            tr(
                name,
                "It opens the notes when the passphrase is forgotten: on the lock screen choose "
                "“Use the recovery code”, type it with or without the dashes, and set another "
                "passphrase. Capital or small letters make no difference.",
            ),
        ),
        (
            "note",
            tr(name, "Whoever has it and the files can read all notes. Keep it apart from them."),
        ),
    )
    painter = QPainter(printer)
    scale = printer.resolution() / _SCREEN_DPI
    painter.scale(scale, scale)
    page = printer.pageLayout().paintRectPixels(_SCREEN_DPI)
    theme, top = Theme(), 24.0
    for role, text in lines:
        room = QRectF(0, top, page.width(), page.height() - top)
        top += draw_wrapped(painter, room, text, theme, role, "t1") + 20
    painter.end()
