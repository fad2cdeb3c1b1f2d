"""How long the user's file takes: a save beside plain SQLite, a search in many notes."""

import functools
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from fieldguide.domain.notes import Draft, Revision
from fieldguide.domain.records import Ref
from fieldguide.domain.script import terms
from fieldguide.services.notebook import Notebook, local_time, open_notebook
from fieldguide.storage.workspace_db import open_workspace

Figure = tuple[str, float, str, float | None]

SAVES = 200
MANY = 20_000
_RENJI = Ref("organisation", "renji-hospital")
_LATIN = ["".join(pair) for pair in itertools.product("bdfklmnprstvz", "aeiou")]
_HANZI = (
    "医院仁济浦东生物科技中心上海苏州园区药品监督管理局张江高新创业投资公司大学研究所临床试验注册"
)


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    chance = random.Random(20130528)
    # The system's own folder for such files may lie in memory, where a save costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        ours, plain = _saves(Path(folder), chance)
        searches = _searches(Path(folder), chance)
    ratio = statistics.median(ours) / statistics.median(plain)
    return [
        ("save of a 2.5 kB note with history and index / plain SQLite", ratio, "x", 2.0),
        ("save, p50", statistics.median(ours), "ms", None),
        ("save, p99", percentile(ours, 99), "ms", None),
        ("the same in plain SQLite, p50", statistics.median(plain), "ms", None),
        (f"search in {MANY:,} notes, p50", statistics.median(searches), "ms", None),
        (f"search in {MANY:,} notes, p99", percentile(searches, 99), "ms", 4.0),
    ]


def _saves(folder: Path, chance: random.Random) -> tuple[list[float], list[float]]:
    """Saves in turn into the notebook and into a plain file, so that both meet the same disk."""
    notebook = open_notebook(folder / "notes", create=True)
    note = notebook.start(_RENJI, "Renji Hospital")
    plain = _plain_file(folder / "plain.db")
    ours, theirs = [], []
    for _ in range(SAVES):
        text = text_of(chance, 2_500)
        start = time.perf_counter()
        note = notebook.save(note.id, text, note.revision.id)
        ours.append(ms_since(start))
        start = time.perf_counter()
        _plain_save(plain, text)
        theirs.append(ms_since(start))
    plain.close()
    notebook.close()
    return ours, theirs


def _plain_file(path: Path) -> dbapi2.Connection:
    conn = dbapi2.connect(str(path), isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    conn.execute("CREATE TABLE history (note INTEGER, text TEXT)")
    conn.execute(
        "CREATE VIRTUAL TABLE terms USING fts5 (t, content='', contentless_delete=1, prefix='2 3 4')"
    )
    return conn


def _plain_save(conn: dbapi2.Connection, text: str) -> None:
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("INSERT INTO history VALUES (1, ?)", (text,))
    conn.execute("INSERT OR REPLACE INTO note VALUES (1, ?)", (text,))
    conn.execute("INSERT OR REPLACE INTO terms (rowid, t) VALUES (1, ?)", (" ".join(terms(text)),))
    conn.execute("COMMIT")


def _searches(folder: Path, chance: random.Random) -> list[float]:
    fill(folder / "many", chance)
    notebook = open_notebook(folder / "many", create=False)
    queries = [text_of(chance, 9)[: chance.randint(1, 12)].strip() for _ in range(300)]
    searches = [_timed(functools.partial(notebook.search, query)) for query in queries]
    notebook.close()
    return searches


def fill(profile: Path, chance: random.Random) -> None:
    """Make a profile of as many notes, each of one revision."""
    db = open_workspace(profile, create=True)
    author = Notebook(db).introduce("Anna")
    now = local_time()
    with db.writing():
        for number in range(MANY):
            draft = Draft(_RENJI, "Renji Hospital", text=text_of(chance, 250))
            db.add_note(str(number), now)
            db.add_revision(Revision.following((), str(number), author, draft, now))
    db.close()


def text_of(chance: random.Random, length: int) -> str:
    """Words of both scripts, few of them often and most of them seldom, as in a language."""
    words: list[str] = []
    size = 0
    while size < length:
        words.append(_word(int(chance.paretovariate(0.7)) % 5_000))
        size += len(words[-1]) + 1
        if chance.random() < 0.1:
            words[-1] += "\n"
    return " ".join(words)


@functools.cache
def _word(number: int) -> str:
    letters = random.Random(number)
    if number % 5 == 0:
        return "".join(letters.choices(_HANZI, k=letters.randint(2, 5)))
    return "".join(letters.choices(_LATIN, k=letters.randint(1, 4)))


def _timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return ms_since(start)


def ms_since(start: float) -> float:
    return (time.perf_counter() - start) * 1_000


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]
