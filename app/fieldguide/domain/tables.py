"""Values as plain tables that JSON can hold, and back through a reader that believes nothing.

A field says in its metadata when it holds more than one line (``LINES``), a date (``DATE``), an
hour (``TIME``) or one of some words (``among``).
"""

import functools
import re
import types
import typing
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest

MOST_VALUES: Final = 200
LONGEST_LINE: Final = 2_000
LONGEST_TEXT: Final = 100_000

LINES: Final = {"form": "lines"}
DATE: Final = {"form": "date"}
TIME: Final = {"form": "time"}

_BREAKS: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_BREAKS_IN_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|")

Value = TypeVar("Value")


def among(words: Collection[str]) -> dict[str, Any]:
    """The metadata of a field that holds one of these."""
    return {"among": words}


def as_table(value: object) -> dict[str, Any]:
    """All that a dataclass says; what is empty is left out, a sign that no text holds a blank."""
    table = _plain(value)
    assert isinstance(table, dict)
    return table


def of_table(shape: type[Value], table: object, what: str) -> Value:
    """The value that ``as_table`` was given; raises BadRequest for anything else."""
    if not isinstance(table, Mapping):
        raise BadRequest(f"The {what} is not a table.")
    hints = _hints(typing.cast(Any, shape))
    if odd := [name for name in table if name not in hints]:
        raise BadRequest(f"The {what} says “{_short(odd[0])}”, which nothing here knows.")
    values: dict[str, Any] = {}
    for one in fields(typing.cast(Any, shape)):
        if one.name in table:
            where = f"{what}’s {one.name.replace('_', ' ')}"
            values[one.name] = _value(hints[one.name], table[one.name], where, one.metadata)
        if one.default is MISSING and one.default_factory is MISSING and not values.get(one.name):
            raise BadRequest(f"The {what} has no {one.name.replace('_', ' ')}.")
    return shape(**values)


def printable(text: str) -> str:
    """What was typed, without the signs that no value holds, and not longer than a line may be."""
    return without_breaks(text).strip()[:LONGEST_LINE]


def printable_text(text: str) -> str:
    """The same for what may hold several lines."""
    return _lines_of(text).strip()[:LONGEST_TEXT]


def without_breaks(text: str) -> str:
    """A text with a blank for each sign that no line of a value holds."""
    return _BREAKS.sub(" ", text)


@functools.cache
def _hints(shape: type) -> dict[str, Any]:
    """Worked out once: it takes most of the time that reading a value takes."""
    return typing.get_type_hints(shape)


@functools.cache
def _fields(shape: type) -> tuple[tuple[str, bool], ...]:
    """Those of a dataclass, and whether each may hold several lines; none of any other type."""
    found = fields(shape) if is_dataclass(shape) else ()
    return tuple((one.name, one.metadata.get("form") == "lines") for one in found)


def _lines_of(text: str) -> str:
    return _BREAKS_IN_TEXT.sub(" ", text.replace("\r\n", "\n"))


def _plain(value: object, *, lines: bool = False) -> object:
    # Most are texts; whoever imports thousands of people comes by here for each of them.
    if type(value) is str:
        return _lines_of(value) if lines else without_breaks(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Ref | StrEnum):
        return str(value)
    if names := _fields(typing.cast(Any, type(value))):
        table = {}
        for name, several in names:
            told = _plain(getattr(value, name), lines=several)
            if told not in (None, "", [], False):
                table[name] = told
        return table
    return value


def _value(hint: object, given: object, where: str, asked: Mapping[str, Any]) -> object:
    # Most are texts, and each further question costs a list its speed.
    if hint is str:
        return _told(given, where, asked)
    if typing.get_origin(hint) is tuple:
        if not isinstance(given, list | tuple) or len(given) > MOST_VALUES:
            raise BadRequest(f"The {where} is not a list of at most {MOST_VALUES} values.")
        inner = typing.get_args(hint)[0]
        return tuple(_value(inner, one, where, asked) for one in given)
    if isinstance(hint, types.UnionType):
        return None if given is None else _value(Ref, given, where, asked)
    if is_dataclass(hint) and hint is not Ref:
        return of_table(typing.cast(type, hint), given, where)
    if hint is bool:
        if not isinstance(given, bool):
            raise BadRequest(f"The {where} is neither true nor false.")
        return given
    text = _text(given, where, lines=False)
    if hint is Ref:
        return Ref.parse(text)
    try:
        return typing.cast(type[StrEnum], hint)(text)
    except ValueError:
        raise BadRequest(f"The {where} cannot be “{_short(text)}”.") from None


def _told(given: object, where: str, asked: Mapping[str, Any]) -> str:
    """A text, which has to be a date, an hour or a certain word in some places."""
    form = asked.get("form")
    text = _text(given, where, lines=form == "lines")
    if form == "date" and not _DATE.fullmatch(text):
        raise BadRequest(f"The {where} is not a date: “{_short(text)}”.")
    if form == "time" and not _TIME.fullmatch(text):
        raise BadRequest(f"The {where} is not a time like 09:30: “{_short(text)}”.")
    if "among" in asked and text not in asked["among"]:
        raise BadRequest(f"The {where} cannot be “{_short(text)}”.")
    return text


def _text(given: object, where: str, *, lines: bool) -> str:
    if not isinstance(given, str):
        raise BadRequest(f"The {where} is not a text.")
    if len(given) > (LONGEST_TEXT if lines else LONGEST_LINE):
        raise BadRequest(f"The {where} is longer than can be kept.")
    if (_BREAKS_IN_TEXT if lines else _BREAKS).search(given):
        raise BadRequest(f"The {where} holds a sign that no text holds.")
    return given


def _short(text: object) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in str(text))
    return shown if len(shown) <= 40 else shown[:39] + "…"
