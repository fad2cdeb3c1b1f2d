"""What the command line does with region maps: added, listed, removed."""

import argparse
import sys
from pathlib import Path
from typing import Final

from fieldguide import shapes
from fieldguide.services.profile import own_profile
from fieldguide.services.regions import Region, Regions

_SLOW: Final = 64 << 20
"""Bytes from which on one wants to see how far a copy is."""


def region_add(options: argparse.Namespace) -> None:
    """Check a map file and keep a copy."""
    added = _regions(options).add(Path(options.file), _progress)
    if added is None:
        return
    if options.json:
        shapes.print_json(shapes.region_json(added))
    else:
        print(_line(added))


def region_list(options: argparse.Namespace) -> None:
    """Print the region maps, also those that cannot be read any more."""
    found = _regions(options).all()
    if options.json:
        shapes.print_json([shapes.region_json(one) for one in found])
        return
    for one in found:
        print(_line(one))


def region_remove(options: argparse.Namespace) -> None:
    """Take a map out of the profile for good."""
    regions = _regions(options)
    regions.remove(options.name)
    regions.clear()
    if options.json:
        shapes.print_json({"name": options.name})
    else:
        print(f"{options.name} is removed.")


def _regions(options: argparse.Namespace) -> Regions:
    return Regions(own_profile(options.profile))


def _line(region: Region) -> str:
    size = f"{region.size / 1e6:.1f} MB"
    if region.trouble:
        return f"{region.name}  {size}  {region.trouble}"
    day = f"data of {region.data_of}" if region.data_of else f"added {region.added}"
    low, high = region.zooms or (0, 0)
    owed = region.licence or "no licence said"
    return f"{region.name}  {size}  {day}  zooms {low}–{high}  {region.schema}  {owed}"


def _progress(done: int, size: int) -> bool:
    if size >= _SLOW and sys.stderr.isatty():
        end = "\n" if done >= size else "\r"
        print(f"{100 * done // size} % copied", end=end, file=sys.stderr, flush=True)
    return True
