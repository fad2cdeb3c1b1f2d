"""The display list as a picture in a file: SVG whose text stays text, the same bytes each time."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.runs import split_scripts
from fieldguide.maps import style
from fieldguide.maps.labels import Box
from fieldguide.maps.shapes import (
    MAP_CITY,
    MAP_HANZI,
    MAP_NAME,
    MAP_PLACE,
    MAP_SMALL,
    MAP_STREET,
    Area,
    Disc,
    Dot,
    Patch,
    Shape,
    Stroke,
    Text,
)

Width = Callable[[str, float, float, int], float]
"""Text, size, size of its hanzi, weight -> width of the line."""
MAP_TITLE: Final = "map-title"
_LATIN, _HANZI = "Inter, sans-serif", "Noto Sans SC, sans-serif"
_BASELINE: Final = 0.364
"""From the middle of a line down to the baseline, in ems of the Latin face."""
_HEAVY: Final = 600
_UNSAYABLE: Final = (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)
"""Characters that no XML file may hold."""
_ESCAPES: Final = {
    **dict.fromkeys(_UNSAYABLE, "\N{REPLACEMENT CHARACTER}"),
    **{ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"},
}


@dataclass(frozen=True, slots=True)
class Face:
    """How a role is set: sizes and heights of a line in pixels."""

    size: float
    line: float
    weight: int
    hanzi: float
    hanzi_line: float


FACES: Final[Mapping[str, Face]] = {
    MAP_TITLE: Face(20, 26, 600, 20, 28),
    MAP_NAME: Face(13, 18, 600, 14, 20),
    MAP_HANZI: Face(14, 20, 400, 15, 22),
    MAP_SMALL: Face(12, 16, 400, 13, 18),
    MAP_CITY: Face(14, 20, 400, 15, 22),
    MAP_PLACE: Face(13, 18, 400, 14, 20),
    MAP_STREET: Face(12, 16, 400, 13, 18),
}


@dataclass(frozen=True, slots=True)
class Plate:
    """A part of a page: where it lies, the colour of its ground, and what is drawn on it.

    The shapes are in pixels from its own corner; what reaches out of it is cut. ``halo`` is the
    colour around texts.
    """

    box: Box
    ground: str
    shapes: tuple[Shape, ...]
    halo: str = "land"


class Press:
    """Writes shapes as SVG in the colours and sizes of one style."""

    def __init__(
        self, colors: Mapping[str, str], width: Width, spell: Callable[[str], str] = str
    ) -> None:
        """``spell`` says how a text is written of which a character cannot be drawn."""
        self._colors, self._width, self._spell = colors, width, spell

    def measure(self, text: str, role: str) -> tuple[float, float]:
        """Width and height of a line in one of the roles of the display list."""
        face = _face(role)
        wide = self._width(self._spell(text), face.size, face.hanzi, face.weight)
        tall = face.hanzi_line if role == MAP_HANZI else face.line
        return wide + 1, tall

    def svg(self, width: float, height: float, title: str, plates: Sequence[Plate]) -> str:
        """The whole page as one file; ``title`` is what it is called where it cannot be seen."""
        size = f'width="{_n(width)}" height="{_n(height)}"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" xml:lang="en">',
            f"<title>{escaped(title)}</title>",
        ]
        for plate in plates:
            lines += self._plate(plate)
        return "\n".join([*lines, "</svg>", ""])

    def _plate(self, plate: Plate) -> Iterator[str]:
        box = plate.box
        width, height = _n(box.right - box.left), _n(box.bottom - box.top)
        yield (
            f'<svg x="{_n(box.left)}" y="{_n(box.top)}" width="{width}" height="{height}" '
            'overflow="hidden">'
        )
        yield f'<rect width="{width}" height="{height}" fill="{self._colors[plate.ground]}"/>'
        for shape in plate.shapes:
            yield from self._shape(shape, self._colors[plate.halo])
        yield "</svg>"

    def _shape(self, shape: Shape, halo: str) -> Iterator[str]:
        if isinstance(shape, Patch):
            yield from self._patch(shape)
        elif isinstance(shape, Dot):
            yield self._dot(shape)
        elif isinstance(shape, Stroke):
            yield self._stroke(shape)
        elif isinstance(shape, Area):
            yield self._area(shape)
        elif isinstance(shape, Disc):
            yield from self._disc(shape)
        else:
            yield from self._text(shape, halo)

    def _patch(self, patch: Patch) -> Iterator[str]:
        close = "Z" if patch.fill else ""
        path = "".join(f"M{_points(part, patch)}{close}" for part in patch.parts if len(part) > 3)
        fill = self._colors[patch.fill] if patch.fill else "none"
        look = f'fill="{fill}" fill-rule="evenodd"'
        if patch.stroke:
            cap = "butt" if patch.dash else "round"
            dash = f' stroke-dasharray="{_dash(patch.dash)}"' if patch.dash else ""
            look += (
                f' stroke="{self._colors[patch.stroke]}" stroke-width="{_n(patch.width)}" '
                f'stroke-linejoin="round" stroke-linecap="{cap}"{dash}'
            )
        if path:
            yield f'<path d="{path}" {look}/>'

    def _dot(self, dot: Dot) -> str:
        return (
            f'<circle cx="{_n(dot.x)}" cy="{_n(dot.y)}" r="{_n(dot.radius)}" '
            f'fill="{self._colors[dot.fill]}" stroke="{self._colors[dot.ring]}" '
            f'stroke-width="{_n(max(1.0, dot.radius / 3))}"/>'
        )

    def _stroke(self, stroke: Stroke) -> str:
        x1, y1, x2, y2 = (_n(place) for place in stroke.line)
        dash = f' stroke-dasharray="{_dash(stroke.dash)}"' if stroke.dash else ""
        return (
            f'<path d="M{x1} {y1}L{x2} {y2}" fill="none" stroke="{self._colors[stroke.color]}" '
            f'stroke-width="{_n(stroke.width)}"{dash}/>'
        )

    def _area(self, area: Area) -> str:
        color = self._colors[area.color]
        dash = _dash(style.AREA_DASH)
        return (
            f'<circle cx="{_n(area.x)}" cy="{_n(area.y)}" r="{_n(area.radius)}" fill="{color}" '
            f'fill-opacity="{style.AREA_FILL:g}" stroke="{color}" '
            f'stroke-width="1" stroke-dasharray="{dash}"/>'
        )

    def _disc(self, disc: Disc) -> Iterator[str]:
        color, x, y = self._colors[disc.color], _n(disc.x), _n(disc.y)
        if disc.aside:
            true_x, true_y = _n(disc.true_x), _n(disc.true_y)
            dot = _n(style.POINT_RADIUS)
            yield f'<path d="M{x} {y}L{true_x} {true_y}" stroke="{color}"/>'
            yield f'<circle cx="{true_x}" cy="{true_y}" r="{dot}" fill="{color}"/>'
        ring = style.RING
        yield (
            f'<circle cx="{x}" cy="{y}" r="{_n(disc.radius + ring / 2)}" fill="{color}" '
            f'stroke="{self._colors["surface"]}" stroke-width="{_n(ring)}"/>'
        )
        reach = disc.radius
        box = Box(disc.x - reach, disc.y - reach, disc.x + reach, disc.y + reach)
        number = Text(box, str(disc.stop.number), MAP_SMALL, "on-day", 0, halo=False)
        yield from self._text(number, color, _HEAVY)

    def _text(self, text: Text, halo: str, weight: int = 0) -> Iterator[str]:
        """One element for each run: a renderer may set a whole element in one face."""
        face, box = _face(text.role), text.box
        weight = weight or face.weight
        size, hanzi_size = face.size, face.hanzi
        written = self._spell(text.text)
        width = self._width(written, size, hanzi_size, weight)
        starts = {1: box.left, 0: (box.left + box.right - width) / 2, -1: box.right - width}
        left = starts[text.side]
        baseline = (box.top + box.bottom) / 2 + _BASELINE * size
        look = f'fill="{self._colors[text.color]}"'
        if text.halo:
            look += (
                f' stroke="{halo}" stroke-width="{_n(style.HALO)}" '
                'stroke-linejoin="round" paint-order="stroke"'
            )
        if text.angle:
            x, y = _n((box.left + box.right) / 2), _n((box.top + box.bottom) / 2)
            look += f' transform="rotate({_n(text.angle)} {x} {y})"'
        for run, hanzi in split_scripts(written):
            own = (
                f'font-family="{_HANZI}" font-size="{_n(hanzi_size)}" xml:lang="zh-Hans"'
                if hanzi
                else f'font-family="{_LATIN}" font-size="{_n(size)}" font-weight="{weight}"'
            )
            yield (
                f'<text x="{_n(left)}" y="{_n(baseline)}" xml:space="preserve" {own} {look}>'
                f"{escaped(run)}</text>"
            )
            left += self._width(run, size, hanzi_size, weight)


def escaped(text: str) -> str:
    """A text that no XML reader takes for a mark; what XML cannot say becomes a sign for it."""
    plain = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain.translate(_ESCAPES)


def _points(part: "array[float]", patch: Patch) -> str:
    """The points of a part to a tenth of a pixel, without those that fall on the one before."""
    xs = (f"{patch.left + x * patch.side:.1f}" for x in part[0::2])
    ys = (f"{patch.top + y * patch.side:.1f}" for y in part[1::2])
    found = list(map(" ".join, zip(xs, ys, strict=True)))
    return "L".join(now for now, before in zip(found, ["", *found], strict=False) if now != before)


def _face(role: str) -> Face:
    return FACES.get(role, FACES[MAP_SMALL])


def _dash(parts: Sequence[float]) -> str:
    return " ".join(_n(part) for part in parts)


def _n(number: float) -> str:
    """A number of pixels, to a hundredth, as short as can be."""
    short = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
