"""How long a passphrase takes: to set one on many notes, to unlock, and to wipe all there is."""

import random
import statistics
import tempfile
import time
from pathlib import Path

from fieldguide.services.attachments import look_at
from fieldguide.services.safety import Safety
from fieldguide.storage.key_content import KeyContent
from fieldguide.storage.key_names import KEY_FILE
from fieldguide.storage.wiping import destroy_keys
from tests.bench.notes import MANY, Figure, fill, ms_since

PASSPHRASE = "lantern seven ferry umbrella"
ROUNDS = 5
FILES, FILE_BYTES = 6, 36_000_000


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        profile = Path(folder) / "profile"
        fill(profile, random.Random(20130528))
        safety = Safety(profile)
        began = time.perf_counter()
        safety.set_passphrase(PASSPHRASE, safety.new_code())
        first = time.perf_counter() - began
        passes = _passes(profile)
        keys, rests = _unlocked(profile)
        began = time.perf_counter()
        safety.change_passphrase(PASSPHRASE, PASSPHRASE[::-1])
        change = time.perf_counter() - began
        size = _attach(safety)
        began = time.perf_counter()
        left = [*destroy_keys(profile, safety.keys.folders())]
        destroyed = ms_since(began)
        left += safety.wipe()
        wiped = ms_since(began)
        assert not left, left
    return [
        (f"a first passphrase on {MANY:,} notes, with a new backup", first, "s", None),
        ("passes of Argon2id over 128 MiB in 2 lanes, as measured", passes, "", -3),
        ("unlock: the key, median", statistics.median(keys), "s", 1.0),
        ("unlock: the key, quickest", min(keys), "s", -0.4),
        (f"unlock: the rest, {MANY:,} notes open, median", statistics.median(rests), "ms", 50.0),
        ("unlock: the rest, longest", max(rests), "ms", None),
        ("another passphrase", change, "s", None),
        (f"wipe of {size:.0f} MB and a backup: no key is left", destroyed, "ms", 2_000.0),
        ("wipe: nothing is left", wiped, "ms", 2_000.0),
    ]


def _passes(profile: Path) -> float:
    slot = KeyContent.read((profile / KEY_FILE).read_bytes()).passphrase
    assert slot is not None
    return float(slot.cost.time)


def _unlocked(profile: Path) -> tuple[list[float], list[float]]:
    keys, rests = [], []
    for _ in range(ROUNDS):
        safety = Safety(profile)
        began = time.perf_counter()
        safety.unlock(PASSPHRASE)
        keys.append(time.perf_counter() - began)
        began = time.perf_counter()
        notebook = safety.open_notebook(create=False)
        notebook.tally()
        rests.append(ms_since(began))
        notebook.close()
    return keys, rests


def _attach(safety: Safety) -> float:
    """Large files beside the notes, and one more backup; MB of all of it."""
    notebook = safety.open_notebook(create=False)
    note = notebook.notes()[0].id
    chance = random.Random(20130529)
    for number in range(FILES):
        data = chance.randbytes(FILE_BYTES)
        notebook.album.attach(note, look_at(f"{number}.bin", data))
    notebook.close()
    safety.backups.make()
    return sum(stored.size for stored in safety.where()) / 1e6
