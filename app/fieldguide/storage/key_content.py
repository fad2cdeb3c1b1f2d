"""What a key file says: the key itself, or the key wrapped in what a user knows."""

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from fieldguide.errors import WorkspaceUnavailable
from fieldguide.storage.key_names import WRAP
from fieldguide.storage.sqlite import KEY_BYTES

FORMAT: Final = 1
NO_WRAP: Final = "none"

_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_MARK_BYTES: Final = 16
_MOST: Final = (100, 4 * 1024 * 1024, 64)
_QUICKEST_S: Final = 0.5
_WANTED_S: Final = 0.65


class DamagedContent(Exception):
    """A key file whose checksum or shape is wrong."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try at a secret costs: passes, KiB of memory, lanes."""

    time: int
    memory: int
    lanes: int


LEAST: Final = Cost(3, 128 * 1024, 2)
FOR_CODES: Final = Cost(1, 8 * 1024, 1)
"""Nobody can try the codes there are: they are long and random."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The key, sealed under one secret."""

    cost: Cost
    salt: bytes
    sealed: bytes

    @classmethod
    def of(cls, key: bytes, secret: bytes, cost: Cost) -> Self:
        """Seal a key; raises WorkspaceUnavailable when the computer is short of memory."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(_derived(secret, salt, cost)).encrypt(nonce, key, _bound(salt, cost))
        return cls(cost, salt, nonce + sealed)

    def opened(self, secret: bytes) -> bytes | None:
        """The key; None when this is not the secret."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        derived = _derived(secret, self.salt, self.cost)
        nonce, sealed = self.sealed[:_NONCE_BYTES], self.sealed[_NONCE_BYTES:]
        try:
            return AESGCM(derived).decrypt(nonce, sealed, _bound(self.salt, self.cost))
        except InvalidTag:
            return None

    def values(self) -> dict[str, Any]:
        """As it is written."""
        return {
            "time": self.cost.time, "memory": self.cost.memory, "lanes": self.cost.lanes,
            "salt": self.salt.hex(), "sealed": self.sealed.hex(),
        }  # fmt: skip

    @classmethod
    def read(cls, values: dict[str, Any]) -> Self:
        """From what was written; raises KeyError, TypeError or ValueError."""
        numbers = (values["time"], values["memory"], values["lanes"])
        salt, sealed = bytes.fromhex(values["salt"]), bytes.fromhex(values["sealed"])
        if not all(1 <= number <= most for number, most in zip(numbers, _MOST, strict=True)):
            raise ValueError
        if len(salt) != _SALT_BYTES or len(sealed) != _NONCE_BYTES + KEY_BYTES + _TAG_BYTES:
            raise ValueError
        return cls(Cost(*numbers), salt, sealed)


@dataclass(frozen=True, slots=True)
class KeyContent:
    """``key`` when nothing wraps it, otherwise a slot for each secret that opens it.

    ``mark`` tells whether two files hold the same key, and nothing of the key.
    """

    mark: str
    key: bytes | None = None
    passphrase: Slot | None = None
    recovery: Slot | None = None

    @classmethod
    def plain(cls, key: bytes) -> Self:
        """A key that lies open."""
        return cls(mark_of(key), key)

    @classmethod
    def wrapped(cls, key: bytes, passphrase: Slot, recovery: Slot | None) -> Self:
        """A key that a passphrase opens, and perhaps a code."""
        return cls(mark_of(key), None, passphrase, recovery)

    def with_passphrase(self, passphrase: Slot) -> "KeyContent":
        """The same key under another passphrase; the code stays what it is."""
        return replace(self, passphrase=passphrase)

    def data(self) -> bytes:
        """As a file."""
        values: dict[str, Any] = {"format": FORMAT, "wrap": WRAP, "mark": self.mark}
        if self.key is not None:
            values = {"format": FORMAT, "wrap": NO_WRAP, "key": self.key.hex()}
        for name, slot in (("passphrase", self.passphrase), ("recovery", self.recovery)):
            if slot is not None:
                values[name] = slot.values()
        return sealed(values)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """From a file; raises DamagedContent, WorkspaceUnavailable when a later version made it."""
        values = _checked(data)
        if values.get("format") != FORMAT or values.get("wrap") not in (NO_WRAP, WRAP):
            raise WorkspaceUnavailable(
                "The key of your notes was made by a newer version of the program; "
                "open them with that version."
            )
        try:
            if values["wrap"] == NO_WRAP:
                key = bytes.fromhex(values["key"])
                if len(key) != KEY_BYTES:
                    raise DamagedContent
                return cls.plain(key)
            recovery = Slot.read(values["recovery"]) if "recovery" in values else None
            return cls(str(values["mark"]), None, Slot.read(values["passphrase"]), recovery)
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedContent from error


def mark_of(key: bytes) -> str:
    """A name for a key from which the key cannot be found."""
    return hmac.digest(key, b"fieldguide: which key is this", "sha256")[:_MARK_BYTES].hex()


def passphrase_slot(key: bytes, secret: bytes, cost: Cost | None) -> Slot:
    """Seal under a passphrase; without a cost, so that a try takes about 0.6 s on this computer."""
    if cost is not None:
        return Slot.of(key, secret, cost)
    times = []
    for _ in range(2):
        began = time.perf_counter()
        slot = Slot.of(key, secret, LEAST)
        times.append(time.perf_counter() - began)
    # The quicker one: another program may have kept the other waiting.
    taken = min(times)
    if taken >= _QUICKEST_S:
        return slot
    return Slot.of(key, secret, replace(LEAST, time=_passes(taken)))


def sealed(values: dict[str, Any]) -> bytes:
    """Values as a file with a checksum."""
    return json.dumps({**values, "check": _check(values)}, indent=1).encode("ascii") + b"\n"


def _passes(taken: float) -> int:
    """How many passes fill the time that one try should take, when LEAST took this long."""
    return min(round(LEAST.time * _WANTED_S / max(taken, 0.001)), _MOST[0])


def _checked(data: bytes) -> dict[str, Any]:
    try:
        values = json.loads(data.decode("ascii"))
        check = values.pop("check")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise DamagedContent from error
    if check != _check(values):
        raise DamagedContent
    return dict(values)


def _check(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode("ascii")).hexdigest()


def _derived(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    # Slow to import, and nothing without a passphrase needs it.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=cost.time,
            lanes=cost.lanes,
            memory_cost=cost.memory,
        ).derive(secret)
    except MemoryError as error:
        raise WorkspaceUnavailable(
            "The passphrase cannot be tried: the computer is short of memory; close a program."
        ) from error


def _bound(salt: bytes, cost: Cost) -> bytes:
    """What is sealed along with the key, so that nobody can make a try cheaper."""
    return f"{WRAP} {cost.time} {cost.memory} {cost.lanes} ".encode("ascii") + salt
