"""What a piece of a line about a person is: a title, an organisation, a department or a name."""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fieldguide.domain.person_words import (
    ARTICLES,
    DEPARTMENT_ENDINGS,
    DEPARTMENTS,
    LEGAL_FORMS,
    LEGAL_STARTS,
    MAYBE_PLACED,
    ORGANISATIONS,
    PARTS_OF_ONE,
    PLACED,
    SHORT_TITLES,
    TITLE_ENDINGS,
    TITLES,
    ZH_DEPARTMENT,
    ZH_HONORIFIC,
    ZH_NAMED_TITLE,
    ZH_ORGANISATION,
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


class Kind(StrEnum):
    """What a piece says; the values are fields of a role."""

    TITLE = "title"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
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
    return Kind.DEPARTMENT if ZH_DEPARTMENT.search(text) else Kind.UNKNOWN


def _kind_of_words(text: str, known: Container[str]) -> Kind:
    words = [plain for word in _SPLIT.split(text) if (plain := _plain(word))]
    if not words:
        return Kind.UNKNOWN
    if len(words) > 1 and (words[-1] in LEGAL_FORMS or words[0] in LEGAL_STARTS):
        return Kind.ORGANISATION
    if any(_is_title(word) for word in (words[0], words[-1])):
        return Kind.TITLE
    if words[0] in DEPARTMENTS:
        return Kind.DEPARTMENT
    if found := [word for word in words if word in ORGANISATIONS]:
        part = "organisation" in known and any(word in PARTS_OF_ONE for word in found)
        return Kind.DEPARTMENT if part else Kind.ORGANISATION
    if words[-1] in DEPARTMENTS or (len(words) == 1 and DEPARTMENT_ENDINGS.match(words[0])):
        return Kind.DEPARTMENT
    return Kind.TITLE if any(_is_title(word) for word in words) else Kind.UNKNOWN


def _is_title(word: str) -> bool:
    return any(
        part in TITLES or TITLE_ENDINGS.match(part) is not None
        for part in (word, *(word.split("-") if "-" in word else ()))
    )


def _plain(word: str) -> str:
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


def _has_surname(name: str) -> bool:
    return name[:2] in HANZI_SURNAMES or name[:1] in HANZI_SURNAMES


def titled_name(text: str) -> tuple[str, str, str] | None:
    """Name, title and organisation of words with a short title among them: ``Li Wei GM Juke``."""
    words = [word.rstrip(":") for word in text.split()]
    others = " ".join(words[1:])
    if 3 <= len(words) <= 5 and fold(words[0]) in SHORT_TITLES and _plain_words(others):
        return others, words[0], ""
    for place in range(2, min(len(words), 5)):
        if fold(words[place]) in SHORT_TITLES and words[place].isupper():
            return " ".join(words[:place]), words[place], " ".join(words[place + 1 :])
    return None


def _plain_words(text: str) -> bool:
    return _kind_of_words(text, ()) is Kind.UNKNOWN and not any(sign.isdigit() for sign in text)


def placed_title(text: str) -> tuple[str, str] | None:
    """Title and organisation of a piece that says both: ``ricercatrice presso Valchiara SpA``."""
    for pattern, sure in ((PLACED, True), (MAYBE_PLACED, False)):
        match = pattern.search(text)
        if match and _kind_of_words(text[: match.start()], ()) is Kind.TITLE:
            where = text[match.end() :]
            if sure or _kind_of_words(where, ()) is Kind.ORGANISATION:
                return text[: match.start()], where
    return None


def without_article(text: str) -> str:
    """A title without the article that courtesy puts before it: Madame la directrice."""
    return ARTICLES.sub("", text.strip())
