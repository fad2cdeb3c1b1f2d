"""A drawn picture as a file of one of the kinds that others can open."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from fieldguide.errors import BadRequest
from fieldguide.services.paper import Paper
from fieldguide.storage import files

KINDS: Final = (".png", ".svg", ".pdf")
LEAST, MOST = 300, 2_400
"""Pixels at 100 % of a side; a PNG has two for each."""
MOST_IN_ALL = 4_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as SVG, its size in pixels at 100 %, its name, and what it shows in words."""

    svg: str
    width: float
    height: float
    title: str
    said: str


def check_size(width: int, height: int) -> None:
    """Raise BadRequest for a picture that is too small to read or too large to make."""
    sides = LEAST <= width <= MOST and LEAST <= height <= MOST
    if not sides or width * height > MOST_IN_ALL:
        raise BadRequest(
            f"A picture has from {LEAST} to {MOST} pixels a side, and at most "
            f"{MOST_IN_ALL // 1_000_000} million in all."
        )


def check_kind(path: Path) -> str:
    """The kind of picture that the name of a file asks for; raises BadRequest."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise BadRequest(
            f"“{path.name[:80]}” names no kind of picture: let it end in .png, .svg or .pdf."
        )
    return kind


def save(drawn: Drawn, path: Path, paper: Paper, made: date) -> None:
    """Write the picture as its name says; raises BadRequest or FieldGuideError."""
    kind = check_kind(path)
    data = {
        "svg": drawn.svg,
        "width": drawn.width,
        "height": drawn.height,
        "title": drawn.title,
        "alt": drawn.said,
    }
    if kind == ".svg":
        written = drawn.svg.encode("utf-8")
    elif kind == ".pdf":
        written = paper.pdf("picture.typ", data, made)
    else:
        written = paper.png("picture.typ", data)[0]
    files.write_whole(path, written)
