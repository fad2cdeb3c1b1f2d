"""Single values of a content table; each complaint names the file and the line."""

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from datetime import date, time
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from db.places import Where
from fieldguide.domain import records
from fieldguide.domain.records import Name, Position, Source, When

Part = TypeVar("Part", Name, Position, When, Source)

_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|--\d\d-\d\d")
_TIME: Final = re.compile(r"\d\d:\d\d")


def only(row: Mapping[str, Any], known: Collection[str], where: Where) -> None:
    """Refuse a field that has no meaning here, which mostly is a slip of the keys."""
    if unknown := sorted(set(row) - set(known)):
        raise where.error(f"the field “{unknown[0]}” is not known here.")


def tables(rows: object, where: Where, name: str) -> list[dict[str, Any]]:
    """A list of tables."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise where.error(f"“{name}” must be a list of tables.")
    return rows


def text(row: Mapping[str, Any], key: str, where: Where) -> str:
    """A text without the blanks around it; empty when it is not there."""
    value = row.get(key, "")
    if not isinstance(value, str):
        raise where.error(f"“{key}” must be text in quotes.")
    return value.strip()


def strings(row: Mapping[str, Any], key: str, where: Where) -> list[str]:
    """A list of texts; empty when it is not there."""
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise where.error(f"“{key}” must be a list of texts.")
    return value


def whole(row: Mapping[str, Any], key: str, default: int, where: Where) -> int:
    """A whole number."""
    value = row.get(key, default)
    if type(value) is not int:
        raise where.error(f"“{key}” must be a whole number.")
    return value


def day(row: Mapping[str, Any], key: str, where: Where, *, span: bool = False) -> str:
    """An ISO date of any precision, or with ``span`` two of them; empty when it is not there."""
    value = text(row, key, where)
    for one in value.split("/", 1) if span else [value]:
        if value and not _is_date(one):
            raise where.error(f"“{one}” is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or A/B.")
    return value


def zone(row: Mapping[str, Any], key: str, where: Where) -> str:
    """The name of a time zone."""
    value = text(row, key, where)
    try:
        ZoneInfo(value)
    except (OSError, ValueError, LookupError) as unknown:
        raise where.error(f"“{value}” is not a time zone.") from unknown
    return value


def part(cls: type[Part], item: object, where: Where) -> Part:
    """A small value in braces; every field of the right kind, and sound as a whole."""
    if not isinstance(item, dict):
        raise where.error(f"a table in braces is wanted here, not “{item}”.")
    kinds = {one.name: one for one in fields(cls)}
    only(item, kinds, where)
    for name, one in kinds.items():
        if name not in item:
            if one.default is MISSING:
                raise where.error(f"“{name}” is missing here.")
        elif type(item[name]) not in ((int, float) if one.type is float else (one.type,)):
            raise where.error(f"“{name}” is of the wrong kind here.")
    made: Part = cls(**item)
    _check(made, item, where)
    return made


def _check(made: Name | Position | When | Source, item: Mapping[str, Any], where: Where) -> None:
    if isinstance(made, Name) and made.type not in records.NAME_TYPES:
        raise where.error(f"“{made.type}” is not a type of name.")
    if isinstance(made, Position) and made.precision not in records.PRECISIONS:
        raise where.error(f"“{made.precision}” is not a precision.")
    if isinstance(made, Source):
        day(item, "date", where)
    if isinstance(made, When):
        if not made.start:
            raise where.error("a date is wanted in “start”.")
        day(item, "start", where)
        day(item, "end", where)
        for one in (made.time, made.end_time):
            if one and not _is_time(one):
                raise where.error(f"“{one}” is not a time: write HH:MM.")
        zone({"zone": made.zone}, "zone", where)


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    whole = f"2000{value[1:]}" if value.startswith("--") else value + "-01-01"[len(value) - 4 :]
    try:
        date.fromisoformat(whole)
    except ValueError:
        return False
    return True


def _is_time(value: str) -> bool:
    try:
        return bool(_TIME.fullmatch(value) and time.fromisoformat(value))
    except ValueError:
        return False
