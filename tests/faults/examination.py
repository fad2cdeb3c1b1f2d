"""Notes that were cut off in the middle of writing, looked at: what is lost, what is not whole."""

from collections.abc import Iterable
from pathlib import Path

from fieldguide.services.notebook import open_notebook
from fieldguide.storage import soundness, sqlite, workspace_db
from fieldguide.storage.vault import Vault
from tests.faults.writer import Ack, digest_of, word_of


def log_is_live(profile: Path) -> bool:
    """Whether saves lie in the log that are not in the file itself."""
    log = profile / f"{workspace_db.FILE}-wal"
    return log.exists() and log.stat().st_size > 0


def lost_of(profile: Path, acks: Iterable[Ack]) -> list[Ack]:
    """What was said to be kept and is not there, or not as it was said."""
    notebook = open_notebook(profile, create=True)
    try:
        cards = notebook.notes()
        kept = {
            (card.id, revision.id): digest_of(revision.draft.text)
            for card in cards
            for revision in notebook.history(card.id)
        }
        for card in cards:
            word = word_of(notebook.note(card.id).text)
            assert not word or card.id in {hit.note.id for hit in notebook.search(word)}
        return [ack for ack in acks if kept.get((ack.note, ack.revision)) != ack.digest]
    finally:
        notebook.close()


def assert_sound(profile: Path) -> None:
    """Every page and its seal, every row and its hash, and the index of words."""
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    try:
        soundness.check(conn, "The file")
        conn.execute("insert into note_terms (note_terms) values ('integrity-check')")
    finally:
        sqlite.close(conn)
