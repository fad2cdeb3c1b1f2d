"""``python3 -m db``: check the content and build the guide from it."""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build the guide; 0 when it stands, 1 with a sentence when the content is wrong."""
    parser = argparse.ArgumentParser(prog="python3 -m db", description=__doc__)
    parser.add_argument("--content", type=Path, default=ROOT / "db" / "content")
    parser.add_argument("--coverage", type=Path, default=ROOT / "db" / "coverage.txt")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "resources" / "guide.db")
    parser.add_argument("--check", action="store_true", help="check the content, write nothing")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "app"))
    from db import build, checks, reader
    from fieldguide.errors import FieldGuideError

    began = time.perf_counter()
    try:
        content = reader.read(options.content)
        coverage = checks.check(content, checks.read_wanted(options.coverage))
        if not options.check:
            build.build(content, coverage, options.output)
    except FieldGuideError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    for section, names in coverage.missing.items():
        held, wanted = coverage.held[section], len(coverage.wanted[section])
        print(f"{section} {held}/{wanted}", *(["missing", *names] if names else []))
    print(f"{len(content.entries)} records in {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    from build_spec import bootstrap

    bootstrap.ensure("db", bootstrap.RUN)
    sys.exit(main())
