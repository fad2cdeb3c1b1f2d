"""A person typed in one line, as in a meeting: ``Li Wei 李伟, GM, Juke, WeChat liwei88``."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from fieldguide.domain.people import HAND, Person, Said, Script
from fieldguide.domain.person_gathered import NAMED, Gathered
from fieldguide.domain.person_joined import joined, without_opening
from fieldguide.domain.person_names import (
    is_korean,
    looks_eastern,
    matches_hanzi,
)
from fieldguide.domain.person_pieces import (
    Kind,
    Piece,
    chinese_name,
    kind_of,
    pieces_in,
)
from fieldguide.domain.person_ways import ways_in
from fieldguide.domain.person_words import (
    DEGREES,
    FIELD_LABELS,
    HONORIFICS,
    LEGAL_FORMS,
    REGIONS,
    SPANISH,
    ZH_HONORIFIC,
)
from fieldguide.domain.script import HANZI, fold
from fieldguide.domain.surnames import is_surname

LONGEST: Final = 4_000
"""Signs of a line that are looked at; what follows is handed back as not understood."""

_PARTS: Final = re.compile(
    r"[\n\t;|、。•]|,(?!\s*(?:Ltd|Inc|LLC|Corp|GmbH|S\.?A|S\.?L|Limited|L\.?P)\b)"
    rf"|\s[-–—/·]+\s(?!{REGIONS}\s*(?:$|[,;|，；]|\s[-–—/·]))",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_LIST_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]\n]{1,80}[,;|、][^()\[\]\n]{1,80})[)\]]")
_TITLE_AND_BRACKETS: Final = re.compile(r"([^()]{2,60}?)\s*\(([^()]{2,60})\)")
_QUOTED: Final = re.compile(r"[“\"«]([^“”\"«»]{1,40})[”\"»]")
_LABEL: Final = re.compile(
    "|".join(rf"(?P<{kind}>{label})" for kind, label in FIELD_LABELS.items()).join(
        (r"(?:", r")\s?:\s*")
    ),
    re.IGNORECASE,
)
_WIDE: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f"), " "
)
_LAST_DEGREE: Final = re.compile(rf"\s(MD(?=\s*$)|{DEGREES.pattern})")
_COLON: Final = re.compile(rf"\s*:\s+(?=\S)|(?<={HANZI.pattern})\s*:(?=\S)")
_DOCTOR_TWICE: Final = re.compile(rf"MD (?:{DEGREES.pattern})")
_MD_BEFORE_DEGREE: Final = re.compile(r"\bMD,\s*(?=(?:Ph\.?\s?D|MBA|M\.?Sc)\b)")
"""A doctor of medicine, not a managing director."""
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a line says of a person, and the parts that nothing could be made of."""

    person: Person
    rest: tuple[str, ...]

    @property
    def whole(self) -> Person:
        """The person, with those parts as remarks, so that nothing typed is lost."""
        remarks = tuple(Said(text, (HAND,)) for text in self.rest)
        return replace(self.person, notes=(*self.person.notes, *remarks))


def parsed(line: str, source: str = HAND) -> Parsed:
    """Read a line in any order and language that is known; never raises."""
    text = _UNSEEN.sub("", _BREAKS.sub("\n", unicodedata.normalize("NFC", line))).translate(_WIDE)
    ways, others = ways_in(without_opening(text[:LONGEST]))
    known = Gathered(
        (source,) if source else (),
        small=not any(map(str.isupper, others)),
        spanish=SPANISH.search(text) is not None,
    )
    reading = _Reading(known)
    others = _LIST_IN_BRACKETS.sub(r"\n\1\n", _MD_BEFORE_DEGREE.sub("MD ", others))
    for part in _PARTS.split(others):
        reading.take(_trimmed(part))
    rest = known.rest + ([text[LONGEST:].strip()] if text[LONGEST:].strip() else [])
    return Parsed(known.person(ways), tuple(rest))


def _trimmed(part: str) -> str:
    """Without the signs around it; the dot of an abbreviation stays."""
    part = part.strip(" :,").lstrip(".")
    last = part.rpartition(" ")[2].rstrip(".")
    abbreviated = "." in last or len(last) < 4 or fold(last) in LEGAL_FORMS
    return part if abbreviated else part.rstrip(". ")


@dataclass(slots=True)
class _Reading:
    """Takes a line part by part."""

    known: Gathered
    named: bool = False
    """The part before said the name."""

    def take(self, part: str) -> None:
        """Understand one part of the line."""
        if not any(sign.isalnum() for sign in part):
            return
        if label := _LABEL.match(part):
            self._labelled(str(label.lastgroup), part[label.end() :].strip())
            return
        if DEGREES.fullmatch(part) or _DOCTOR_TWICE.fullmatch(part):
            self.known.honorifics.append(part)
            return
        colon = _COLON.search(part)
        if colon and kind_of(Piece(part[: colon.start()]), ()) is not Kind.UNKNOWN:
            self.take(part[: colon.start()])
            self.take(part[colon.end() :])
            return
        naming = not self.known.names
        if naming:
            part = self._without_brackets(part)
        held = None if naming else _TITLE_AND_BRACKETS.fullmatch(part)
        if held and kind_of(Piece(held[1]), ()) is Kind.TITLE:
            self.take(held[1])
            self.take(held[2])
            return
        pieces = list(pieces_in(part))
        latin = [one.text for one in pieces if not one.hanzi] if naming else []
        for piece in pieces:
            if len(piece.text) == 1 and any(matches_hanzi(one, piece.text) for one in latin):
                self.known.names.setdefault(Script.HANZI, piece.text)
            else:
                self._piece(piece, naming=naming)
        self.named = naming and bool(self.known.names)

    def _labelled(self, kind: str, text: str) -> None:
        if kind == "name":
            for piece in pieces_in(self._without_brackets(text)):
                self.known.add_name(piece.text)
        elif kind == "nickname":
            self.known.names[Script.NICKNAME] = text
        else:
            self.known.add_role(Kind(kind), Piece(text))

    def _without_brackets(self, part: str) -> str:
        for pattern in (_BRACKETS, _QUOTED):
            match = pattern.search(part)
            if not match:
                continue
            inner = match[1].strip()
            outside = part[: match.start()].strip(), part[match.end() :].strip()
            if Kind.ORGANISATION in (kind_of(Piece(one), ()) for one in (part, " ".join(outside))):
                continue
            if kind_of(Piece(inner), ()) is not Kind.UNKNOWN:
                self._piece(Piece(inner), naming=False)
                part = " ".join(outside).strip()
                continue
            if HANZI.search(inner):
                part = f"{outside[0]} {inner} {outside[1]}".strip()
                continue
            if HONORIFICS.fullmatch(inner):
                self.known.honorifics.append(inner)
                part = " ".join(outside).strip()
                continue
            if pattern is _BRACKETS and not outside[1] and _is_place(inner, outside[0]):
                self.known.guess(Piece(inner), named=self.named)
                part = outside[0]
                continue
            if inner[0].islower() or len(inner) == 1:
                self.known.rest.append(inner)
                part = " ".join(outside).strip()
                continue
            self.known.names.setdefault(Script.NICKNAME, inner)
            self.known.western = bool(outside[1]) and not HANZI.match(outside[1])
            part = " ".join(outside).strip()
        return part

    def _piece(self, piece: Piece, *, naming: bool) -> None:
        text = piece.text.removesuffix("的") if len(piece.text) > 3 else piece.text
        if ZH_HONORIFIC.fullmatch(text):
            self.known.honorifics.append(text)
            return
        if naming and not piece.hanzi:
            if text.endswith(".") and HONORIFICS.fullmatch(text):
                self.known.honorifics.append(text)
                return
            text = self._without_honorific(text)
            if not text:
                return
        kind = kind_of(Piece(text), self.known.roles)
        unnamed = self.known.unnamed
        if naming and unnamed and piece.hanzi and (name := chinese_name(text)):
            self.known.add_chinese(*name)
        elif naming and unnamed and is_korean(text):
            self.known.add_name(text)
        elif found := self._joined(text, naming=naming and unnamed):
            for said, words in found:
                self._say(said, words)
        elif kind is not Kind.UNKNOWN:
            self.known.add_role(kind, Piece(text))
        elif self.known.may_be_name(piece, naming=naming):
            self.known.add_name(text)
        else:
            self.known.guess(Piece(text), named=self.named)

    def _joined(self, text: str, *, naming: bool) -> list[tuple[Kind, str]]:
        placed = "organisation" in self.known.roles
        return joined(text, naming=naming, small=self.known.small, placed=placed)

    def _say(self, kind: Kind, text: str) -> None:
        if kind is Kind.NAME:
            self.known.add_name(self._without_honorific(text))
        elif kind is Kind.UNKNOWN:
            self.known.rest.append(text)
        else:
            known = kind is Kind.ORGANISATION and f"{kind.value}_zh" in self.known.roles
            self.known.add_role(
                Kind.DEPARTMENT if known and HANZI.search(text) else kind, Piece(text)
            )

    def _without_honorific(self, text: str) -> str:
        match = HONORIFICS.match(text)
        if match and (match.end() < len(text) or match[0].strip() != text):
            self.known.honorifics.append(match[0].strip())
            text = text[match.end() :].strip()
        if (after := text.rpartition(" ")) and after[0] and HONORIFICS.fullmatch(after[2]):
            self.known.honorifics.append(after[2])
            text = after[0]
        while degree := _LAST_DEGREE.search(text):
            self.known.honorifics.append(degree[1])
            text = text[: degree.start()].strip(" ,")
        return text


def _is_place(inner: str, name: str) -> bool:
    """Whether what stands in brackets behind a name is where they work, no nickname."""
    if not NAMED.match(inner):
        return False
    eastern = bool(HANZI.search(name)) or looks_eastern(HONORIFICS.sub("", name))
    return len(inner.split()) > 1 or inner.isupper() or not (eastern or is_surname(inner))
