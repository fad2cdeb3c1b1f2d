"""The query set itself: well formed, broad, and large enough to mean something."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = {
    "name", "hanzi", "pinyin", "pinyin-joined", "initials", "body", "fact-value", "date",
    "place-time", "person", "email", "abbreviation", "former-name", "misspelling-of-source",
    "synonym-fr", "synonym-de", "synonym-it", "synonym-es", "synonym-ca", "accents", "typo",
}  # fmt: skip


def entries(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))["query"]


def test_every_query_says_what_it_is_and_what_it_must_find() -> None:
    for query in entries("queries.toml"):
        assert query["text"].strip()
        assert query["kind"] in KINDS, query
        assert query["within"] in (1, 3, 5), query
        assert {"expect", "expect_part", "expect_type"} & set(query), query
        assert all(query.get("expect", ["-"])), query
        assert all(query.get("expect_part", ["-"])), query


def test_the_set_is_broad_and_strict() -> None:
    queries = entries("queries.toml")
    count = Counter(query["kind"] for query in queries)
    assert set(count) == KINDS
    assert len(queries) >= 320
    assert count["typo"] >= 60
    assert sum(n for kind, n in count.items() if kind.startswith("synonym-")) >= 40
    assert sum(query["within"] == 1 for query in queries) > len(queries) / 2


def test_no_question_is_asked_twice_with_the_same_answer() -> None:
    seen = Counter(str(sorted(query.items())) for query in entries("queries.toml"))
    assert max(seen.values()) == 1


def test_hostile_text_covers_bytes_lengths_and_control_characters() -> None:
    hostile = entries("hostile.toml")
    assert len(hostile) >= 40
    texts = [
        bytes.fromhex(entry["hex"]).decode("utf-8", "surrogateescape")
        if "hex" in entry
        else entry["text"] * entry.get("repeat", 1)
        for entry in hostile
    ]
    assert any("\0" in text for text in texts)
    assert any(len(text) >= 10_000 for text in texts)
    assert any("\udc80" <= letter <= "\udcff" for text in texts for letter in text)
