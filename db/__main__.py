"""``python3 -m db``: check the content and build the guide from it.

``map`` makes the base map and ``holidays`` the text of the holidays, both from packages.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Make what is asked for; 0 when it stands, 1 with a sentence when the content is wrong."""
    options = _parser().parse_args()
    sys.path.insert(0, str(ROOT / "app"))
    from fieldguide.errors import FieldGuideError

    began = time.perf_counter()
    try:
        print(_DEEDS[options.what](options), f"in {time.perf_counter() - began:.1f} s")
    except FieldGuideError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m db", description=__doc__)
    parser.add_argument("what", nargs="?", choices=tuple(_DEEDS), default="guide")
    parser.add_argument("--content", type=Path, default=ROOT / "db" / "content")
    parser.add_argument("--coverage", type=Path, default=ROOT / "db" / "coverage.txt")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing: check the content, or that a file is what the packages give",
    )
    return parser


def _guide(options: argparse.Namespace) -> str:
    from db import build, checks, reader

    content = reader.read(options.content)
    coverage = checks.check(content, checks.read_wanted(options.coverage))
    if not options.check:
        build.build(content, coverage, options.output or ROOT / "resources" / "guide.db")
    for section, names in coverage.missing.items():
        held, wanted = coverage.held[section], len(coverage.wanted[section])
        print(f"{section} {held}/{wanted}", *(["missing", *names] if names else []))
    return f"{len(content.entries)} records"


def _map(options: argparse.Namespace) -> str:
    from db import reader
    from db.basemap import archive, sources

    kept = ROOT / "resources" / "map" / "base.pmtiles"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / kept.name if options.check else options.output or kept
        archive.make(reader.read(options.content), target)
        _compare(options, target, kept)
        if not options.check:
            target.with_name("SOURCES.md").write_text(sources.told(target), encoding="utf-8")
        return f"{target.stat().st_size:,} bytes of map, SHA-256 {sources.digest(target)}"


def _holidays(options: argparse.Namespace) -> str:
    from db import holidays

    kept = options.content / "shanghai-suzhou" / "holidays.toml"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / kept.name if options.check else options.output or kept
        count = holidays.write(target)
        _compare(options, target, kept)
    return f"{count} holidays"


def _compare(options: argparse.Namespace, made: Path, kept: Path) -> None:
    """With ``--check`` refuse a kept file that is not what the packages give today."""
    from fieldguide.errors import ContentError

    if options.check and made.read_bytes() != kept.read_bytes():
        raise ContentError(f"{kept.name} is not what {options.what} makes of the packages here.")


_DEEDS: Final = {"guide": _guide, "map": _map, "holidays": _holidays}
_FROM_PACKAGES: Final = ("map", "holidays")


if __name__ == "__main__":
    from build_spec import bootstrap

    bootstrap.ensure(
        "db", bootstrap.MAP if {*_FROM_PACKAGES}.intersection(sys.argv) else bootstrap.RUN
    )
    sys.exit(main())
