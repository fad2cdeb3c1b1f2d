"""How long a photo takes: on the thread of the notes, in the process apart, in the window."""

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from fieldguide.assets import path
from fieldguide.domain.attachments import Attachment, Incoming
from fieldguide.services.attachments import look_at
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, local_time, open_notebook
from fieldguide.services.pictures import make_copies
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.access import Access
from fieldguide.ui.attachment_bar import AttachmentBar
from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.offers import Offer
from fieldguide.ui.pages.note import NotePage
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme

Figure = tuple[str, float, str, float | None]

PHOTOS = 15
SIZE = (4_000, 3_000)
BYTES = 4 * 1024**2
FLIP = Image.Transpose.FLIP_LEFT_RIGHT


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    photo = _photo()
    # The system's own folder for such files may lie in memory, where a save costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        notebook = open_notebook(Path(folder) / "notes", create=True)
        note = notebook.start(None, "").id
        # No two alike: an equal chunk would be kept once and cost nothing.
        incoming = [
            Incoming("a.jpg", os.urandom(BYTES), "image/jpeg", *SIZE) for _ in range(PHOTOS)
        ]
        keeping: list[float] = []
        kept: list[Attachment] = []
        for one in incoming:
            keeping.append(_ms(partial(_attach, notebook, note, one, kept)))
        copies = make_copies(photo)
        apart = [_ms(lambda: make_copies(photo)) for _ in range(5)]
        adding = []
        for one in kept:
            other = replace(copies, report=os.urandom(len(copies.report)))
            adding.append(_ms(partial(notebook.album.put_copies, one, other)))
        reading = [_ms(partial(notebook.album.open, one)) for one in kept]
        listing = [_ms(lambda: notebook.album.attachments(note)) for _ in range(PHOTOS)]
        notebook.close()
    still, control = _stillness(photo)
    looking = [_ms(lambda: look_at("a.jpg", photo)) for _ in range(PHOTOS)]
    whole = [first + second for first, second in zip(keeping, adding, strict=True)]
    return [
        ("a 4 MiB photo in, work of the notes' thread, p50", _middle(whole), "ms", 150.0),
        ("the same, the slowest of them", max(whole), "ms", None),
        ("of it the original, p50", _middle(keeping), "ms", None),
        ("of it the copies, p50", _middle(adding), "ms", None),
        ("the same photo judged by its header", _middle(looking), "ms", 1.0),
        ("12 megapixels decoded and copied in a process apart", _middle(apart), "ms", None),
        ("the original out again, checked", _middle(reading), "ms", None),
        ("the window's longest stillness while a photo goes in, p50 of 5", still, "ms", None),
        ("the same while nothing goes in", control, "ms", None),
        (f"the strip of a note with {PHOTOS} photos", _middle(listing), "ms", None),
    ]


def _stillness(photo: bytes) -> tuple[float, float]:
    """How long nothing else was done on the thread of the window, with a photo and without."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        file, profile = Path(folder) / "a.jpg", Path(folder) / "notes"
        guide = Worker("guide", lambda: Guide.open(path("guide.db")), Guide.close)
        notes = Worker("notes", lambda: open_notebook(profile, create=True), Notebook.close)
        look = Look(Theme("light"), Preferences())
        theme.apply(app, look.theme)
        page = NotePage(Desk(guide, notes, look, local_time, False, profile, Access(profile)))
        page.resize(1076, 800)
        page.show()
        page.show_place(Place("note", None, "new"))
        bar = page.findChild(AttachmentBar)
        assert isinstance(bar, AttachmentBar)
        with_photo, without = [], []
        for number in range(6):
            file.write_bytes(photo + bytes([number]))
            bar.offered.emit(Offer((file,)))
            with_photo.append(_longest_gap(app))
            without.append(_longest_gap(app))
        page.close()
        notes.close()
        guide.close()
    # The first also lays out what was never shown before.
    return _middle(with_photo[1:]), _middle(without[1:])


def _longest_gap(app: QApplication) -> float:
    end, last, longest = time.perf_counter() + 1.2, time.perf_counter(), 0.0
    while last < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        time.sleep(0.0005)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1_000


def _photo() -> bytes:
    """Twelve megapixels with as much in them as a camera puts there."""
    grain = Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 40).resize(SIZE)
    written = io.BytesIO()
    Image.merge("RGB", [grain, grain.transpose(FLIP), grain]).save(written, "JPEG", quality=80)
    return written.getvalue()


def _attach(notebook: Notebook, note: str, incoming: Incoming, kept: list[Attachment]) -> None:
    kept.append(notebook.album.attach(note, incoming))


def _middle(values: list[float]) -> float:
    return statistics.median(values)


def _ms(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1_000
