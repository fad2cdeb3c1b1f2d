"""Where things stand in the text of a guide."""

import re
from dataclasses import dataclass

from fieldguide.errors import ContentError


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the content, shown as ``file:line`` in every complaint."""

    file: str
    line: int

    def error(self, sentence: str) -> ContentError:
        """The complaint, ready to be raised."""
        return ContentError(f"{self.file}:{self.line}: {sentence}")


class Lines:
    """Finds the line of the n-th table, and of the n-th item of its arrays, in a TOML text."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._heads: dict[str, list[int]] = {}
        self._items: dict[tuple[str, int, str], list[int]] = {}
        kind, array = "", ""
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            if head := re.match(r"\[\[?([\w-]+)\]\]?", line):
                kind, array = head[1], ""
                self._heads.setdefault(kind, []).append(number)
            elif opened := re.match(r"(\w+)\s*=\s*\[\s*(#.*)?$", bare):
                array = opened[1]
            elif array and bare.startswith("{"):
                key = (kind, len(self._heads.get(kind, [])) - 1, array)
                self._items.setdefault(key, []).append(number)
            elif bare.startswith("]"):
                array = ""

    def table(self, kind: str, index: int) -> Where:
        """Where the n-th table of a kind begins."""
        found = self._heads.get(kind, [])
        return Where(self._file, found[index] if index < len(found) else 1)

    def item(self, kind: str, index: int, array: str, place: int) -> Where:
        """Where the n-th item of an array of that table stands."""
        found = self._items.get((kind, index, array), [])
        return Where(self._file, found[place]) if place < len(found) else self.table(kind, index)

    def top_item(self, array: str, place: int) -> Where:
        """Where the n-th item of an array before all tables stands."""
        found = self._items.get(("", -1, array), [])
        return Where(self._file, found[place] if place < len(found) else 1)
