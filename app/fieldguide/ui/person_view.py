"""Everything known of one person: names and how to say them, roles, ways to reach them."""

from collections.abc import Iterator, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.people import (
    HAND,
    IMPORT,
    WAYS,
    Encounter,
    Person,
    PersonName,
    Script,
    one_line,
)
from fieldguide.domain.records import Ref
from fieldguide.services.roster import Somebody
from fieldguide.ui.attachment_bar import AttachmentList
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.parts import IconButton, key_text
from fieldguide.ui.person_form_fields import LARGE_TEXT
from fieldguide.ui.person_list import PersonRow
from fieldguide.ui.person_rows import Known, PersonRows
from fieldguide.ui.rows import Row
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

ALWAYS: Final = ("email", "phone", "wechat")
"""Ways that are asked for where they are not known."""


class PersonView(QWidget):
    """Shows one person; it decides nothing."""

    edited = Signal(object)
    """One's own Somebody is to be mended."""
    copied = Signal(object)
    """An entry of one's own is wanted of a Somebody of the guide."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._somebody: Somebody | None = None
        self._said: PersonName | None = None
        self._meetings: Mapping[Ref, str] = {}
        self.setAccessibleName(self.tr("Person"))
        self._title = ScriptLabel("", look.theme, "title")
        self._second = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        self.rows = PersonRows(look, self.tr("What is known of this person"))
        self._column = QVBoxLayout(self)
        self._edit = IconButton(look, "notebook-pen", "", self._mend)
        QShortcut(QKeySequence("Ctrl+E"), self, self._mend)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._edit)
        self._column.addLayout(self._head)
        self._column.addWidget(self._second)
        self.pictures = AttachmentList(look, self.tr("Photos of this person and their card"))
        self._column.addWidget(self.pictures)
        self._column.addWidget(self.rows, 1)
        self.set_theme(look.theme)

    def show_somebody(self, somebody: Somebody, said: PersonName | None = None) -> None:
        """Show who it is; ``said`` is how the hanzi are spoken, where no pinyin is kept."""
        self._somebody, self._said = somebody, said
        row = PersonRow(somebody)
        words = self.tr("Edit") if somebody.mine else self.tr("Make my own entry")
        self._edit.setText(words)
        self._edit.set_theme(self._look.theme)
        self._edit.setAccessibleName(words)
        self._edit.setToolTip(f"{words} ({key_text('Ctrl+E')})")
        self._title.setText(row.copies)
        self._second.setText(one_line((row.work, row.owner), " · "))
        self.rows.show_items(list(_rows(somebody, said, self._meetings)))

    def set_writable(self, writable: bool) -> None:
        """Whether anybody can be mended: not in notes of a newer program."""
        self._edit.setEnabled(writable)

    def know(self, meetings: Mapping[Ref, str]) -> None:
        """What visits and events are called from now on."""
        self._meetings = meetings
        if self._somebody is not None:
            self.show_somebody(self._somebody, self._said)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(theme.px(24), theme.px(14), theme.px(16), theme.px(12))
        self._column.setSpacing(theme.px(6))
        self._head.setSpacing(theme.px(8))
        # Where there is little room the list above says the same.
        self._second.setVisible(theme.scale < LARGE_TEXT)

    def _mend(self) -> None:
        somebody = self._somebody
        if somebody is not None:
            (self.edited if somebody.mine else self.copied).emit(somebody)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PersonView", text)


def _rows(
    somebody: Somebody, said: PersonName | None, meetings: Mapping[Ref, str]
) -> Iterator[Row]:
    person = somebody.person
    yield from _names(person, said)
    yield Row(_tr_word("roles"), heading=True)
    for role in person.roles:
        title = one_line((role.title, role.title_zh), " ") or _tr_word("role unknown")
        where = one_line((role.organisation, role.organisation_zh), " ")
        years = one_line((role.since, role.until), " – ")
        place = Place("record", role.at) if role.at else None
        side = one_line((years, *source_words(role.sources)), " · ")
        lines = tuple(filter(None, (where, role.department)))
        yield Row(title, lines=lines, side=side, place=place)
    if not person.roles:
        yield _missing(_tr_word("role"))
    yield Row(_tr_word("reach"), heading=True)
    for kind in WAYS:
        for way in person.reached_by(kind):
            yield Known(WAYS[kind], lines=(way.value,), copies=way.value,
                      side=one_line((way.use, *source_words(way.sources)), " · "))  # fmt: skip
        if kind in ALWAYS and not person.reached_by(*_group(kind)):
            yield _missing(WAYS[kind])
    yield from _together(somebody, meetings)
    yield from _kept(person)


def _group(kind: str) -> tuple[str, ...]:
    return ("phone", "mobile") if kind == "phone" else (kind,)


def _names(person: Person, said: PersonName | None) -> Iterator[Row]:
    yield Row(_tr_word("name"), heading=True)
    name = person.name(Script.LATIN, Script.PINYIN)
    if name is not None and name.family and name.given:
        chinese = f"{name.family} {name.given}"
        yield Known(_tr_word("chinese order"), lines=(chinese,), copies=chinese,
                    family=name.family)  # fmt: skip
        yield Known(_tr_word("western order"), lines=(name.western,), copies=name.western,
                    family=name.family)  # fmt: skip
        yield Known(_tr_word("family name"), lines=(name.family,))
    if person.hanzi:
        yield Known(_tr_word("hanzi"), lines=(person.hanzi,), copies=person.hanzi)
    pinyin = person.name(Script.PINYIN) or said
    if pinyin is not None:
        yield Known(_tr_word("say"), lines=(pinyin.text,))
    address = person.address_as or person.honorifics
    if address:
        for one in address:
            yield Known(_tr_word("address as"), lines=(one.text,))
    else:
        yield _missing(_tr_word("address as"))


def _together(somebody: Somebody, meetings: Mapping[Ref, str]) -> Iterator[Row]:
    person = somebody.person
    if person.met or person.introduced_by or somebody.attended:
        yield Row(_tr_word("together"), heading=True)
    told = {met.visit for met in person.met}
    ticked = [Encounter(visit) for visit in somebody.attended if visit not in told]
    for met in (*person.met, *ticked):
        place = Place("record", met.visit) if met.visit else None
        where = meetings.get(met.visit, _tr_word("visit unknown")) if met.visit else ""
        there = _tr_word("there") if met.visit in somebody.attended else ""
        yield Known(_tr_word("met"), lines=(one_line((met.on, where, met.by), " · "),),
                  side=there, place=place)  # fmt: skip
    for one in person.introduced_by:
        yield Known(_tr_word("introduced by"), lines=(one.text,))


def _kept(person: Person) -> Iterator[Row]:
    yield Row(_tr_word("keep"), heading=True)
    consent = person.consent
    if consent is None:
        yield _missing(_tr_word("consent"))
    else:
        told = one_line((_tr_word(consent.state.value), consent.on, consent.remark), " · ")
        yield Known(_tr_word("consent"), lines=(told,), private=True)
    for kept in person.retention:
        yield Known(_tr_word("retention"), lines=(kept.text,), private=True)
    if person.tags:
        yield Known(_tr_word("tags"), lines=(one_line(person.tags),), private=True)
    for note in person.notes:
        yield Known(_tr_word("note"), lines=(note.text,), private=True)


def source_words(sources: tuple[str, ...]) -> Iterator[str]:
    """Where a value comes from, in words; those of the guide by their ids, read as words."""
    for source in sources:
        kind, _, name = source.partition(":")
        if kind == HAND:
            yield _tr_word("typed")
        elif kind == IMPORT:
            yield _tr_word("import").format(name=name)
        else:
            yield source.replace("-", " ")


def _missing(what: str) -> Known:
    return Known(what, side=_tr_word("ask"), icon="circle-help", tone="danger")


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
        "there": _tr("ticked as there"),
        "visit unknown": _tr("a visit this guide does not have"),
        "introduced by": _tr("Introduced by"),
        "keep": _tr("Keep"),
        "consent": _tr("Consent"),
        "asked": _tr("Asked, no answer yet"),
        "given": _tr("Agreed to be kept"),
        "refused": _tr("Does not want to be kept"),
        "withdrawn": _tr("Took the consent back"),
        "retention": _tr("How long"),
        "tags": _tr("Tags"),
        "note": _tr("Note"),
        "typed": _tr("typed"),
        "import": _tr("from {name}"),
        "ask": _tr("Ask at the visit"),
    }[name]
