"""People written to a file as vCards."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Face, Person
from fieldguide.services.attachments import Album
from fieldguide.services.vcard import vcard
from fieldguide.storage.files import write_whole


def save_vcards(
    entries: Sequence[Entry[Person]],
    target: Path,
    version: str = "3.0",
    *,
    private: bool,
    album: Album | None = None,
) -> int:
    """Write a card for each; returns how many. ``private`` is for the user's own devices.

    With an album each has its portrait, small and without what tells where it was taken.
    """
    cards = vcards_of(entries, version, private=private, album=album)
    write_whole(target, cards.encode("utf-8", "replace"))
    return len(entries)


def vcards_of(
    entries: Sequence[Entry[Person]],
    version: str = "3.0",
    *,
    private: bool,
    album: Album | None = None,
) -> str:
    """The same as one text."""
    cards = []
    for one in entries:
        person = replace(one.value, uid=one.value.uid or one.id)
        photo = _portrait(one, album) if album else b""
        cards.append(vcard(person, version, photo=photo, private=private))
    return "".join(cards)


def _portrait(entry: Entry[Person], album: Album) -> bytes:
    shown = {one.attachment for one in entry.value.pictures if one.face is Face.PORTRAIT}
    kept = album.attachments(entry.id) if shown else []
    return next((one.thumbnail for one in kept if one.id in shown and one.thumbnail), b"")
