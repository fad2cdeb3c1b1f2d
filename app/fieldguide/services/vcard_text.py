"""The text form of a vCard: how values are escaped and lines are folded, and both undone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

LINE_OCTETS: Final = 75

_ENDS: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_SPECIAL: Final = re.compile(r"[\\;,]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SEPARATED: Final = {sign: re.compile(rf"((?:[^\\{sign}]|\\.|\\$)*){sign}?") for sign in ";,"}
_HEAD: Final = re.compile(r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)(?P<params>;.*)?", re.S)
# Each sign is looked at once, however the line was made.
_QUOTED_HEAD: Final = re.compile(r'((?:[^":]++|"[^"]*+")*+):')
_PARAM: Final = re.compile(r';\s*([\w-]+)(?:\s*=\s*((?:"[^"]*"|[^";])*))?')


@dataclass(frozen=True, slots=True)
class Property:
    """One logical line; parameter names are capitals, ``value`` is still escaped."""

    name: str
    value: str
    params: dict[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = ""
    line: int = 0

    @property
    def types(self) -> frozenset[str]:
        """Its TYPE values in small letters, with those that 2.1 writes without a name."""
        return frozenset(one.lower() for one in self.params.get("TYPE", ()))

    def param(self, name: str) -> str:
        """The first value of a parameter, or nothing."""
        return next(iter(self.params.get(name, ())), "")


def escaped(text: str) -> str:
    """A text as a value: no sign in it can end the line, the value or a part of it."""
    plain = _UNSEEN.sub("", _ENDS.sub("\n", text))
    return _SPECIAL.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def unescaped(value: str) -> str:
    """The text that a value stands for."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def parts_of(value: str, sign: str = ";") -> list[str]:
    """The parts of a structured value, unescaped; a sign that is escaped parts nothing."""
    if "\\" not in value:
        return value.split(sign)
    found = []
    place = 0
    while place <= len(value):
        match = _SEPARATED[sign].match(value, place)
        assert match
        found.append(unescaped(match[1]))
        if match.end() == len(value) and not match[0][len(match[1]) :]:
            break
        place = match.end()
    return found


def lists_of(value: str) -> list[list[str]]:
    """Parts that are lists themselves, as in N: ``Li;Wei,Min``."""
    if "\\" not in value:
        return [part.split(",") for part in value.split(";")]
    raw = value.replace("\\\\", "\\5c").replace("\\;", "\\3b").replace("\\,", "\\2c")
    kept = {"\\5c": "\\\\", "\\3b": ";", "\\2c": ","}

    def plain(text: str) -> str:
        return unescaped(re.sub(r"\\(?:5c|3b|2c)", lambda match: kept[match[0]], text))

    return [[plain(item) for item in part.split(",")] for part in raw.split(";")]


def structured(parts: Iterable[str | Sequence[str]]) -> str:
    """Parts as a value; a part that is a list is written with commas."""
    return ";".join(
        escaped(part) if isinstance(part, str) else ",".join(escaped(one) for one in part)
        for part in parts
    )


def folded(line: str) -> str:
    """A logical line in pieces of at most 75 octets that never cut a character, with CRLF."""
    if line.isascii():
        pieces = [line[:LINE_OCTETS]]
        step = LINE_OCTETS - 1
        pieces += [line[at : at + step] for at in range(LINE_OCTETS, len(line), step)]
    else:
        pieces, size = [""], 0
        for sign in line:
            octets = len(sign.encode())
            if size + octets > LINE_OCTETS - (len(pieces) > 1):
                pieces.append("")
                size = 0
            pieces[-1] += sign
            size += octets
    return "\r\n ".join(pieces) + "\r\n"


def property_of(line: str, number: int = 0) -> Property | None:
    """A logical line taken apart; None when it is none."""
    head, value = _halves(line)
    match = _HEAD.fullmatch(head.strip())
    if value is None or not match:
        return None
    params: dict[str, list[str]] = {}
    for name, given in _PARAM.findall(match["params"] or ""):
        bare = not given and name.upper() != "TYPE"
        key = _key_of_bare(name) if bare else name.upper()
        values = [name] if bare else given.replace('"', "").split(",")
        params.setdefault(key, []).extend(one.strip() for one in values)
    kept = {key: tuple(values) for key, values in params.items()}
    return Property(match["name"].upper(), value, kept, (match["group"] or "").lower(), number)


def _halves(line: str) -> tuple[str, str | None]:
    """What stands before and behind the first colon that is in no quotation marks."""
    head, colon, value = line.partition(":")
    if not colon:
        return line, None
    if '"' in head and (match := _QUOTED_HEAD.match(line)):
        return match[1], line[match.end() :]
    return head, value


def _key_of_bare(name: str) -> str:
    return "ENCODING" if name.upper() in ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT") else "TYPE"
