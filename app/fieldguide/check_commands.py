"""What the command line does with checks of facts: listed, written to a file."""

import argparse
from pathlib import Path

from fieldguide.asking import own_notes
from fieldguide.domain.notes import AUDIENCES
from fieldguide.domain.records import Ref
from fieldguide.services.check_export import check_table, save_checks
from fieldguide.services.checking import all_checks, checks_on
from fieldguide.shapes import print_json


def check_list(options: argparse.Namespace) -> None:
    """Print the checks of all facts, or of those of one record."""
    about = Ref.parse(options.ref) if options.ref else None
    with own_notes(options) as notebook:
        found = all_checks(notebook) if about is None else checks_on(notebook, about)
    if options.json:
        print_json([check_table(one) for one in found])
        return
    for one in found:
        check = one.check
        now = f" → {check.value}" if check.value else ""
        made = " ".join(part for part in (check.on, one.by) if part)
        print(f"{one.about}  {check.fact}: {check.said}  ({check.verdict}{now}; {made})")
        if check.remark:
            print("    " + " ".join(check.remark.split()))


def check_export(options: argparse.Namespace) -> None:
    """Write the checks that somebody may read to a file."""
    with own_notes(options) as notebook:
        found = all_checks(notebook, AUDIENCES[options.audience])
    written = save_checks(found, Path(options.output))
    if options.json:
        print_json({"file": options.output, "checks": written})
    else:
        count = "1 check" if written == 1 else f"{written} checks"
        print(f"{count} written to {options.output}")
