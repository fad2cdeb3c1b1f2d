"""The view of a map: Web Mercator, from WGS-84 degrees to pixels and back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

EQUATOR_M: Final = 40_075_016.686
"""Length of the equator in metres, which is the width of the projected world."""
NEAREST: Final = 0.25
"""Metres per pixel at the equator beyond which zooming in stops."""
FARTHEST: Final = 20_000.0
STEP: Final = 1.5
"""Factor of one step of zoom."""
_POLE: Final = 85.0511


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees with the radius in metres that the view must show around it."""

    lat: float
    lon: float
    radius_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels at each side that a fitted view keeps free."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class View:
    """A window on the projected world: its centre in degrees, metres a pixel at the equator."""

    lat: float
    lon: float
    resolution: float
    width: float
    height: float

    @classmethod
    def fit(
        cls, spots: Sequence[Spot], width: float, height: float, margins: Margins, least_m: float
    ) -> Self:
        """Show all spots, at least ``least_m`` across; without spots the whole world."""
        if not spots:
            return cls(0.0, 0.0, FARTHEST, width, height)
        boxes = [_box(spot) for spot in spots]
        west, east = min(box[0] for box in boxes), max(box[1] for box in boxes)
        north, south = min(box[2] for box in boxes), max(box[3] for box in boxes)
        least = least_m / EQUATOR_M / _shrink(spots[0].lat)
        across, down = max(east - west, least), max(south - north, least)
        room_x = max(1.0, width - margins.left - margins.right)
        room_y = max(1.0, height - margins.top - margins.bottom)
        resolution = _bounded(EQUATOR_M * max(across / room_x, down / room_y))
        shift_x = (margins.right - margins.left) / 2 * resolution / EQUATOR_M
        shift_y = (margins.bottom - margins.top) / 2 * resolution / EQUATOR_M
        x, y = (west + east) / 2 + shift_x, (north + south) / 2 + shift_y
        return cls(_lat(y), _lon(x), resolution, width, height)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels from the left top corner."""
        scale = EQUATOR_M / self.resolution
        return (
            self.width / 2 + (_x(lon) - _x(self.lon)) * scale,
            self.height / 2 + (_y(lat) - _y(self.lat)) * scale,
        )

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude of a pixel."""
        scale = self.resolution / EQUATOR_M
        return (
            _lat(_y(self.lat) + (y - self.height / 2) * scale),
            _lon(_x(self.lon) + (x - self.width / 2) * scale),
        )

    def corner(self) -> tuple[float, float]:
        """Pixels of the projected world, from its own corner, at the left top of the view."""
        scale = EQUATOR_M / self.resolution
        return _x(self.lon) * scale - self.width / 2, _y(self.lat) * scale - self.height / 2

    def metres_per_pixel(self, lat: float) -> float:
        """True metres on the ground that a pixel spans at a latitude."""
        return self.resolution * _shrink(lat)

    def moved(self, right: float, down: float) -> Self:
        """The view whose window went that many pixels over the ground."""
        lat, lon = self.degrees(self.width / 2 + right, self.height / 2 + down)
        return replace(self, lat=lat, lon=lon)

    def zoomed(self, factor: float, x: float, y: float) -> Self:
        """Nearer by a factor, while the ground under the pixel stays where it is."""
        resolution = _bounded(self.resolution / factor)
        share = 1 - resolution / self.resolution
        shifted = self.moved((x - self.width / 2) * share, (y - self.height / 2) * share)
        return replace(shifted, resolution=resolution)

    def resized(self, width: float, height: float) -> Self:
        """The same centre and nearness in another window."""
        return replace(self, width=width, height=height)


def _box(spot: Spot) -> tuple[float, float, float, float]:
    """West, east, north and south of a spot in world units, y downwards."""
    reach = spot.radius_m / EQUATOR_M / _shrink(spot.lat)
    x, y = _x(spot.lon), _y(spot.lat)
    return x - reach, x + reach, y - reach, y + reach


def _bounded(resolution: float) -> float:
    return min(FARTHEST, max(NEAREST, resolution))


def _shrink(lat: float) -> float:
    return math.cos(math.radians(lat))


def _x(lon: float) -> float:
    return lon / 360 + 0.5


def _y(lat: float) -> float:
    lat = min(_POLE, max(-_POLE, lat))
    return 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / math.tau


def _lon(x: float) -> float:
    return (x - 0.5) * 360


def _lat(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp((0.5 - y) * math.tau)) - math.pi / 2)
