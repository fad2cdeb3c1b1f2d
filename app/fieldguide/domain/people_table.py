"""A person as a plain table that JSON can hold, and back through a reader that believes nothing."""

import functools
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from fieldguide.domain.people import WAYS, Address, Consent, Encounter, Person, Role, Said, Way
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest

MOST_VALUES: Final = 200
LONGEST_LINE: Final = 2_000
LONGEST_TEXT: Final = 100_000

_BREAKS: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_BREAKS_IN_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_SEVERAL_LINES: Final = {(Said, "text"), (Address, "street"), (Consent, "remark")}
_DATES: Final = {(Role, "since"), (Role, "until"), (Encounter, "on"), (Consent, "on")}
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|")

_Value = TypeVar("_Value")


def as_table(person: Person) -> dict[str, Any]:
    """All that is said of a person; what is empty is left out."""
    table = _plain(person)
    assert isinstance(table, dict)
    return table


def of_table(table: object) -> Person:
    """The person that ``as_table`` was given; raises BadRequest for anything else."""
    return _built(Person, table, "person")


def _plain(value: object) -> object:
    if isinstance(value, Ref | StrEnum):
        return str(value)
    if is_dataclass(value):
        told = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {name: one for name, one in told.items() if one not in (None, "", [])}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@functools.cache
def _hints(shape: type) -> dict[str, Any]:
    """Worked out once: it takes most of the time that reading a person takes."""
    return typing.get_type_hints(shape)


def _built(shape: type[_Value], table: object, where: str) -> _Value:
    if not isinstance(table, Mapping):
        raise BadRequest(f"The {where} is not a table.")
    hints = _hints(typing.cast(Any, shape))
    if odd := [name for name in table if name not in hints]:
        raise BadRequest(f"The {where} says “{_short(odd[0])}”, which nothing here knows.")
    values = {
        name: _value(shape, name, hints[name], given, f"{where}’s {name.replace('_', ' ')}")
        for name, given in table.items()
    }
    for one in fields(typing.cast(Any, shape)):
        if one.default is MISSING and one.default_factory is MISSING and not values.get(one.name):
            raise BadRequest(f"The {where} has no {one.name.replace('_', ' ')}.")
    built = shape(**values)
    if isinstance(built, Way) and built.kind not in WAYS:
        raise BadRequest(f"The {where} is of a kind that nothing here knows.")
    return built


def _value(shape: type, name: str, hint: object, given: object, where: str) -> object:
    # Most of them are, and each further question costs a list its speed.
    if hint is str:
        return _dated(shape, name, given, where)
    if typing.get_origin(hint) is tuple:
        if not isinstance(given, list | tuple) or len(given) > MOST_VALUES:
            raise BadRequest(f"The {where} is not a list of at most {MOST_VALUES} values.")
        inner = typing.get_args(hint)[0]
        return tuple(_value(shape, name, inner, one, where) for one in given)
    if isinstance(hint, types.UnionType):
        return None if given is None else _value(shape, name, Ref, given, where)
    if is_dataclass(hint) and hint is not Ref:
        return _built(typing.cast(type, hint), given, where)
    text = _text(given, where, lines=False)
    if hint is Ref:
        return Ref.parse(text)
    try:
        return typing.cast(type[StrEnum], hint)(text)
    except ValueError:
        raise BadRequest(f"The {where} cannot be “{_short(text)}”.") from None


def _dated(shape: type, name: str, given: object, where: str) -> str:
    """A text, which has to be a date in some places."""
    text = _text(given, where, lines=(shape, name) in _SEVERAL_LINES)
    if (shape, name) in _DATES and not _DATE.fullmatch(text):
        raise BadRequest(f"The {where} is not a date: “{_short(text)}”.")
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
