"""A person typed in one line, as in a meeting: ``Li Wei 李伟, GM, Juke, WeChat liwei88``."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from fieldguide.domain.people import HAND, Person, PersonName, Role, Said, Script, Way
from fieldguide.domain.person_joined import joined, without_opening
from fieldguide.domain.person_names import (
    family_of,
    has_tones,
    is_cyrillic,
    is_korean,
    looks_eastern,
    matches_hanzi,
)
from fieldguide.domain.person_pieces import (
    Kind,
    Piece,
    chinese_name,
    kind_of,
    without_article,
)
from fieldguide.domain.person_ways import ways_in
from fieldguide.domain.person_words import (
    DEGREES,
    FIELD_LABELS,
    HONORIFICS,
    LEGAL_FORMS,
    PLACES,
    REGIONS,
    REMARKS,
    SPANISH,
    ZH_HONORIFIC,
)
from fieldguide.domain.script import HANZI, fold
from fieldguide.domain.surnames import family_of_hanzi, is_surname

LONGEST: Final = 4_000
"""Signs of a line that are looked at; what follows is handed back as not understood."""

_PARTS: Final = re.compile(
    r"[\n\t;|、。•]|,(?!\s*(?:Ltd|Inc|LLC|Corp|GmbH|S\.?A|S\.?L|Limited|L\.?P)\b)"
    rf"|\s[-–—/·]+\s(?!{REGIONS}\s*(?:$|[,;|，；]|\s[-–—/·]))",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_LIST_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]\n]{1,80}[,;|、][^()\[\]\n]{1,80})[)\]]")
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
_NAMED: Final = re.compile(r"[^\Wa-zß-öø-ÿа-яё_]|\w+ (?:de|di|del|du|of|von) [A-ZÀ-Þ]")
"""How a text starts that may be the name of an organisation."""
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
    reading = _Reading(
        (source,) if source else (),
        small=not any(map(str.isupper, others)),
        spanish=SPANISH.search(text) is not None,
    )
    others = _LIST_IN_BRACKETS.sub(r"\n\1\n", _MD_BEFORE_DEGREE.sub("MD ", others))
    for part in _PARTS.split(others):
        reading.take(_trimmed(part))
    rest = reading.rest + ([text[LONGEST:].strip()] if text[LONGEST:].strip() else [])
    return Parsed(reading.person(ways), tuple(rest))


def _trimmed(part: str) -> str:
    """Without the signs around it; the dot of an abbreviation stays."""
    part = part.strip(" :,").lstrip(".")
    last = part.rpartition(" ")[2].rstrip(".")
    abbreviated = "." in last or len(last) < 4 or fold(last) in LEGAL_FORMS
    return part if abbreviated else part.rstrip(". ")


@dataclass(slots=True)
class _Reading:
    """What is known of the person so far, part by part."""

    sources: tuple[str, ...]
    names: dict[Script, str] = field(default_factory=dict)
    honorifics: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)
    """Fields that were given what nothing else fitted; they yield to what fits."""
    western: bool = False
    small: bool = False
    """Typed without any capital letter, which then tell nothing."""
    spanish: bool = False
    """Some word of the line is Spanish."""
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
            self.honorifics.append(part)
            return
        colon = _COLON.search(part)
        if colon and kind_of(Piece(part[: colon.start()]), ()) is not Kind.UNKNOWN:
            self.take(part[: colon.start()])
            self.take(part[colon.end() :])
            return
        naming = not self.names
        if naming:
            part = self._without_brackets(part)
        for piece in _pieces(part):
            self._piece(piece, naming=naming)
        self.named = naming and bool(self.names)

    def _labelled(self, kind: str, text: str) -> None:
        if kind == "name":
            for piece in _pieces(self._without_brackets(text)):
                self._name(piece.text)
        elif kind == "nickname":
            self.names[Script.NICKNAME] = text
        else:
            self._role(Kind(kind), Piece(text))

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
                self.honorifics.append(inner)
                part = " ".join(outside).strip()
                continue
            if pattern is _BRACKETS and not outside[1] and _is_place(inner, outside[0]):
                self._unknown(Piece(inner))
                part = outside[0]
                continue
            if inner[0].islower() or len(inner) == 1:
                self.rest.append(inner)
                part = " ".join(outside).strip()
                continue
            self.names.setdefault(Script.NICKNAME, inner)
            self.western = bool(outside[1]) and not HANZI.match(outside[1])
            part = " ".join(outside).strip()
        return part

    def _piece(self, piece: Piece, *, naming: bool) -> None:
        text = piece.text.removesuffix("的") if len(piece.text) > 3 else piece.text
        if ZH_HONORIFIC.fullmatch(text):
            self.honorifics.append(text)
            return
        if naming and not piece.hanzi:
            text = self._without_honorific(text)
            if not text:
                return
        kind = kind_of(Piece(text), self.roles)
        unnamed = not set(self.names) - {Script.NICKNAME}
        if naming and unnamed and piece.hanzi and (name := chinese_name(text)):
            self._chinese(*name)
        elif naming and unnamed and is_korean(text):
            self._name(text)
        elif found := self._joined(text, naming=naming and unnamed):
            for said, words in found:
                self._say(said, words)
        elif kind is not Kind.UNKNOWN:
            self._role(kind, Piece(text))
        elif self._may_be_name(piece, naming=naming):
            self._name(text)
        else:
            self._unknown(Piece(text))

    def _joined(self, text: str, *, naming: bool) -> list[tuple[Kind, str]]:
        placed = "organisation" in self.roles
        return joined(text, naming=naming, small=self.small, placed=placed)

    def _say(self, kind: Kind, text: str) -> None:
        if kind is Kind.NAME:
            self._name(self._without_honorific(text))
        elif kind is Kind.UNKNOWN:
            self.rest.append(text)
        else:
            known = kind is Kind.ORGANISATION and f"{kind.value}_zh" in self.roles
            self._role(Kind.DEPARTMENT if known and HANZI.search(text) else kind, Piece(text))

    def _without_honorific(self, text: str) -> str:
        match = HONORIFICS.match(text)
        if match and (match.end() < len(text) or match[0].strip() != text):
            self.honorifics.append(match[0].strip())
            text = text[match.end() :].strip()
        if (after := text.rpartition(" ")) and after[0] and HONORIFICS.fullmatch(after[2]):
            self.honorifics.append(after[2])
            text = after[0]
        while degree := _LAST_DEGREE.search(text):
            self.honorifics.append(degree[1])
            text = text[: degree.start()].strip(" ,")
        return text

    def _chinese(self, name: str, honorific: str, title: str) -> None:
        self.names[Script.HANZI] = name
        if honorific:
            self.honorifics.append(honorific)
        if title:
            self.roles.setdefault("title_zh", []).append(title)

    def _may_be_name(self, piece: Piece, *, naming: bool) -> bool:
        """The first that is nothing else, and later the same name in another script."""
        script = self._script(piece.text)
        if any(sign.isdigit() for sign in piece.text) or script in self.names:
            return False
        hanzi = self.names.get(Script.HANZI, "")
        if piece.hanzi and len(piece.text) <= 4:
            latin = self.names.get(Script.LATIN, "") or self.names.get(Script.PINYIN, "")
            if matches_hanzi(latin, piece.text):
                return True
        if naming or not set(self.names) - {Script.NICKNAME}:
            return not piece.hanzi or chinese_name(piece.text) is not None
        if piece.hanzi:
            return False
        return len(piece.text.split()) <= 4 and matches_hanzi(piece.text, hanzi)

    def _script(self, text: str) -> Script:
        if HANZI.search(text):
            return Script.HANZI
        if is_cyrillic(text):
            return Script.OTHER
        return Script.PINYIN if has_tones(text, beside_hanzi=False) else Script.LATIN

    def _name(self, text: str) -> None:
        script = self._script(text)
        if script is Script.HANZI and (found := chinese_name(text)):
            self._chinese(*found)
        elif script not in self.names:
            self.names[script] = text
        else:
            self.rest.append(text)

    def _role(self, kind: Kind, piece: Piece) -> None:
        text = piece.text
        if kind is Kind.TITLE:
            match = HONORIFICS.match(text)
            senior = match is not None and match[0].lower().startswith("sr") and not self.spanish
            if match and match.end() < len(text) and not self.honorifics and not senior:
                self.honorifics.append(match[0].strip())
                text = without_article(text[match.end() :])
        name = f"{kind.value}_zh" if piece.hanzi else kind.value
        if name in self.guessed:
            self.guessed.remove(name)
            self.rest += self.roles.pop(name)
        if kind is Kind.TITLE or name not in self.roles:
            self.roles.setdefault(name, []).append(text)
        else:
            self.rest.append(text)

    def _unknown(self, piece: Piece) -> None:
        if self._is_after_its_organisation(piece.text):
            self.names[Script.LATIN], piece = piece.text, Piece(self.names[Script.LATIN])
        if self.named and self._may_be_title(piece.text):
            self.roles["title"] = [piece.text]
            self.guessed.add("title")
            return
        if all(fold(word) in PLACES for word in piece.text.split()):
            self.rest.append(piece.text)
            return
        name = "organisation_zh" if piece.hanzi else "organisation"
        named = len(piece.text) > 1 if piece.hanzi else self.small or bool(_NAMED.match(piece.text))
        if name in self.roles or not named or len(piece.text.split()) > (3 if self.small else 8):
            self.rest.append(piece.text)
        else:
            self.roles[name] = [piece.text]
            self.guessed.add(name)

    def _may_be_title(self, text: str) -> bool:
        """Whether small words right after the name are likely what somebody does."""
        small = text[:1].islower() and not self.small and "title" not in self.roles
        return small and len(text.split()) <= 3 and not REMARKS.match(text)

    def _is_after_its_organisation(self, text: str) -> bool:
        """Whether this is the name, and the one word that came first is where they work."""
        first = self.names.get(Script.LATIN, " ")
        alone = len(self.names) == 1 and " " not in first and not is_surname(first)
        named = bool(self.honorifics) or "organisation" in self.roles
        return alone and not named and looks_eastern(text)

    def person(self, ways: list[Way]) -> Person:
        """All that was understood."""
        said = self.sources
        parts: dict[str, Any] = {
            name: ("、" if name == "title_zh" else ", ").join(texts)
            for name, texts in self.roles.items()
        }
        return Person(
            names=tuple(self._names()),
            honorifics=tuple(Said(text, said) for text in self.honorifics),
            roles=(Role(**parts, sources=said),) if parts else (),
            ways=tuple(Way(way.kind, way.value, way.use, said) for way in ways),
        )

    def _names(self) -> Iterator[PersonName]:
        hanzi = self.names.get(Script.HANZI, "")
        for script, text in sorted(self.names.items(), key=lambda one: list(Script).index(one[0])):
            family = ""
            if script is Script.HANZI:
                family = family_of_hanzi(text)
            elif script is Script.LATIN and has_tones(text, beside_hanzi=bool(hanzi)):
                tones = hanzi and matches_hanzi(text, hanzi)
                script = Script.PINYIN if tones else script
            if not family and script is not Script.NICKNAME:
                western = self.western and script is Script.LATIN
                family = family_of(text, hanzi, western=western, spanish=self.spanish)
                if self.honorifics and " " not in text:
                    family = text
                if script is Script.OTHER and hanzi:
                    family = text.split()[0]
            yield PersonName(text, script, family, self.sources)


def _pieces(part: str) -> Iterator[Piece]:
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


def _is_place(inner: str, name: str) -> bool:
    """Whether what stands in brackets behind a name is where they work, no nickname."""
    if not _NAMED.match(inner):
        return False
    eastern = bool(HANZI.search(name)) or looks_eastern(HONORIFICS.sub("", name))
    return len(inner.split()) > 1 or inner.isupper() or not (eastern or is_surname(inner))
