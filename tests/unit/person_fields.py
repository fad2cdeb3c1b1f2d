"""What came of a typed line, field by field, beside what should have come of it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldguide.domain.people import Script
from fieldguide.domain.person_line import parsed

DATA = Path(__file__).parents[1] / "data"
_SCRIPTS = {
    Script.LATIN: "latin",
    Script.HANZI: "hanzi",
    Script.PINYIN: "pinyin",
    Script.OTHER: "script",
    Script.NICKNAME: "nickname",
}
_ROLE = ("title", "title_zh", "organisation", "organisation_zh", "department", "department_zh")


@dataclass(frozen=True)
class Outcome:
    """One field: what should be there and what is; empty where it should be or is nothing."""

    text: str
    name: str
    wanted: str
    found: str

    @property
    def right(self) -> bool:
        return self.wanted == self.found


def expected(file: str = "person_lines.toml") -> list[dict[str, str]]:
    lines: list[dict[str, str]] = tomllib.loads((DATA / file).read_text("utf-8"))["line"]
    return lines


def fields_of(text: str) -> dict[str, str]:
    """Every field that the line comes to, one text each."""
    understood = parsed(text)
    person = understood.person
    found: dict[str, Any] = {_SCRIPTS[name.script]: name.text for name in person.names}
    shown = person.name(Script.LATIN, Script.PINYIN, Script.OTHER)
    found["family"] = shown.family if shown else ""
    hanzi = person.name(Script.HANZI)
    found["hanzi_family"] = hanzi.family if hanzi else ""
    found["honorific"] = " ".join(said.text for said in person.honorifics)
    if person.role:
        found |= {name: getattr(person.role, name) for name in _ROLE}
    for way in person.ways:
        found[way.kind] = f"{found[way.kind]} {way.value}" if way.kind in found else way.value
    found["rest"] = ", ".join(understood.rest)
    return {name: text for name, text in found.items() if text}


def outcomes(lines: Iterable[dict[str, str]]) -> list[Outcome]:
    """Each field that is wanted or found; the family part of hanzi only where it is asked for."""
    results = []
    for line in lines:
        wanted = {name: text for name, text in line.items() if name != "text"}
        found = fields_of(line["text"])
        if "hanzi_family" not in wanted:
            found.pop("hanzi_family", None)
        results += [
            Outcome(line["text"], name, wanted.get(name, ""), found.get(name, ""))
            for name in {**wanted, **found}
        ]
    return results


def share_right(results: list[Outcome]) -> float:
    return sum(one.right for one in results) / len(results)


def wrong_per_line(results: list[Outcome]) -> float:
    """Fields of a line, on average, that say what they should not; what is left over is no field."""
    wrong = [one for one in results if one.found and not one.right and one.name != "rest"]
    return len(wrong) / len({one.text for one in results})
