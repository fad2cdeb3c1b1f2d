"""Fills a small disk of its own with notes; run it in a mount namespace of its own, as root."""

import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fieldguide.domain.notes import AUDIENCES
from fieldguide.errors import FieldGuideError
from fieldguide.services import preferences
from fieldguide.services.attachments import look_at
from fieldguide.services.backups import Backups
from fieldguide.services.exports import save_markdown
from fieldguide.services.notebook import Notebook, open_notebook


def refusal(deed: Callable[[], object]) -> str:
    """What is said when a deed fails; it must fail."""
    try:
        deed()
    except FieldGuideError as problem:
        return str(problem)
    raise AssertionError("this was written although the disk is full")


def fill(notebook: Notebook) -> dict[str, str]:
    """Write until the disk is full; answers with what was confirmed."""
    kept: dict[str, str] = {}

    def write() -> None:
        for number in range(10_000):
            note = notebook.start(None, "")
            text = f"{number} " + "what a host said " * 200
            notebook.save(note.id, text, note.revision.id)
            kept[note.id] = text

    said = refusal(write)
    assert said.endswith("cannot be written: the disk is full."), said
    return kept


def fill_rest(file: Path) -> None:
    """Leave not one byte."""
    with file.open("wb", buffering=0) as rest, suppress(OSError):
        while True:
            rest.write(bytes(1_000))


def assert_kept(notebook: Notebook, kept: dict[str, str]) -> None:
    for note, text in kept.items():
        assert notebook.note(note).text == text


def try_whole_files(disk: Path, notebook: Notebook) -> None:
    """An export and the settings on the full disk: the old files stay as they were."""
    export = disk / "notes.zip"
    old = export.read_bytes()
    notes = notebook.whole(AUDIENCES["me"])
    larger = preferences.Preferences(text=120)
    for deed in (
        lambda: save_markdown(notes, export),
        lambda: preferences.save(disk / "profile", larger),
    ):
        said = refusal(deed)
        assert said.endswith("the disk is full."), said
    assert export.read_bytes() == old
    assert zipfile.ZipFile(export).testzip() is None
    assert not list(disk.rglob(".*.new"))


def try_to_back_up(profile: Path) -> None:
    """A backup that does not fit leaves nothing of itself."""
    backups = Backups(profile)
    said = refusal(backups.make)
    assert said.endswith("the disk is full."), said
    assert not backups.list()
    assert not list(backups.folder.glob("*.key"))


def try_to_attach(notebook: Notebook, note: str) -> None:
    """A photo that does not fit leaves nothing of itself, and the note is as it was."""
    photo = look_at("photo.bin", random.Random(1).randbytes(900_000))
    said = refusal(lambda: notebook.album.attach(note, photo))
    assert said.endswith("cannot be written: the disk is full."), said
    assert notebook.album.attachments(note) == []


def main(disk: Path) -> None:
    """Mount, fill, look, make room, write again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=True)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    save_markdown([], disk / "notes.zip")
    notebook = open_notebook(disk / "profile", create=True)
    kept = fill(notebook)
    assert len(kept) > 20, len(kept)
    assert_kept(notebook, kept)
    fill_rest(disk / "rest")
    try_to_attach(notebook, next(iter(kept)))
    try_whole_files(disk, notebook)
    try_to_back_up(disk / "profile")
    ballast.unlink()
    note = notebook.start(None, "")
    notebook.save(note.id, "room again", note.revision.id)
    notebook.close()
    again = open_notebook(disk / "profile", create=False)
    assert_kept(again, {**kept, note.id: "room again"})
    again.close()
    print(len(kept))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
