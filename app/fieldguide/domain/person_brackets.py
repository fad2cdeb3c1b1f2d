"""What stands in brackets or in quotes within the words about a person, and what for."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from fieldguide.domain.person_evidence import Evidence
from fieldguide.domain.person_gathered import NAMED
from fieldguide.domain.person_given import is_given
from fieldguide.domain.person_names import looks_eastern
from fieldguide.domain.person_pieces import Kind, Piece, kind_of
from fieldguide.domain.person_words import HONORIFICS, LEGAL_FORMS, ZH_ORGANISATION
from fieldguide.domain.script import HANZI, fold
from fieldguide.domain.surnames import is_surname

_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_QUOTED: Final = re.compile(r"[“”\"«]([^“”\"«»]{1,40})[“”\"»]")


class Use(Enum):
    """What something in brackets is for."""

    ROLE = auto()
    PLACE = auto()
    OTHER_SCRIPT = auto()
    HONORIFIC = auto()
    NICKNAME = auto()
    REMARK = auto()


@dataclass(frozen=True, slots=True)
class Bracketed:
    """Something in brackets, the words before and behind it, and what it is for."""

    inner: str
    before: str
    after: str
    use: Use

    @property
    def around(self) -> str:
        """The words without the brackets and what is in them."""
        return f"{self.before} {self.after}".strip()

    @property
    def western(self) -> bool:
        """Whether it stands between a given name and the family's."""
        return self.use is Use.NICKNAME and self.after[:1].isupper()


def bracketed(part: str, evidence: Evidence) -> list[Bracketed]:
    """What is in the first brackets and in the first quotes, unless an organisation has them."""
    found = []
    for pattern in (_BRACKETS, _QUOTED):
        match = pattern.search(part)
        if not match:
            continue
        inner = match[1].strip(' “”"«»')
        before, after = part[: match.start()].strip(), part[match.end() :].strip()
        attached = part[match.start() - 1 : match.start()].strip() != ""
        if not inner or _belongs_to_organisation(inner, before, after, attached, part):
            continue
        use = _use(inner, before, after, evidence, quoted=pattern is _QUOTED)
        found.append(Bracketed(inner, before, after, use))
        part = f"{before} {after}".strip()
        if use is Use.OTHER_SCRIPT:
            break
    return found


def _belongs_to_organisation(
    inner: str, before: str, after: str, attached: bool, part: str
) -> bool:
    """As in ``Siemens (China) Ltd`` and 西门子(中国)有限公司."""
    if HANZI.search(before) and HANZI.search(after):
        word = before.rpartition(" ")[2] + after.partition(" ")[0]
        return attached and ZH_ORGANISATION.search(word) is not None
    called = is_given(inner) and (looks_eastern(before) or is_given(before.partition(" ")[0]))
    if called or kind_of(Piece(inner), ()) is Kind.TITLE:
        return False
    outside = kind_of(Piece(f"{before} {after}"), ()) is Kind.ORGANISATION
    legal = fold(after.partition(" ")[0]).strip(".,") in LEGAL_FORMS
    quoted = '"' in part or "«" in part or "“" in part
    return outside or legal or (quoted and kind_of(Piece(part), ()) is Kind.ORGANISATION)


def _use(inner: str, before: str, after: str, evidence: Evidence, *, quoted: bool) -> Use:
    if kind_of(Piece(inner), ()) is not Kind.UNKNOWN:
        return Use.ROLE
    if HANZI.search(inner):
        return Use.OTHER_SCRIPT
    if HONORIFICS.fullmatch(inner):
        return Use.HONORIFIC
    behind = not after or after[0].islower()
    if not quoted and behind and _is_place(inner, before, evidence):
        return Use.PLACE
    if inner[0].islower() or len(inner) == 1:
        return Use.REMARK
    if HANZI.search(before) and len(inner.split()) > 1:
        return Use.OTHER_SCRIPT
    return Use.NICKNAME


def _is_place(inner: str, name: str, evidence: Evidence) -> bool:
    """Whether what stands in brackets behind a name is where they work, no nickname."""
    if not NAMED.match(inner) or is_given(inner):
        return False
    if len(inner.split()) > 1 or inner.isupper():
        return True
    if evidence.tells_place(inner) and not evidence.tells_name(inner):
        return True
    eastern = bool(HANZI.search(name)) or looks_eastern(HONORIFICS.sub("", name))
    return not (eastern or is_surname(inner))
