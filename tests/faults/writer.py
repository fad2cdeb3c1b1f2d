"""A program to be killed: writes one note again and again and says what was confirmed."""

import sys
from pathlib import Path

from fieldguide.domain.records import Ref
from fieldguide.services.notebook import open_notebook


def write(profile: Path) -> None:
    """Print ``note number`` after each save that has returned."""
    notebook = open_notebook(profile, create=True)
    note = notebook.start(Ref("organisation", "renji-hospital"), "Renji Hospital")
    for number in range(100_000):
        text = f"{number} " + "仁济医院 F: what a host said\n" * (number % 90)
        note = notebook.save(note.id, text, note.revision.id)
        print(note.id, number, flush=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
