import json
from pathlib import Path

import pytest

from fieldguide.errors import WorkspaceUnavailable
from fieldguide.storage import vault

DAMAGES = {
    "a bit": lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
    "half of it": lambda data: data[: len(data) // 2],
    "all of it": lambda data: b"",
    "its shape": lambda data: b"[1, 2]",
    "its letters": lambda data: b"\xff" * len(data),
}


def _files(profile: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(profile.iterdir())}


def test_a_new_key_is_random_private_and_kept_twice(tmp_path: Path) -> None:
    key = vault.make_key(tmp_path)
    files = _files(tmp_path)
    assert sorted(files) == [vault.KEY_FILE, vault.COPY_FILE]
    assert files[vault.KEY_FILE] == files[vault.COPY_FILE]
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    assert len(key) == 32
    assert vault.load_key(tmp_path) == key
    other = tmp_path / "other"
    other.mkdir()
    assert vault.make_key(other) != key


def test_the_second_program_to_make_a_key_gets_the_first_one(tmp_path: Path) -> None:
    assert vault.make_key(tmp_path) == vault.make_key(tmp_path)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", [vault.KEY_FILE, vault.COPY_FILE])
def test_a_damaged_copy_is_healed_from_the_other(tmp_path: Path, name: str, damage: str) -> None:
    key = vault.make_key(tmp_path)
    before = _files(tmp_path)
    (tmp_path / name).write_bytes(DAMAGES[damage](before[name]))
    assert vault.load_key(tmp_path) == key
    assert _files(tmp_path) == before


@pytest.mark.parametrize("name", [vault.KEY_FILE, vault.COPY_FILE])
def test_a_missing_copy_is_made_again(tmp_path: Path, name: str) -> None:
    key = vault.make_key(tmp_path)
    (tmp_path / name).unlink()
    assert vault.load_key(tmp_path) == key
    assert (tmp_path / name).exists()


def test_every_flipped_bit_of_both_copies_is_noticed(tmp_path: Path) -> None:
    vault.make_key(tmp_path)
    sound = (tmp_path / vault.KEY_FILE).read_bytes()
    values = json.loads(sound)
    for place in range(len(sound)):
        damaged = sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1 :]
        try:
            same = json.loads(damaged) == values
        except ValueError:
            same = False
        for name in (vault.KEY_FILE, vault.COPY_FILE):
            (tmp_path / name).write_bytes(damaged)
        if same:
            assert vault.load_key(tmp_path).hex() == values["key"]
        else:
            with pytest.raises(WorkspaceUnavailable, match="damaged"):
                vault.load_key(tmp_path)


def test_damaged_missing_unreadable_and_newer_are_four_sentences(tmp_path: Path) -> None:
    sentences = set()

    def said() -> str:
        with pytest.raises(WorkspaceUnavailable) as caught:
            vault.load_key(tmp_path)
        return str(caught.value)

    sentences.add(said())
    newer = vault._sealed({"format": 2, "wrap": "a later way"})
    (tmp_path / vault.KEY_FILE).write_bytes(newer)
    sentences.add(said())
    (tmp_path / vault.KEY_FILE).write_bytes(b"")
    (tmp_path / vault.COPY_FILE).write_bytes(b"")
    sentences.add(said())
    (tmp_path / vault.KEY_FILE).unlink()
    (tmp_path / vault.KEY_FILE).mkdir()
    sentences.add(said())
    assert len(sentences) == 4
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in sentences)


def test_two_sound_keys_that_differ_are_both_kept(tmp_path: Path) -> None:
    first = vault.make_key(tmp_path)
    second = vault._sealed({"format": 1, "wrap": "none", "key": "ab" * 32})
    (tmp_path / vault.COPY_FILE).write_bytes(second)
    assert vault.load_key(tmp_path) == first
    assert (tmp_path / vault.COPY_FILE).read_bytes() == second


def test_damaged_keys_are_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    for name in (vault.KEY_FILE, vault.COPY_FILE):
        (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(WorkspaceUnavailable, match="damaged"):
        vault.make_key(tmp_path)
    assert _files(tmp_path) == {vault.KEY_FILE: b"damaged", vault.COPY_FILE: b"damaged"}
