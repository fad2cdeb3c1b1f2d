"""People out of vCards of version 2.1, 3.0 and 4.0, as phones and mail programs write them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final

from fieldguide.domain.people import (
    IMPORT,
    Address,
    Person,
    PersonName,
    Role,
    Said,
    Script,
)
from fieldguide.domain.script import HANZI
from fieldguide.domain.tables import LONGEST_LINE, LONGEST_TEXT, MOST_VALUES, of_table
from fieldguide.errors import BadRequest
from fieldguide.services.vcard import NAMED, PRIVATE, unsourced
from fieldguide.services.vcard_names import Names
from fieldguide.services.vcard_stream import Properties, Refused, cards_in
from fieldguide.services.vcard_text import Property, lists_of, parts_of, unescaped
from fieldguide.services.vcard_ways import photo_of, way_of

_TOLD: Final = {"BDAY": "Birthday", "ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary"}
_SCRIPTS: Final = frozenset(str(script) for script in Script)
_GAPS: Final = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_APPLE_LABEL: Final = re.compile(r"_\$!<(\w+)>!\$_")


@dataclass(frozen=True, slots=True)
class Card:
    """A person from a card that began at ``line``; ``remarks`` say what was left out of it."""

    person: Person
    line: int
    photo: bytes = b""
    remarks: tuple[str, ...] = ()


def read_cards(source: BinaryIO, origin: str = IMPORT) -> Iterator[Card | Refused]:
    """Each card of a file, read when it is asked for; ``origin`` becomes the source of values."""
    for card in cards_in(source):
        yield card if isinstance(card, Refused) else _person_of(card, origin)


def _person_of(card: Properties, origin: str) -> Card | Refused:
    reading = _Reading(card, (origin,) if origin else ())
    for one in card.found:
        reading.take(one)
    person = reading.person()
    if person == Person() and not reading.photo:
        nothing = f"The card at line {card.line} says nothing about anybody."
        return Refused(card.line, " ".join([nothing, *card.remarks[:1]]))
    return Card(person, card.line, reading.photo, tuple(card.remarks))


class _Reading:
    """One card becoming a person, property by property."""

    def __init__(self, card: Properties, sources: tuple[str, ...]) -> None:
        self._card = card
        self._sources = sources
        self._labels = {
            one.group: self._line(_APPLE_LABEL.sub(r"\1", one.value), one)
            for one in card.found
            if one.name == "X-ABLABEL" and one.group
        }
        self.photo = b""
        self._names = Names()
        self._roles: list[tuple[str, dict[str, str]]] = []
        self._lists: dict[str, list[Any]] = {"ways": [], "addresses": [], "notes": [], "tags": []}
        self._uid = ""
        self._private = Person()
        self._taken: Mapping[str, Callable[[Property], None]] = {
            "N": self._n,
            "FN": self._fn,
            "NICKNAME": self._nickname,
            NAMED: self._named,
            PRIVATE: self._own,
            "X-PHONETIC-LAST-NAME": self._phonetic,
            "X-PHONETIC-FIRST-NAME": self._phonetic,
            "ORG": self._role,
            "TITLE": self._role,
            "ROLE": self._job,
            "ADR": self._adr,
            "NOTE": self._note,
            "CATEGORIES": self._categories,
            "UID": self._id,
            "PHOTO": self._picture,
        } | dict.fromkeys(_TOLD, self._told)

    def take(self, one: Property) -> None:
        """Understand one property; what has no place here is passed over."""
        if one.name in self._taken:
            self._taken[one.name](one)
        elif (way := way_of(one, self._labels.get(one.group, ""))) and (
            value := self._plain(way.value, one)
        ):
            self._lists["ways"].append(replace(way, value=value, use=self._plain(way.use, one)))

    def person(self) -> Person:
        """All that was said."""
        ways = self._unique("ways")
        roles = [_role_of(parts) for _, parts in self._roles if any(parts.values())]
        for dated in self._private.roles:
            same = replace(dated, at=None, since="", until="")
            if not dated.past and same in roles:
                roles[roles.index(same)] = dated
            else:
                roles.append(dated)
        others = [way.value for way in ways] + [
            text for _, parts in self._roles for text in parts.values()
        ]
        private = self._private
        return Person(
            uid=self._uid,
            names=self._short(self._names.all(self._sources, others))[:MOST_VALUES],
            honorifics=self._said(self._names.prefixes),
            address_as=self._sourced(private.address_as),
            roles=self._sourced(tuple(roles[:MOST_VALUES])),
            ways=self._sourced(ways),
            addresses=self._sourced(self._unique("addresses")),
            notes=self._said(self._lists["notes"]),
            tags=self._unique("tags"),
            met=self._sourced(private.met),
            introduced_by=self._sourced(private.introduced_by),
            consents=self._sourced(private.consents),
            retention=self._sourced(private.retention),
            records=private.records,
        )

    def _short(self, names: tuple[PersonName, ...]) -> tuple[PersonName, ...]:
        """Without those whose parts are too long together."""
        kept = tuple(name for name in names if len(name.text) <= LONGEST_LINE)
        if kept != names:
            self._card.remarks.append(
                f"The card at line {self._card.line} holds a name too long to be kept."
            )
        return kept

    def _unique(self, name: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(self._lists[name]))[:MOST_VALUES]

    def _said(self, texts: list[str]) -> tuple[Said, ...]:
        return tuple(Said(text, self._sources) for text in dict.fromkeys(texts))[:MOST_VALUES]

    def _sourced(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(value, sources=self._sources) for value in values)

    def _line(self, value: str, one: Property) -> str:
        """An escaped value as a text of one line; nothing, and a remark, when it is too long."""
        return self._plain(unescaped(value), one)

    def _plain(self, text: str, one: Property, longest: int = LONGEST_LINE) -> str:
        if longest == LONGEST_LINE:
            text = _GAPS.sub(" ", text)
        else:
            text = _BREAKS.sub("\n", text).replace("\t", " ")
        text = _UNSEEN.sub("", text).strip()
        if len(text) <= longest:
            return text
        self._card.remarks.append(f"Line {one.line} holds a text too long to be kept.")
        return ""

    def _joined(
        self, between: str, parts: Iterable[str], one: Property, longest: int = LONGEST_LINE
    ) -> str:
        return self._plain(between.join(filter(None, parts)), one, longest)

    def _n(self, one: Property) -> None:
        lists = [[self._plain(text, one) for text in part] for part in lists_of(one.value)]
        family, given, more, before, after = (*lists, *([[]] * 5))[:5]
        names = self._joined(" ", family, one), self._joined(" ", [*given, *more], one)
        language = one.param("LANGUAGE").lower()
        if one.param("PHONETIC") or language.startswith("zh-latn"):
            self._names.said.append(names)
        else:
            self._names.parts.append(names)
        self._names.prefixes += filter(None, [*before, *after])

    def _fn(self, one: Property) -> None:
        self._names.full = self._names.full or self._line(one.value, one)

    def _nickname(self, one: Property) -> None:
        texts = (self._plain(text, one) for text in parts_of(one.value, ","))
        self._names.nicknames += filter(None, texts)

    def _named(self, one: Property) -> None:
        parts = [self._plain(text, one) for text in parts_of(one.value)]
        if len(parts) == 3 and parts[0] in _SCRIPTS and parts[1]:
            script, text, family = parts
            marked = family if family in text else ""
            self._names.exact.append(PersonName(text, Script(script), marked))

    def _phonetic(self, one: Property) -> None:
        said = self._line(one.value, one)
        family, given = self._names.said.pop() if self._names.said else ("", "")
        last = "LAST" in one.name
        self._names.said.append((said, given) if last else (family, said))

    def _role(self, one: Property) -> None:
        parts = [self._plain(text, one) for text in parts_of(one.value)]
        language = one.param("LANGUAGE").lower()
        latin = re.search("[A-Za-z]", "".join(parts))
        chinese = language.startswith("zh") or (
            not language and not latin and HANZI.search("".join(parts))
        )
        end = "_zh" if chinese else ""
        if one.name == "TITLE":
            told = {f"title{end}": self._line(one.value, one)}
        else:
            more = self._joined(", ", parts[1:], one)
            told = {f"organisation{end}": parts[0], f"department{end}": more}
        for group, known in self._roles:
            if group == one.group and not any(known.get(name) for name in told):
                known.update(told)
                return
        self._roles.append((one.group, told))

    def _job(self, one: Property) -> None:
        """ROLE: what somebody does, where no title says it."""
        if any(other.name == "TITLE" for other in self._card.found):
            self._lists["notes"].append(f"Role: {self._line(one.value, one)}")
        else:
            self._role(replace(one, name="TITLE"))

    def _adr(self, one: Property) -> None:
        given = [*parts_of(one.value), *([""] * 7)][:7]
        box, more, street, city, region, code, country = (
            self._plain(text, one, LONGEST_TEXT if place == 2 else LONGEST_LINE)
            for place, text in enumerate(given)
        )
        lines = self._joined("\n", (box, more, street), one, LONGEST_TEXT)
        use = next((known for known in ("work", "home") if known in one.types), "")
        address = Address(lines, city, region, code, country, self._labels.get(one.group, use))
        if any((lines, city, region, code, country)):
            self._lists["addresses"].append(address)

    def _note(self, one: Property) -> None:
        if text := self._plain(unescaped(one.value), one, LONGEST_TEXT):
            self._lists["notes"].append(text)

    def _told(self, one: Property) -> None:
        if text := self._line(one.value, one):
            self._lists["notes"].append(f"{_TOLD[one.name]}: {text}")

    def _categories(self, one: Property) -> None:
        texts = (self._plain(text, one) for text in parts_of(one.value, ","))
        self._lists["tags"] += filter(None, texts)

    def _id(self, one: Property) -> None:
        self._uid = self._uid or self._line(one.value, one)

    def _picture(self, one: Property) -> None:
        if not self.photo:
            self.photo, problem = photo_of(one)
            if problem:
                self._card.remarks.append(problem)

    def _own(self, one: Property) -> None:
        try:
            self._private = unsourced(of_table(Person, json.loads(unescaped(one.value)), "person"))
        except (ValueError, RecursionError, BadRequest):
            self._card.remarks.append(f"What line {one.line} says cannot be understood.")


def _role_of(parts: dict[str, Any]) -> Role:
    return Role(**parts)
