"""Mending what is kept of a person: only what changed is said by hand from then on."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol, TypeVar

from fieldguide.domain.dates import read_dates
from fieldguide.domain.people import HAND, Script
from fieldguide.domain.script import HANZI
from fieldguide.errors import BadRequest

_MONTHLY: Final = re.compile(r"(?:(\d{4})[-/.](\d\d?)|(\d\d?)[-/.](\d{4}))")
_YEAR: Final = re.compile(r"\d{4}")
_MONTH_AND_YEAR: Final = re.compile(r"(\D+)[ .](\d{4})")


class _Sourced(Protocol):
    @property
    def sources(self) -> tuple[str, ...]: ...


Value = TypeVar("Value", bound=_Sourced)


def mended(before: Value | None, after: Value) -> Value:
    """A value as it was typed over another one; its sources stay where nothing changed."""
    if before is not None and _with_sources(after, before.sources) == before:
        return before
    return _with_sources(after, (HAND,))


def family_parts(name: str, script: Script) -> tuple[str, ...]:
    """Every part of a written name that a family may bear, the likeliest places first."""
    if script is Script.HANZI or HANZI.search(name):
        return tuple(dict.fromkeys(name[:length] for length in (1, 2) if name[:length].strip()))
    words = name.split()
    runs = [
        " ".join(words[start : start + length])
        for length in range(1, max(len(words), 2))
        for start in range(len(words) - length + 1)
    ]
    return tuple(dict.fromkeys(run.strip(",") for run in runs))


def read_date(typed: str) -> str:
    """A year, a month or a day as ISO writes it; raises BadRequest for anything else."""
    words = " ".join(typed.split())
    if not words or _YEAR.fullmatch(words):
        return words
    if (match := _MONTHLY.fullmatch(words)) and 1 <= int(match[2] or match[3]) <= 12:
        return f"{match[1] or match[4]}-{int(match[2] or match[3]):02}"
    # A month alone is read as its first day, which is then not told.
    if (match := _MONTH_AND_YEAR.fullmatch(words)) and (day := _day(f"1 {match[1]} {match[2]}")):
        return day[:7]
    if day := _day(words):
        return day
    raise BadRequest(f"“{typed[:40]}” is not a date: write it as 2013, 2013-05 or 27 May 2013.")


def unique_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags as they were typed, each once."""
    return tuple({tag.casefold(): tag for tag in map(str.strip, tags) if tag}.values())


def _day(words: str) -> str:
    terms, rest = read_dates(words)
    if len(terms) == 1 and not rest and re.fullmatch(r"d\d{8}", terms[0]):
        return f"{terms[0][1:5]}-{terms[0][5:7]}-{terms[0][7:]}"
    return ""


def _with_sources(value: Value, sources: tuple[str, ...]) -> Value:
    return replace(value, sources=sources)  # type: ignore[type-var]
