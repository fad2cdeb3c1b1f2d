"""What a guide says to travellers: words to show, and which facts the arrival card is made of."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields as parts_of
from typing import Any, Final

from db import fields
from db.places import Where
from fieldguide.domain.travel import FORMS, Sayings
from fieldguide.errors import ContentError

KEYS: Final = ("sayings", "arrival")
"""Tables of ``[guide]`` that are read here, each kept in the built guide as JSON."""


def read_travel(row: Mapping[str, Any], place: Where) -> dict[str, str]:
    """The words and the parts of the arrival card as the built guide keeps them."""
    sayings = row.get("sayings", {})
    if not isinstance(sayings, dict):
        raise place.error("“sayings” must be a table.")
    fields.only(sayings, [one.name for one in parts_of(Sayings)], place)
    said = {key: fields.text(sayings, key, place) for key in sorted(sayings)}
    parts = [_part(one, place) for one in fields.tables(row.get("arrival", []), place, "arrival")]
    made = zip(KEYS, (said, parts), strict=True)
    return {key: json.dumps(one, ensure_ascii=False) for key, one in made}


def _part(row: Mapping[str, Any], place: Where) -> dict[str, Any]:
    fields.only(row, {"heading", "form", "facts"}, place)
    heading, form = fields.text(row, "heading", place), fields.text(row, "form", place) or "lines"
    if not heading:
        raise place.error("a part of the arrival card needs a heading.")
    if form not in FORMS:
        raise place.error(f"“{form}” is not a form: use one of {', '.join(FORMS)}.")
    return {"heading": heading, "form": form, "facts": fields.strings(row, "facts", place)}


def wrong_facts(guide: Mapping[str, str], facts: set[str], place: Where) -> Iterator[ContentError]:
    """A complaint for each fact of the arrival card that no record has."""
    for part in json.loads(guide.get("arrival", "[]")):
        for name in part["facts"]:
            if name not in facts:
                yield place.error(f"there is no fact {name} for the arrival card.")
