"""Figures of the search: a keystroke with its snippets, against plain FTS5 and tantivy."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2

from fieldguide import assets
from fieldguide.domain.script import match_expression, terms, words
from fieldguide.services.search import Search
from fieldguide.storage.guide_db import GuideDb
from tests.bench import corpus
from tests.queries.expectations import Query, queries

Figure = tuple[str, float, str, float]
"""Name, value, unit, and the limit: an upper one, or a lower one when negative."""


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def timed(answer: Callable[[str], object], states: Sequence[str], rounds: int) -> list[float]:
    """Milliseconds of each keystroke, after one untimed pass over the first of them."""
    for state in states[:50]:
        answer(state)
    times = []
    for _ in range(rounds):
        for state in states:
            began = time.perf_counter()
            answer(state)
            times.append((time.perf_counter() - began) * 1e3)
    return times


def figures(*, long: bool = False) -> list[Figure]:
    """All figures of the search; ``long`` adds a million records."""
    found = [*_real(), *_quality()]
    for count, limit in ((100_000, 4.0), *(((1_000_000, 8.0),) if long else ())):
        with tempfile.TemporaryDirectory() as folder:
            found += _generated(count, limit, Path(folder))
    return found


def _real() -> list[Figure]:
    search = Search(GuideDb.open(assets.path("guide.db")))
    states = [
        one.text[:end]
        for one in queries()
        for end in range(1, len(one.text) + 1)
        if one.text[end - 1] != " "
    ]
    p50, p99 = percentiles(timed(search.find, states, 2))
    return [
        ("search, real guide, a keystroke, p50", p50, "ms", 0.3),
        ("search, real guide, a keystroke, p99", p99, "ms", 2.0),
    ]


def rank(search: Search, db: GuideDb, query: Query) -> int:
    """Place of the first hit that answers the query, 1 first; 0 when none of 20 does."""
    for place, hit in enumerate(search.find(query.text).hits, 1):
        record = db.record(hit.ref)
        names = [record.title, record.title_zh, *(name.text for name in record.names)]
        if query.answered_by([name for name in names if name], [hit.ref.kind, *record.types]):
            return place
    return 0


def ranks() -> list[tuple[Query, int]]:
    """Every query of the set with the place of its first good hit."""
    db = GuideDb.open(assets.path("guide.db"))
    search = Search(db)
    return [(query, rank(search, db, query)) for query in queries()]


def _quality() -> list[Figure]:
    found = ranks()
    plain = [(query, place) for query, place in found if query.kind != "typo"]
    typos = [place for query, place in found if query.kind == "typo"]
    first = sum(1 for _, place in plain if place == 1) / len(plain)
    within = sum(1 for query, place in plain if 0 < place <= query.within) / len(plain)
    five = sum(1 for place in typos if 0 < place <= 5) / len(typos)
    return [
        ("queries answered within their number", within, "", -0.95),
        ("queries answered by the first hit", first, "", -0.95),
        ("typos answered in five", five, "", -0.9),
    ]


def _generated(count: int, limit: float, folder: Path) -> list[Figure]:
    began = time.perf_counter()
    db = corpus.build(folder / "corpus.db", count)
    built = time.perf_counter() - began
    states = corpus.typed(count, 80)
    p50, p99 = percentiles(timed(Search(db).find, states, 2))
    size = f"{count:,} records"
    found: list[Figure] = [
        (f"search, {size}, built in", built, "s", float("inf")),
        (f"search, {size}, p50", p50, "ms", float("inf")),
        (f"search, {size}, p99", p99, "ms", limit),
    ]
    for name, peer in (("plain FTS5 by bm25", _plain_fts5), ("tantivy", _tantivy)):
        p50, p99 = percentiles(timed(peer(count, folder), states, 1))
        found.append((f"{name}, {size}, p50", p50, "ms", float("inf")))
        found.append((f"{name}, {size}, p99", p99, "ms", float("inf")))
    return found


def _plain_fts5(count: int, folder: Path) -> Callable[[str], object]:
    conn = dbapi2.connect(str(folder / "plain.db"), isolation_level=None)
    conn.execute("pragma journal_mode = off")
    conn.execute("create virtual table doc using fts5 (name, zh, body, prefix='2 3')")
    conn.execute("begin")
    conn.executemany(
        "insert into doc values (?, ?, ?)",
        (
            (one.title, " ".join(terms(one.title_zh)), " ".join(one.lines))
            for one in corpus.records(count)
        ),
    )
    conn.execute("commit")
    sql = (
        "select name, snippet(doc, 2, '', '', '…', 12) from doc where doc match ?"
        " order by bm25(doc) limit 20"
    )

    def answer(text: str) -> object:
        expression = match_expression(text)
        return conn.execute(sql, (expression,)).fetchall() if expression else []

    return answer


def _tantivy(count: int, folder: Path) -> Callable[[str], object]:
    import tantivy

    schema = tantivy.SchemaBuilder()
    for field in ("name", "zh", "body"):
        schema.add_text_field(field, stored=True)
    place = folder / "tantivy"
    place.mkdir()
    index = tantivy.Index(schema.build(), path=str(place))
    writer = index.writer(100_000_000, 1)
    for one in corpus.records(count):
        document = tantivy.Document(
            name=[one.title], zh=[" ".join(terms(one.title_zh))], body=[" ".join(one.lines)]
        )
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> object:
        found = words(text)
        if not found:
            return []
        query = index.parse_query(
            " AND ".join(f"{word}*" if word is found[-1] else word for word in found),
            ["name", "zh", "body"],
        )
        hits = searcher.search(query, 20).hits
        return [searcher.doc(address)["name"] for _, address in hits]

    return answer
