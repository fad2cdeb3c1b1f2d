"""How a check names a fact, and which fact it is on in a guide of any age. Pure rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fieldguide.domain.entries import Check
from fieldguide.domain.records import Fact

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Found(Generic[Made]):
    """Checks at their facts, and those on facts that the guide does not state any more."""

    at: Mapping[Fact, tuple[Made, ...]]
    lost: tuple[Made, ...]


def fact_name(fact: Fact) -> str:
    """Its label, and the year in which it was true where it says one."""
    year = fact.as_of.split("/")[-1][:4]
    return f"{fact.label}, {year}" if year.isdecimal() else fact.label


def told(fact: Fact) -> str:
    """What a fact says, without where it comes from."""
    return " ".join(part for part in (fact.value or fact.value_zh, fact.unit) if part)


def find(
    facts: Sequence[Fact], made: Iterable[Made], check_of: Callable[[Made], Check]
) -> Found[Made]:
    """Put each check at its fact: of its name, else of its label with the same words."""
    at: dict[Fact, tuple[Made, ...]] = {}
    lost: list[Made] = []
    for one in made:
        fact = _fact_of(check_of(one), facts)
        if fact is None:
            lost.append(one)
        else:
            at[fact] = (*at.get(fact, ()), one)
    return Found(at, tuple(lost))


def _fact_of(check: Check, facts: Sequence[Fact]) -> Fact | None:
    named = [fact for fact in facts if fact_name(fact) == check.fact]
    same = [fact for fact in named if told(fact) == check.said]
    if same or len(named) == 1:
        return (same or named)[0]
    # A newer guide may date the same statement anew.
    label = _label(check.fact)
    again = (fact for fact in facts if fact.label == label and told(fact) == check.said)
    return next(again, None)


def _label(name: str) -> str:
    label, comma, year = name.rpartition(", ")
    return label if comma and len(year) == 4 and year.isdecimal() else name
