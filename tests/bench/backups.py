"""How long backups take: made, checked, put back; and what a save waits meanwhile."""

import random
import statistics
import tempfile
import threading
import time
from pathlib import Path

from fieldguide.domain.backups import Reason
from fieldguide.domain.notes import Draft, Revision
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook, local_time, open_notebook
from fieldguide.storage.workspace_db import open_workspace
from tests.bench.notes import Figure, ms_since, percentile, text_of

NOTES = 2_000
SAVES_EACH = 3
ROUNDS = 5


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        profile = Path(folder) / "profile"
        _fill(profile)
        backups = Backups(profile)
        made, checked, restored, looked = [], [], [], []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            backup = backups.make()
            made.append(ms_since(began))
            began = time.perf_counter()
            backups.verify(backup)
            checked.append(ms_since(began))
            began = time.perf_counter()
            assert backups.make_if_changed(Reason.HOUR) is None
            looked.append(ms_since(began))
            began = time.perf_counter()
            backups.restore(backup)
            restored.append(ms_since(began))
            backups.make()
        alone = _saves(profile, 200)
        beside = _saves_during_backups(profile)
        size = backup.size / 1e6
    what = f"{NOTES:,} notes, {NOTES * SAVES_EACH:,} revisions"
    return [
        (f"size of a backup of {what}", size, "MB", None),
        ("made, opened again and checked", statistics.median(made), "ms", None),
        ("checked alone: every page, index and hash", statistics.median(checked), "ms", None),
        ("restored, with a backup of what was there", statistics.median(restored), "ms", None),
        ("seen that nothing changed since the last", statistics.median(looked), "ms", None),
        ("a save with no backup beside it, p99", percentile(alone, 99), "ms", None),
        ("a save while backups are made, p50", statistics.median(beside), "ms", None),
        ("a save while backups are made, p99", percentile(beside, 99), "ms", 100.0),
        ("a save while backups are made, longest", max(beside), "ms", None),
    ]


def _fill(profile: Path) -> None:
    chance = random.Random(20130528)
    db = open_workspace(profile, create=True)
    author = Notebook(db).introduce("Anna")
    now = local_time()
    with db.writing():
        for number in range(NOTES):
            db.add_note(str(number), now)
            parents: tuple[Revision, ...] = ()
            for _ in range(SAVES_EACH):
                draft = Draft(None, "Renji Hospital", text=text_of(chance, 1_000))
                revision = Revision.following(parents, str(number), author, draft, now)
                db.add_revision(revision)
                parents = (revision,)
    db.close()


def _saves(profile: Path, count: int) -> list[float]:
    notebook = open_notebook(profile, create=False)
    note = notebook.start(None, "")
    took = []
    for number in range(count):
        began = time.perf_counter()
        note = notebook.save(note.id, f"{number} what a host said", note.revision.id)
        took.append(ms_since(began))
    notebook.close()
    return took


def _saves_during_backups(profile: Path) -> list[float]:
    """Saves on this thread while another makes one backup after the other, as in the window."""
    backups = Backups(profile)
    done = threading.Event()

    def make() -> None:
        for _ in range(ROUNDS):
            backups.make()
        done.set()

    maker = threading.Thread(target=make)
    notebook = open_notebook(profile, create=False)
    note = notebook.start(None, "")
    took = []
    maker.start()
    while not done.is_set():
        began = time.perf_counter()
        note = notebook.save(note.id, f"{len(took)} what a host said", note.revision.id)
        took.append(ms_since(began))
        time.sleep(0.005)
    maker.join()
    notebook.close()
    return took
