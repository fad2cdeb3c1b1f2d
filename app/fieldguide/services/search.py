"""The planner of a search: from what was typed to ranked rows, in stages that stop early."""

import re
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from fieldguide.domain import finding, spelling
from fieldguide.domain.dates import read_dates
from fieldguide.domain.finding import Candidate, Found, Hit, Key, Typed
from fieldguide.domain.records import Ref
from fieldguide.domain.script import START_LETTERS, is_hanzi, words
from fieldguide.services import expressions as fts
from fieldguide.storage.guide_db import GuideDb, Shown

MAX_QUERY: Final = 500
MAX_WORDS: Final = 12
MAX_LETTERS: Final = 64
JOINED: Final = 16
"""Letters of two words that may have been meant as one."""
ENOUGH: Final = 20
NAMED: Final = 12
"""With so many that answer by name, those that only mention it are not looked for."""
WELL: Final = finding.BODY + 14.0
"""An answer below this may be to something else than was meant."""
NEAREST: Final = "nearest"
"""Why a record is an answer that does not hold all that was typed."""
_ROWS: Final = 50
_STARTS: Final = 30
_PARTLY: Final = 8
_READ: Final = 20
"""Records whose lines are read to rank them."""
_KEPT: Final = 4096
_TONED: Final = re.compile("([a-z]{1,6})[1-5]")
_ARTICLE: Final = re.compile(r"\b(?:[dlnms]|qu|dell|all|sull|nell|dall)['’ʼ](?=\w)", re.IGNORECASE)
STOPPED: Final = frozenset(
    ("a", "about", "an", "and", "are", "at", "be", "by", "can", "do", "does", "find", "for",
     "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "long", "many",
     "me", "much", "must", "my", "need", "of", "on", "or", "our", "please", "take", "tell",
     "that", "the", "there", "this", "to", "mailto", "http", "https", "www", "want", "was",
     "we", "what", "when", "where", "which", "who", "with", "you", "your")
)  # fmt: skip
"""English words that are typed in a question and stand in no name; left out beside others."""


class _Row:
    """A record as the ranking sees it; its lines are fetched when they are needed."""

    __slots__ = ("lines", "names", "shown", "weight")

    def __init__(self, shown: Shown, records: int) -> None:
        self.shown = shown
        self.weight = finding.importance(shown.id, records)
        if shown.kind == "source":
            # What a page is called matters less than what it tells.
            self.weight -= 8.0
        self.names = Candidate(shown.keys)
        self.lines: list[tuple[str, str]] | None = None


class _Way(NamedTuple):
    """One reading of what was typed, with the reason to show when it is not the plain one."""

    typed: Typed
    why: str = ""
    penalty: float = 0.0


class _Score(NamedTuple):
    """How one record answers: by one of its names, or only by its lines."""

    value: float
    by_name: bool
    why: str
    way: _Way
    line: str = ""


class Search:
    """Answers what is typed over one open guide; belongs to that guide's thread."""

    def __init__(self, db: GuideDb) -> None:
        self._db = db
        self._records = db.size()
        self._rows: OrderedDict[int, _Row] = OrderedDict()
        self._nearby: dict[str, list[str]] = {}

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
        readings = [*_readings(query, typed)]
        for words_read in (typed, *(way.typed.words for way in readings)):
            readings += self._synonyms(query, words_read)
        for way in readings:
            _merge(scores, self._answer(way, rows))
        if max((one.value for one in scores.values()), default=0.0) < WELL:
            _merge(scores, self._corrected(typed))
        if not any(one.by_name for one in scores.values()) and (len(typed) > 2 or not scores):
            _merge(scores, self._partly(Typed.of(typed)))
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
        scores: dict[int, _Score] = {}
        self._score_names(self._by_name(way.typed, rows), way, scores)
        if len(scores) < NAMED and len(way.typed.joined) > 1:
            found = [number for number in self._by_lines(way.typed, rows) if number not in scores]
            self._score_lines(found, way, scores)
        return scores

    def _score_names(self, numbers: Collection[int], way: _Way, scores: dict[int, _Score]) -> None:
        """Score the records whose names answer."""
        self._load(numbers)
        for number in numbers:
            row = self._rows[number]
            value, why = finding.score(way.typed, row.names)
            if value:
                scores[number] = _Score(value + row.weight - way.penalty, True, why, way)

    def _score_lines(self, numbers: list[int], way: _Way, scores: dict[int, _Score]) -> None:
        """Score records that only their lines brought in; the most important are read."""
        self._load(numbers)
        self._load_lines(numbers[:_READ])
        for number in numbers:
            row = self._rows[number]
            lines = row.lines or ()
            missing = finding.missing_words(way.typed, row.names)
            held, line = finding.best_line(way.typed, lines, missing)
            value = finding.BODY + 20.0 * finding.held_words(way.typed, row.names)
            value += 16.0 * held + row.weight - way.penalty
            why = NEAREST
            if all(any(part in folded for _, folded in lines) for part in missing):
                value, why = value + finding.WHOLE, ""
            scores[number] = _Score(value, False, why, way, line)

    def _by_name(self, typed: Typed, rows: int) -> dict[int, None]:
        """Row numbers that the tables of names offer, without any twice."""
        joined = typed.joined
        found = dict.fromkeys(self._db.starting(joined[:START_LETTERS], _STARTS))
        if len(typed.words) == 1 and len(joined) <= (1 if typed.hanzi else 2):
            found |= dict.fromkeys(self._db.top(joined))
        else:
            for expression in fts.over_names(typed.words, joined):
                offered = self._db.in_names(expression, rows)
                found |= dict.fromkeys(offered)
            if len(offered) == rows and len(typed.words) > 1:
                whole = fts.all_of(typed.words, starts=False)
                found |= dict.fromkeys(self._db.in_names(whole, rows))
        return found

    def _by_lines(self, typed: Typed, rows: int) -> dict[int, None]:
        """Row numbers that the table of lines offers."""
        words = typed.words
        if len(words) > 1 and len(words[-1]) == 1 and not is_hanzi(words[-1]):
            words = words[:-1]
        found = dict.fromkeys(self._db.in_bodies(fts.all_of(words), rows))
        if len(found) == rows:
            found |= dict.fromkeys(self._db.in_bodies(fts.all_of(words, starts=False), rows))
        if not found and len(words) > 1:
            found |= dict.fromkeys(self._db.in_bodies(fts.starts_of(words), rows))
        return found

    def _partly(self, typed: Typed) -> dict[int, _Score]:
        """Records whose names hold all words but one, as in ``spanish consulate phone``."""
        cut = Typed.of([piece for word in typed.words for piece in fts.pieces(word)])
        scores = self._named_partly(typed)
        for number, one in self._named_partly(cut).items():
            if one.why != NEAREST:
                # Cut words mean too many things to be taken for an answer in part.
                _merge(scores, {number: one})
        return scores

    def _named_partly(self, typed: Typed) -> dict[int, _Score]:
        scores: dict[int, _Score] = {}
        wanted = [fts.starts_of(typed.words), *fts.all_but_one(typed.words)]
        found = {number: None for one in wanted for number in self._db.in_names(one, _PARTLY)}
        self._score_lines(list(found), _Way(typed), scores)
        return scores

    def _nearest(self, typed: Typed) -> dict[int, _Score]:
        """When no record holds all words: those that hold most of them, or parts of the hanzi."""
        typed = Typed.of([piece for word in typed.words for piece in fts.pieces(word)])
        parts = [f'"{word}"' if is_hanzi(word) else f'"{word}"*' for word in typed.words]
        numbers: dict[int, None] = {}
        for expression in fts.looser(parts):
            numbers |= dict.fromkeys(self._db.in_bodies(expression, _READ))
            if len(numbers) >= ENOUGH:
                break
        scores: dict[int, _Score] = {}
        self._score_lines(list(numbers), _Way(typed, NEAREST, penalty=finding.BODY), scores)
        return scores

    @cached_property
    def _synonyms_of(self) -> dict[str, list[tuple[str, str]]]:
        return self._db.synonyms()

    def _synonyms(self, query: str, typed: tuple[str, ...]) -> list[_Way]:
        """Readings in which words, alone or side by side, stand for something else."""
        if "@" in query:
            return []
        ways = []
        for size in (3, 2, 1):
            for at in range(len(typed) - size + 1):
                term = " ".join(typed[at : at + size])
                for expansion, why in self._synonyms_of.get(term, ()):
                    other = (*typed[:at], *words(expansion), *typed[at + size :])
                    if other and other != typed:
                        ways.append(_Way(Typed.of(other), f"{term}: {why}", penalty=14.0))
        return [*self._all_replaced(typed), *ways[:6]]

    def _all_replaced(self, typed: tuple[str, ...]) -> Iterator[_Way]:
        """The reading in which all is replaced that can be, as in ``Zulassung Medizinprodukt``."""
        other: list[str] = []
        replaced = at = 0
        while at < len(typed):
            for size in (3, 2, 1):
                found = self._synonyms_of.get(" ".join(typed[at : at + size]))
                if found and at + size <= len(typed):
                    other.append(found[0][0])
                    replaced += 1
                    break
            else:
                size = 1
                other.append(typed[at])
            at += size
        if replaced > 1:
            meant = " ".join(other)
            yield _Way(Typed.of(words(meant)), f"read as “{meant}”", penalty=14.0)

    def _corrected(self, typed: tuple[str, ...]) -> dict[int, _Score]:
        """Records that answer with words spelt as the guide does, or two neighbours joined."""
        near = {word: self._near(word) for word in typed}
        joins = [
            (*typed[:at], typed[at] + typed[at + 1], *typed[at + 2 :])
            for at in range(len(typed) - 1)
            if len(typed[at]) + len(typed[at + 1]) <= JOINED
        ]
        near |= {word: self._near(word) for one in joins for word in one if word not in near}
        versions = [one for one in (typed, *joins) if all(near[word] for word in one)]
        scores: dict[int, _Score] = {}
        for version in versions:
            if version is typed and all(near[word] == [word] for word in typed):
                continue
            options = [near[word] for word in version]
            expression = " AND ".join(fts.any_of(option) for option in options)
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
        value += self._rows[number].weight - way.penalty
        return _Score(value, by_name, why, way)

    @staticmethod
    def _held(option: Sequence[str], keys: Sequence[Key]) -> str:
        """The first of some words that a name holds, from a word or a syllable on."""
        for near in option:
            if any(f" {near}" in key.text or near in key.joined for key in keys):
                return near
        return option[0]

    def _near(self, word: str) -> list[str]:
        """The guide's words nearest to one that may be misspelt; itself when it stands there.

        Empty for a word that is like no other.
        """
        if len(word) < spelling.TYPO_LENGTH or not (word.isascii() and word.isalpha()):
            return [word]
        if word not in self._nearby:
            if len(self._nearby) > _KEPT:
                self._nearby.clear()
            self._nearby[word] = self._look_near(word)
        return self._nearby[word]

    def _look_near(self, word: str) -> list[str]:
        limit = spelling.tolerance(word)
        sound = spelling.sounded(word)
        near = []
        for term, records, named in self._db.near(spelling.deletions(word)):
            steps: float = spelling.distance(word, term, limit)
            if steps > 1 and spelling.sounded(term) == sound:
                steps = 1.5
            # Any English word is near some word of a text: only names are worth a guess.
            if steps <= (limit if named else min(limit, len(word) > 5)):
                near.append((steps, term[0] != word[0], -records, term))
        near.sort()
        if near and not near[0][0]:
            return [word]
        return [term for *_, term in near[:4]]

    def _is(self, number: int, kind: str) -> bool:
        shown = self._rows[number].shown
        return shown.kind == kind or kind in shown.types.split()

    def _load(self, found: Iterable[int]) -> None:
        """Fetch what the ranking needs and has not seen lately: what is typed changes slowly."""
        if wanted := [number for number in found if number not in self._rows]:
            for shown in self._db.shown(wanted):
                self._rows[shown.id] = _Row(shown, self._records)

    def _load_lines(self, numbers: Sequence[int]) -> None:
        if wanted := [number for number in numbers if self._rows[number].lines is None]:
            found = self._db.lines(wanted)
            for number in wanted:
                self._rows[number].lines = found.get(number, [])

    def _hits(self, ranked: list[tuple[int, _Score]]) -> tuple[Hit, ...]:
        hits = []
        for number, one in ranked:
            shown = self._rows[number].shown
            why = one.way.why or one.why or ("name" if one.by_name else "in its facts")
            hits.append(
                Hit(
                    Ref(shown.kind, shown.slug), shown.title, shown.title_zh, shown.pinyin,
                    tuple(shown.types.split()), one.line or shown.answer, why, one.value,
                )
            )  # fmt: skip
        return tuple(hits)


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


def _merge(scores: dict[int, _Score], more: dict[int, _Score]) -> None:
    for number, one in more.items():
        if number not in scores or one.value > scores[number].value:
            scores[number] = one
