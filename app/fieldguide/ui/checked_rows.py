"""The rows of facts with what was found of them, and what the guide says no more below."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.checks import find
from fieldguide.domain.records import Fact
from fieldguide.services.checking import Checked
from fieldguide.ui.checks import check_line
from fieldguide.ui.fact_rows import FactItem


def with_checks(
    items: Sequence[FactItem], facts: Sequence[Fact], made: Sequence[Checked]
) -> list[FactItem]:
    """Each check at its fact; rows without one stay as they are."""
    if not made:
        return list(items)
    found = find(facts, made, lambda one: one.check)
    rows = [
        _checked(item, found.at[item.fact]) if item.fact and item.fact in found.at else item
        for item in items
    ]
    if found.lost:
        heading = QCoreApplication.translate("Check", "Checks of what the guide says no more")
        rows.append(FactItem(heading, heading, heading=True))
        rows += [_lost(one) for one in found.lost]
    return rows


def _lost(checked: Checked) -> FactItem:
    check = checked.check
    said = f"{check.fact}: {check.said}"
    return _checked(FactItem(check.fact, said, value=check.said, copies=check.said), (checked,))


def _checked(item: FactItem, made: tuple[Checked, ...]) -> FactItem:
    lines = tuple(check_line(one, item.fact) for one in made)
    speech = "; ".join((item.speech, *(line.text for line in lines)))
    return replace(item, speech=speech, made=made, checks=lines)
