"""People met: names in every script, what they do, how to reach them, and who says so.

Every value is one of several and keeps where it comes from, so that two descriptions of one
person can be joined without losing what either said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fieldguide.domain.records import Ref
from fieldguide.domain.tables import DATE, LINES, among

HAND: Final = "hand"
IMPORT: Final = "import"
"""Where a value comes from; more may follow a colon, as in ``import:team.vcf``."""

WAYS: Final = {
    "phone": "Phone",
    "mobile": "Mobile",
    "fax": "Fax",
    "email": "E-mail",
    "web": "Web page",
    "wechat": "WeChat",
    "qq": "QQ",
    "line": "LINE",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "signal": "Signal",
    "kakaotalk": "KakaoTalk",
    "skype": "Skype",
    "teams": "Teams",
    "zoom": "Zoom",
    "linkedin": "LinkedIn",
    "xing": "XING",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "weibo": "Weibo",
    "x": "X",
}
"""Kind of a way to reach somebody -> its name; the order is the one they are shown in."""

CALLED: Final = frozenset({"phone", "mobile", "fax"})
"""Kinds whose value is a number of the telephone network."""
HANDLES: Final = frozenset(WAYS) - CALLED - {"email", "web"}

_NUMBER: Final = re.compile(r"\d+")


class Script(StrEnum):
    """How a name is written; the values are stored."""

    LATIN = "latin"
    HANZI = "hanzi"
    PINYIN = "pinyin"
    """Latin letters with the tones of the hanzi, to say it by."""
    OTHER = "other"
    NICKNAME = "nickname"
    """What they like to be called, often an English first name."""


class Agreement(StrEnum):
    """What a person said to being kept here; the values are stored."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Face(StrEnum):
    """What a picture of a person shows; the values are stored."""

    PORTRAIT = "portrait"
    CARD_FRONT = "card-front"
    CARD_BACK = "card-back"
    WECHAT_CODE = "wechat-code"


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name in the order it was written; ``family`` is the part of it that the family bears."""

    text: str
    script: Script = Script.LATIN
    family: str = ""
    sources: tuple[str, ...] = ()

    @property
    def given(self) -> str:
        """All of the name that the family does not bear."""
        if not self.family or self.family not in self.text:
            return "" if self.family else self.text
        before, _, after = self.text.partition(self.family)
        gap = "" if self.script is Script.HANZI else " "
        return gap.join(part for part in (before.strip(" ,"), after.strip(" ,")) if part)

    @property
    def western(self) -> str:
        """Given name first, family name last; hanzi stay as they are."""
        if self.script is Script.HANZI or not self.family:
            return self.text
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Said:
    """A text about a person: an honorific, how to address them, a remark, who introduced them."""

    text: str = field(metadata=LINES)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody does or did where; ``since`` and ``until`` are YYYY, YYYY-MM or YYYY-MM-DD.

    ``at`` is the record of the organisation where the guide holds one.
    """

    title: str = ""
    title_zh: str = ""
    organisation: str = ""
    organisation_zh: str = ""
    department: str = ""
    department_zh: str = ""
    at: Ref | None = None
    since: str = field(default="", metadata=DATE)
    until: str = field(default="", metadata=DATE)
    sources: tuple[str, ...] = ()

    @property
    def past(self) -> bool:
        """Whether it is known to have ended."""
        return bool(self.until)


@dataclass(frozen=True, slots=True)
class Way:
    """A number, mailbox, page or name elsewhere; ``kind`` is a key of WAYS, ``use`` work, home …"""

    kind: str = field(metadata=among(WAYS))
    value: str
    use: str = ""
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What two writings of the same way have in common."""
        if self.kind in CALLED:
            return "".join(_NUMBER.findall(self.value)) or self.value
        return self.value.casefold().removeprefix("@")


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; ``street`` may hold several lines."""

    street: str = field(default="", metadata=LINES)
    city: str = ""
    region: str = ""
    code: str = ""
    country: str = ""
    use: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Encounter:
    """Where and when one of us met them; ``by`` names who, ``on`` is an ISO date."""

    visit: Ref | None = None
    on: str = field(default="", metadata=DATE)
    by: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """What they said to being kept, when (ISO date), and what was promised about it."""

    state: Agreement
    on: str = field(default="", metadata=DATE)
    remark: str = field(default="", metadata=LINES)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An attachment that shows them, their card or their WeChat code."""

    face: Face
    attachment: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody met or to be met. Equal when all that is said of them is; ``uid`` is lasting."""

    uid: str = field(default="", compare=False)
    names: tuple[PersonName, ...] = ()
    honorifics: tuple[Said, ...] = ()
    address_as: tuple[Said, ...] = ()
    roles: tuple[Role, ...] = ()
    ways: tuple[Way, ...] = ()
    addresses: tuple[Address, ...] = ()
    notes: tuple[Said, ...] = ()
    tags: tuple[str, ...] = ()
    met: tuple[Encounter, ...] = ()
    introduced_by: tuple[Said, ...] = ()
    consents: tuple[Consent, ...] = ()
    retention: tuple[Said, ...] = ()
    """How long this is kept, in plain words."""
    pictures: tuple[Picture, ...] = ()
    records: tuple[Ref, ...] = ()

    def name(self, *scripts: Script) -> PersonName | None:
        """The first name in the first of these scripts that there is."""
        for script in scripts or tuple(Script):
            for name in self.names:
                if name.script is script:
                    return name
        return None

    @property
    def title(self) -> str:
        """What a list shows: the name, in Latin letters if there is one, else the firm or a way."""
        shown = self.name(Script.LATIN, Script.PINYIN, Script.HANZI, Script.OTHER, Script.NICKNAME)
        if shown:
            return shown.text
        role = self.role or Role()
        way = self.ways[0].value if self.ways else ""
        return role.organisation or role.organisation_zh or way or role.title

    @property
    def hanzi(self) -> str:
        """The name in Chinese characters, or nothing."""
        name = self.name(Script.HANZI)
        return name.text if name else ""

    @property
    def role(self) -> Role | None:
        """What they do now, as far as is known; a past role only when there is no other."""
        return next((role for role in self.roles if not role.past), next(iter(self.roles), None))

    def reached_by(self, *kinds: str) -> tuple[Way, ...]:
        """The ways of these kinds, in the order they are kept."""
        return tuple(way for way in self.ways if way.kind in kinds)

    @property
    def consent(self) -> Consent | None:
        """The latest that they said."""
        return max(self.consents, key=lambda said: said.on, default=None)


def one_line(parts: Iterable[str], between: str = ", ") -> str:
    """The parts that say something, in a row."""
    return between.join(part for part in parts if part)
