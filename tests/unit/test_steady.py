"""A disk that gives back something else for a moment does not keep notes closed for the day."""

from pathlib import Path

import pytest

from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import open_notebook
from fieldguide.storage import workspace_db

PAGE = 4_096


def test_notes_open_anew_once_the_disk_gives_back_what_was_written(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    notebook, other = (open_notebook(profile, create=True) for _ in range(2))
    note = notebook.start(None, "")
    note = notebook.save(note.id, "before", note.revision.id)
    other.introduce("Ana")
    other.close()
    notebook._db._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    notebook._db._conn.execute("PRAGMA shrink_memory").fetchone()
    path = profile / workspace_db.FILE
    sound = path.read_bytes()
    path.write_bytes(sound[:PAGE] + bytes(len(sound) - PAGE))
    for _ in range(3):
        with pytest.raises(WorkspaceUnavailable, match="damaged"):
            notebook.save(note.id, "meanwhile", note.revision.id)
    path.write_bytes(sound)
    assert notebook.save(note.id, "after", note.revision.id).text == "after"
    notebook.close()
    again = open_notebook(profile, create=False)
    assert [one.draft.text for one in again.history(note.id)] == ["after", "before", ""]
    again.close()
