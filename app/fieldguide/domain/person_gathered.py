"""What is known of a person while a line about them is read, and how more is added to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from fieldguide.domain.people import Person, PersonName, Role, Said, Script, Way
from fieldguide.domain.person_given import is_given
from fieldguide.domain.person_names import (
    has_tones,
    is_cyrillic,
    looks_eastern,
    matches_hanzi,
    written_name,
)
from fieldguide.domain.person_pieces import Kind, Piece, chinese_name, is_part, without_article
from fieldguide.domain.person_words import HONORIFICS, PLACES, REMARKS
from fieldguide.domain.script import HANZI, fold
from fieldguide.domain.surnames import is_surname

NAMED: Final = re.compile(r"[^\Wa-zß-öø-ÿа-яё_]|\w+ (?:de|di|del|du|of|von) [A-ZÀ-Þ]")
"""How a text starts that may be the name of an organisation."""

_LONGEST_FIELD: Final = 3
"""Capitals of what somebody works at, as BD, HR or PI."""


@dataclass(slots=True)
class Gathered:
    """Names, forms of address and roles so far, and what nothing could be made of."""

    sources: tuple[str, ...]
    small: bool = False
    """Typed without any capital letter, which then tell nothing."""
    spanish: bool = False
    """Some word of the line is Spanish."""
    introduced: bool = False
    """The line is a sentence that says who was met."""
    waiting: bool = False
    """A later part of the line is likelier the name."""
    western: bool = False
    """The given name is known to stand first."""
    names: dict[Script, str] = field(default_factory=dict)
    honorifics: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)
    """Fields that were given what nothing else fitted; they yield to what fits."""

    @property
    def unnamed(self) -> bool:
        """Whether no name is known but what they like to be called."""
        return not set(self.names) - {Script.NICKNAME}

    @property
    def settled(self) -> list[str]:
        """The fields that are said, without those that a few capitals were guessed to be."""
        return [
            name
            for name, texts in self.roles.items()
            if name not in self.guessed or not _is_short(texts[0])
        ]

    def add_chinese(self, name: str, honorific: str, title: str) -> None:
        """Take a name in hanzi with what follows it."""
        self.names[Script.HANZI] = name
        if honorific:
            self.honorifics.append(honorific)
        if title:
            self.roles.setdefault("title_zh", []).append(title)

    def may_be_name(self, piece: Piece, *, naming: bool) -> bool:
        """The first that is nothing else, and later the same name in another script."""
        script = self._script(piece.text)
        digits = any(sign.isdigit() for sign in piece.text)
        if self.waiting or digits or script in self.names:
            return False
        hanzi = self.names.get(Script.HANZI, "")
        if piece.hanzi and len(piece.text) <= 4:
            latin = self.names.get(Script.LATIN, "") or self.names.get(Script.PINYIN, "")
            if matches_hanzi(latin, piece.text):
                return True
        chinese = hanzi or any(one.endswith("_zh") for one in self.roles)
        if chinese and not piece.hanzi and _is_short(piece.text):
            return False
        if naming or self.unnamed:
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

    def add_name(self, text: str) -> None:
        """Take a name; a second one in the same writing is left over."""
        script = self._script(text)
        if script is Script.HANZI and (found := chinese_name(text)):
            self.add_chinese(*found)
        elif script not in self.names:
            self.names[script] = text
        else:
            self.rest.append(text)

    def add_role(self, kind: Kind, piece: Piece) -> None:
        """Take a title, an organisation or a department; what was guessed before yields to it."""
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
        before = self.roles.get(name, [""])[0]
        if kind is Kind.ORGANISATION and before and is_part(before) and not is_part(text):
            self.roles[name] = [text]
            self.add_role(Kind.DEPARTMENT, Piece(before))
        elif kind is Kind.TITLE or name not in self.roles:
            self.roles.setdefault(name, []).append(text)
        else:
            self.rest.append(text)

    def guess(self, piece: Piece, *, named: bool) -> None:
        """Make what it may be of a piece that nothing fits; ``named`` if it follows the name."""
        if self._is_after_its_organisation(piece.text):
            self.names[Script.LATIN], piece = piece.text, Piece(self.names[Script.LATIN])
        if named and self._is_nickname(piece.text):
            self.names[Script.NICKNAME] = piece.text
            return
        if named and self._may_be_title(piece.text):
            self.roles["title"] = [piece.text]
            self.guessed.add("title")
            return
        if all(fold(word) in PLACES for word in piece.text.split()):
            self.rest.append(piece.text)
            return
        name = "organisation_zh" if piece.hanzi else "organisation"
        if "organisation_zh" in self.roles and _is_short(piece.text):
            self.rest.append(piece.text)
            return
        plate = any(map(str.isdigit, piece.text))
        proper = (
            len(piece.text) > 1 and not plate
            if piece.hanzi
            else self.small or bool(NAMED.match(piece.text))
        )
        before = self.roles.get(name, [""])[0]
        if proper and before and is_part(before):
            self.roles[name] = [piece.text]
            self.add_role(Kind.DEPARTMENT, Piece(before))
        elif name in self.roles or not proper or len(piece.text.split()) > (3 if self.small else 8):
            self.rest.append(piece.text)
        else:
            self.roles[name] = [piece.text]
            self.guessed.add(name)

    def _is_nickname(self, text: str) -> bool:
        """Whether it is the given name that an Eastern name has for Western ears."""
        name = self.names.get(Script.LATIN, "")
        eastern = Script.HANZI in self.names or looks_eastern(name)
        return eastern and Script.NICKNAME not in self.names and is_given(text)

    def _may_be_title(self, text: str) -> bool:
        """Whether small words right after the name are likely what somebody does."""
        small = text[:1].islower() and not self.small and "title" not in self.roles
        return small and len(text.split()) == 1 and not REMARKS.match(text)

    def _is_after_its_organisation(self, text: str) -> bool:
        """Whether this is the name, and the one word that came first is where they work."""
        first = self.names.get(Script.LATIN, " ")
        alone = len(self.names) == 1 and " " not in first and not is_surname(first)
        named = bool(self.honorifics) or "organisation" in self.roles
        return alone and not named and looks_eastern(text)

    def _names_in_order(self) -> Iterator[PersonName]:
        hanzi = self.names.get(Script.HANZI, "")
        for script in sorted(self.names, key=list(Script).index):
            text = self.names[script]
            western = self.western and script is Script.LATIN
            one = written_name(text, script, hanzi, western=western, spanish=self.spanish)
            # Behind a form of address one word is the family's name.
            alone = bool(self.honorifics) and " " not in text
            family = text if alone and script not in (Script.HANZI, Script.NICKNAME) else one.family
            yield replace(one, family=family, sources=self.sources)

    def person(self, ways: list[Way]) -> Person:
        """All that was understood."""
        said = self.sources
        parts: dict[str, Any] = {
            name: ("、" if name == "title_zh" else ", ").join(texts)
            for name, texts in self.roles.items()
        }
        return Person(
            names=tuple(self._names_in_order()),
            honorifics=tuple(Said(text, said) for text in self.honorifics),
            roles=(Role(**parts, sources=said),) if parts else (),
            ways=tuple(Way(way.kind, way.value, way.use, said) for way in ways),
        )


def _is_short(text: str) -> bool:
    """Whether it is a few capitals that stand for what somebody does, and no name."""
    return len(text) <= _LONGEST_FIELD and text.isupper() and not is_surname(text)
