"""A note that cannot be saved among the notes is written into a file of its own."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide.errors import FieldGuideError
from fieldguide.services.writing import save_text
from fieldguide.ui.tasks import Worker


class Rescuing(QObject):
    """Writes on a thread of its own: the notes' may be the very one that is broken."""

    said = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._workers: list[Worker[str]] = []

    def choose(self, text: str, name: str) -> None:
        """Ask for a file, and write the text into it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._page,
            self.tr("Save this note elsewhere"),
            f"{name}.md".replace("/", "-"),
            self.tr("Markdown (*.md)"),
        )
        if chosen:
            self._write(text, Path(chosen))

    def _write(self, text: str, path: Path) -> None:
        worker: Worker[str] = Worker("rescue", lambda: text, lambda _: None)
        self._workers.append(worker)

        def done(written: Path) -> None:
            self._end(worker, self.tr("Written to {path}").format(path=written))

        def failed(problem: FieldGuideError) -> None:
            self._end(worker, str(problem))

        worker.do(lambda own: save_text(own, path), done, failed)

    def _end(self, worker: Worker[str], sentence: str) -> None:
        self._workers.remove(worker)
        worker.close()
        worker.deleteLater()
        self.said.emit(sentence)
