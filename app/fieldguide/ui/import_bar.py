"""How far an import is, with a button to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QPushButton, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class ImportBar(QWidget):
    """Lies above a list for as long as something is under way."""

    stopped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = ScriptLabel("", look.theme, "body", "t2")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("How far the import is"))
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.setProperty("dense", "true")
        self._stop.setAccessibleName(self.tr("Stop the import"))
        self._stop.clicked.connect(self._halt)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._progress, 1)
        self._row.addWidget(self._stop)
        self.hide()
        self.set_theme(look.theme)

    def begin(self, words: str, *, can_stop: bool = True) -> None:
        """Something begins, and nobody knows yet how long it takes."""
        self.tell(words, 0, 0)
        self._stop.setVisible(can_stop)
        self._stop.setEnabled(True)
        self.show()

    def tell(self, words: str, done: int, most: int) -> None:
        """Say how far it is; without ``most`` only that it goes on."""
        self._words.setText(words)
        self._progress.setRange(0, max(most, done) if most else 0)
        self._progress.setValue(done)

    def end(self) -> None:
        """It is over."""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(6))
        self._row.setSpacing(theme.px(12))

    def _halt(self) -> None:
        self._stop.setEnabled(False)
        self.stopped.emit()
