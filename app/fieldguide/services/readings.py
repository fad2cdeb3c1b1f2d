"""How hanzi are said: loaded only when it is asked for, as it takes half a second."""

import functools
from collections.abc import Sequence

from fieldguide.domain.people import PersonName, Script
from fieldguide.domain.surnames import HANZI_SURNAMES, family_of_hanzi


@functools.lru_cache(maxsize=20_000)
def readings(hanzi: str) -> Sequence[Sequence[str]]:
    """The syllables that each character may be, without tones, the usual one first."""
    from pypinyin import Style, pinyin

    found: Sequence[Sequence[str]] = pinyin(hanzi, style=Style.NORMAL, heteronym=True)
    return found if len(found) == len(hanzi) else [one for char in hanzi for one in readings(char)]


def with_tones(name: PersonName) -> PersonName:
    """A Chinese name as it is said, the family name as family names are: ``Shàn Xiǎomíng``."""
    family = family_of_hanzi(name.text)
    said = _spoken(family, HANZI_SURNAMES.get(family, "")).capitalize()
    given = _spoken(name.text[len(family) :]).capitalize()
    return PersonName(f"{said} {given}".strip(), Script.PINYIN, said, name.sources)


def _spoken(hanzi: str, toneless: str = "") -> str:
    """With tone marks; of several readings of one character the one spelt ``toneless``."""
    from pypinyin import Style, pinyin
    from pypinyin.contrib.tone_convert import to_normal

    usual = "".join(one[0] for one in pinyin(hanzi, style=Style.TONE))
    if not toneless or len(hanzi) != 1:
        return usual
    marked: list[str] = pinyin(hanzi, style=Style.TONE, heteronym=True)[0]
    return next((said for said in marked if to_normal(said, v_to_u=True) == toneless), usual)
