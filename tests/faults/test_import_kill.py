"""An import of people, killed at any moment: nothing goes that was there, and nobody comes twice."""

from pathlib import Path

from fieldguide.domain.people import Person, PersonName
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.people_import import PIECE, Arrival, CardFile
from fieldguide.storage import soundness, sqlite, workspace_db
from fieldguide.storage.vault import Vault
from tests.faults import killed
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

CARDS = 6 * PIECE
SAID = "Yvo{number} Quade{number}"


def revisions(profile: Path) -> set[str]:
    """All that was ever saved in a sound file."""
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    try:
        soundness.check(conn, "The file")
        return {revision.id for revision in workspace_db.revisions(conn)}
    finally:
        sqlite.close(conn)


def import_whole(book: Notebook, path: Path) -> Arrival:
    file, arrival, last = CardFile(path), Arrival(), False
    while not last:
        piece = file.next()
        last = piece.last
        arrival += book.reception.receive(piece)
    file.close()
    return arrival


def test_an_import_killed_anywhere_keeps_what_was_there_and_goes_on(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    path = tmp_path / "team.vcf"
    card = "BEGIN:VCARD\r\nUID:{number}\r\nFN:" + SAID + "\r\nEND:VCARD\r\n"
    path.write_text("".join(card.format(number=number) for number in range(CARDS)), newline="")
    kept = []
    for number in range(rounds(4, 40)):
        profile = tmp_path / f"profile-{number}"
        book = open_notebook(profile, create=True)
        known = book.people.add(Person("7", (PersonName(SAID.format(number=7)),)))
        note = book.start(None, "")
        book.save(note.id, "what was there", note.revision.id)
        book.close()
        before = revisions(profile)
        said = killed.run_until(
            1 + number % 5, number % 5 * 0.03, "importer", str(profile), str(path)
        )
        after = revisions(profile)
        assert before < after
        book = open_notebook(profile, create=False)
        # The one who was there bears the id of a card, and learned from it or not.
        there = book.people.count()
        assert int(said[-1]) <= there <= CARDS
        assert (there - 1) % PIECE in (0, PIECE - 1)
        rest = import_whole(book, path)
        assert book.people.count() == CARDS
        assert len({entry.value.uid for entry in book.people.all()}) == CARDS
        for piece in rest.pieces():
            book.reception.take_back(piece)
        assert book.people.count() == there
        assert book.people.get(known.id).value.uid == "7"
        assert book.note(note.id).text == "what was there"
        book.close()
        assert after < revisions(profile)
        kept.append(there)
    assert len(set(kept)) > 2
    promise(
        "R13",
        f"{len(kept)} imports of {CARDS:,} cards killed after {min(kept):,} to {max(kept):,}: 0 of "
        "what was there lost, the next import doubled nobody and was taken back",
        "0 removals; one undo",
    )
