"""What a form of a person asks for, group by group, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCompleter

from fieldguide.domain.people import (
    WAYS,
    Agreement,
    Consent,
    Encounter,
    Role,
    Said,
    Script,
    Way,
)
from fieldguide.domain.person_mending import read_date
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Look
from fieldguide.ui.person_form_fields import Field, LineBox, ValueRow
from fieldguide.ui.person_form_rows import Rows

USUAL_SCRIPTS: Final = (Script.LATIN, Script.HANZI, Script.PINYIN)
USUAL_WAYS: Final = ("email", "mobile", "wechat")
"""What is asked for even where nothing is known."""


@dataclass(frozen=True)
class Known:
    """What the guide knows that a form offers: bodies by their titles, meetings by their words."""

    organisations: Mapping[str, Ref]
    meetings: Mapping[Ref, str]


class RoleRow(ValueRow):
    """A role, whose organisation is completed from the guide and tied to its record."""

    def __init__(self, known: Known, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        self._refs = {title.casefold(): ref for title, ref in known.organisations.items()}
        super().__init__(*args, **kwargs)
        box = self.boxes["organisation"]
        assert isinstance(box, LineBox)
        completer = QCompleter(sorted(known.organisations), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)

    def changes(self) -> dict[str, Any]:
        """With the record of another organisation, where the guide has one of this very title."""
        changes = super().changes()
        if "organisation" in changes:
            changes["at"] = self._refs.get(changes["organisation"].casefold())
        return changes


def groups_of(look: Look, known: Known) -> dict[str, Rows]:
    """Rows for each part of a Person that is a list of values, by its name."""
    return {
        "honorifics": _said_rows(
            look, _tr("Title"), _tr("Mr, Dr, Prof."), _tr("Another title"), _tr("Remove this title")
        ),
        "address_as": _said_rows(
            look, _tr("Address as"), _tr("Mr Li"), _tr("Another way to address"), _tr("Remove it")
        ),
        "roles": _role_rows(look, known),
        "ways": _way_rows(look),
        "met": _met_rows(look, known),
        "introduced_by": _said_rows(
            look, _tr("Introduced by"), "", _tr("Somebody else"), _tr("Remove this name")
        ),
        "consents": _consent_rows(look),
        "retention": _said_rows(
            look, _tr("How long it is kept"), _tr("Look again after 24 months"),
            _tr("Another line"), _tr("Remove this line"), tall=True,
        ),
        "notes": _said_rows(
            look, _tr("Remark"), "", _tr("Another remark"), _tr("Remove this remark"), tall=True
        ),
    }  # fmt: skip


def _said_rows(
    look: Look, what: str, hint: str, add: str, remove: str, *, tall: bool = False
) -> Rows:
    """Texts about somebody, each on its own."""
    return Rows(look, (Field("text", what, hint, tall=tall),), Said(""), (add, remove))


def _role_rows(look: Look, known: Known) -> Rows:
    """What they do now, and did."""
    fields = (
        Field("title", _tr("Role"), _tr("Deputy GM")),
        Field("title_zh", _tr("Role in hanzi"), _tr("副总经理")),
        Field("organisation", _tr("Organisation"), line=1),
        Field("organisation_zh", _tr("Organisation in hanzi"), line=1),
        Field("department", _tr("Department"), line=2),
        _date("since", _tr("Since"), 2),
        _date("until", _tr("Until; a past role stays"), 2),
    )
    words = (_tr("Add a newer role"), _tr("Remove this role"))
    return Rows(look, fields, Role(), words, newest_first=True, row=partial(RoleRow, known))


def _way_rows(look: Look) -> Rows:
    """Numbers, mailboxes, names elsewhere."""
    kinds = {kind: _tr(called) for kind, called in WAYS.items()}
    fields = (
        Field("kind", _tr("Way to reach them"), choices=kinds, counts=False),
        Field("value", _tr("Number, address or name"), room=4, named_by="kind"),
        Field("use", _tr("Used for"), _tr("work, home"), room=2, counts=False),
    )
    words = (_tr("Another way"), _tr("Remove this way"))
    return Rows(look, fields, Way("email", ""), words, captions=False)


def _met_rows(look: Look, known: Known) -> Rows:
    """Where and when one of us met them."""
    choices = {"": _tr("Elsewhere")} | {str(ref): title for ref, title in known.meetings.items()}
    fields = (
        Field("visit", _tr("Met at"), choices=choices, read=_ref, room=4),
        _date("on", _tr("On"), 0),
        Field("by", _tr("By whom of us")),
    )
    words = (_tr("Another meeting"), _tr("Remove this meeting"))
    return Rows(look, fields, Encounter(), words)


def _consent_rows(look: Look) -> Rows:
    """What they said to being kept here."""
    states = {
        "": _tr("Not asked yet"),
        Agreement.ASKED: _tr("Asked, no answer yet"),
        Agreement.GIVEN: _tr("Agreed to be kept"),
        Agreement.REFUSED: _tr("Does not want to be kept"),
        Agreement.WITHDRAWN: _tr("Took the consent back"),
    }
    fields = (
        Field("state", _tr("May I keep this?"), choices=states, read=_agreement, room=4),
        _date("on", _tr("Said on"), 0),
        Field("remark", _tr("Remark"), _tr("gave me the card"), room=4),
    )
    words = (_tr("Another answer"), _tr("Remove this answer"))
    return Rows(look, fields, Consent(Agreement.ASKED), words)


def _date(name: str, words: str, line: int) -> Field:
    return Field(name, words, "2013-05", room=1, line=line, read=read_date)


def _ref(text: str) -> Ref | None:
    return Ref.parse(text) if text else None


def _agreement(text: str) -> Agreement:
    """Whoever writes when or why has asked."""
    return Agreement(text or Agreement.ASKED)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PersonForm", text)
