"""Pages set by a template out of plain data: PDF to print and to keep, PNG to look at.

The texts go in as JSON, so that nothing in them can act; only the shipped typefaces are used, and
what they cannot draw is written as its number.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from fieldguide.errors import FieldGuideError
from fieldguide.services.typefaces import Typefaces

STANDARDS: Final = ("a-2a", "ua-1")
"""PDF/A-2a, to be kept, and PDF/UA-1, to be read aloud."""
PIXELS: Final = 192
"""Per inch, which is two for each of a picture at 100 %."""
_UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufe0f\ufeff]"
)
"""Controls, among them those that turn the direction of what follows."""


class Paper:
    """Sets pages; every method may run on any thread."""

    def __init__(self, typefaces: Typefaces, templates: Path) -> None:
        self._typefaces, self._templates = typefaces, templates

    def pdf(self, template: str, data: Mapping[str, Any], made: date) -> bytes:
        """The pages as PDF, the same bytes for the same data and day; raises FieldGuideError."""
        moment = datetime(made.year, made.month, made.day, tzinfo=UTC)
        how = {"format": "pdf", "pdf_standards": list(STANDARDS), "timestamp": moment}
        pages: bytes = self._set(template, data, how)
        return pages

    def png(self, template: str, data: Mapping[str, Any]) -> list[bytes]:
        """Each page as a picture; raises FieldGuideError."""
        pages = self._set(template, data, {"format": "png", "ppi": PIXELS})
        return pages if isinstance(pages, list) else [pages]

    def _set(self, template: str, data: Mapping[str, Any], how: Mapping[str, Any]) -> Any:  # noqa: ANN401
        # Slow to load, and needed for pages alone.
        import typst

        self._typefaces.check()
        try:
            return typst.compile(
                (self._templates / template).read_bytes(),
                root=str(self._templates),
                font_paths=typst.Fonts(False, False, [str(self._typefaces.folder)]),
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                **how,
            )
        except (typst.TypstError, OSError) as problem:
            said = str(problem).strip().splitlines()
            raise FieldGuideError(
                f"The pages cannot be set: {said[0] if said else 'no reason is given'}."
            ) from problem


class Spelling:
    """Writes what no typeface draws as its number, and counts how often."""

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self.count = 0

    def text(self, text: str) -> str:
        """The text with ``[U+1F600]`` for each character that cannot be drawn."""
        if text.isascii() and text.isprintable():
            return text
        plain = _UNSEEN.sub(" ", text)
        # Each character once: a drawing holds some hundred thousand of them.
        if all(self._typefaces.holds(char) for char in set(plain)):
            return plain
        return "".join(self._char(char) for char in plain)

    def data(self, data: Any) -> Any:  # noqa: ANN401 -- whatever JSON holds
        """The same for every text of a table or a list, at any depth."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, Mapping):
            return {name: self.data(value) for name, value in data.items()}
        if isinstance(data, list | tuple):
            return [self.data(value) for value in data]
        return data

    def _char(self, char: str) -> str:
        if self._typefaces.holds(char):
            return char
        self.count += 1
        return f"[U+{ord(char):04X}]"
