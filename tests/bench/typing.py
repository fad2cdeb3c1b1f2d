"""How long a key takes while the note is saved and while it is not; how long notes take to show."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldguide import assets
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.desk import Look
from fieldguide.ui.editor import Editor
from fieldguide.ui.theme import Theme

Figure = tuple[str, float, str, float | None]

KEYS = 1_000
ROUNDS, PRESSES = 9, 300
NOTE, LARGE = 21_000, 1_000_000
LINES = (
    "# BioBAY, Tuesday 28 May",
    "F: 330 companies in **BioBAY**, 6,000 people work for them (unsure)",
    "Q Gao Ronghui: match-making first, then the delegation visit",
    "- [ ] ask [[organisation/innovent|Innovent Biologics]] who *signs*",
    "The host shows the park; 生物纳米园 stands over the gate, and the rent is paid by the month, "
    "half of it by the park while a company is young",
    "",
)


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    return [*_while_saving(), *_in_a_note(NOTE, 35.0, 5.0), *_in_a_note(LARGE, None, None)]


def typed(profile: Path, guide: Path, keys: int, *more: str, **environ: str) -> dict[str, object]:
    """What a typist in a process of its own reports."""
    command = [sys.executable, "-m", "tests.faults.typist", str(profile), str(guide), str(keys)]
    found = subprocess.run(
        [*command, *more],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environ},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert found.returncode == 0, found.stderr
    report: dict[str, object] = json.loads(found.stdout.splitlines()[-1])
    return report


def _while_saving() -> list[Figure]:
    # The system's own folder for such files may lie in memory, where a save costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        report = typed(Path(folder) / "notes", assets.guide(None), KEYS)
    saving, control = report["saving"], report["control"]
    assert isinstance(saving, dict)
    assert isinstance(control, dict)
    over = saving["p99"] - control["p99"]
    told = [
        (f"key to pixel {how}, {name}", which[name], "ms", None)
        for how, which in (("while saving", saving), ("while not", control))
        for name in ("p50", "p99", "max")
    ]
    return [
        *told,
        ("key to pixel while saving, p99 above the control", over, "ms", 5.0),
        ("a key waits for the disk, longest", float(str(report["loss"])), "s", 1.0),
    ]


def _in_a_note(size: int, load: float | None, key: float | None) -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    look = Look(Theme("light"), Preferences())
    theme.apply(app, look.theme)
    editor = Editor(look, "Note")
    editor.resize(740, 600)
    editor.show()
    text = _text(size)
    loads = []
    for _ in range(ROUNDS):
        editor.show_text("")
        app.processEvents()
        loads.append(_ms(lambda: editor.show_text(text)))
    app.processEvents()
    keys = [_ms(lambda: _press(app, editor)) for _ in range(PRESSES)]
    editor.hide()
    name = f"note of {size // 1_000:,} kB"
    return [
        (f"{name}: load and dress, work", statistics.median(loads), "ms", load),
        (f"{name}: a key with its pixels, work, p50", statistics.median(keys), "ms", None),
        (
            f"{name}: a key with its pixels, work, p99",
            statistics.quantiles(keys, n=100)[98],
            "ms",
            key,
        ),
    ]


def _text(size: int) -> str:
    whole = "\n".join(LINES) + "\n"
    return whole * (size // len(whole.encode()) + 1)


def _press(app: QApplication, editor: Editor) -> None:
    QTest.keyClick(editor, Qt.Key.Key_X)
    app.processEvents()


def _ms(deed: Callable[[], object]) -> float:
    """Time that the window's thread has worked: what other programs take is not the note's."""
    begun = time.thread_time()
    deed()
    return (time.thread_time() - begun) * 1_000
