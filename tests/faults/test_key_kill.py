"""R9: killed at every step of a change of the key, the old or the new secret opens all notes."""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldguide.domain.safety import KeyState, new_code
from fieldguide.errors import WrongPassphrase
from fieldguide.services.attachments import look_at
from fieldguide.services.safety import Safety
from fieldguide.storage import key_names, soundness, sqlite
from fieldguide.storage.key_content import Cost
from fieldguide.storage.vault import Vault
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

CHEAP = Cost(1, 64, 1)
OLD, NEW = "lantern seven ferry umbrella", "仁济 and a long walk"
OLD_CODE, NEW_CODE = new_code(), new_code()
NOTES = 8
EVENTS = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.truncate", "shutil.copyfile"}
"""What Python tells of before it asks the system for it; between two nothing else is changed."""

Deed = Callable[[Safety], object]


@dataclass(frozen=True)
class Change:
    """One change of the key: whether there is a passphrase before, what it does, what opens."""

    name: str
    protected: bool
    deed: Deed
    passphrases: tuple[str, ...]
    codes: tuple[str, ...]


CHANGES = (
    Change("a first passphrase", False, lambda one: one.set_passphrase(NEW, NEW_CODE), (NEW,), (NEW_CODE,)),
    Change("another passphrase", True, lambda one: one.change_passphrase(OLD, NEW), (OLD, NEW), (OLD_CODE,)),
    Change("another code", True, lambda one: one.change_code(OLD, NEW_CODE), (OLD,), (OLD_CODE, NEW_CODE)),
    Change("no passphrase", True, lambda one: one.remove_passphrase(OLD), (OLD,), (OLD_CODE,)),
    Change("recovery", True, lambda one: one.recover(OLD_CODE, NEW), (OLD, NEW), (OLD_CODE,)),
)  # fmt: skip


class Place:
    """A profile with notes, a file, two backups and a stick, put back before each round."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "place"
        self.sound = folder / "sound"
        self.profile = self.folder / "profile"
        (self.folder / "stick").mkdir(parents=True)

    def safety(self) -> Safety:
        return Safety(self.profile, cost=CHEAP)

    def fill(self, *, protected: bool) -> None:
        safety = self.safety()
        notebook = safety.open_notebook(create=True)
        for number in range(NOTES):
            note = notebook.start(None, f"Title {number}")
            notebook.save(note.id, f"{number} 仁济医院 what a host said\n" * 9, note.revision.id)
        notebook.album.attach(note.id, look_at("list.bin", random.Random(1).randbytes(300_000)))
        notebook.close()
        safety.backups.set_second_copy(self.folder / "stick")
        safety.backups.make()
        if protected:
            safety.set_passphrase(OLD, OLD_CODE)
        safety.backups.make()
        shutil.copytree(self.folder, self.sound)

    def put_back(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.sound, self.folder)

    def content(self, safety: Safety) -> list[tuple[str, bytes]]:
        """All texts and what is attached, after the file was looked through."""
        conn = sqlite.connect_workspace(self.profile / key_names.NOTES_FILE, safety.keys.key())
        assert soundness.check(conn, "The file") == NOTES
        sqlite.close(conn)
        notebook = safety.open_notebook(create=False)
        found = []
        for card in notebook.notes():
            held = [notebook.album.open(one) for one in notebook.album.attachments(card.id)]
            found.append((notebook.note(card.id).text, b"".join(held)))
        notebook.close()
        return sorted(found)

    def bytes(self) -> Iterable[tuple[Path, bytes]]:
        return [(path, path.read_bytes()) for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture(params=CHANGES, ids=lambda one: one.name)
def scene(request: pytest.FixtureRequest) -> Iterator[tuple[Place, Change]]:
    change: Change = request.param
    # A kill takes nothing from a disk that lies in memory, and rounds are quick there.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        place = Place(Path(folder))
        place.fill(protected=change.protected)
        yield place, change


def started(place: Place, change: Change, last: int) -> int:
    """Make a change in a process of its own, which dies just before step ``last``; its number."""
    number = os.fork()
    if number:
        return number
    seen = 0

    def count(event: str, details: tuple[object, ...]) -> None:
        nonlocal seen
        if event in EVENTS and str(details[0]).startswith(str(place.folder)):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        change.deed(place.safety())
        os._exit(0)
    finally:
        # Only reached by an error, which must not go on as a second test session.
        traceback.print_exc()
        os._exit(1)


def opened(place: Place, change: Change) -> Safety:
    """Whoever sits down afterwards: what lies open, or the first passphrase that opens it."""
    safety = place.safety()
    if safety.state() is KeyState.OPEN:
        return safety
    for passphrase in change.passphrases:
        try:
            safety.unlock(passphrase)
        except WrongPassphrase:
            continue
        return safety
    raise AssertionError("nothing opens the notes")


def check(place: Place, change: Change, whole: list[tuple[str, bytes]], old_key: bytes) -> bool:
    """Everything is there and nothing is left lying about; whether the change was made."""
    safety = opened(place, change)
    for left in place.folder.rglob(".*.new*"):
        os.utime(left, (0, 0))
    assert place.content(safety) == whole
    backups = [one for one in safety.backups.list() if one.good]
    assert backups
    assert all(safety.backups.verify(one) == NOTES for one in backups)
    assert not [path for path in place.profile.iterdir() if ".next" in path.name]
    assert not list(place.profile.glob(".*.new*"))
    names = (key_names.KEY_FILE, key_names.COPY_FILE)
    copies = {(place.profile / name).read_bytes() for name in names}
    assert len(copies) == 1
    protected = safety.state() is KeyState.PASSPHRASE
    if protected:
        keys = [path.with_suffix(".key") for path in place.folder.rglob("*/0*.db")]
        assert {path.read_bytes() for path in keys} == copies
        fits = [code for code in change.codes if recovers(place, code)]
        assert len(fits) == 1
        if not change.protected:
            shown = [path.name for path, data in place.bytes() if old_key.hex().encode() in data]
            assert not shown, "the old key is still there"
    return protected is not change.protected or copies != {
        (place.sound / "profile" / names[0]).read_bytes()
    }


def recovers(place: Place, code: str) -> bool:
    try:
        place.safety().recover(code, OLD)
    except WrongPassphrase:
        return False
    return True


def test_whatever_step_is_the_last_one_secret_opens_everything(
    scene: tuple[Place, Change], promise: Promise
) -> None:
    place, change = scene
    old_key = b"" if change.protected else Vault(place.profile).key()
    whole = place.content(opened(place, change))
    assert len(whole) == NOTES
    place.put_back()
    made = []
    for last in range(1, 1_000):
        place.put_back()
        _, status = os.waitpid(started(place, change, last), 0)
        died = os.WIFSIGNALED(status)
        assert died or status == 0
        made.append(check(place, change, whole, old_key))
        if not died:
            break
    assert len(made) > 10
    assert made[-1], "nobody killed it, so it is done"
    assert not made[0]
    assert made == sorted(made), "once it is done it stays done"
    promise(
        "R9",
        f"{change.name}: killed at each of {len(made) - 1} steps, {made.count(True) - 1} of them "
        "after the moment of the change: 0 locked out, 0 notes lost, 0 leftovers",
        "every step",
    )


def test_at_any_moment_too(scene: tuple[Place, Change], rounds: Rounds, promise: Promise) -> None:
    place, change = scene
    old_key = b"" if change.protected else Vault(place.profile).key()
    whole = place.content(opened(place, change))
    place.put_back()
    began = time.perf_counter()
    os.waitpid(started(place, change, 0), 0)
    longest = 1.1 * (time.perf_counter() - began)
    chance = random.Random(20130528)
    made = 0
    for _ in range(rounds(50, 200)):
        place.put_back()
        number = started(place, change, 0)
        time.sleep(chance.uniform(0.0, longest))
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        made += check(place, change, whole, old_key)
    assert 0 < made < rounds(50, 200)
    promise(
        "R9",
        f"{change.name}: killed {rounds(50, 200)} times at random, {made} after the moment of the "
        "change: 0 locked out, 0 notes lost",
        "50 kills, 200 in the long run: 0",
    )
