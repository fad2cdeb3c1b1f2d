"""What a guide says of itself, and how ready it is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What a guide says of itself."""

    id: str
    title: str
    short_title: str
    version: str
    state: str
    zone: str
    home_zone: str
    home_city: str
    city: str
    mission: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a guide holds of what it should, and what in it wants another look."""

    coverage: Mapping[str, tuple[int, int]]
    missing: tuple[tuple[str, str], ...]
    statements: int
    unsourced: int
    undated: int
    stale: int
    without_hanzi: int
    without_position: int

    @property
    def complete(self) -> bool:
        """Whether no count is short."""
        return not self.missing
