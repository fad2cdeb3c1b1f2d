"""Tables that any spreadsheet opens, and none takes a text of for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_BEGINS_A_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV in UTF-8 with the mark that tells so; nothing and None are empty cells."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(value: object) -> str:
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    text = str(value)
    harmless = not _BEGINS_A_FORMULA.match(text) or _NUMBER.fullmatch(text)
    return text if harmless else f"'{text}"
