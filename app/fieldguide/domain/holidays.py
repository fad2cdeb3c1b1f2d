"""Days on which offices are closed, or open although it is a weekend."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that is not what its weekday says.

    ``working`` is a weekend day on which people work, to make up for one off. ``provisional``
    follows from the rule alone: no notice for its year was known when the guide was made, so
    days in lieu may still move. ``source`` is the slug of a source of the guide.
    """

    day: date
    name: str
    name_zh: str
    source: str
    provisional: bool = False
    working: bool = False
