"""fieldguide: a field guide for missions abroad that works with no network at all."""

__version__ = "0.1.0"
