"""What a piece of a line about a person is: a title, an organisation, a department or a name."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fieldguide.domain.person_endings import is_made_place, is_made_title, without_prefix
from fieldguide.domain.person_given import is_given
from fieldguide.domain.person_names import is_cyrillic
from fieldguide.domain.person_words import (
    ARTICLES,
    CONNECTORS,
    DEPARTMENT_ENDINGS,
    DEPARTMENTS,
    LEGAL_FORMS,
    LEGAL_STARTS,
    ORGANISATIONS,
    PARTS_OF_ONE,
    REMARK_STARTS,
    TITLE_ENDINGS,
    TITLES,
    ZH_BUSINESS,
    ZH_DEPARTMENT,
    ZH_HONORIFIC,
    ZH_NAMED_TITLE,
    ZH_ORGANISATION,
    ZH_REMARK,
    ZH_TITLE,
)
from fieldguide.domain.script import HANZI, fold
from fieldguide.domain.surnames import HANZI_SURNAMES

_SPLIT: Final = re.compile(r"[\s/,]+")
_NO_NAME: Final = re.compile(
    "高级|常务|项目|区域|安全|党委|方案|时|成本|温|车间|管理|白|关务|计|边"
)
_BEFORE_NAME: Final = re.compile(
    "(?P<title>副?总经理|董事长|总裁|院长|副院长|主任|副主任|经理|教授|博士)(?P<name>.{2,3})"
)

_HOUSE: Final = re.compile(
    r"\S\s?[&+]\s?(?:partner|associ|co\b|sons|söhne|fils|hijos|figli|cie|brothers|kollegen|zoon)",
    re.IGNORECASE,
)
"""Whose house a firm is, as in Siebert & Partner."""
_CALLED: Final = re.compile("(?P<title>司机|翻译|导游|秘书|助理|向导)(?P<name>[小老阿].)")


class Kind(StrEnum):
    """What a piece says; the values are fields of a role."""

    TITLE = "title"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    NAME = "name"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row in one kind of writing."""

    text: str

    @property
    def hanzi(self) -> bool:
        """Whether any of it is Chinese."""
        return HANZI.search(self.text) is not None


def kind_of(piece: Piece, known: Container[str]) -> Kind:
    """What a piece most likely is; ``known`` are the fields that were already said."""
    return _kind_of_hanzi(piece.text, known) if piece.hanzi else _kind_of_words(piece.text, known)


def _kind_of_hanzi(text: str, known: Container[str]) -> Kind:
    if ZH_TITLE.search(text):
        return Kind.TITLE
    if ZH_ORGANISATION.search(text):
        part = "organisation_zh" in known and ZH_DEPARTMENT.search(text)
        return Kind.DEPARTMENT if part else Kind.ORGANISATION
    part = ZH_DEPARTMENT.search(text) or ZH_BUSINESS.search(text)
    return Kind.DEPARTMENT if part else Kind.UNKNOWN


def _kind_of_words(text: str, known: Container[str]) -> Kind:
    raw = [word for word in _SPLIT.split(text) if plain(word)]
    words = [plain(word) for word in raw]
    if not words:
        return Kind.UNKNOWN
    firm = len(words) > 1 and (words[-1] in LEGAL_FORMS or words[0] in LEGAL_STARTS)
    if firm or (text[0].isupper() and _HOUSE.search(text)):
        return Kind.ORGANISATION
    last = is_title_word(words[-1]) or (words[0] not in DEPARTMENTS and is_title(raw[-1]))
    if last or is_title(raw[0]):
        return Kind.TITLE
    if words[0] in DEPARTMENTS and words[1:2] == ["for"]:
        return Kind.ORGANISATION
    if words[0] in DEPARTMENTS or words[0] in PARTS_OF_ONE - ORGANISATIONS:
        return Kind.TITLE if is_title_word(words[1] if words[1:] else "") else Kind.DEPARTMENT
    if text[0].islower() and words[0] not in ORGANISATIONS and any(map(is_title_word, words[:2])):
        return Kind.TITLE
    ends = words[0] in ORGANISATIONS or words[-1] in ORGANISATIONS or len(words) == 1
    named = ends or any(word[0].isupper() for word in raw)
    found = [one for one in words if one in ORGANISATIONS or is_made_place(one)]
    if found and named:
        within = raw[0].islower() and words[0] in found
        part = "organisation" in known and (within or any(one in PARTS_OF_ONE for one in found))
        return Kind.DEPARTMENT if part else Kind.ORGANISATION
    if words[-1] in DEPARTMENTS or (len(words) == 1 and DEPARTMENT_ENDINGS.match(words[0])):
        return Kind.DEPARTMENT
    titled = not text[0].islower() and any(map(is_title_word, words))
    return Kind.TITLE if titled else Kind.UNKNOWN


def is_title_word(word: str) -> bool:
    """Whether a plain word makes a title of what it stands in."""
    return any(
        part in TITLES or TITLE_ENDINGS.match(part) is not None
        for part in (word, *(word.split("-") if "-" in word else ()))
    ) or (len(bare := without_prefix(word)) < len(word) and bare in TITLES)


def is_title(word: str) -> bool:
    """The same of a word as it was typed, by its end too."""
    found = plain(word)
    made = is_made_title(found, small=word[:1].islower())
    return is_title_word(found) or (made and not is_given(found))


def is_part(text: str) -> bool:
    """Whether an organisation by its name is likely one of several within a larger one."""
    words = [plain(word) for word in text.split()]
    return words[0] in PARTS_OF_ONE and any(word in CONNECTORS for word in words[1:2])


def is_remark(text: str, *, small: bool) -> bool:
    """Whether a part starts, or in Chinese ends, as a remark; ``small`` without any capital."""
    if HANZI.search(text):
        return ZH_REMARK.search(text) is not None
    first, _, after = text.partition(" ")
    return bool(after) and (small or first[0].islower()) and plain(first) in REMARK_STARTS


def is_department_word(word: str) -> bool:
    """Whether a plain word is that of a part of an organisation."""
    return word in DEPARTMENTS


@lru_cache(maxsize=512)
def plain(word: str) -> str:
    """A word folded, without dots and without the signs around it."""
    return fold(word).replace(".", "").strip("()[]«»“”\"':;&-")


def chinese_name(text: str) -> tuple[str, str, str] | None:
    """Name, honorific and title of hanzi such as 李伟, 张建平教授 or 李主任; None if no name."""
    text = text.strip("()")
    if (match := _BEFORE_NAME.fullmatch(text)) and _has_surname(match["name"]):
        honorific = ZH_HONORIFIC.fullmatch(match["title"])
        return (
            match["name"],
            match["title"] if honorific else "",
            "" if honorific else match["title"],
        )
    if len(text) == 2 and text[1] == "工" and text[0] in HANZI_SURNAMES:
        return text[0], text[1], ""
    if match := _CALLED.fullmatch(text):
        return match["name"], "", match["title"]
    if text[:1] in HANZI_SURNAMES and not _NO_NAME.match(text) and _is_whole_title(text[1:]):
        return text[0], "", text[1:]
    if (match := ZH_HONORIFIC.search(text)) and match.start():
        name = text[: match.start()]
        return (name, match[0], "") if _has_surname(name) and len(name) <= 4 else None
    if match := ZH_NAMED_TITLE.search(text):
        name = text[: match.start()]
        named = _has_surname(name) and len(name) <= 3 and not _NO_NAME.match(name)
        return (name, "", match[0]) if named else None
    if "·" in text or (2 <= len(text) <= 4 and _has_surname(text)):
        return text, "", ""
    return (
        (text, "", "") if 2 <= len(text) <= 3 and _kind_of_hanzi(text, ()) is Kind.UNKNOWN else None
    )


def _is_whole_title(text: str) -> bool:
    match = ZH_TITLE.search(text) if len(text) > 1 and not ZH_HONORIFIC.search(text) else None
    return match is not None and not match.start()


def _has_surname(name: str) -> bool:
    return name[:2] in HANZI_SURNAMES or name[:1] in HANZI_SURNAMES


def without_article(text: str) -> str:
    """A title without the article that courtesy puts before it: Madame la directrice."""
    return ARTICLES.sub("", text.strip())


def pieces_in(part: str) -> Iterator[Piece]:
    """Hanzi, Cyrillic and Latin apart; each word of hanzi for itself, other words together."""
    script, words = "", list[str]()
    for word in _words(part):
        other = _side(word) or script
        if words and (other != script or other == "hanzi"):
            yield Piece(" ".join(words))
            words = []
        script = other
        words.append(word)
    if words:
        yield Piece(" ".join(words))


def _side(word: str) -> str:
    """The writing of a word; nothing for numbers and signs, which belong to what stands before."""
    if HANZI.search(word):
        return "hanzi"
    if is_cyrillic(word):
        return "cyrillic"
    return "latin" if any(sign.isalpha() for sign in word) else ""


def _words(part: str) -> Iterator[str]:
    for word in part.split():
        match = re.fullmatch(rf"({HANZI.pattern}{{2,4}})([A-Za-z][a-z'-]+)", word)
        if match and chinese_name(match[1]):
            yield from match.groups()
        else:
            yield word
