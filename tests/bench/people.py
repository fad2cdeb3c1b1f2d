"""Figures of the people: lines understood, duplicates found among many, vCards read."""

import functools
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from fieldguide.domain.entries import Kind, new_id, text_of_value
from fieldguide.domain.likeness import Acquaintances
from fieldguide.domain.notes import Draft, Revision
from fieldguide.domain.people import Person, PersonName, Role, Script, Way
from fieldguide.domain.surnames import HANZI_SURNAMES
from fieldguide.services.notebook import Notebook, local_time, open_notebook
from fieldguide.services.readings import readings
from fieldguide.services.roster import Roster, Wanted
from fieldguide.storage.workspace_db import open_workspace
from tests.bench.notes import percentile
from tests.unit.person_fields import expected, outcomes, share_right

Figure = tuple[str, float, str, float | None]

MANY = 5_000
TWICE = 250
OPENINGS = 11
_GIVEN_HANZI = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰红梅建文博晓燕婷宇浩欣怡梓涵雨"
_WESTERN = [
    a + b
    for a in ("Mar", "Lor", "Ben", "Cal", "Dor", "Fel", "Gis")
    for b in ("a", "in", "ett", "o")
]
_FAMILIES = [
    a + b
    for a in (
        "Bram",
        "Kett",
        "Lind",
        "Morr",
        "Oster",
        "Pell",
        "Quin",
        "Roth",
        "Salv",
        "Thorn",
        "Vass",
    )
    for b in ("berg", "ley", "ini", "ard", "mont", "wick", "ova", "ez", "sen")
]
_PLACES = ["Juke", "Orchid Bay", "Pellmoor", "Lumen Loop", "Nordlicht", "Valchiara", "青禾", "云杉"]


def figures() -> list[Figure]:
    """Name, value, unit and the limit (a lower one when negative) of each figure."""
    return [*_lines(), *_duplicates(), *_doubled(), *_roster()]


def _lines() -> list[Figure]:
    first = share_right(outcomes(expected()))
    later = share_right(outcomes(expected("person_lines_later.toml")))
    return [
        ("fields right in the sixty typed lines", first, "", -0.95),
        ("fields right in twenty later ones, .836 at first", later, "", None),
    ]


def _duplicates() -> list[Figure]:
    people, twins = crowd(MANY - TWICE, TWICE)
    readings("李")
    began = time.perf_counter()
    known = Acquaintances(people, readings)
    pairs = known.pairs()
    took = time.perf_counter() - began
    found = {(a, b) for a, b, _ in pairs}
    recall = sum(pair in found for pair in twins) / len(twins)
    precision = sum(pair in twins for pair in found) / max(1, len(found))
    times = sorted(_timed(functools.partial(known.like, one)) for one in people[:: MANY // 500])
    return [
        (f"duplicates among {MANY:,} people found in", took, "s", 2.0),
        (f"of {TWICE} people described twice, found", recall, "", -0.9),
        ("of the pairs suggested, really one person", precision, "", None),
        ("people like one just typed, p50", times[len(times) // 2], "ms", None),
        ("people like one just typed, p99", times[int(len(times) * 0.99)], "ms", 4.0),
    ]


def _doubled() -> list[Figure]:
    """The same in a notebook, as the page of people asks for it: in steps."""
    people, _ = crowd(MANY - TWICE, TWICE)
    readings("李")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        book = open_notebook(Path(folder) / "many", create=True)
        book.people.add_many(people)
        left, times = MANY, []
        while left:
            began = time.perf_counter()
            left = book.duplicates.learn()
            times.append((time.perf_counter() - began) * 1_000)
        began = time.perf_counter()
        found = len(book.duplicates.suspicions())
        times.append((time.perf_counter() - began) * 1_000)
        book.close()
    return [
        (f"the same in a notebook, {found} pairs", sum(times) / 1_000, "s", 2.0),
        ("the longest that a note waits for it", max(times), "ms", 1_000.0),
    ]


def _roster() -> list[Figure]:
    """The list of as many people opened anew, and searched as one types."""
    people, _ = crowd(MANY, 0)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        _fill(Path(folder) / "many", people)
        db = open_workspace(Path(folder) / "many", create=False)
        opened = []
        for _ in range(OPENINGS):
            roster = Roster(db)
            opened.append(_timed(functools.partial(roster.look, Wanted())))
        typed = [query for one in people[:: MANY // 100] for query in _typed(one.title)]
        times = [_timed(functools.partial(roster.look, Wanted(words=one))) for one in typed]
        db.close()
    return [
        (f"list of {MANY:,} people, order and first rows, median", median(opened), "ms", 50.0),
        ("the same, slowest", max(opened), "ms", None),
        ("people searched at each key, p50", percentile(times, 50), "ms", None),
        ("people searched at each key, p99", percentile(times, 99), "ms", 4.0),
    ]


def _fill(profile: Path, people: Sequence[Person]) -> None:
    """Keep as many people, each of one revision."""
    db = open_workspace(profile, create=True)
    author, now = Notebook(db).introduce("Anna"), local_time()
    with db.writing():
        for person in people:
            entry = new_id(Kind.PERSON)
            db.add_note(entry, now)
            draft = Draft(None, "", text=text_of_value(person))
            db.add_revision(Revision.following((), entry, author, draft, now))
    db.close()


def _typed(name: str) -> list[str]:
    """A name as it grows in the field."""
    return [name[:end] for end in range(1, min(8, len(name)) + 1)]


def _timed(ask: functools.partial[object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1_000


def crowd(single: int, twice: int) -> tuple[list[Person], set[tuple[int, int]]]:
    """Invented people, some of them described twice and differently; the pairs of those."""
    chance = random.Random(20130527)
    people = [somebody(chance, number) for number in range(single)]
    chosen = chance.sample(range(single), twice)
    twins = set()
    for place in chosen:
        twins.add((place, len(people)))
        people.append(_again(chance, people[place]))
    return people, twins


def somebody(chance: random.Random, number: int) -> Person:
    """A Chinese or European person with a role and some ways to reach them."""
    names = _eastern(chance) if chance.random() < 0.6 else (_western(chance),)
    ways = (
        Way("email", f"p{number}@{chance.randrange(900)}.example"),
        Way("mobile", f"+86 13{chance.randrange(10**9):09}"),
        Way("wechat", f"wx_{number:05}"),
    )
    role = Role("Director", organisation=f"{chance.choice(_PLACES)} {chance.randrange(400)}")
    return Person(str(number), names, roles=(role,), ways=ways[: chance.randrange(4)])


def _eastern(chance: random.Random) -> tuple[PersonName, ...]:
    family = chance.choice(list(HANZI_SURNAMES)[:120])
    given = "".join(chance.choices(_GIVEN_HANZI, k=chance.choice((1, 2, 2))))
    said = HANZI_SURNAMES[family].capitalize()
    spelt = "".join(one[0] for one in readings(given)).capitalize()
    latin = PersonName(f"{said} {spelt}", Script.LATIN, said)
    return latin, PersonName(family + given, Script.HANZI, family)


def _western(chance: random.Random) -> PersonName:
    family = chance.choice(_FAMILIES) + chance.choice(("", "", "a", "e", "er", "i", "o", "us"))
    return PersonName(
        f"{chance.choice(_WESTERN)}{chance.choice('abcdefgh')} {family}", family=family
    )


def _again(chance: random.Random, person: Person) -> Person:
    """The same person as somebody else would write them down."""
    how: Sequence[str] = ("hanzi only", "latin only", "turned", "typo", "new job")
    kind = chance.choice(how)
    names = person.names
    roles, ways = person.roles, ()
    if kind == "hanzi only" and len(names) > 1:
        names = names[1:]
    elif kind == "latin only":
        names = names[:1]
    elif kind == "turned":
        names = (replace(names[0], text=names[0].western if len(names) > 1 else _back(names[0])),)
    elif kind == "typo":
        text = names[0].text
        place = chance.randrange(1, len(text) - 1)
        names = (replace(names[0], text=text[:place] + text[place + 1 :], family=""),)
    elif person.ways:
        roles, ways = (Role("Advisor", organisation="Elsewhere"),), person.ways[:1]
    return Person("again", names, roles=roles, ways=ways)


def _back(name: PersonName) -> str:
    return f"{name.family} {name.given}"
