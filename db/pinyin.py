"""Pinyin made when a guide is built: tones to show, toneless syllables and initials to find."""

import itertools
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from pypinyin import Style, load_phrases_dict, pinyin
from pypinyin.seg.mmseg import seg

SURNAMES: Final = {
    "单": "Shàn", "曾": "Zēng", "仇": "Qiú", "查": "Zhā", "区": "Ōu", "解": "Xiè", "任": "Rén",
    "华": "Huà", "朴": "Piáo", "盖": "Gě", "翟": "Zhái", "召": "Shào", "缪": "Miào", "乐": "Yuè",
    "宁": "Nìng", "车": "Chē", "石": "Shí", "覃": "Qín", "牟": "Mù", "秘": "Bì", "冼": "Xiǎn",
}  # fmt: skip
"""Characters that are read otherwise as a family name; pypinyin does not know where one stands."""

ENDINGS: Final = re.compile(
    "(医院|大学|学院|医学院|园区|科技城|研究所|研究院|公司|有限公司|集团|中心|委员会|管理局|药监局|"
    "领事馆|总领事馆|商会|协会|机场|火车站|地铁站|科技|生物|医药|医疗|器械|工业|国际|高科技|高新区|"
    "临床|试验|备案|申请|审批|注册|许可|检验|评价|生产|经营|路|大道|街|区|市|省|镇|站)"
)
"""Words that end or make up names; the dictionary's own cut joins them to what stands before."""

_HANZI: Final = re.compile(r"[\u3400-\u9fff]")


def teach(corrections: Mapping[str, str]) -> None:
    """Teach words whose usual reading is wrong, e.g. ``长宁`` -> ``Cháng níng``."""
    load_phrases_dict(
        {word: [[s.lower()] for s in said.split()] for word, said in corrections.items()}
    )


def toneless(text: str) -> str:
    """Lower case without tone marks; ü becomes u, as most people type it."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def shown(zh: str, *, person: bool = False) -> str:
    """Words with tone marks: ``仁济医院`` -> ``Rénjì Yīyuàn``; a person as family, given name."""
    if person and len(zh) in (2, 3, 4):
        family = SURNAMES.get(zh[0]) or _tones(zh[0])[0].capitalize()
        return f"{family} {''.join(_tones(zh[1:])).capitalize()}"
    groups: list[str] = []
    for part in ENDINGS.split(zh):
        loose = ""
        for word in seg.cut(part) if part else ():
            if len(word) == 1 and _HANZI.match(word):
                loose += word
                continue
            groups += [loose, word]
            loose = ""
        groups.append(loose)
    said = ["".join(_tones(group)).strip() for group in groups if group]
    return " ".join(word[0].upper() + word[1:] for word in said if word)


def _tones(zh: str) -> list[str]:
    return [one[0] for one in pinyin(zh, style=Style.TONE)]


def syllables(zh: str, override: str = "", *, person: bool = False) -> list[list[str]]:
    """Toneless readings of the hanzi of a name, the chosen one first.

    With an override that spells every character, only that reading; else also each reading in
    which one character is said differently, since no table knows every name.
    """
    hanzi = "".join(_HANZI.findall(zh))
    if not hanzi:
        return []
    options = [
        list(dict.fromkeys(toneless(said) for said in found))
        for found in pinyin(hanzi, style=Style.NORMAL, heteronym=True)
    ]
    if override and (spelt := _spelt(options, re.sub(r"[^a-z]", "", toneless(override)))):
        return [spelt]
    best = [one[0] for one in pinyin(hanzi, style=Style.NORMAL)]
    best = [toneless(said) for said in best]
    if person and hanzi[0] in SURNAMES:
        best[0] = toneless(SURNAMES[hanzi[0]])
    readings = [best]
    for place, said in enumerate(options):
        for other in said[:3]:
            if other != best[place] and len(hanzi) <= 8:
                readings.append([*best[:place], other, *best[place + 1 :]])
    return readings


def _spelt(options: list[list[str]], letters: str) -> list[str]:
    """The reading of each character that together spell ``letters``; empty when none does."""
    ways: dict[int, list[str]] = {0: []}
    for said in options:
        ways = {
            at + len(one): [*path, one]
            for (at, path), one in itertools.product(ways.items(), said)
            if letters.startswith(one, at)
        }
    return ways.get(len(letters), [])
