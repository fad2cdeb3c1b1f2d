"""People written to a file as vCards."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Person
from fieldguide.services.vcard import vcard
from fieldguide.storage.files import write_whole


def save_vcards(
    entries: Sequence[Entry[Person]], target: Path, version: str = "3.0", *, private: bool
) -> int:
    """Write a card for each; returns how many. ``private`` is for the user's own devices."""
    people = [replace(one.value, uid=one.value.uid or one.id) for one in entries]
    cards = "".join(vcard(person, version, private=private) for person in people)
    write_whole(target, cards.encode("utf-8", "replace"))
    return len(people)
