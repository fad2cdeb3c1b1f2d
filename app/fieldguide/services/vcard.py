"""People as vCards, for other programs and for a phone that reads them from the screen."""

import base64
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from fieldguide.domain.people import CALLED, HANDLES, WAYS, Person, PersonName, Role, Script, Way
from fieldguide.domain.surnames import family_of_hanzi
from fieldguide.domain.tables import as_table
from fieldguide.errors import BadRequest
from fieldguide.services.vcard_text import escaped, folded, structured

VERSIONS: Final = ("3.0", "4.0")
MEDIA: Final = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF8": "gif",
    b"RIFF": "webp",
}
"""First bytes of a picture -> what its media type is called after ``image/``."""
PROFILES: Final = frozenset({"linkedin", "xing", "instagram", "facebook", "weibo", "x"})
"""Handles that are pages about a person rather than places to write to them."""
NAMED: Final = "X-FIELDGUIDE-NAME"
PRIVATE: Final = "X-FIELDGUIDE-PRIVATE"
CODE_OCTETS: Final = 660
"""What a QR code of version 20 holds at level M, less what says that it is UTF-8."""

_USES: Final = ("work", "home")
_URI_SAFE: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@+/"
)
_SHOWN: Final = (Script.LATIN, Script.PINYIN, Script.OTHER, Script.HANZI)
_Value = TypeVar("_Value")


def vcard(
    person: Person, version: str = "3.0", *, photo: bytes = b"", private: bool = False
) -> str:
    """One card, with CRLF and folded lines.

    ``private`` adds what is only for the user's own devices: notes, tags, past roles, where they
    were met, by whom they were introduced, how to address them, what they consented to and for
    how long.
    """
    if version not in VERSIONS:
        raise BadRequest(f"vCards are written as {' or '.join(VERSIONS)}, not as “{version}”.")
    return "".join(folded(line) for line in _Card(person, version, private).lines(photo))


class _Card:
    """One card being written."""

    def __init__(self, person: Person, version: str, private: bool) -> None:
        self._person = person
        self._new = version == "4.0"
        self._private = private
        self._groups = itertools.count(1)

    def lines(self, photo: bytes) -> Iterator[str]:
        """All logical lines."""
        person = self._person
        yield "BEGIN:VCARD"
        yield f"VERSION:{'4.0' if self._new else '3.0'}"
        yield "PRODID:-//fieldguide//EN"
        if person.uid:
            kind = ";VALUE=text" if self._new and ":" not in person.uid else ""
            yield f"UID{kind}:{escaped(person.uid)}"
        yield from self._names()
        roles = [role for role in person.roles if not role.past]
        for role in roles:
            yield from self._role(role, grouped=len(roles) > 1)
        for way in person.ways:
            yield from self._labelled(*self._way(way), way.use)
        for one in person.addresses:
            value = structured(["", "", one.street, one.city, one.region, one.code, one.country])
            yield from self._labelled("ADR", self._types(one.use), value, one.use)
        if photo:
            yield self._photo(photo)
        if self._private:
            yield from self._private_lines()
        yield "END:VCARD"

    def _names(self) -> Iterator[str]:
        person = self._person
        shown = person.name(*_SHOWN)
        prefixes = [said.text for said in person.honorifics]
        hanzi = person.name(Script.HANZI)
        pinyin = person.name(Script.PINYIN)
        beside = hanzi if hanzi and hanzi is not shown else None
        yield f"FN:{escaped(full_name(person))}"
        alt = ";ALTID=1" if self._new and (beside or pinyin) else ""
        yield f"N{alt}:{_structured_name(shown, prefixes)}"
        if self._new and beside:
            yield f"N;ALTID=1;LANGUAGE=zh-Hans:{_structured_name(beside)}"
        if self._new and pinyin and pinyin is not shown:
            yield f"N;ALTID=1;LANGUAGE=zh-Latn;PHONETIC=piny:{_structured_name(pinyin)}"
        if pinyin:
            yield f"X-PHONETIC-LAST-NAME:{escaped(pinyin.family)}"
            yield f"X-PHONETIC-FIRST-NAME:{escaped(pinyin.given)}"
        for name in person.names:
            if name.script is Script.NICKNAME:
                # One property may hold several, of which some programs read the first alone.
                yield f"NICKNAME:{escaped(name.text)}"
            else:
                yield f"{NAMED}:{structured([name.script, name.text, name.family])}"

    def _role(self, role: Role, *, grouped: bool) -> Iterator[str]:
        group = f"role{next(self._groups)}." if grouped else ""
        both = self._new and (role.organisation or role.title)
        alt = f";ALTID=r{next(self._groups)}" if both else ""
        chinese = f"{alt};LANGUAGE=zh-Hans"
        for name, latin, hanzi in (
            (
                "ORG",
                [role.organisation, role.department],
                [role.organisation_zh, role.department_zh],
            ),
            ("TITLE", [role.title], [role.title_zh]),
        ):
            for said, mark in ((latin, alt), (hanzi, chinese)):
                if any(said):
                    parts = said if said[-1] else said[:1]
                    yield f"{group}{name}{mark}:{structured(parts)}"

    def _way(self, way: Way) -> tuple[str, str, str]:
        """Name, parameters and value of the property that says this way."""
        if way.kind in CALLED:
            kind = {"mobile": "cell", "fax": "fax", "phone": "voice"}[way.kind]
            return "TEL", self._types(kind, way.use), escaped(way.value)
        if way.kind == "email":
            internet = () if self._new else ("internet",)
            return "EMAIL", self._types(*internet, way.use), escaped(way.value)
        if way.kind == "web":
            return "URL", self._types(way.use), escaped(way.value)
        if way.kind in PROFILES:
            return "X-SOCIALPROFILE", f";TYPE={way.kind}", escaped(way.value)
        service = f";X-SERVICE-TYPE={WAYS[way.kind]}"
        return "IMPP", service + self._types(way.use), f"{way.kind}:{_in_uri(way.value)}"

    def _types(self, *types: str) -> str:
        known = [one for one in types if one in (*_USES, "cell", "fax", "voice", "internet")]
        if not self._new:
            return f";TYPE={','.join(known).upper()}" if known else ""
        return "".join(f";TYPE={one}" for one in known)

    def _labelled(self, name: str, params: str, value: str, use: str) -> Iterator[str]:
        """A property, with a label of its own where no type says what it is for."""
        typed = not use or (use in _USES and name != "X-SOCIALPROFILE")
        group = "" if typed else f"item{next(self._groups)}."
        yield f"{group}{name}{params}:{value}"
        if group:
            yield f"{group}X-ABLABEL:{escaped(use)}"

    def _photo(self, photo: bytes) -> str:
        media = next((name for start, name in MEDIA.items() if photo.startswith(start)), "")
        if not media:
            raise BadRequest("This picture is of a kind that vCards do not carry.")
        data = base64.b64encode(photo).decode()
        if self._new:
            return f"PHOTO:data:image/{media};base64,{data}"
        return f"PHOTO;ENCODING=b;TYPE={media.upper()}:{data}"

    def _private_lines(self) -> Iterator[str]:
        person = self._person
        for note in person.notes:
            yield f"NOTE:{escaped(note.text)}"
        if person.tags:
            yield f"CATEGORIES:{structured([person.tags])}"
        dated = tuple(role for role in person.roles if role.past or role.since or role.at)
        rest = Person(
            roles=dated,
            address_as=person.address_as,
            met=person.met,
            introduced_by=person.introduced_by,
            consents=person.consents,
            retention=person.retention,
            records=person.records,
        )
        if table := as_table(unsourced(rest)):
            yield f"{PRIVATE}:{escaped(json.dumps(table, ensure_ascii=False))}"


def full_name(person: Person) -> str:
    """The name in Latin letters and in hanzi; who has none is called by where they work."""
    shown = person.name(*_SHOWN)
    hanzi = person.name(Script.HANZI)
    text = shown.text if shown else person.title or "?"
    return f"{text} {hanzi.text}" if hanzi and hanzi is not shown else text


def unsourced(value: _Value) -> _Value:
    """A person, or a value of one, without where it comes from: a card does not tell that."""
    if isinstance(value, tuple):
        return tuple(unsourced(one) for one in value)  # type: ignore[return-value]
    if not is_dataclass(value) or not hasattr(value, "__slots__"):
        return value
    parts: dict[str, Any] = {
        one.name: () if one.name == "sources" else unsourced(getattr(value, one.name))
        for one in fields(value)
    }
    return replace(value, **parts)  # type: ignore[type-var]


def _structured_name(name: PersonName | None, prefixes: Sequence[str] = ()) -> str:
    if name is None:
        return structured(["", "", "", prefixes, ""])
    family, given = name.family, name.given
    if name.script is Script.HANZI and not family:
        family = family_of_hanzi(name.text)
        given = name.text[len(family) :]
    return structured([family, given, "", prefixes, ""])


def _in_uri(text: str) -> str:
    """Everything that has a meaning in a URI, and all beyond ASCII, as %XX."""
    octets = text.encode("utf-8", "ignore")
    return "".join(chr(one) if one in _URI_SAFE else f"%{one:02X}" for one in octets)


def compact_vcard(person: Person) -> str:
    """A card for a QR code of version 20 or less at level M: what fits of what matters most."""
    shown = person.name(*_SHOWN)
    text = full_name(person)
    kept = ["BEGIN:VCARD", "VERSION:3.0"]
    end = "END:VCARD\r\n"
    room = CODE_OCTETS - len("\r\n".join([*kept, end]))
    name = f"N:{_structured_name(shown)}"
    full = f"FN:{escaped(text)}"
    if len(f"{name}{full}\r\n\r\n".encode()) > room // 2:
        short = escaped(_cut(text, room // 5))
        name, full = f"N:;{short};;;", f"FN:{short}"
    for line in (name, full, *_wanted(person)):
        size = len(line.encode()) + 2
        if size <= room:
            kept.append(line)
            room -= size
    return "\r\n".join([*kept, end])


def _wanted(person: Person) -> Iterator[str]:
    """Lines of a compact card, the most wanted first."""
    role = person.role if person.role and not person.role.past else Role()
    if organisation := role.organisation or role.organisation_zh:
        yield f"ORG:{escaped(organisation)}"
    if title := role.title or role.title_zh:
        yield f"TITLE:{escaped(title)}"
    for way in (*person.reached_by("mobile"), *person.reached_by("phone", "fax")):
        kind = {"mobile": "CELL", "fax": "FAX", "phone": "VOICE"}[way.kind]
        yield f"TEL;TYPE={kind}:{escaped(way.value)}"
    for way in person.reached_by("email"):
        yield f"EMAIL:{escaped(way.value)}"
    # Few phones know the services; all of them show a note.
    handles = [way for way in person.ways if way.kind in HANDLES]
    if handles:
        told = ", ".join(f"{WAYS[way.kind]} {way.value}" for way in handles[:3])
        yield f"NOTE:{escaped(told)}"
    for way in person.reached_by("web"):
        yield f"URL:{escaped(way.value)}"
    for one in person.addresses:
        parts = ["", "", one.street, one.city, one.region, one.code, one.country]
        yield f"ADR:{structured(parts)}"
    if role.organisation and role.organisation_zh:
        yield f"ORG;LANGUAGE=zh:{escaped(role.organisation_zh)}"
    if role.title and role.title_zh:
        yield f"TITLE;LANGUAGE=zh:{escaped(role.title_zh)}"


def _cut(text: str, octets: int) -> str:
    return text.encode("utf-8", "ignore")[:octets].decode("utf-8", "ignore")
