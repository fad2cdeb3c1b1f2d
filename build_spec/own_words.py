"""Fingerprints of the texts that the guide was written from, to keep its words our own.

Run by hand when those texts change: python build_spec/own_words.py SOURCE SOURCE …
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

RUN = 9  # words in a row that count as a copy
STRAY = 3  # words of such a run that may stand outside listed names
DIGEST = 6  # bytes kept of each run: too few to read back, enough not to meet by chance

KEPT = Path(__file__).parents[1] / "tests" / "unit" / "own_words.bin"
WORD = re.compile(r"[^\W_]+")
ESCAPED_SPACE = re.compile(r"\\[nrt]")
UNSEEN = {"Mn", "Me", "Cf"}
SPLIT_WORD = re.compile(r"(?<=\w)-[ \t]*\r?\n[ \t]*(?=\w)")

Name = tuple[str, ...]


def words(text: str) -> Iterator[tuple[str, int]]:
    """Words in lower case without accents, each with the number of its line from 1."""
    text = ESCAPED_SPACE.sub(" ", text)
    for number, line in enumerate(text.split("\n"), start=1):
        plain = line if line.isascii() else _letters_alone(line)
        for match in WORD.finditer(plain.lower()):
            yield match[0], number


def _letters_alone(text: str) -> str:
    """The text without accents, soft hyphens and other marks that the eye does not see."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if unicodedata.category(sign) not in UNSEEN)


def _digest(run: Iterable[str]) -> bytes:
    return blake2b(" ".join(run).encode(), digest_size=DIGEST).digest()


def _runs(text: str) -> set[bytes]:
    found = [word for word, _ in words(text)]
    return {_digest(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def runs_of(source: str) -> set[bytes]:
    """Every run of a source, read both as printed and with words split at line ends mended."""
    return _runs(source) | _runs(SPLIT_WORD.sub("", source))


@dataclass(frozen=True)
class Fingerprints:
    """The runs of all documents together, and how many each document gave."""

    documents: tuple[int, ...]
    runs: frozenset[bytes]

    @classmethod
    def of(cls, sources: Iterable[str]) -> "Fingerprints":
        """Take the runs of each source."""
        each = [runs_of(source) for source in sources]
        return cls(tuple(map(len, each)), frozenset().union(*each))

    @classmethod
    def read(cls, path: Path) -> "Fingerprints":
        """Read what `write` wrote."""
        head, _, body = path.read_bytes().partition(b"\n")
        runs = frozenset(body[i : i + DIGEST] for i in range(0, len(body), DIGEST))
        return cls(tuple(json.loads(head)["documents"]), runs)

    def write(self, path: Path) -> None:
        """One line of JSON, then the runs in the order of their digests: not that of the text."""
        head = json.dumps({"documents": self.documents, "words": RUN, "bytes": DIGEST})
        path.write_bytes(head.encode() + b"\n" + b"".join(sorted(self.runs)))

    def copied(self, text: str, names: Iterable[Name] = ()) -> list[int]:
        """Lines of `text` where a run of a source begins that is not made of listed names."""
        found = list(words(text))
        plain = [word for word, _ in found]
        starts = [
            i for i in range(len(plain) - RUN + 1) if _digest(plain[i : i + RUN]) in self.runs
        ]
        if starts:
            named = _named(plain, names)
            starts = [i for i in starts if named[i : i + RUN].count(False) > STRAY]
        return sorted({found[i][1] for i in starts})


def name_of(phrase: str) -> Name:
    """A listed name as its words."""
    return tuple(word for word, _ in words(phrase))


def _named(plain: list[str], names: Iterable[Name]) -> list[bool]:
    """For each word, whether it belongs to a listed name."""
    named = [False] * len(plain)
    by_first: dict[str, list[Name]] = {}
    for name in names:
        by_first.setdefault(name[0], []).append(name)
    for i, word in enumerate(plain):
        for name in by_first.get(word, ()):
            if tuple(plain[i : i + len(name)]) == name:
                named[i : i + len(name)] = [True] * len(name)
    return named


def main(paths: list[str]) -> int:
    """Write the fingerprints of the named files and say how many there are."""
    if not paths:
        print("usage: python build_spec/own_words.py SOURCE …", file=sys.stderr)
        return 2
    kept = Fingerprints.of(Path(path).read_text(encoding="utf-8") for path in paths)
    kept.write(KEPT)
    print(f"{len(kept.runs)} runs of {RUN} words from {len(kept.documents)} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
