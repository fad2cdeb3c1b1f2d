"""What it means that a hit answers a query of `queries.toml`."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Query:
    """One line of the set: a hit must satisfy every expectation that is given."""

    text: str
    kind: str
    within: int
    expect: tuple[str, ...] = ()
    expect_part: tuple[str, ...] = ()
    expect_type: str = ""

    def answered_by(self, names: Iterable[str], kinds: Iterable[str]) -> bool:
        """`names`: titles and all names of a record; `kinds`: its kind and its types."""
        folded = [name.casefold() for name in names]
        return (
            (not self.expect or any(wanted.casefold() in folded for wanted in self.expect))
            and (
                not self.expect_part
                or any(_within(part, name) for part in self.expect_part for name in folded)
            )
            and (not self.expect_type or self.expect_type in kinds)
        )


def _within(part: str, folded_name: str) -> bool:
    stem = part.casefold().removesuffix("…")
    if not stem.isascii() and not any("a" <= letter <= "z" for letter in stem):
        return stem in folded_name
    end = "" if part.endswith("…") else r"s?(?![^\W_])"
    return re.search(rf"(?<![^\W_]){re.escape(stem)}{end}", folded_name, re.ASCII) is not None


def queries() -> list[Query]:
    """The whole set, in the order of the file."""
    entries = tomllib.loads((HERE / "queries.toml").read_text(encoding="utf-8"))["query"]
    return [
        Query(
            entry["text"],
            entry["kind"],
            entry["within"],
            tuple(entry.get("expect", ())),
            tuple(entry.get("expect_part", ())),
            entry.get("expect_type", ""),
        )
        for entry in entries
    ]


def hostile_texts() -> list[str]:
    """Text as it reaches the program; raw bytes by surrogateescape, like an argument."""
    entries = tomllib.loads((HERE / "hostile.toml").read_text(encoding="utf-8"))["query"]
    return [
        bytes.fromhex(entry["hex"]).decode("utf-8", "surrogateescape")
        if "hex" in entry
        else entry["text"] * entry.get("repeat", 1)
        for entry in entries
    ]
