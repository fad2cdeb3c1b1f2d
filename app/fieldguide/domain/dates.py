"""Days and hours as people type them, as terms that mean the same however they were written."""

import re
from datetime import date
from typing import Final

from fieldguide.domain.script import fold

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar gennaio gennaro enero gener",
            "february feb fevrier fev februar febbraio febrero febrer",
            "march mar mars marz maerz marzo marc",
            "april apr avril aprile abril",
            "may mai maggio mayo maig",
            "june jun juin juni giugno junio juny",
            "july jul juillet juli luglio julio juliol",
            "august aug aout agosto agost",
            "september sep sept septembre settembre septiembre setembre",
            "october oct octobre oktober okt ottobre octubre",
            "november nov novembre noviembre",
            "december dec decembre dezember dez dicembre diciembre desembre",
        ),
        1,
    )
    for name in names.split()
}
_DAYS: Final = {
    name: day
    for day, names in zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (
            "monday mon lundi montag lunedi lunes dilluns 周一 星期一",
            "tuesday tue mardi dienstag martedi martes dimarts 周二 星期二",
            "wednesday wed mercredi mittwoch mercoledi miercoles dimecres 周三 星期三",
            "thursday thu jeudi donnerstag giovedi jueves dijous 周四 星期四",
            "friday fri vendredi freitag venerdi viernes divendres 周五 星期五",
            "saturday sat samedi samstag sabato sabado dissabte 周六 星期六",
            "sunday sun dimanche sonntag domenica domingo diumenge 周日 星期日",
        ),
        strict=True,
    )
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS: Final = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d\d?)\s?月\s?(?P<d>\d\d?)\s?日?"),
    re.compile(r"(?<!\d)(?P<m>\d\d?)\s?月\s?(?P<d>\d\d?)\s?日"),
    re.compile(
        rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|\.)?\s+(?:de |di |d)?(?P<w>{_MONTH})\b\.?,?"
        r"(?:\s+(?:de )?(?P<y>(?:19|20)\d\d))?"
    ),
    re.compile(
        rf"\b(?P<w>{_MONTH})\.?\s+(?P<d>\d\d?)(?:st|nd|rd|th)?(?!\d)(?!:),?(?:\s+(?P<y>(?:19|20)\d\d))?"
    ),
    re.compile(r"(?<![\d.])(?P<d>\d\d?)[./](?P<m>\d\d?)[./](?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<![\d.,/])(?P<d>\d\d?)(?:/(?P<m>\d\d?)|\.(?P<n>\d\d?)\.)(?![\d/])"),
)
_TIME: Final = re.compile(
    r"(?<![\d.,:])t?(?P<h>\d\d?)(?:[:h](?P<m>\d\d)|(?:[:.](?P<n>\d\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|\s?h\b|\s?uhr\b|\s?点)(?!\d)"
)

_BARE_TIME: Final = re.compile(r"(?<!\d)(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<n>)(?P<half>)(?!\d)")
"""Four digits are a time only beside a day."""


def day_terms(day: date) -> tuple[str, str]:
    """The terms of a day: without its year, and with it."""
    return f"d{day:%m%d}", f"d{day:%Y%m%d}"


def time_term(hour: int, minute: int) -> str:
    """The term of a time of day."""
    return f"t{hour:02}{minute:02}"


def read_dates(text: str) -> tuple[tuple[str, ...], str]:
    """Terms of the days, times and days of the week in a text, and what is left of it.

    A day with a year gives only the term with the year: it is the narrower one.
    """
    rest = fold(text)
    if not any(char.isdigit() for char in rest) and not any(word in rest for word in _DAYS):
        return (), text
    found: list[str] = []
    for form in _FORMS:
        rest = form.sub(lambda match: _day(match, found), rest)
    rest = _TIME.sub(lambda match: _time(match, found), rest)
    if found:
        rest = _BARE_TIME.sub(lambda match: _time(match, found), rest)
    words = []
    for word in rest.split():
        bare = word.strip(",.;")
        if bare in _DAYS:
            found.append(_DAYS[bare])
        else:
            words.append(word)
    return tuple(found), " ".join(words)


def _day(match: re.Match[str], found: list[str]) -> str:
    parts = match.groupdict()
    month = _MONTHS[parts["w"]] if parts.get("w") else int(parts.get("m") or parts["n"])
    year = parts.get("y")
    try:
        day = date(int(year or 2000), month, int(parts["d"]))
    except ValueError:
        return match[0]
    found.append(day_terms(day)[1 if year else 0])
    return " "


def _time(match: re.Match[str], found: list[str]) -> str:
    hour, minute = int(match["h"]), int(match["m"] or match["n"] or 0)
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if hour > 23 or minute > 59:
        return match[0]
    found.append(time_term(hour, minute))
    return " "
