"""The planner of a search: from what was typed to ranked rows, in stages that stop early."""

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain import finding, spelling
from fieldguide.domain.dates import read_dates
from fieldguide.domain.finding import Candidate, Found, Hit, Key, Typed
from fieldguide.domain.records import Ref
from fieldguide.domain.script import is_hanzi, singular, term_queries, words
from fieldguide.storage.guide_db import GuideDb, Shown

MAX_QUERY: Final = 500
MAX_WORDS: Final = 12
MAX_LETTERS: Final = 64
CAP: Final = 8
"""Pinyin terms and prefixes longer than this are looked for by their first letters."""
START: Final = 24
ENOUGH: Final = 20
FEW: Final = 5
_ROWS: Final = 70
_READ: Final = 40
"""Records whose lines are read to rank them."""
_KEPT: Final = 4096
_TONED: Final = re.compile("([a-z]{1,6})[1-5]")
_ARTICLE: Final = re.compile(r"\b(?:[dlnms]|qu|dell|all|sull|nell|dall)['’ʼ](?=\w)", re.IGNORECASE)
STOPPED: Final = frozenset(
    ("a", "an", "and", "are", "at", "by", "can", "do", "does", "for", "from", "has", "have", "how",
     "in", "is", "it", "its", "many", "me", "much", "my", "of", "on", "or", "the", "there", "to",
     "mailto", "http", "https", "www", "was", "what", "when", "where", "which", "who", "with")
)  # fmt: skip
"""English words that are typed in a question and stand in no name; left out beside others."""


class _Row:
    """A record as the ranking sees it; its lines are fetched when they are needed."""

    __slots__ = ("lines", "names", "shown")

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.names = Candidate(shown.keys)
        self.lines: list[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    """One reading of what was typed, with the reason to show when it is not the plain one."""

    typed: Typed
    why: str = ""
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class _Score:
    """How one record answers: by one of its names, or only by its lines."""

    value: float
    by_name: bool
    why: str
    way: _Way


class Search:
    """Answers what is typed over one open guide; belongs to that guide's thread."""

    def __init__(self, db: GuideDb) -> None:
        self._db = db
        self._records = db.size()
        self._rows: OrderedDict[int, _Row] = OrderedDict()

    def find(self, query: str, kind: str | None = None, limit: int = ENOUGH) -> Found:
        """Rank what answers a query of any characters; ``kind`` is a kind or a type of record."""
        query = query[:MAX_QUERY]
        typed = _meant(words(query))
        if not typed:
            return Found()
        while len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        rows = _ROWS if kind is None else _ROWS * 4
        scores = self._answer(_Way(Typed.of(typed)), rows)
        for way in (*_readings(query, typed), *self._synonyms(query, typed)):
            _merge(scores, self._answer(way, rows))
        if len(scores) < FEW and not any(one.by_name for one in scores.values()):
            _merge(scores, self._corrected(typed))
        if not scores:
            scores = self._nearest(Typed.of(typed))
        counts = Counter(self._rows[number].shown.kind for number in scores)
        ranked = sorted(scores.items(), key=lambda item: (-item[1].value, item[0]))
        if kind is not None:
            ranked = [one for one in ranked if self._is(one[0], kind)]
        hits = self._hits(ranked[:limit])
        return Found(hits, tuple(counts.most_common()), len(ranked) > limit)

    def _answer(self, way: _Way, rows: int) -> dict[int, _Score]:
        """The records that answer one reading, by row number."""
        found = self._candidates(way, rows)
        self._load(found)
        scores: dict[int, _Score] = {}
        told: list[int] = []
        for number, in_body in found.items():
            value, why = finding.score(way.typed, self._rows[number].names)
            if value:
                value += finding.importance(number, self._records) - way.penalty
                scores[number] = _Score(value, True, why, way)
            elif in_body:
                told.append(number)
        self._score_lines(told, way, scores)
        return scores

    def _score_lines(self, numbers: list[int], way: _Way, scores: dict[int, _Score]) -> None:
        """Score records that only their lines brought in; the most important are read."""
        self._load_lines(numbers[:_READ])
        for number in numbers:
            row = self._rows[number]
            value = finding.BODY + 20.0 * finding.held_words(way.typed, row.names)
            value += 16.0 * max(
                (finding.line_score(way.typed, folded) for _, folded in row.lines or ()),
                default=0.0,
            )
            value += finding.importance(number, self._records) - way.penalty
            scores[number] = _Score(value, False, "", way)

    def _candidates(self, way: _Way, rows: int) -> dict[int, bool]:
        """Row numbers in the order found; True for those that only their lines brought in."""
        typed, joined = way.typed.words, way.typed.joined
        found = dict.fromkeys(self._db.starting(joined[:START], 30, 40), False)
        if len(typed) == 1 and len(joined) <= (1 if is_hanzi(joined) else 2):
            _add(found, self._db.top(joined), in_body=False)
        else:
            for expression in _name_expressions(typed, joined):
                _add(found, self._db.in_names(expression, rows), in_body=False)
        if len(found) < ENOUGH and len(joined) > 1:
            whole = typed if len(typed[-1]) > 1 or is_hanzi(typed[-1]) else typed[:-1]
            _add(found, self._db.in_bodies(_all_of(whole or typed), rows), in_body=True)
            if not found and len(typed) > 1:
                _add(found, self._db.in_bodies(_starts_of(typed), rows), in_body=True)
        return found

    def _nearest(self, typed: Typed) -> dict[int, _Score]:
        """When no record holds all words: those that hold most of them, or parts of the hanzi."""
        parts = [part for word in typed.words for part in _loose(word)]
        if not parts:
            return {}
        expression = " OR ".join(parts)
        found = self._db.in_names(expression, _READ) + self._db.in_bodies(expression, _ROWS)
        numbers = list(dict.fromkeys(found))
        self._load(numbers)
        scores: dict[int, _Score] = {}
        self._score_lines(numbers, _Way(typed, "nearest", penalty=finding.BODY), scores)
        return scores

    def _synonyms(self, query: str, typed: tuple[str, ...]) -> list[_Way]:
        """Readings in which a word, or words side by side, stand for something else."""
        if "@" in query:
            return []
        places = {
            " ".join(typed[at : at + size]): (at, size)
            for size in (3, 2, 1)
            for at in range(len(typed) - size + 1)
        }
        ways = []
        for term, expansion, why in self._db.synonyms(list(places)):
            at, size = places[term]
            other = (*typed[:at], *words(expansion), *typed[at + size :])
            if other and other != typed:
                ways.append(_Way(Typed.of(other), f"{term}: {why}", penalty=14.0))
        return ways[:6]

    def _corrected(self, typed: tuple[str, ...]) -> dict[int, _Score]:
        """Records that answer with words spelt as the guide does, or two neighbours joined."""
        joins = [
            (*typed[:at], typed[at] + typed[at + 1], *typed[at + 2 :])
            for at in range(len(typed) - 1)
        ]
        near = {word: self._near(word) for word in {*typed, *(w for one in joins for w in one)}}
        scores: dict[int, _Score] = {}
        for version in (typed, *joins):
            if version is typed and all(near[word] == [word] for word in typed):
                continue
            options = [near[word] for word in version]
            expression = " AND ".join(
                f"({' OR '.join(part for one in option for part in _phrases(one, last=True))})"
                for option in options
            )
            found = self._db.in_names(expression, _ROWS) or self._db.in_bodies(expression, _ROWS)
            self._load(found)
            for number in found:
                _merge(scores, {number: self._respelt(number, options)})
            if scores:
                break
        return scores

    def _respelt(self, number: int, options: list[list[str]]) -> _Score:
        """Score a record by those of the nearest words that its names hold."""
        names = self._rows[number].names
        spelt = Typed.of([self._held(option, names.names) for option in options])
        way = _Way(spelt, f"spelt “{spelt.phrase.strip()}”", penalty=12.0)
        value, why = finding.score(spelt, names)
        by_name = value > 0.0
        if not by_name:
            value = finding.BODY + 20.0 * finding.held_words(spelt, names)
        value += finding.importance(number, self._records) - way.penalty
        return _Score(value, by_name, why, way)

    @staticmethod
    def _held(option: Sequence[str], keys: Sequence[Key]) -> str:
        """The first of some words that a name holds, from a word or a syllable on."""
        for near in option:
            if any(f" {near}" in key.text or near in key.joined for key in keys):
                return near
        return option[0]

    def _near(self, word: str) -> list[str]:
        """The guide's words nearest to one that may be misspelt; itself when it stands there."""
        if len(word) < spelling.TYPO_LENGTH or not (word.isascii() and word.isalpha()):
            return [word]
        limit = spelling.tolerance(word)
        sound = spelling.sounded(word)
        near = []
        for term, records in self._db.near(spelling.deletions(word)):
            steps: float = spelling.distance(word, term, limit)
            if steps > 1 and spelling.sounded(term) == sound:
                steps = 1.5
            if steps <= limit:
                near.append((steps, term[0] != word[0], -records, term))
        return [term for *_, term in sorted(near)[:4]] or [word]

    def _is(self, number: int, kind: str) -> bool:
        shown = self._rows[number].shown
        return shown.kind == kind or kind in shown.types.split()

    def _load(self, found: Iterable[int]) -> None:
        """Fetch what the ranking needs and has not seen lately: what is typed changes slowly."""
        if wanted := [number for number in found if number not in self._rows]:
            for shown in self._db.shown(wanted):
                self._rows[shown.id] = _Row(shown)

    def _load_lines(self, numbers: Sequence[int]) -> None:
        if wanted := [number for number in numbers if self._rows[number].lines is None]:
            found = self._db.lines(wanted)
            for number in wanted:
                self._rows[number].lines = found.get(number, [])

    def _hits(self, ranked: list[tuple[int, _Score]]) -> tuple[Hit, ...]:
        self._load_lines([number for number, one in ranked if not one.by_name])
        hits = []
        for number, one in ranked:
            row = self._rows[number]
            line = "" if one.by_name else _best_line(one.way.typed, row.lines or ())
            shown = row.shown
            why = one.way.why or one.why or ("name" if one.by_name else "in its facts")
            hits.append(
                Hit(
                    Ref(shown.kind, shown.slug), shown.title, shown.title_zh, shown.pinyin,
                    tuple(shown.types.split()), line or shown.answer, why, one.value,
                )
            )  # fmt: skip
        return tuple(hits)


def _best_line(typed: Typed, lines: Sequence[tuple[str, str]]) -> str:
    """The line that holds most of what was typed; empty when none holds any of it."""
    best = max(
        ((finding.line_score(typed, folded), -place) for place, (_, folded) in enumerate(lines)),
        default=(0.0, 0),
    )
    return lines[-best[1]][0] if best[0] else ""


def _meant(typed: Sequence[str]) -> tuple[str, ...]:
    """What was typed without the words of a question, unless there is nothing else."""
    kept = tuple(word[:MAX_LETTERS] for word in typed[:MAX_WORDS])
    return tuple(word for word in kept if word not in STOPPED) or kept


def _readings(query: str, typed: tuple[str, ...]) -> Iterator[_Way]:
    """Other readings of the same keys: a day or an hour, pinyin with tones, a French article."""
    days, rest = read_dates(query)
    if days:
        yield _Way(Typed.of((*days, *_meant(words(rest)))), "on this day")
    if any(_TONED.fullmatch(word) for word in typed):
        plain = tuple(_TONED.sub(r"\1", word) for word in typed)
        yield _Way(Typed.of(plain), "pinyin")
    if _ARTICLE.search(query):
        bare = _meant(words(_ARTICLE.sub(" ", query)))
        if bare and bare != typed:
            yield _Way(Typed.of(bare))
    single = tuple(singular(word) for word in typed)
    if single != typed:
        yield _Way(Typed.of(single), penalty=1.0)


def _add(found: dict[int, bool], more: Iterable[int], *, in_body: bool) -> None:
    for number in more:
        found.setdefault(number, in_body)


def _merge(scores: dict[int, _Score], more: dict[int, _Score]) -> None:
    for number, one in more.items():
        if number not in scores or one.value > scores[number].value:
            scores[number] = one


def _phrases(word: str, *, last: bool) -> list[str]:
    """What must match for one word; a long one also by the cut form that pinyin is stored in."""
    if is_hanzi(word) or len(word) <= CAP:
        return term_queries(word, prefix=last and len(word) > 1)
    star = "*" if last else ""
    return [f'("{word}"{star} OR "{word[:CAP]}")']


def _loose(word: str) -> list[str]:
    """Phrases of which any may match: pairs of hanzi, or the start of a word without its end."""
    if is_hanzi(word):
        return term_queries(word, prefix=False)
    if len(word) < 4:
        return [f'"{word}"']
    return [f'"{word[: max(4, len(word) - 2)]}"*']


def _all_of(typed: Sequence[str]) -> str:
    last = len(typed) - 1
    return " AND ".join(
        part for place, word in enumerate(typed) for part in _phrases(word, last=place == last)
    )


def _starts_of(typed: Sequence[str]) -> str:
    return " AND ".join(part for word in typed for part in _phrases(word, last=True))


def _name_expressions(typed: Sequence[str], joined: str) -> Iterator[str]:
    """Expressions over names, the narrowest first."""
    if len(typed) > 1:
        yield " AND ".join(part for word in typed for part in _phrases(word, last=False))
        if not is_hanzi(joined):
            yield f'"{joined[:CAP]}"' + ("*" if len(joined) <= CAP else "")
    if len(typed) > 1 and len(typed[-1]) == 1 and not is_hanzi(typed[-1]):
        # A last letter alone would match half of the guide: the ranking looks at it.
        yield " AND ".join(part for word in typed[:-1] for part in _phrases(word, last=False))
    else:
        yield _all_of(typed)
