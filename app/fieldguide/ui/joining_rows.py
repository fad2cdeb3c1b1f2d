"""Two people as rows side by side: each field with all its values and where they come from."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.likeness import Reason
from fieldguide.domain.people import (
    WAYS,
    Address,
    Agreement,
    Consent,
    Encounter,
    Face,
    Person,
    PersonName,
    Picture,
    Role,
    Said,
    Way,
    one_line,
)
from fieldguide.domain.records import Ref
from fieldguide.services.duplicates import Suspicion
from fieldguide.ui.desk import Place
from fieldguide.ui.person_view import source_words

PRIVATE: Final = frozenset({"consents", "retention", "tags", "notes"})
"""Fields that the discreet view hides: what is said of somebody among ourselves."""

Value = tuple[str, str]
"""What is said, and where it comes from."""


@dataclass(frozen=True, slots=True)
class JoinRow:
    """One field of both; ``turned`` when the right one comes first, ``alike`` when they agree."""

    field: str
    name: str
    left: tuple[Value, ...]
    right: tuple[Value, ...]
    turned: bool = False
    alike: bool = False
    heading: bool = False
    place: Place | None = None

    @property
    def copies(self) -> str:
        """All that is said, a line each."""
        return "\n".join(dict.fromkeys(text for text, _ in (*self.left, *self.right)))

    @property
    def asks(self) -> bool:
        """Whether it matters which comes first."""
        return bool(self.left and self.right) and not self.alike and not self.heading

    @property
    def speech(self) -> str:
        """The row in the order of reading."""
        sides = [
            one_line((one_line(one, ", ") for one in side), "; ") or _tr("nothing")
            for side in (self.left, self.right)
        ]
        if self.alike:
            same = _tr("both say the same")
            return f"{self.name}: {sides[0]}; {same}"
        first = _tr("the right one comes first") if self.turned else _tr("the left one comes first")
        return one_line((f"{self.name}: {sides[0]} | {sides[1]}", first if self.asks else ""), "; ")


def rows_of(
    first: Person, second: Person, turned: Collection[str], titles: tuple[Value, Value]
) -> list[JoinRow]:
    """The names above, and below each field that at least one says something in."""
    rows = [JoinRow("", "", (titles[0],), (titles[1],), heading=True)]
    for field, name in _names().items():
        left, right = tuple(_told(getattr(first, field))), tuple(_told(getattr(second, field)))
        if left or right:
            alike = {text for text, _ in left} == {text for text, _ in right}
            rows.append(JoinRow(field, name, left, right, field in turned, alike))
    return rows


def reason_words(one: Suspicion, most: int | None = None) -> str:
    """Why two may be one, the strongest reason first, and at most so many of them."""
    names = _reasons()
    words = [names[reason] for reason in one.likeness.reasons]
    if one.elsewhere and Reason.HANDLE in one.likeness.reasons:
        place = one.likeness.reasons.index(Reason.HANDLE)
        words[place] = _tr("the same {service}").format(service=WAYS[one.elsewhere])
    return ", ".join(words[:most])


def _told(values: tuple[Any, ...]) -> Iterator[Value]:
    for value in values:
        yield _text(value), one_line(source_words(getattr(value, "sources", ())))


def _text(value: object) -> str:
    match value:
        case PersonName() | Said():
            return value.text
        case Way():
            return one_line((f"{WAYS[value.kind]} {value.value}", value.use), " · ")
        case Role():
            title = one_line((value.title, value.title_zh), " ")
            place = one_line((value.organisation, value.organisation_zh), " ")
            department = one_line((value.department, value.department_zh), " ")
            years = one_line((value.since, value.until), " – ")
            return one_line((title, place, department, years), " · ")
        case Address():
            parts = (value.street, value.code, value.city, value.region, value.country, value.use)
            return one_line(parts).replace("\n", ", ")
        case Encounter():
            where = value.visit.slug.replace("-", " ") if value.visit else ""
            return one_line((value.on, where, value.by), " · ")
        case Consent():
            return one_line((_states()[value.state], value.on, value.remark), " · ")
        case Picture():
            return _faces()[value.face]
        case Ref():
            return value.slug.replace("-", " ")
    return str(value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("JoiningRows", text)


def _names() -> dict[str, str]:
    """Field of a person -> what it is called, in the order they are shown."""
    return {
        "names": _tr("Names"),
        "honorifics": _tr("Titles"),
        "address_as": _tr("Address as"),
        "roles": _tr("Roles"),
        "ways": _tr("Reach"),
        "addresses": _tr("Addresses"),
        "notes": _tr("Notes"),
        "tags": _tr("Tags"),
        "met": _tr("Met"),
        "introduced_by": _tr("Introduced by"),
        "consents": _tr("Consent"),
        "retention": _tr("How long"),
        "pictures": _tr("Pictures"),
        "records": _tr("In the guide"),
    }


def _reasons() -> dict[Reason, str]:
    return {
        Reason.EMAIL: _tr("the same e-mail address"),
        Reason.NUMBER: _tr("the same number"),
        Reason.HANDLE: _tr("the same name elsewhere"),
        Reason.HANZI: _tr("the same name in hanzi"),
        Reason.READING: _tr("a name that is how the hanzi are read"),
        Reason.NAME: _tr("the same name"),
        Reason.ORDER: _tr("the same name in another order"),
        Reason.SPELLING: _tr("nearly the same name"),
        Reason.ORGANISATION: _tr("the same organisation"),
    }


def _states() -> dict[Agreement, str]:
    return {
        Agreement.ASKED: _tr("asked, no answer yet"),
        Agreement.GIVEN: _tr("agreed to be kept"),
        Agreement.REFUSED: _tr("does not want to be kept"),
        Agreement.WITHDRAWN: _tr("took the consent back"),
    }


def _faces() -> dict[Face, str]:
    return {
        Face.PORTRAIT: _tr("portrait"),
        Face.CARD_FRONT: _tr("front of the card"),
        Face.CARD_BACK: _tr("back of the card"),
        Face.WECHAT_CODE: _tr("code of WeChat"),
    }
