"""A person typed in one line, as in a meeting: ``Li Wei 李伟, GM, Juke, WeChat liwei88``."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from fieldguide.domain.people import HAND, Person, Said, Script
from fieldguide.domain.person_brackets import Use, bracketed
from fieldguide.domain.person_evidence import Evidence, evidence_of
from fieldguide.domain.person_gathered import Gathered
from fieldguide.domain.person_given import is_given
from fieldguide.domain.person_joined import joined, without_opening
from fieldguide.domain.person_names import (
    is_korean,
    matches_hanzi,
)
from fieldguide.domain.person_parting import name_and_rest, place_behind, without_of
from fieldguide.domain.person_parts import LABEL, parts_of
from fieldguide.domain.person_pieces import (
    Kind,
    Piece,
    chinese_name,
    is_remark,
    is_title,
    kind_of,
    pieces_in,
    plain,
    without_article,
)
from fieldguide.domain.person_scores import likeliest_name
from fieldguide.domain.person_ways import ways_in
from fieldguide.domain.person_words import (
    DEGREES,
    FAR_LETTER,
    HONORIFICS,
    POST_NOMINALS,
    SPANISH,
    ZH_HONORIFIC,
)
from fieldguide.domain.script import HANZI
from fieldguide.domain.surnames import HANZI_SURNAMES

LONGEST: Final = 4_000
"""Signs of a line that are looked at; what follows is handed back as not understood."""

_TITLE_AND_BRACKETS: Final = re.compile(r"([^()]{2,60}?)\s*\(([^()]{2,60})\)")
_WIDE: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f"), " "
)
_LAST_DEGREE: Final = re.compile(rf"\s(MD(?=\s*$)|{DEGREES.pattern})")
_COLON: Final = re.compile(rf"\s*:\s+(?=\S)|(?<={FAR_LETTER})\s*:(?=\S)")
_DOCTOR_TWICE: Final = re.compile(rf"MD (?:{DEGREES.pattern})")
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
    opened = without_opening(text[:LONGEST])
    ways, others = ways_in(opened)
    known = Gathered(
        (source,) if source else (),
        small=not any(map(str.isupper, others)),
        spanish=SPANISH.search(text) is not None,
        introduced=len(opened) < len(text[:LONGEST]),
    )
    reading = _Reading(known, evidence_of(ways))
    parts = list(parts_of(others))
    likeliest = likeliest_name(parts, reading.evidence)
    for place, part in enumerate(parts):
        known.waiting = place < likeliest
        reading.take(part)
    reading.find_name()
    rest = known.rest + ([text[LONGEST:].strip()] if text[LONGEST:].strip() else [])
    return Parsed(known.person(ways), tuple(rest))


@dataclass(slots=True)
class _Reading:
    """Takes a line part by part."""

    known: Gathered
    evidence: Evidence
    named: bool = False
    """The part before said the name."""

    def take(self, part: str) -> None:
        """Understand one part of the line."""
        if not any(sign.isalnum() for sign in part) or self._is_said_alone(part):
            return
        naming = not self.known.names and not self.known.waiting
        behind = ""
        if naming:
            part, behind = self._without_brackets(part)
        held = None if naming else _TITLE_AND_BRACKETS.fullmatch(part)
        if held and Kind.TITLE in (kind_of(Piece(one), ()) for one in held.groups()):
            self.take(held[1])
            self.take(held[2])
            return
        pieces = list(pieces_in(part))
        latin = [one.text for one in pieces if not one.hanzi] if naming else []
        for piece in pieces:
            alone = len(piece.text) == 1 and piece.text in HANZI_SURNAMES
            if alone and any(is_given(one) or matches_hanzi(one, piece.text) for one in latin):
                self.known.names.setdefault(Script.HANZI, piece.text)
            else:
                self._piece(piece, naming=naming)
        self.named = naming and bool(self.known.names)
        self.take(behind)

    def _is_said_alone(self, part: str) -> bool:
        """Whether a part is said to be something or looks it, and was taken as that."""
        colon = _COLON.search(part)
        honours = plain(part) in POST_NOMINALS or DEGREES.fullmatch(part)
        courtesy = self.known.names and "." in part and HONORIFICS.fullmatch(part)
        if label := LABEL.match(part):
            self._labelled(str(label.lastgroup), part[label.end() :].strip())
        elif honours or courtesy or _DOCTOR_TWICE.fullmatch(part):
            self.known.honorifics.append(part)
        elif colon and kind_of(Piece(part[: colon.start()]), ()) is not Kind.UNKNOWN:
            self.take(part[: colon.start()])
            self.take(part[colon.end() :])
        elif part.startswith("@ "):
            self.known.add_role(Kind.ORGANISATION, Piece(part[2:].strip()))
        elif self.known.names and is_remark(part, small=self.known.small):
            self.known.rest.append(part)
        else:
            return False
        return True

    def find_name(self) -> None:
        """Where nobody is named yet, take the name that an organisation seems to start with."""
        words = self.known.roles.get("organisation", [""])[0].split()
        if self.known.unnamed and len(words) > 2 and is_given(words[0]) and words[1][0].isupper():
            del self.known.roles["organisation"]
            self.known.guessed.discard("organisation")
            self.known.add_name(" ".join(words[:2]))
            self._piece(Piece(" ".join(words[2:])), naming=False)

    def _labelled(self, kind: str, text: str) -> None:
        if kind == "name":
            for piece in pieces_in(" ".join(self._without_brackets(text))):
                self.known.add_name(piece.text)
        elif kind == "nickname":
            self.known.names[Script.NICKNAME] = text
        else:
            self.known.add_role(Kind(kind), Piece(text))

    def _without_brackets(self, part: str) -> tuple[str, str]:
        """The words around brackets, and those behind that say something of their own."""
        behind = ""
        for one in bracketed(part, self.evidence):
            part = one.around
            if one.use in (Use.ROLE, Use.PLACE):
                part, behind = one.before, one.after
            match one.use:
                case Use.ROLE:
                    self._piece(Piece(one.inner), naming=False)
                case Use.OTHER_SCRIPT:
                    part = f"{one.before} {one.inner} {one.after}".strip()
                case Use.HONORIFIC:
                    self.known.honorifics.append(one.inner)
                case Use.PLACE:
                    self.known.guess(Piece(one.inner), named=self.named)
                case Use.REMARK:
                    self.known.rest.append(one.inner)
                case Use.NICKNAME:
                    self.known.names.setdefault(Script.NICKNAME, one.inner)
                    self.known.western = one.western
        return part, behind

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
        kind = kind_of(Piece(text), self.known.settled)
        title, place = place_behind(text, self.evidence) if kind is Kind.TITLE else (text, "")
        if place:
            self._piece(Piece(title), naming=naming)
            self.known.add_role(Kind.ORGANISATION, Piece(place))
            return
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
            self._name(text)
        else:
            self.known.guess(Piece(text), named=self.named)

    def _name(self, text: str) -> None:
        """Take a name, and what follows it in small letters or as an organisation."""
        small, introduced = self.known.small, self.known.introduced
        name, after = name_and_rest(text, self.evidence, small=small, introduced=introduced)
        self.known.add_name(name)
        if place := without_of(after):
            self.known.add_role(Kind.ORGANISATION, Piece(place))
        elif after:
            self.named = True
            self._piece(Piece(after), naming=False)

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
        if is_title(without_article(text).partition(" ")[0]):
            text = without_article(text)
        if (after := text.rpartition(" ")) and after[0] and HONORIFICS.fullmatch(after[2]):
            self.known.honorifics.append(after[2])
            text = after[0]
        while (after := text.rpartition(" "))[2].isupper() and plain(after[2]) in POST_NOMINALS:
            self.known.honorifics.append(after[2])
            text = after[0].rstrip(", ")
        while degree := _LAST_DEGREE.search(text):
            self.known.honorifics.append(degree[1])
            text = text[: degree.start()].strip(" ,")
        return text
