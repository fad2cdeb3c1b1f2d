"""Everything known of one person: names and how to say them, roles, ways to reach them."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.domain.people import WAYS, Person, PersonName, Script, one_line
from fieldguide.services.roster import Somebody
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.person_list import PersonRow
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

ALWAYS: Final = ("email", "phone", "wechat")
"""Ways that are asked for where they are not known."""


class PersonView(QWidget):
    """Shows one person; it decides nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("Person"))
        self._title = ScriptLabel("", look.theme, "title")
        self._second = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        self.rows = RowList(look, self.tr("What is known of this person"))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addWidget(self._second)
        self._column.addWidget(self.rows, 1)
        self.set_theme(look.theme)

    def show_somebody(self, somebody: Somebody, said: PersonName | None = None) -> None:
        """Show who it is; ``said`` is how the hanzi are spoken, where no pinyin is kept."""
        row = PersonRow(somebody)
        self._title.setText(row.copies)
        self._second.setText(one_line((row.work, row.owner), " · "))
        self.rows.show_items(list(_rows(somebody, said)))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(theme.px(24), theme.px(14), theme.px(16), theme.px(12))
        self._column.setSpacing(theme.px(6))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PersonView", text)


def _rows(somebody: Somebody, said: PersonName | None) -> Iterator[Row]:
    person = somebody.person
    yield from _names(person, said)
    yield Row(_tr_word("roles"), heading=True)
    for role in person.roles:
        title = one_line((role.title, role.title_zh), " ") or _tr_word("role unknown")
        where = one_line((role.organisation, role.organisation_zh), " ")
        years = one_line((role.since, role.until), " – ")
        place = Place("record", role.at) if role.at else None
        yield Row(title, lines=tuple(filter(None, (where, role.department))),
                  side=one_line((years, *role.sources), " · "), place=place)  # fmt: skip
    if not person.roles:
        yield _missing(_tr_word("role"))
    yield Row(_tr_word("reach"), heading=True)
    for kind in WAYS:
        for way in person.reached_by(kind):
            yield Row(WAYS[kind], lines=(way.value,), copies=way.value,
                      side=one_line((way.use, *way.sources), " · "), strong=False)  # fmt: skip
        if kind in ALWAYS and not person.reached_by(*_group(kind)):
            yield _missing(WAYS[kind])
    yield from _together(person)
    yield from _kept(person)


def _group(kind: str) -> tuple[str, ...]:
    return ("phone", "mobile") if kind == "phone" else (kind,)


def _names(person: Person, said: PersonName | None) -> Iterator[Row]:
    yield Row(_tr_word("name"), heading=True)
    name = person.name(Script.LATIN, Script.PINYIN)
    if name is not None and name.family and name.given:
        chinese = f"{name.family} {name.given}"
        yield Row(_tr_word("chinese order"), lines=(chinese,), copies=chinese, strong=False)
        yield Row(_tr_word("western order"), lines=(name.western,), copies=name.western,
                  strong=False)  # fmt: skip
        yield Row(_tr_word("family name"), lines=(name.family,), strong=False)
    if person.hanzi:
        yield Row(_tr_word("hanzi"), lines=(person.hanzi,), copies=person.hanzi, strong=False)
    pinyin = person.name(Script.PINYIN) or said
    if pinyin is not None:
        yield Row(_tr_word("say"), lines=(pinyin.text,), strong=False)
    address = person.address_as or person.honorifics
    if address:
        for one in address:
            yield Row(_tr_word("address as"), lines=(one.text,), strong=False)
    else:
        yield _missing(_tr_word("address as"))


def _together(person: Person) -> Iterator[Row]:
    if person.met or person.introduced_by:
        yield Row(_tr_word("together"), heading=True)
    for met in person.met:
        place = Place("record", met.visit) if met.visit else None
        where = met.visit.slug.replace("-", " ") if met.visit else ""
        yield Row(_tr_word("met"), lines=(one_line((met.on, where, met.by), " · "),),
                  place=place, strong=False)  # fmt: skip
    for one in person.introduced_by:
        yield Row(_tr_word("introduced by"), lines=(one.text,), strong=False)


def _kept(person: Person) -> Iterator[Row]:
    yield Row(_tr_word("keep"), heading=True)
    consent = person.consent
    if consent is None:
        yield _missing(_tr_word("consent"))
    else:
        told = one_line((_tr_word(consent.state.value), consent.on, consent.remark), " · ")
        yield Row(_tr_word("consent"), lines=(told,), strong=False)
    for note in person.notes:
        yield Row(_tr_word("note"), lines=(note.text,), strong=False)


def _missing(what: str) -> Row:
    return Row(what, side=_tr_word("ask"), icon="circle-help", tone="danger", strong=False)


def _tr_word(name: str) -> str:
    return {
        "name": _tr("Name"),
        "chinese order": _tr("Chinese order"),
        "western order": _tr("Western order"),
        "family name": _tr("Family name"),
        "hanzi": _tr("Hanzi"),
        "say": _tr("Say"),
        "address as": _tr("Address as"),
        "roles": _tr("Roles"),
        "role": _tr("Role"),
        "role unknown": _tr("Role not known"),
        "reach": _tr("Reach"),
        "together": _tr("Together"),
        "met": _tr("Met"),
        "introduced by": _tr("Introduced by"),
        "keep": _tr("Keep"),
        "consent": _tr("Consent"),
        "asked": _tr("Asked, no answer yet"),
        "given": _tr("Agreed to be kept"),
        "refused": _tr("Does not want to be kept"),
        "withdrawn": _tr("Took the consent back"),
        "note": _tr("Note"),
        "ask": _tr("Ask at the visit"),
    }[name]
