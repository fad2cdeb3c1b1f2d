"""``python3 -m tests --bench``: every figure that was asked for, printed beside its limit."""

import importlib
import os
from collections.abc import Iterable
from math import isinf

MODULES = (
    "search", "program", "record_page", "notes", "note_pages", "typing", "attachments", "backups",
    "safety", "visit", "people", "vcards", "maps", "places", "paper", "tiles",
)  # fmt: skip


def main(*, long: bool = False) -> int:
    """Measure and print; 1 when a figure is over its limit."""
    # The offscreen platform says at each window what it cannot do; that is no figure.
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"
    over = 0
    for name in MODULES:
        module = importlib.import_module(f"tests.bench.{name}")
        figures = module.figures(long=True) if long and name == "search" else module.figures()
        over += show(name, figures)
    print(f"\n{over} over the limit" if over else "\nall within their limits")
    return 1 if over else 0


def show(name: str, figures: Iterable[tuple[str, float, str, float | None]]) -> int:
    """Print one module's figures; returns how many are over."""
    print(f"\n{name}")
    over = 0
    for label, value, unit, limit in figures:
        if limit is None or isinf(limit):
            print(f"  {label:58} {value:9.3f} {unit}")
            continue
        good = value >= -limit if limit < 0 else value <= limit
        over += not good
        sign, bound = (">=", -limit) if limit < 0 else ("<=", limit)
        print(f"  {label:58} {value:9.3f} {unit:4} {sign} {bound:g}{'' if good else '   OVER'}")
    return over
