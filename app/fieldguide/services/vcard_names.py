"""The names that a vCard gives, in every script it has room for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from fieldguide.domain.people import Person, PersonName, Script
from fieldguide.domain.person_names import family_of, is_cyrillic
from fieldguide.domain.script import HANZI
from fieldguide.domain.surnames import family_of_hanzi
from fieldguide.services.vcard import full_name

_HANZI_RUN: Final = re.compile(rf"(?:{HANZI.pattern}|·)+")


@dataclass(slots=True)
class Names:
    """What the properties of one card say about its name; parts are cleaned texts."""

    full: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    """Family and given name of each N."""
    said: list[tuple[str, str]] = field(default_factory=list)
    """Family and given name in pinyin or another phonetic writing."""
    prefixes: list[str] = field(default_factory=list)
    nicknames: list[str] = field(default_factory=list)
    exact: list[PersonName] = field(default_factory=list)
    """Names as this program wrote them."""

    def all(self, sources: tuple[str, ...], others: Sequence[str]) -> tuple[PersonName, ...]:
        """Every name once; a full name that is one of ``others`` says where they work instead."""
        nicknames = [PersonName(text, Script.NICKNAME) for text in self.nicknames]
        if self.exact and full_name(Person(names=tuple(self.exact))) == self.full:
            names = [*self.exact, *nicknames]
        else:
            elsewhere = self.full in (*others, *self.nicknames, "?")
            full = "" if elsewhere and not any(map(any, self.parts)) else self.full
            names = [*self._standard(full), *self.exact, *nicknames]
        kept: dict[tuple[str, bool], PersonName] = {}
        for name in names:
            key = (name.text, name.script is Script.NICKNAME)
            if key not in kept or name in self.exact:
                kept[key] = PersonName(name.text, name.script, name.family, sources)
        return tuple(kept.values())

    def _standard(self, full: str) -> Iterator[PersonName]:
        family, given = self.parts[0] if self.parts else ("", "")
        hanzi = "".join(_HANZI_RUN.findall(family) + _HANZI_RUN.findall(given))
        hanzi = hanzi or "".join(_HANZI_RUN.findall(full))
        family, given = (_without_hanzi(text) for text in (family, given))
        text = _without_hanzi(full)
        for prefix in self.prefixes:
            text = text.removeprefix(prefix).strip()
        if not _same_words(text, f"{family} {given}") and (family or given):
            text = text if family and family in text else f"{given} {family}".strip()
        if text:
            marked = family if family and family in text else family_of(text, hanzi)
            yield PersonName(text, Script.OTHER if is_cyrillic(text) else Script.LATIN, marked)
        if hanzi:
            marked = "".join(_HANZI_RUN.findall(self.parts[0][0])) if self.parts else ""
            yield PersonName(hanzi, Script.HANZI, marked or family_of_hanzi(hanzi))
        for family, given in self.parts[1:]:
            if HANZI.search(family + given):
                yield PersonName(family + given, Script.HANZI, family or family_of_hanzi(given))
        for family, given in self.said:
            latin = not HANZI.search(family + given) and (family + given)[:1] < "\u0370"
            script = Script.PINYIN if latin and hanzi else Script.LATIN if latin else Script.OTHER
            if family or given:
                yield PersonName(f"{family} {given}".strip(), script, family)


def _without_hanzi(text: str) -> str:
    return " ".join(_HANZI_RUN.sub(" ", text).split()) if HANZI.search(text) else text


def _same_words(one: str, other: str) -> bool:
    return sorted(one.casefold().split()) == sorted(other.casefold().split())
