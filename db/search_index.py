"""The search tables of a guide, filled when it is built; read by ``storage/guide_db.py``.

Row numbers are the records' importance, so that the first rows of any answer are the best ones
and no ranking function has to see the rest.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from typing import Final

from sqlcipher3.dbapi2 import Connection

from fieldguide.domain.dates import day_terms, read_dates, time_term
from fieldguide.domain.finding import SORTS, TAGS
from fieldguide.domain.records import When
from fieldguide.domain.script import CAP, START_LETTERS, fold, is_hanzi, singular, terms, words
from fieldguide.domain.spelling import TYPO_LENGTH, deletions
from fieldguide.domain.trips import WEEKDAYS

TOP: Final = 60
"""Records kept for each prefix of one or two characters."""

PROPER: Final = frozenset(
    ("organisation", "person", "place", "event", "visit", "mission", "agreement", "authority")
)
"""Kinds whose names are proper names: what is near one of their words was probably meant."""

TABLES: Final = """
create table disp (id integer primary key, kind text not null, slug text not null,
    title text not null, title_zh text not null, pinyin text not null, types text not null,
    city text not null, answer text not null, keys text not null);
create table start (key text not null, id integer not null,
    primary key (key, id)) without rowid;
create table top (key text primary key, ids blob not null) without rowid;
create table term (id integer primary key, term text not null unique,
    records integer not null, named integer not null);
create table del (key text not null, term integer not null,
    primary key (key, term)) without rowid;
create table syn (term text not null, expansion text not null, why text not null,
    primary key (term, expansion)) without rowid;
create table line (record integer not null, place integer not null, text text not null,
    folded text not null, primary key (record, place)) without rowid;
create virtual table fn using fts5 (t, content='', columnsize=0, detail=none,
    tokenize='ascii', prefix='2 3 4 5 6 7 8');
create virtual table fb using fts5 (t, content='', columnsize=0, detail=none,
    tokenize='ascii', prefix='2 3 4 5 6 7 8');
"""

_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Searchable:
    """What the search knows of one record; ``readings`` are toneless syllables of its hanzi."""

    id: int
    kind: str
    slug: str
    title: str
    title_zh: str = ""
    pinyin: str = ""
    types: tuple[str, ...] = ()
    city: str = ""
    answer: str = ""
    names: tuple[tuple[str, str], ...] = ()
    readings: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    sorts: str = ""
    """Words for what kind of thing it is, and for a visit the terms of its day and hour."""
    tags: str = ""
    """Words for its city, services and specialities."""
    numbers: tuple[str, ...] = ()
    """Telephone numbers in digits alone."""
    spoken: tuple[tuple[str, ...], ...] = ()
    """Toneless syllables of hanzi that stand in its lines, such as streets."""


class Vocabulary(Counter[str]):
    """Words with the number of records that hold them; ``named`` are those of proper names."""

    def __init__(self) -> None:
        """Start with no word."""
        super().__init__()
        self.named: set[str] = set()

    def name(self, word: str) -> None:
        """Count a word that stands in a proper name."""
        self[word] += 1
        self.named.add(word)


def day_words(when: When) -> Iterator[str]:
    """The terms of a visit's day and hour, its weekday, and morning or afternoon."""
    if len(when.start) == 10:
        day = date.fromisoformat(when.start)
        yield from day_terms(day)
        yield WEEKDAYS[day.weekday()].lower()
    if when.time:
        hour, minute = when.time.split(":")
        yield time_term(int(hour), int(minute))
        yield "morning" if int(hour) < 12 else "afternoon"


def name_terms(one: Searchable) -> set[str]:
    """Terms of a record's names: words, joins, hanzi pairs, pinyin from each syllable, initials."""
    found: set[str] = set()
    for name in (one.title, one.title_zh, *(text for text, _ in one.names)):
        found.update(terms(name))
        found.update(_joins(name))
    for reading in one.readings:
        for place in range(len(reading)):
            found.add("".join(reading[place:])[:CAP])
        initials = "".join(syllable[0] for syllable in reading)
        found.update(initials[place : place + CAP] for place in range(len(initials) - 1))
    return found


def sort_terms(one: Searchable) -> set[str]:
    """Terms for what it is and where, compared in the singular."""
    return {singular(term) for term in terms(f"{one.sorts} {one.tags}")}


def line_terms(one: Searchable) -> set[str]:
    """Terms of a record's lines, of the days they name, its telephone numbers and streets."""
    found = set(terms(" ".join((*one.lines, one.sorts, one.tags, *one.numbers))))
    for line in one.lines:
        for term in read_dates(line)[0]:
            found.add(term)
            if len(term) == 9 and term[0] == "d":
                found.add(f"d{term[5:]}")
    for reading in one.spoken:
        found.update("".join(reading[place:])[:CAP] for place in range(len(reading)))
    return found


def _joins(name: str) -> Iterator[str]:
    """Neighbouring words written as one (``hi-tech`` -> ``hitech``), and a name's own initials."""
    latin = [word for word in words(name) if not is_hanzi(word)]
    for left, right in pairwise(latin):
        if len(left) + len(right) <= 16:
            yield left + right
    if 2 < len(latin) < 9:
        yield "".join(word[0] for word in latin)


def keys(one: Searchable) -> str:
    """The names a hit is ranked by, one a line: folded text, a tab, why it is a name of this."""
    rows = [f"{' '.join(words(one.title))}\t"]
    if one.title_zh:
        rows.append(f"{' '.join(words(one.title_zh))}\t")
    rows += [f"{' '.join(reading)}\tpinyin" for reading in one.readings[:4]]
    rows += [f"{' '.join(words(text))}\t{why}" for text, why in one.names]
    rows.append(f"{_singulars(one.sorts)}\t{SORTS}")
    rows.append(f"{_singulars(one.tags)}\t{TAGS}")
    return "\n".join(dict.fromkeys(rows))


def _singulars(text: str) -> str:
    return " ".join(dict.fromkeys(singular(word) for word in words(text)))


Synonym = tuple[str, str, str]
"""A term, what is searched instead, and why."""


def write(conn: Connection, rows: Iterable[Searchable], synonyms: Iterable[Synonym]) -> None:
    """Fill all search tables; ``rows`` come in the order of importance, numbered from 1."""
    tops: dict[str, list[int]] = {}
    vocabulary = Vocabulary()
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        conn.executemany(
            "insert into disp values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (one.id, one.kind, one.slug, one.title, one.title_zh, one.pinyin,
                 " ".join(one.types), one.city, one.answer, keys(one))
                for one in batch
            ),
        )  # fmt: skip
        named = [(one.id, name_terms(one)) for one in batch]
        conn.executemany(
            "insert into fn (rowid, t) values (?, ?)",
            (
                (one.id, " ".join(sorted(found | sort_terms(one))))
                for one, (_, found) in zip(batch, named, strict=True)
            ),
        )
        for number, found in named:
            _note_tops(tops, number, found)
        conn.executemany(
            "insert into start values (?, ?)",
            sorted({(key, one.id) for one in batch for key in _starts(one)}),
        )
        conn.executemany("insert into fb (rowid, t) values (?, ?)", _bodies(batch, vocabulary))
        conn.executemany(
            "insert into line values (?, ?, ?, ?)",
            (
                (one.id, place, text, f" {' '.join(words(text))} ")
                for one in batch
                for place, text in enumerate(dict.fromkeys(one.lines))
            ),
        )
    conn.executemany(
        "insert into top values (?, ?)",
        ((key, struct.pack(f"<{len(ids)}I", *ids)) for key, ids in sorted(tops.items())),
    )
    _write_vocabulary(conn, vocabulary)
    conn.executemany("insert into syn values (?, ?, ?)", _folded_synonyms(synonyms))
    conn.execute("insert into fn (fn) values ('optimize')")
    conn.execute("insert into fb (fb) values ('optimize')")


def _note_tops(tops: dict[str, list[int]], number: int, found: set[str]) -> None:
    for word in found:
        lengths = (1,) if is_hanzi(word) else (1, 2)
        for length in lengths:
            if len(word) >= length:
                ids = tops.setdefault(word[:length], [])
                if len(ids) < TOP and (not ids or ids[-1] != number):
                    ids.append(number)


def _starts(one: Searchable) -> Iterator[str]:
    """The joined start of each name, so that typing a name from its beginning is one range."""
    for name in (one.title, one.title_zh, *(text for text, _ in one.names)):
        if joined := "".join(words(name))[:START_LETTERS]:
            yield joined
    for reading in one.readings:
        yield "".join(reading)[:START_LETTERS]


def _bodies(batch: list[Searchable], vocabulary: "Vocabulary") -> Iterator[tuple[int, str]]:
    for one in batch:
        named = " ".join((one.title, one.title_zh, *(text for text, _ in one.names)))
        found = line_terms(one) | set(terms(named))
        for reading in one.readings[:1]:
            found.add("".join(reading))
            for size in (1, 2, 3):
                for place in range(len(reading) - size + 1):
                    vocabulary.name("".join(reading[place : place + size]))
        if one.kind in PROPER:
            for word in words(named):
                vocabulary.name(word)
        vocabulary.update(words(named))
        vocabulary.update(singular(word) for word in words(one.sorts))
        vocabulary.update(word for word in found if word.isalpha())
        yield one.id, " ".join(sorted(found))


def _write_vocabulary(conn: Connection, vocabulary: "Vocabulary") -> None:
    known = sorted(
        (word, count, int(word in vocabulary.named))
        for word, count in vocabulary.items()
        if TYPO_LENGTH <= len(word) <= 24 and word.isascii() and word.isalpha()
    )
    conn.executemany(
        "insert into term values (?, ?, ?, ?)",
        ((number, *row) for number, row in enumerate(known, 1)),
    )
    conn.executemany(
        "insert into del values (?, ?)",
        sorted(
            {(key, number) for number, (word, *_) in enumerate(known, 1) for key in deletions(word)}
        ),
    )


def _folded_synonyms(rows: Iterable[Synonym]) -> list[Synonym]:
    found: dict[tuple[str, str], str] = {}
    for term, expansion, why in rows:
        found.setdefault((" ".join(words(term)), fold(expansion)), why)
    return sorted((term, expansion, why) for (term, expansion), why in found.items())
