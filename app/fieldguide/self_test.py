"""``fieldguide --self-test``: is this installation whole? One line a check."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from fieldguide import assets
from fieldguide.errors import FieldGuideError
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import open_notebook

SHIPPED: Final = (
    "fonts",
    "icons",
    "themes/app.qss",
    "themes/tokens.toml",
    "licences",
    "map/base.pmtiles",
    "templates",
    "SOURCES.md",
)


def self_test(guide_file: Path) -> int:
    """Try every part once; 0 when all are well, 1 after a sentence for each that is not."""
    checks: dict[str, Callable[[], str]] = {
        "files": _files,
        "guide": lambda: _guide(guide_file),
        "notes": _notes,
        "window": _window,
    }
    failures = 0
    for name, check in checks.items():
        try:
            print(f"{name}: {check()}")
        except (FieldGuideError, OSError, ImportError) as problem:
            failures += 1
            print(f"{name}: {problem}", file=sys.stderr)
    return 1 if failures else 0


def _files() -> str:
    for name in SHIPPED:
        if not assets.path(name).exists():
            raise FieldGuideError(f"{name} is missing; install the program again.")
    return f"{len(SHIPPED)} present"


def _guide(path: Path) -> str:
    guide = Guide.open(path)
    try:
        found = guide.search(guide.about.city)
        if not found.hits:
            raise FieldGuideError("The guide opens, but finds nothing.")
        return f"{guide.about.title}, {sum(guide.about.counts.values())} records"
    finally:
        guide.close()


def _notes() -> str:
    with tempfile.TemporaryDirectory() as folder:
        notebook = open_notebook(Path(folder) / "profile", create=True)
        try:
            note = notebook.start(None, "")
            notebook.save(note.id, "今 F: one", note.revision.id)
            if notebook.note(note.id).text != "今 F: one" or not notebook.search("今"):
                raise FieldGuideError("A note does not come back as it was written.")
        finally:
            notebook.close()
    return "written, encrypted and found again"


def _window() -> str:
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from fieldguide.ui import theme

    app = QApplication.instance() or QApplication(["fieldguide"])
    theme.load_fonts()
    if isinstance(app, QApplication):
        theme.apply(app, theme.Theme())
    return "fonts and theme load"
