"""Pinyin where a machine is usually wrong."""

import pytest

from db import pinyin


@pytest.mark.parametrize(
    ("zh", "said"),
    [("单小明", "Shàn"), ("曾国华", "Zēng"), ("任正", "Rén"), ("解一", "Xiè"), ("仇英", "Qiú")],
)
def test_a_family_name_is_read_as_one(zh: str, said: str) -> None:
    assert pinyin.shown(zh, person=True).split()[0] == said


def test_words_carry_tones_and_capitals() -> None:
    assert pinyin.shown("仁济医院") == "Rénjì Yīyuàn"


def test_an_override_that_spells_every_character_leaves_one_reading() -> None:
    assert pinyin.syllables("长宁区", "Chángníng Qū") == [["chang", "ning", "qu"]]


def test_without_an_override_each_other_reading_is_found_too() -> None:
    assert ["ceng", "le"] in pinyin.syllables("曾乐")
    assert ["zeng", "le"] in pinyin.syllables("曾乐")


def test_an_override_that_does_not_fit_is_not_believed() -> None:
    assert ["ren", "ji"] in pinyin.syllables("仁济", "Shanghai")


def test_latin_letters_have_no_readings() -> None:
    assert pinyin.syllables("BioBAY") == []
