"""Checks as files for whoever keeps the guide: JSON, or a table that opens anywhere."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from fieldguide.services.checking import Checked
from fieldguide.services.spreadsheet import csv_table
from fieldguide.storage.files import write_whole

COLUMNS: Final = (
    "ref", "title", "fact", "said", "verdict", "value", "remark", "on", "by", "visibility",
)  # fmt: skip


def check_table(checked: Checked) -> dict[str, Any]:
    """One check as JSON holds it; what is not known is null."""
    check = checked.check
    return {
        "id": checked.id, "ref": str(checked.about), "title": checked.title, "fact": check.fact,
        "said": check.said or None, "verdict": check.verdict.value, "value": check.value or None,
        "remark": check.remark or None, "on": check.on or None, "by": checked.by or None,
        "visibility": checked.visibility.value,
    }  # fmt: skip


def save_checks(checks: Sequence[Checked], target: Path) -> int:
    """Write them whole, as a table where the name ends in .csv; the answer is how many."""
    tables = [check_table(one) for one in checks]
    if target.suffix.casefold() == ".csv":
        data = csv_table(COLUMNS, tables)
    else:
        data = json.dumps(tables, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    write_whole(target, data)
    return len(tables)
