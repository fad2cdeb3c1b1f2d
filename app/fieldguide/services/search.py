"""The planner of a search: from what was typed to ranked rows, in stages that stop early."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain import finding, spelling
from fieldguide.domain.finding import Found, Hit, Key, Typed
from fieldguide.domain.records import Ref
from fieldguide.domain.script import is_hanzi, term_queries, words
from fieldguide.storage.guide_db import GuideDb, Shown

MAX_WORDS: Final = 12
MAX_LETTERS: Final = 64
CAP: Final = 8
"""Pinyin terms and prefixes longer than this are looked for by their first letters."""
START: Final = 24
ENOUGH: Final = 20
FEW: Final = 5
_ROWS: Final = 70
_KEPT: Final = 4096
STOPPED: Final = frozenset(
    ("a", "an", "and", "are", "at", "by", "can", "do", "does", "for", "from", "has", "have", "how",
     "in", "is", "it", "its", "many", "me", "much", "my", "of", "on", "or", "the", "there", "to",
     "was", "what", "when", "where", "which", "who", "with")
)  # fmt: skip
"""English words that are typed in a question and stand in no name; left out beside others."""


class _Row:
    """A record as the ranking sees it."""

    __slots__ = ("keys", "shown")

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.keys = [Key(line) for line in shown.keys.split("\n")]


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
        typed = tuple(word[:MAX_LETTERS] for word in words(query)[:MAX_WORDS])
        typed = tuple(word for word in typed if word not in STOPPED) or typed
        if not typed:
            return Found()
        while len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        rows = _ROWS if kind is None else _ROWS * 4
        scores = self._answer(_Way(Typed.of(typed)), rows)
        for way in self._synonyms(typed):
            _merge(scores, self._answer(way, rows))
        if len(scores) < FEW and not any(one.by_name for one in scores.values()):
            _merge(scores, self._corrected(typed))
        if not scores and len(typed) > 1:
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
        scores = {}
        for number, in_body in found.items():
            row = self._rows[number]
            value, why = finding.name_score(way.typed, row.keys)
            by_name = value > 0.0
            if not by_name and in_body:
                value = finding.BODY + 24.0 * finding.held_words(way.typed, row.keys)
            if value:
                value += finding.importance(number, self._records) - way.penalty
                scores[number] = _Score(value, by_name, why, way)
        return scores

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
        """When no record holds all words: those that hold most of them."""
        expression = " OR ".join(
            part for word in typed.words for part in _phrases(word, last=False)
        )
        found = self._db.in_bodies(expression, _ROWS)
        self._load(found)
        near = _Way(typed, "nearest")
        scores = {}
        for number in found:
            held = finding.held_words(typed, self._rows[number].keys)
            value = 12.0 * held + finding.importance(number, self._records)
            scores[number] = _Score(value, False, "", near)
        return scores

    def _synonyms(self, typed: tuple[str, ...]) -> list[_Way]:
        """Readings in which a word, or words side by side, stand for something else."""
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
                ways.append(_Way(Typed.of(other), f"{term}: {why}", penalty=3.0))
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
        keys = self._rows[number].keys
        spelt = Typed.of([self._held(option, keys) for option in options])
        way = _Way(spelt, f"spelt “{spelt.phrase.strip()}”", penalty=12.0)
        value, why = finding.name_score(spelt, keys)
        by_name = value > 0.0
        if not by_name:
            value = finding.BODY + 24.0 * finding.held_words(spelt, keys)
        return _Score(
            value + finding.importance(number, self._records) - way.penalty, by_name, why, way
        )

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
        near = []
        for term, records in self._db.near(spelling.deletions(word)):
            steps = spelling.distance(word, term, limit)
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

    def _hits(self, ranked: list[tuple[int, _Score]]) -> tuple[Hit, ...]:
        lines = self._best_lines({number: one.way for number, one in ranked if not one.by_name})
        hits = []
        for number, one in ranked:
            shown = self._rows[number].shown
            line = lines.get(number, "")
            why = one.way.why or one.why or ("name" if one.by_name else "in its facts")
            hits.append(
                Hit(
                    Ref(shown.kind, shown.slug), shown.title, shown.title_zh, shown.pinyin,
                    tuple(shown.types.split()), line or shown.answer, why, one.value,
                )
            )  # fmt: skip
        return tuple(hits)

    def _best_lines(self, ways: dict[int, _Way]) -> dict[int, str]:
        """For records found by their lines: the line that holds most of what was typed."""
        best = {}
        for number, lines in self._db.lines(list(ways)).items() if ways else ():
            typed = ways[number].typed
            held, place = max(
                (finding.line_score(typed, words(text)), -place) for place, text in enumerate(lines)
            )
            if held:
                best[number] = lines[-place]
        return best


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
