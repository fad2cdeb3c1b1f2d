"""What is not for whoever looks over one's shoulder: opinions, and what somebody said."""

from typing import Final

from fieldguide.domain.notes import LineKind, parse_lines

PRIVATE: Final = frozenset({LineKind.OPINION, LineKind.QUOTE})
"""Kinds of lines that the discreet view hides."""


def is_private(text: str) -> bool:
    """Whether a line of a note, as it was typed, is an opinion or somebody's words."""
    return parse_lines(text)[0].kind in PRIVATE
