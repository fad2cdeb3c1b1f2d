"""The program in a window, or a bare window, run as a child that says one line when it is there."""

import sys
import time
from collections.abc import Callable
from pathlib import Path


def bare(guide: str) -> None:
    """The least that could be called a window of this program: one row read, one label shown."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
    from sqlcipher3 import dbapi2

    app = QApplication([])
    conn = dbapi2.connect(f"file:{guide}?mode=ro&immutable=1", uri=True)
    title = conn.execute("select title from record limit 1").fetchone()[0]
    window = QMainWindow()
    window.setCentralWidget(QLabel(title))
    window.resize(1280, 800)
    window.show()
    _after_paint(window.centralWidget(), lambda: (_say("painted"), app.quit()))
    app.exec()


def program(guide: str, profile: str, ready: Callable[..., None]) -> None:
    """The program itself; ``ready(app, house)`` runs right after its first paint."""
    from fieldguide import cli, main

    app, house = main.furnish(cli.parse(["--guide", guide, "--profile", profile]))
    house.window.painted.connect(lambda: ready(app, house))
    house.show()
    app.exec()
    house.close()


def _after_paint(widget: object, deed: Callable[[], object]) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    class First(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, deed)
            return False

    assert isinstance(widget, QWidget)
    watcher = First(widget)
    widget.installEventFilter(watcher)


def _say(text: object) -> None:
    print(text, flush=True)


def _painted(app, house) -> None:  # noqa: ANN001
    _say("painted")
    app.quit()


def _told(app, house) -> None:  # noqa: ANN001
    """Say when Today shows what the guide tells."""
    from PySide6.QtCore import QTimer

    def look() -> None:
        page = house.window.centralWidget().findChild(QStackedWidget).currentWidget()
        if page is not None and page.heading() not in ("", "Today"):
            page.repaint()
            _say("told")
            app.quit()

    from PySide6.QtWidgets import QStackedWidget

    timer = QTimer(house.window)
    timer.timeout.connect(look)
    timer.start(2)


def _remember(app, house) -> None:  # noqa: ANN001
    """Open ten records, then say how much memory the process holds."""
    from PySide6.QtCore import QTimer

    # The workers are released after this returns: waiting here would wait for ever.
    QTimer.singleShot(0, lambda: _open_ten(app, house))


def _open_ten(app, house) -> None:  # noqa: ANN001
    from fieldguide.domain.records import Ref
    from fieldguide.ui.desk import Place

    refs: list[Ref] = []
    house.desk.guide.do(
        lambda guide: [card.ref for card in guide.records("organisation")[:10]], refs.extend
    )
    while len(refs) < 10:
        _wait(10)
    for ref in refs:
        house.window.open(Place("record", ref))
        _wait(100)
    _say(_resident_mb())
    app.quit()


def _wait(milliseconds: int) -> None:
    """Let the program run; QTest's own wait would keep Python from its other threads."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not say what a process holds")


def _idle(app, house) -> None:  # noqa: ANN001
    """Wait until the backup of the start is made, then count CPU while nobody types."""
    from PySide6.QtCore import QTimer

    def begin() -> None:
        used = time.process_time()
        QTimer.singleShot(10_000, lambda: end(used))

    def end(used: float) -> None:
        _say((time.process_time() - used) * 1e3)
        app.quit()

    QTimer.singleShot(5_000, begin)


if __name__ == "__main__":
    what, guide_file, profile_folder = sys.argv[1:4]
    if what == "bare":
        bare(guide_file)
    else:
        program(
            guide_file,
            profile_folder,
            {"window": _painted, "told": _told, "memory": _remember, "idle": _idle}[what],
        )
