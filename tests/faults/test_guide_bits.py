"""A guide with changed bits, lost ends or zeroed blocks is refused; nothing wrong is shown."""

import random
from pathlib import Path

import pytest

from fieldguide.errors import GuideUnreadable
from fieldguide.services.guide import Guide

ROUNDS = 1_500


def refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(GuideUnreadable) as caught:
        Guide.open(path)
    assert str(caught.value).endswith(".")


def test_changed_bits_anywhere_are_noticed(guide_file: Path, tmp_path: Path) -> None:
    whole = guide_file.read_bytes()
    chance = random.Random(20130526)
    for _ in range(ROUNDS):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 40))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if data != whole:
            refused(tmp_path / "guide.db", bytes(data))


def test_a_lost_end_or_a_lost_block_is_noticed(guide_file: Path, tmp_path: Path) -> None:
    whole = guide_file.read_bytes()
    chance = random.Random(20130525)
    for _ in range(ROUNDS // 10):
        refused(tmp_path / "guide.db", whole[: chance.randrange(len(whole))])
        start = chance.randrange(0, len(whole), 512)
        data = whole[:start] + bytes(512) + whole[start + 512 :]
        if data != whole:
            refused(tmp_path / "guide.db", data)


def test_blocks_that_changed_places_are_noticed(guide_file: Path, tmp_path: Path) -> None:
    whole = guide_file.read_bytes()
    chance = random.Random(20130524)
    pages = len(whole) // 4_096
    for _ in range(ROUNDS // 10):
        one, two = (4_096 * page for page in sorted(chance.sample(range(pages), 2)))
        data = bytearray(whole)
        data[one : one + 4_096], data[two : two + 4_096] = (
            whole[two : two + 4_096],
            whole[one : one + 4_096],
        )
        if data != whole:
            refused(tmp_path / "guide.db", bytes(data))
