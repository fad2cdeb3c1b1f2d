"""The form of one of one's own people: everything may stay empty, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.joining import merged
from fieldguide.domain.people import Person, PersonName, Script, Way
from fieldguide.domain.person_line import parsed
from fieldguide.domain.person_mending import unique_tags
from fieldguide.ui.card_panel import CardPanel
from fieldguide.ui.desk import Look
from fieldguide.ui.offers import admit, dropped
from fieldguide.ui.parts import Header, IconButton, ToolButton, label, rule
from fieldguide.ui.person_form_fields import Field, LineBox
from fieldguide.ui.person_form_names import NameRows
from fieldguide.ui.person_form_parts import USUAL_SCRIPTS, USUAL_WAYS, Known, groups_of
from fieldguide.ui.person_form_rows import Rows
from fieldguide.ui.sections import Section
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

TWO_HALVES: Final = 960


class PersonForm(QWidget):
    """Shows a person to be mended; it keeps nothing itself."""

    finished = Signal(bool)
    """Nothing more is to be typed here; whether another person comes next."""
    offered = Signal(object)
    """An Offer of photos that was dropped here."""
    pasted = Signal()
    """The picture on the clipboard is wanted."""

    def __init__(self, look: Look, known: Known) -> None:
        super().__init__()
        self._look = look
        self._base = Person()
        self.setAccessibleName(self.tr("Form of a person"))
        self.setAcceptDrops(True)
        self.cards = CardPanel(look)
        self.cards.hide()
        self.cards.line.returnPressed.connect(self._fill)
        self.names = NameRows(look)
        self._groups: dict[str, Rows] = {"names": self.names, **groups_of(look, known)}
        self._tags = LineBox(look, Field("tags", self.tr("Tags"), self.tr("biotech, host")))
        self._tags.setAccessibleName(self.tr("Tags, with commas between"))
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        self._problem.hide()
        self._build()
        look.preferred.connect(self._veil)
        self._veil()
        for group in self._groups.values():
            group.rearranged.connect(self._chain)
            group.added.connect(self._bring)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, following in (
            ("Esc", False),
            ("Ctrl+Return", False),
            ("Ctrl+Shift+Return", True),
        ):
            QShortcut(
                QKeySequence(keys), self, lambda following=following: self._finish(following),
                context=context,
            )  # fmt: skip
        QShortcut(QKeySequence("Ctrl+V"), self, self.pasted.emit, context=context)
        self.set_theme(look.theme)

    @property
    def changed(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.person() != self._base

    @property
    def name_box(self) -> QWidget:
        """Where one begins to type."""
        return self.names.rows[0].boxes["text"]

    def show_person(self, person: Person, title: str) -> None:
        """Show somebody anew; ``title`` says who, nothing that it is somebody new."""
        self._header.title.setText(title or self.tr("New person"))
        scripts = [one.script for one in person.names]
        kinds = [one.kind for one in person.ways]
        blanks: dict[str, Sequence[Any]] = {
            "names": [PersonName("", one) for one in USUAL_SCRIPTS if one not in scripts],
            "ways": [Way(one, "") for one in USUAL_WAYS if one not in kinds],
        }
        for name, group in self._groups.items():
            values = getattr(person, name)
            group.show_values(values, blanks.get(name, () if values else (group.blank,)))
        self._tags.setText(", ".join(person.tags))
        self.cards.line.clear()
        self.settle(person)
        self.say("")
        self.names.listen()
        self._chain()
        self._scroll.verticalScrollBar().setValue(0)

    def show_cards(self, shown: bool) -> None:
        """Show the photos of the card beside the form, or the form alone."""
        self._toggle.setChecked(shown)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos may be dropped anywhere on the form."""
        admit(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        offer = dropped(event)
        if offer is not None:
            self.show_cards(True)
            self.offered.emit(offer)

    def settle(self, person: Person) -> None:
        """This is what is kept now; what was typed since stays typed."""
        self._base = person

    def person(self) -> Person:
        """What the form says, and the line beside the photos, over what is kept."""
        told: dict[str, Any] = {name: group.values() for name, group in self._groups.items()}
        before = self._base.name(Script.LATIN)
        if before is None:
            # The name that lists sort by comes first.
            told["names"] = tuple(
                sorted(told["names"], key=lambda one: one.script is not Script.LATIN)
            )
        tags = unique_tags(self._tags.told().split(","))
        person = replace(self._base, tags=tags, **told)
        line = self.cards.line.text()
        return merged(person, parsed(line).whole) if line.strip() else person

    def problem(self) -> tuple[str, QWidget] | None:
        """Why a box cannot be kept as it is, and the box."""
        groups = self._groups.values()
        return next((problem for group in groups if (problem := group.problem())), None)

    def say(self, problem: str) -> None:
        """Say why something cannot be kept."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        edge = theme.px(24)
        self._column.setContentsMargins(edge, theme.px(16), edge, theme.px(16))
        self._column.setSpacing(theme.px(18))
        self._foot.setContentsMargins(edge, theme.px(10), edge, theme.px(10))
        self._foot.setSpacing(theme.px(8))
        large = theme.scale >= 1.5
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        self._called.setDirection(way)
        self._called.setSpacing(theme.px(16))
        self._place_cards()

    def _build(self) -> None:
        look = self._look
        self._header = Header(look, "", self.tr("Tab: next field · everything may stay empty"))
        self._toggle = IconButton(look, "camera", self.tr("Card"), lambda: None)
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self.cards.setVisible)
        self._toggle.setAccessibleName(self.tr("Photos of the card"))
        self._header.add(self._toggle)
        self._header.add(
            ToolButton(look, "x", self.tr("Back to the list"), lambda: self._finish(False))
        )
        whole = QWidget()
        whole.setProperty("surface", "surface")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(whole)
        self._called = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for name in ("honorifics", "address_as"):
            self._called.addWidget(self._groups[name], 1, Qt.AlignmentFlag.AlignTop)
        self._add_section(self.tr("Name"), self.names)
        self._column.addLayout(self._called)
        self._add_section(self.tr("Roles"), self._groups["roles"])
        self._add_section(self.tr("Reach"), self._groups["ways"])
        self._add_section(self.tr("Together"), self._groups["met"], self._groups["introduced_by"])
        kept = (self._groups["consents"], self._groups["retention"])
        said = (label(self.tr("Tags"), "caption", "t2"), self._tags, self._groups["notes"])
        self._private = (
            self._add_section(self.tr("Keep"), *kept),
            self._add_section(self.tr("Tags and remarks"), *said),
        )
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setProperty("kind", "halves")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(whole)
        self._halves = QHBoxLayout()
        self._halves.addWidget(self._scroll, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self._halves, 1)
        column.addWidget(rule())
        column.addLayout(self._buttons())

    def _add_section(self, heading: str, *parts: QWidget) -> Section:
        section = Section(self._look, heading)
        for part in parts:
            section.add(part)
        self._column.addWidget(section)
        return section

    def _buttons(self) -> QHBoxLayout:
        look = self._look
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._problem, 1)
        self._foot.addStretch(0)
        self._next = IconButton(look, "", self.tr("Save, next card"), lambda: self._finish(True))
        self._save = IconButton(
            look, "check", self.tr("Save"), lambda: self._finish(False), "primary"
        )
        self._foot.addWidget(self._next)
        self._foot.addWidget(self._save)
        return self._foot

    def _fill(self) -> None:
        """Put what a line says beside what the boxes say; it is kept with the rest."""
        base = self._base
        self.show_person(self.person(), self._header.title.text())
        self.settle(base)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The photos stand beside the boxes where both have room, else above them."""
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        aside = self.width() >= self._look.theme.px(TWO_HALVES)
        self.cards.set_aside(aside)
        if aside and self._halves.indexOf(self.cards) < 0:
            self._halves.insertWidget(0, self.cards, 4)
        elif not aside and self._column.indexOf(self.cards) < 0:
            self._column.insertWidget(0, self.cards)

    def _veil(self) -> None:
        """The discreet view hides what is said of somebody among ourselves."""
        for section in self._private:
            section.setVisible(not self._look.discreet)

    def _finish(self, following: bool) -> None:
        found = self.problem()
        if found is not None:
            self.say(found[0])
            self._bring(found[1])
            return
        self.finished.emit(following)

    def _bring(self, box: QWidget) -> None:
        """Give a box the keys where it can be seen, also one that came just now."""
        self._column.activate()
        box.setFocus()
        self._scroll.ensureWidgetVisible(box)

    def _chain(self) -> None:
        """Rows come and go: the keys pass them as they stand."""
        stops = list(self.cards.stops)
        for name, group in self._groups.items():
            stops += [self._tags] if name == "notes" else []
            stops += group.stops
        for before, after in pairwise((*stops, self._next, self._save)):
            QWidget.setTabOrder(before, after)
