import errno
import json
import os
import time
from pathlib import Path

import pytest

from fieldguide.domain.safety import KeyState, code_letters, new_code
from fieldguide.errors import (
    BadRequest,
    KeyDamaged,
    PassphraseNeeded,
    WorkspaceUnavailable,
    WrongPassphrase,
)
from fieldguide.storage import key_content, key_files, key_names
from fieldguide.storage.key_content import FOR_CODES, LEAST, Cost, KeyContent, Slot
from fieldguide.storage.vault import Vault

CHEAP = Cost(1, 64, 1)
OLD, NEW = "lantern seven ferry umbrella", "仁济 and a long walk"
BOTH = (key_names.KEY_FILE, key_names.COPY_FILE)
DAMAGES = {
    "a bit": lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
    "half of it": lambda data: data[: len(data) // 2],
    "all of it": lambda data: b"",
    "its shape": lambda data: b"[1, 2]",
    "its letters": lambda data: b"\xff" * len(data),
}


def vault_of(profile: Path) -> Vault:
    return Vault(profile, CHEAP)


def make_key(profile: Path) -> bytes:
    vault = vault_of(profile)
    vault.make()
    return vault.key()


def wrapped(profile: Path, passphrase: str = OLD) -> tuple[bytes, str]:
    """A profile whose key has a passphrase; answers with the key and the code."""
    key, code = bytes(range(32)), new_code()
    key_files.write_both(profile, vault_of(profile).new_content(key, passphrase, code))
    return key, code


def _files(profile: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(profile.iterdir())}


def test_a_new_key_is_random_private_and_kept_twice(tmp_path: Path) -> None:
    key = make_key(tmp_path)
    files = _files(tmp_path)
    assert sorted(files) == sorted(BOTH)
    assert len(set(files.values())) == 1
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    assert len(key) == 32
    assert vault_of(tmp_path).key() == key
    other = tmp_path / "other"
    other.mkdir()
    assert make_key(other) != key


def test_the_second_program_to_make_a_key_gets_the_first_one(tmp_path: Path) -> None:
    assert make_key(tmp_path) == make_key(tmp_path)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("passphrase", [None, OLD])
def test_a_damaged_copy_is_healed_from_the_other(
    tmp_path: Path, name: str, damage: str, passphrase: str | None
) -> None:
    key = wrapped(tmp_path)[0] if passphrase else make_key(tmp_path)
    before = _files(tmp_path)
    (tmp_path / name).write_bytes(DAMAGES[damage](before[name]))
    assert vault_of(tmp_path).key(passphrase) == key
    assert _files(tmp_path) == before


@pytest.mark.parametrize("name", BOTH)
def test_a_missing_copy_is_made_again(tmp_path: Path, name: str) -> None:
    key = make_key(tmp_path)
    (tmp_path / name).unlink()
    assert vault_of(tmp_path).key() == key
    assert (tmp_path / name).exists()


@pytest.mark.parametrize("passphrase", [None, OLD])
def test_every_flipped_bit_of_both_copies_is_noticed(
    tmp_path: Path, passphrase: str | None
) -> None:
    key = wrapped(tmp_path)[0] if passphrase else make_key(tmp_path)
    sound = (tmp_path / key_names.KEY_FILE).read_bytes()
    values = json.loads(sound)
    for place in range(len(sound)):
        damaged = sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1 :]
        try:
            same = json.loads(damaged) == values
        except ValueError:
            same = False
        for name in BOTH:
            (tmp_path / name).write_bytes(damaged)
        if same:
            assert vault_of(tmp_path).key(passphrase) == key
        else:
            assert vault_of(tmp_path).state() is KeyState.DAMAGED
            with pytest.raises(KeyDamaged, match="damaged"):
                vault_of(tmp_path).key(passphrase)


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("passphrase", [None, OLD])
def test_a_disk_error_on_one_copy_does_not_keep_the_other_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, passphrase: str | None
) -> None:
    key = wrapped(tmp_path)[0] if passphrase else make_key(tmp_path)
    before = _files(tmp_path)
    with monkeypatch.context() as disk:
        break_reading(disk, name)
        assert vault_of(tmp_path).key(passphrase) == key
        assert vault_of(tmp_path).state() is (KeyState.PASSPHRASE if passphrase else KeyState.OPEN)
    assert _files(tmp_path) == before


def test_a_disk_error_on_both_copies_is_said_and_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(tmp_path)
    before = _files(tmp_path)
    with monkeypatch.context() as disk:
        break_reading(disk, *BOTH)
        for ask in (vault_of(tmp_path).key, vault_of(tmp_path).state):
            with pytest.raises(WorkspaceUnavailable, match="the disk or the system refuses it"):
                ask()
    assert _files(tmp_path) == before


@pytest.mark.parametrize("name", BOTH)
def test_a_copy_of_a_newer_program_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    key = make_key(tmp_path)
    newer = key_content.sealed({"format": 2, "wrap": "a later way"})
    (tmp_path / name).write_bytes(newer)
    assert vault_of(tmp_path).key() == key
    assert (tmp_path / name).read_bytes() == newer


def break_reading(patch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the disk report an error for these files."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name in names:
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return real(path)

    patch.setattr(Path, "read_bytes", read_bytes)


def test_damaged_missing_unreadable_and_newer_are_four_sentences(tmp_path: Path) -> None:
    sentences = set()

    def said() -> str:
        with pytest.raises(WorkspaceUnavailable) as caught:
            vault_of(tmp_path).key()
        return str(caught.value)

    sentences.add(said())
    newer = key_content.sealed({"format": 2, "wrap": "a later way"})
    (tmp_path / key_names.KEY_FILE).write_bytes(newer)
    sentences.add(said())
    for name in BOTH:
        (tmp_path / name).write_bytes(b"")
    sentences.add(said())
    (tmp_path / key_names.KEY_FILE).unlink()
    (tmp_path / key_names.KEY_FILE).mkdir()
    sentences.add(said())
    assert len(sentences) == 4
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in sentences)


def test_two_sound_keys_that_differ_are_both_kept(tmp_path: Path) -> None:
    first = make_key(tmp_path)
    second = KeyContent.plain(b"\xab" * 32).data()
    (tmp_path / key_names.COPY_FILE).write_bytes(second)
    assert vault_of(tmp_path).key() == first
    assert (tmp_path / key_names.COPY_FILE).read_bytes() == second


def test_damaged_keys_are_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    for name in BOTH:
        (tmp_path / name).write_bytes(b"damaged")
    vault_of(tmp_path).make()
    with pytest.raises(KeyDamaged, match="damaged"):
        vault_of(tmp_path).key()
    assert _files(tmp_path) == dict.fromkeys(sorted(BOTH), b"damaged")


def test_a_wrapped_key_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    key, _ = wrapped(tmp_path)
    vault = vault_of(tmp_path)
    assert vault.state() is KeyState.PASSPHRASE
    with pytest.raises(PassphraseNeeded, match="locked"):
        vault.key()
    for wrong in ("", OLD + " ", OLD.upper(), "x" * 100_000, "\ud800"):
        with pytest.raises(WrongPassphrase, match="try again"):
            vault.key(wrong)
    assert vault.key(OLD) == key
    assert vault.key() == key, "it is held"
    vault.lock()
    with pytest.raises(PassphraseNeeded):
        vault.key()
    for data in _files(tmp_path).values():
        assert key.hex().encode() not in data
        assert OLD.encode() not in data


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    key, _ = wrapped(tmp_path, "Zürich ﬁve cafés")
    assert vault_of(tmp_path).key("Zu\u0308rich five cafe\u0301s") == key


def test_a_change_leaves_the_key_and_the_code_as_they_are(tmp_path: Path) -> None:
    key, code = wrapped(tmp_path)
    backups = tmp_path / "backups"
    backups.mkdir()
    for name in ("1.key", "2.key"):
        (backups / name).write_bytes((tmp_path / key_names.KEY_FILE).read_bytes())
    stranger = KeyContent.plain(bytes(32)).data()
    (backups / "3.key").write_bytes(stranger)
    (backups / "4.key").write_bytes(b"damaged")
    vault = vault_of(tmp_path)
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase(NEW, OLD)
    assert vault.change_passphrase(OLD, NEW) == []
    now = (tmp_path / key_names.KEY_FILE).read_bytes()
    assert (backups / "1.key").read_bytes() == now == (backups / "2.key").read_bytes()
    assert (backups / "3.key").read_bytes() == stranger
    assert (backups / "4.key").read_bytes() == b"damaged"
    with pytest.raises(WrongPassphrase):
        vault_of(tmp_path).key(OLD)
    assert vault_of(tmp_path).key(NEW) == key
    vault_of(tmp_path).recover(code.lower().replace("-", " "), OLD)
    assert vault_of(tmp_path).key(OLD) == key


def test_a_copy_made_during_a_change_follows_it(tmp_path: Path) -> None:
    wrapped(tmp_path)
    copy, stranger = tmp_path / "9.key", tmp_path / "8.key"
    copy.write_bytes((tmp_path / key_names.KEY_FILE).read_bytes())
    stranger.write_bytes(KeyContent.plain(bytes(32)).data())
    vault_of(tmp_path).change_passphrase(OLD, NEW)
    for path in (copy, stranger):
        vault_of(tmp_path).follow(path)
    assert copy.read_bytes() == (tmp_path / key_names.KEY_FILE).read_bytes()
    assert stranger.read_bytes() == KeyContent.plain(bytes(32)).data()


def test_what_shows_a_key_or_parts_of_one_is_told_from_what_does_not(tmp_path: Path) -> None:
    make_key(tmp_path)
    path = tmp_path / "1.key"
    plain = (tmp_path / key_names.KEY_FILE).read_bytes()
    sealed = vault_of(tmp_path).new_content(bytes(32), OLD, new_code()).data()
    for data, open_to_all in (
        (plain, True),
        (plain[:-9], True),
        (sealed, False),
        (sealed[:-9], False),
    ):
        path.write_bytes(data)
        assert key_files.lies_open(path) is open_to_all
    path.unlink()
    assert not key_files.lies_open(path)


def test_another_code_takes_the_place_of_the_first(tmp_path: Path) -> None:
    key, code = wrapped(tmp_path)
    other = new_code()
    vault_of(tmp_path).change_code(OLD, other)
    with pytest.raises(WrongPassphrase):
        vault_of(tmp_path).recover(code, NEW)
    vault_of(tmp_path).recover(other, NEW)
    assert vault_of(tmp_path).key(NEW) == key


def test_without_a_passphrase_any_more_the_key_lies_open_everywhere(tmp_path: Path) -> None:
    key, _ = wrapped(tmp_path)
    (tmp_path / "backups").mkdir()
    copy = tmp_path / "backups" / "1.key"
    copy.write_bytes((tmp_path / key_names.KEY_FILE).read_bytes())
    with pytest.raises(WrongPassphrase):
        vault_of(tmp_path).remove_passphrase(NEW)
    vault_of(tmp_path).remove_passphrase(OLD)
    assert vault_of(tmp_path).state() is KeyState.OPEN
    assert vault_of(tmp_path).key() == key
    assert vault_of(tmp_path).key_of(copy.read_bytes()) == key
    with pytest.raises(WrongPassphrase, match="no passphrase"):
        vault_of(tmp_path).change_passphrase(OLD, NEW)


@pytest.mark.parametrize("used", [OLD, NEW])
def test_a_change_killed_between_the_copies_is_settled_by_what_is_used(
    tmp_path: Path, used: str
) -> None:
    key, _ = wrapped(tmp_path)
    before = (tmp_path / key_names.KEY_FILE).read_bytes()
    (tmp_path / "backups").mkdir()
    copy = tmp_path / "backups" / "1.key"
    vault_of(tmp_path).change_passphrase(OLD, NEW)
    (tmp_path / key_names.COPY_FILE).write_bytes(before)
    copy.write_bytes(before)
    vault = vault_of(tmp_path)
    assert vault.key(used) == key
    assert len({*_files(tmp_path / "backups").values(), vault.key_file()}) == 1
    unused = NEW if used == OLD else OLD
    with pytest.raises(WrongPassphrase):
        vault_of(tmp_path).key(unused)


def test_a_copy_of_the_key_tells_whose_it_is(tmp_path: Path) -> None:
    key, _ = wrapped(tmp_path)
    vault = vault_of(tmp_path)
    data = (tmp_path / key_names.KEY_FILE).read_bytes()
    with pytest.raises(PassphraseNeeded):
        vault.key_of(data)
    assert vault.key_of(data, OLD) == key
    with pytest.raises(WrongPassphrase):
        vault.key_of(data, NEW)
    with pytest.raises(KeyDamaged):
        vault.key_of(data[:-3], OLD)
    vault.key(OLD)
    assert vault.key_of(data) == key
    foreign = vault.new_content(bytes(32), OLD, new_code()).data()
    with pytest.raises(PassphraseNeeded, match="was made under"):
        vault.key_of(foreign)


@pytest.mark.parametrize("change", ["time", "memory", "lanes", "salt", "sealed"])
def test_what_a_try_costs_cannot_be_changed(tmp_path: Path, change: str) -> None:
    wrapped(tmp_path)
    values = json.loads((tmp_path / key_names.KEY_FILE).read_bytes())
    del values["check"]
    slot = values["passphrase"]
    slot[change] = slot[change] + 1 if isinstance(slot[change], int) else slot[change][::-1]
    for name in BOTH:
        (tmp_path / name).write_bytes(key_content.sealed(values))
    with pytest.raises(WrongPassphrase):
        vault_of(tmp_path).key(OLD)


@pytest.mark.parametrize(
    ("name", "value"), [("time", 0), ("time", 10**9), ("memory", 10**9), ("lanes", "2"), ("salt", "00"), ("sealed", "zz")]
)  # fmt: skip
def test_a_key_file_with_a_mad_cost_is_damaged_and_costs_nothing(
    tmp_path: Path, name: str, value: object
) -> None:
    wrapped(tmp_path)
    values = json.loads((tmp_path / key_names.KEY_FILE).read_bytes())
    del values["check"]
    values["passphrase"][name] = value
    for copy in BOTH:
        (tmp_path / copy).write_bytes(key_content.sealed(values))
    began = time.perf_counter()
    with pytest.raises(KeyDamaged):
        vault_of(tmp_path).key(OLD)
    assert time.perf_counter() - began < 0.2


def test_a_measured_cost_is_never_below_the_least(tmp_path: Path) -> None:
    slot = key_content.passphrase_slot(bytes(32), b"secret", None)
    assert slot.cost.memory == LEAST.memory == 128 * 1024
    assert slot.cost.time >= LEAST.time == 3
    assert slot.cost.lanes == LEAST.lanes == 2
    assert slot.opened(b"secret") == bytes(32)
    assert Slot.of(bytes(32), b"code", FOR_CODES).opened(b"cod") is None


def test_a_code_is_long_random_and_shows_a_slip() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 8
        assert not set("IO01") & set(code)
        assert code_letters(code) == code_letters(code.lower().replace("-", "")) != code
    code = next(iter(codes))
    for place, letter in enumerate(code):
        if letter != "-":
            slip = code[:place] + ("A" if letter != "A" else "B") + code[place + 1 :]
            with pytest.raises(BadRequest, match="compare it with the paper"):
                code_letters(slip)
    with pytest.raises(BadRequest, match="compare it with the paper"):
        code_letters("仁" * 32)
    for short in ("", "仁济", code[:-1], code + "A"):
        with pytest.raises(BadRequest, match="were typed"):
            code_letters(short)


@pytest.mark.parametrize("passphrase", ["", "       ", "seven", " seven77 "[:8]])
def test_a_passphrase_that_protects_nothing_is_refused(tmp_path: Path, passphrase: str) -> None:
    wrapped(tmp_path)
    before = _files(tmp_path)
    with pytest.raises(BadRequest, match="at least 8"):
        vault_of(tmp_path).change_passphrase(OLD, passphrase)
    assert _files(tmp_path) == before


def test_a_new_key_that_only_lacks_its_name_is_put_in_place(tmp_path: Path) -> None:
    make_key(tmp_path)
    key = bytes(range(32))
    key_files.write_next(tmp_path, vault_of(tmp_path).new_content(key, OLD, new_code()))
    (tmp_path / key_names.NEXT_FILE).touch()
    assert vault_of(tmp_path).state() is KeyState.OPEN, "its file is not in place yet"
    (tmp_path / key_names.NEXT_FILE).unlink()
    (tmp_path / key_names.NEXT_KEYS[0]).write_bytes(b"damaged")
    assert vault_of(tmp_path).state() is KeyState.PASSPHRASE
    assert vault_of(tmp_path).key(OLD) == key
    assert sorted(_files(tmp_path)) == sorted(BOTH)
