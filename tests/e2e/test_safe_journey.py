"""The promise of the README: killed in a word, found again, looked back at, restored, locked."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.domain.safety import KeyState
from fieldguide.services.notebook import open_notebook
from fieldguide.services.safety import Safety
from tests.e2e.conftest import TO_ITS_END, Walked
from tests.e2e.safe_journey import CUT, LATER, WORDS, WRITTEN


@pytest.mark.skipif(os.name != "posix", reason="another system ends programs in another way")
def test_a_note_is_killed_found_looked_back_at_restored_and_locked(
    walked: Callable[[str, str], Walked], profile: Path
) -> None:
    assert walked("safe_journey", "write") == (-signal.SIGKILL, "", [])
    book = open_notebook(profile, create=False)
    (card,) = book.notes()
    kept = book.note(card.id).text
    book.close()
    assert kept.startswith(WRITTEN)
    assert (WRITTEN + CUT).startswith(kept)
    assert str(card.about) == "organisation/biobay"
    assert walked("safe_journey", "look-back") == TO_ITS_END
    book = open_notebook(profile, create=False)
    assert book.note(card.id).text == kept
    assert LATER in [revision.draft.text for revision in book.history(card.id)]
    book.close()
    assert walked("safe_journey", "keep-safe") == TO_ITS_END
    safety = Safety(profile)
    assert safety.state() is KeyState.PASSPHRASE
    safety.unlock(WORDS)
    book = safety.open_notebook(create=False)
    assert [book.note(one.id).text for one in book.notes()] == [kept]
    book.close()
    assert walked("safe_journey", "unlock") == TO_ITS_END
    assert not any(
        b"330 companies" in one.read_bytes() for one in profile.rglob("*") if one.is_file()
    )
