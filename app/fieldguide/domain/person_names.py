"""Which part of a written name is the family's, in the orders in which names are written."""

import re
from collections.abc import Sequence
from typing import Final

from fieldguide.domain.people import PersonName, Script
from fieldguide.domain.script import fold
from fieldguide.domain.surnames import HANZI_SURNAMES, family_of_hanzi, is_surname


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_PARTICLES: Final = _folded(
    "de del della dello dei degli di da das do dos du des la le las los van von vom zu zum zur"
    " der den ter ten af av el al bin ben ibn d'"
)
_TWICE_NAMED: Final = _folded("""
garcía martín ruiz díaz muñoz romero alonso navarro torres moreno vega ramos castro ortiz rubio
molina delgado ortega silva santos costa oliveira ferreira pereira blanco serrano medina morales
reyes cruz herrera flores rivera vargas guerrero cano prieto campos vidal soto iglesias peña
""")
"""Family names that are usually followed by another one, beside those in -ez."""

_SECOND_GIVEN: Final = _folded("""
josé luis carlos maría antonio manuel jesús ángel miguel fernando pablo alberto teresa isabel
carmen elena cristina dolores pilar rosa luisa javier andrés francisco ramón ignacio eduardo
enrique belén eugenia victoria paz mar soledad mercedes lucía laura beatriz ana alejandro david
daniel rafael juan pedro felipe josefa ángeles inés sofía gabriel
""")
"""Given names that often follow another one in Spanish."""
_COMMONEST: Final = frozenset(
    {"wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou"}
)
_PINYIN: Final = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|uai|iao|ian|uan|ang|eng|ing|ong|ai|ei|ao"
    r"|ou|an|en|in|un|ui|uo|ua|ue|ia|ie|iu|er|[aoeiuv])'?){1,3}"
)
_KOREAN: Final = re.compile(r"[A-Z]?[a-z]{2,6}-[A-Za-z][a-z]{1,5}")
_TONES: Final = re.compile("[āēīōūǖǎěǐǒǔǚǘǜ]")
_TONES_BESIDE_HANZI: Final = re.compile("[āēīōūǖǎěǐǒǔǚáéíóúǘàèìòùǜ]")
_VIETNAMESE: Final = re.compile("[\u1ea0-\u1ef9đơư]")
_VIETNAMESE_FAMILIES: Final = frozenset(
    {"nguyen", "tran", "le", "pham", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo"}
)
_AFTER_NAMES: Final = frozenset({"jr", "sr", "ii", "iii"})
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_PATRONYMIC: Final = re.compile(r".{2,}(?:ович|евич|ич|овна|евна|ична|инична|оглы|кызы)")
_RUSSIAN_FAMILY: Final = re.compile(
    r".+(?:ов|ев|ёв|ова|ева|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|ых|их|ко|ук|юк|ян|дзе|швили)"
)
_CHINESE_IN_RUSSIAN: Final = _folded(
    "ли ван чжан лю чэнь ян чжао хуан чжоу у сюй сунь ма чжу ху линь го хэ гао ло чжэн лян се тан"
    " сюэ цао дэн фэн цзян цай вэй лу тянь шэнь пэн фань цзинь цинь"
)
"""Family names of China as they are written in Russian."""
_RUSSIAN_GIVEN: Final = re.compile(
    "константин|марина|ирина|нина|галина|екатерина|валентина?|полина|кристина|карина|регина|алина"
    "|мартин|антонина|ангелина|арина|василина|лина|эвелина|дина"
)


def is_korean(name: str) -> bool:
    """Whether words read as a Korean name beyond doubt: its given name has a hyphen."""
    words = name.split()
    return len(words) == 2 and is_surname(words[0]) and bool(_KOREAN.fullmatch(words[1]))


def looks_eastern(name: str) -> bool:
    """Whether words read as a Chinese or Korean name, family name first."""
    words = name.split()
    return 2 <= len(words) <= 3 and _eastern(words) == words[0]


def is_patronymic(word: str) -> bool:
    """Whether it is the middle part of a Russian name, after the father's."""
    return bool(_PATRONYMIC.fullmatch(word.lower()))


def is_particle(word: str) -> bool:
    """Whether it is one of the small words within names, as von or de la."""
    return fold(word) in _PARTICLES or word == "v."


def is_cyrillic(text: str) -> bool:
    """Whether any letter is Cyrillic."""
    return bool(_CYRILLIC.search(text))


def has_tones(text: str, *, beside_hanzi: bool) -> bool:
    """Whether Latin letters carry the tones of Chinese; next to hanzi every accent counts."""
    return bool((_TONES_BESIDE_HANZI if beside_hanzi else _TONES).search(text.lower()))


def family_of(name: str, hanzi: str = "", *, western: bool = False, spanish: bool = False) -> str:
    """The part of a name in an alphabet that the family bears; ``hanzi`` is the same name.

    ``western`` tells that the given name is known to stand first, ``spanish`` that there are
    likely two family names.
    """
    words = [word for word in name.split() if fold(word).strip(".,") not in _AFTER_NAMES]
    if len(words) < 2:
        return words[0] if hanzi and words and matches_family(words[0], hanzi) else ""
    if "," in name:
        return name.partition(",")[0].strip()
    found = _in_capitals(words) or _like_hanzi(words, hanzi)
    if found:
        return found
    if is_cyrillic(name):
        return _russian(words)
    if (found := _eastern(words)) and not (western and is_surname(words[-1])):
        return found
    return _western(words, spanish=spanish)


def written_name(
    text: str, script: Script, hanzi: str, *, western: bool = False, spanish: bool = False
) -> PersonName:
    """A name as it was written, with the family's part; ``hanzi`` is the same name in those."""
    if script is Script.NICKNAME:
        return PersonName(text, script)
    if script is Script.HANZI:
        return PersonName(text, script, family_of_hanzi(text))
    if script is Script.OTHER and hanzi:
        return PersonName(text, script, text.split()[0])
    if script is Script.LATIN and has_tones(text, beside_hanzi=bool(hanzi)):
        script = Script.PINYIN if hanzi and matches_hanzi(text, hanzi) else script
    return PersonName(text, script, family_of(text, hanzi, western=western, spanish=spanish))


def matches_family(word: str, hanzi: str) -> bool:
    """Whether a word spells the family name of a Chinese name."""
    family = family_of_hanzi(hanzi)
    return bool(family) and fold(HANZI_SURNAMES.get(family, "")) == fold(word).replace("v", "u")


def matches_hanzi(name: str, hanzi: str) -> bool:
    """Whether one word of a name in Latin letters spells the family name of these hanzi."""
    return any(matches_family(word, hanzi) for word in name.split())


def _in_capitals(words: Sequence[str]) -> str:
    capitals = [
        len(word) > 1 and word.isupper() and not word.endswith(".") and "." not in word
        for word in words
    ]
    if not any(capitals) or all(capitals):
        return ""
    first = capitals.index(True)
    last = len(capitals) - 1 - capitals[::-1].index(True)
    return " ".join(words[first : last + 1])


def _like_hanzi(words: Sequence[str], hanzi: str) -> str:
    if not hanzi:
        return ""
    return next((word for word in words if matches_family(word, hanzi)), "")


def _eastern(words: Sequence[str]) -> str:
    """Family name first, or last where only the last is one; nothing when it is no such name."""
    first, last = fold(words[0]), fold(words[-1])
    middle = {fold(word) for word in words[1:-1]}
    if first in _VIETNAMESE_FAMILIES and (first == "nguyen" or middle & {"van", "thi"}):
        return words[0]
    if is_surname(first) and any(_VIETNAMESE.search(word.lower()) for word in words):
        return words[0]
    if is_surname(last) and last in _COMMONEST and first not in _COMMONEST:
        return words[-1]
    if is_surname(first) and all(_eastern_given(word) for word in words[1:]):
        return words[0]
    return ""


def _eastern_given(word: str) -> bool:
    return bool(_PINYIN.fullmatch(fold(word).replace("-", "")) or _KOREAN.fullmatch(word))


def _western(words: Sequence[str], *, spanish: bool) -> str:
    for place in range(1, len(words) - 1):
        if fold(words[place]) in _PARTICLES or words[place] == "v.":
            return " ".join(words[place:])
    twice = fold(words[-2]) if len(words) > 2 else ""
    if (
        spanish
        and len(twice) > 1
        and (len(words) > 3 or twice not in _SECOND_GIVEN)
        and "." not in twice
    ):
        return " ".join(words[-2:])
    if twice in ("i", "y", "e") and len(words) > 3:
        return " ".join(words[-3:])
    if twice in _TWICE_NAMED or (len(twice) > 3 and twice.endswith("ez")):
        return " ".join(words[-2:])
    return words[-1]


def _russian(words: Sequence[str]) -> str:
    if len(words) == 2 and fold(words[0]) in _CHINESE_IN_RUSSIAN:
        return words[0]
    if len(words) == 2 and re.fullmatch(r".{2,}(?:ович|евич|овна|евна|ична)", words[1].lower()):
        return ""
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[1].lower()):
        return words[2]
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2].lower()):
        return words[0]
    first, last = (
        bool(_RUSSIAN_FAMILY.fullmatch(word.lower())) and not _RUSSIAN_GIVEN.fullmatch(word.lower())
        for word in (words[0], words[-1])
    )
    return words[0] if first and not last else words[-1]
