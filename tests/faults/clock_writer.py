"""One turn of writing, backing up and looking at the trash, by whatever the clock says."""

import json
import sys
from pathlib import Path

from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook, local_time, open_notebook
from tests.faults.writer import ABOUT

SAVES, BACKUPS = 5, 4


def told(turn: int, save: int) -> str:
    """What is written in one save of a turn."""
    return f"turn {turn} save {save}"


def write(notebook: Notebook, turn: int) -> None:
    """Save the one note again and again, then another one that is new."""
    cards = notebook.notes(ABOUT)
    note = notebook.note(cards[0].id) if cards else notebook.start(ABOUT, "Renji Hospital")
    for save in range(SAVES):
        note = notebook.save(note.id, told(turn, save), note.revision.id)
    for save in range(2):
        other = notebook.start(None, "")
        notebook.save(other.id, told(turn, SAVES + save), other.revision.id)


def main(profile: Path, turn: int) -> None:
    """Print the time, and how many notes of the trash went for good."""
    notebook = open_notebook(profile, create=True)
    write(notebook, turn)
    due = notebook.disposal.look()
    gone = len(notebook.disposal.purge().notes) if due else 0
    notebook.delete(notebook.notes()[0].id)
    notebook.close()
    backups = Backups(profile)
    for _ in range(BACKUPS):
        backups.make()
    print(json.dumps({"now": local_time().isoformat(), "gone": gone}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
