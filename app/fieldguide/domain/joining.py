"""Two descriptions of one person made one: field by field, both values kept with their sources."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import fields, replace
from typing import Any, Final, TypeVar, cast

from fieldguide.domain.people import Address, Person, PersonName, Role, Way
from fieldguide.domain.script import fold
from fieldguide.domain.tables import MOST_VALUES

_Value = TypeVar("_Value")
_FILLED_UP: Final = (Role, Address)
"""Values of several parts: one that says less, and nothing else, is part of the other."""


def merged(first: Person, second: Person, turned: Collection[str] = ()) -> Person:
    """All that either says, in the order of ``first``; it keeps the uid of ``first`` if it has one.

    A value that both hold stands once with the sources of both; values that differ stand both.
    ``turned`` names the fields of which ``second`` comes first.
    """
    values: dict[str, Any] = {}
    for one in fields(Person):
        pair = (second, first) if one.name in turned else (first, second)
        mine, others = (getattr(person, one.name) for person in pair)
        values[one.name] = joined(mine, others) if isinstance(mine, tuple) else mine or others
    return Person(**values)


def too_many(person: Person) -> bool:
    """Whether more is said of somebody than can be kept."""
    values = (getattr(person, one.name) for one in fields(Person))
    return any(isinstance(value, tuple) and len(value) > MOST_VALUES for value in values)


def joined(first: Iterable[_Value], second: Iterable[_Value]) -> tuple[_Value, ...]:
    """The values of both without repeating any."""
    kept: list[_Value] = []
    for value in (*first, *second):
        for place, other in enumerate(kept):
            if both := _one(other, value):
                kept[place] = both
                break
        else:
            kept.append(value)
    return tuple(kept)


def _one(first: _Value, second: _Value) -> _Value | None:
    """One value that says what two say, or None when they are two."""
    if _key(first) == _key(second):
        return _with_sources(_fuller(first, second), first, second)
    if isinstance(first, _FILLED_UP) and _parts_agree(first, second):
        said = {
            one.name: getattr(first, one.name) or getattr(second, one.name) for one in fields(first)
        }
        return _with_sources(replace(first, **said), first, second)
    return None


def _key(value: object) -> Hashable:
    keyed: dict[type, Callable[[Any], Hashable]] = {
        PersonName: lambda name: (
            name.script,
            fold(name.text) if name.text.isascii() else name.text,
        ),
        Way: lambda way: (way.kind, way.key),
    }
    if make := keyed.get(type(value)):
        return make(value)
    if isinstance(value, str):
        return value.casefold()
    return cast(Hashable, _sourced(value, ()) or value)


def _fuller(first: _Value, second: _Value) -> _Value:
    """The first, with the mark or the use that only the second has."""
    if isinstance(first, PersonName) and isinstance(second, PersonName):
        known = second.family in first.text
        return replace(first, family=first.family or (second.family if known else ""))
    if isinstance(first, Way) and isinstance(second, Way):
        return replace(first, use=first.use or second.use)
    return first


def _parts_agree(first: Role | Address, second: object) -> bool:
    """Whether one says all that the other does, and more."""
    if type(first) is not type(second):
        return False
    names = [one.name for one in fields(first) if one.name != "sources"]
    pairs = [(getattr(first, name), getattr(second, name)) for name in names]
    less = all(a == b or not a for a, b in pairs)
    more = all(a == b or not b for a, b in pairs)
    said = any(a and a == b for a, b in pairs)
    return said and (less or more)


def _with_sources(value: _Value, *others: _Value) -> _Value:
    sources = dict.fromkeys(source for other in others for source in getattr(other, "sources", ()))
    return _sourced(value, tuple(sources)[:MOST_VALUES]) or value


def _sourced(value: _Value, sources: tuple[str, ...]) -> _Value | None:
    """The value with other sources; None when it is of a kind that has none."""
    if not hasattr(value, "sources"):
        return None
    return cast(_Value, replace(cast(Any, value), sources=sources))
