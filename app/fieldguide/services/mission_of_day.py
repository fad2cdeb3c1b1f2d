"""Which mission a day is about: the one that is shown, unless the day lies in another alone."""

from collections.abc import Iterator
from contextlib import suppress

from fieldguide.domain.plans import Plan, Planned, own_ref
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.planning import check_plan, planned_as, plans, read_planned


def planned_on(book: Notebook, guide: Guide, day: str) -> Planned:
    """What a guide is to be asked with about an ISO day; with an empty one, the shown mission."""
    shown = read_planned(book, Ref.parse(guide.about.mission))
    if not day:
        return shown
    before = guide.planned
    try:
        for one in (shown, *_others(book, guide)):
            guide.take(one)
            if is_under_way(guide, day):
                return one
    finally:
        guide.take(before)
    return shown


def is_under_way(guide: Guide, day: str) -> bool:
    """Whether an ISO day lies in the mission that is shown, or something of it takes place then."""
    when = guide.mission.when
    spans = when is not None and when.start <= day <= (when.end or when.start)
    return spans or any(visit.day == day for visit in guide.visits)


def _others(book: Notebook, guide: Guide) -> Iterator[Planned]:
    """That of the guide, then those that are planned, the first day first."""
    yield planned_as(book, Ref.parse(guide.about.mission), None)
    for one in plans(book):
        if _sound(one.value):
            yield planned_as(book, own_ref(one.id), one.value)


def _sound(plan: Plan) -> bool:
    with suppress(BadRequest):
        check_plan(plan)
        return True
    return False
