"""A meeting of one's own: what, when, where, with whom, what to bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from fieldguide.domain.hours import read_hour
from fieldguide.domain.plans import Meeting
from fieldguide.domain.script import HANZI
from fieldguide.domain.trips import Visit
from fieldguide.errors import BadRequest
from fieldguide.services.addressees import Addressee, called
from fieldguide.ui.desk import Desk
from fieldguide.ui.names_box import NamesBox
from fieldguide.ui.record_box import RecordBox
from fieldguide.ui.side_form import SideForm
from fieldguide.ui.trip import LONG, day_text

_PLACES: Final = ("organisation", "place", "event", "authority")
_HOSTS: Final = ("organisation", "person", "authority")


class MeetingForm(SideForm):
    """A place that the guide does not know stands in the address."""

    kept = Signal(object)
    """The Meeting as it is to be."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self._before: Meeting | None = None
        self._begun: tuple[object, ...] = ()
        self._people: Mapping[str, Addressee] = {}
        self.title, self.begin, self.end, self.address = (QLineEdit() for _ in range(4))
        self.travel, self.group, self.bring, self.why = (QLineEdit() for _ in range(4))
        self.place, self.host = RecordBox(desk, _PLACES), RecordBox(desk, _HOSTS)
        self.people = NamesBox()
        self.day = QComboBox()
        self.place.chosen.connect(self._name_after_place)
        self.day.activated.connect(lambda _: self.say(""))
        self._build()
        self.entered.connect(self.keep)
        self.set_theme(desk.look.theme)

    @property
    def changed(self) -> bool:
        """Whether something stands here that is not kept."""
        return not self.isHidden() and self._typed() != self._begun

    def ask(
        self,
        days: Sequence[str],
        day: str,
        visit: Visit | None = None,
        before: Meeting | None = None,
    ) -> None:
        """Ask for a new meeting on a day, or for another text of one that is kept."""
        self._before = before
        value = before or Meeting("", day=day)
        self.head.setText(self.tr("Change the meeting") if before else self.tr("A meeting of mine"))
        self.day.clear()
        self.day.addItem(self.tr("Day not known yet"), "")
        for one in dict.fromkeys((*days, *filter(None, (value.day,)))):
            self.day.addItem(day_text(one, LONG), one)
        self.day.setCurrentIndex(max(0, self.day.findData(value.day)))
        for box, text in self._texts(value):
            box.setText(text)
        place = visit.place if visit and value.place else None
        self.place.show_record(value.place, place.title if place else "")
        host = visit.host if visit and value.host else None
        self.host.show_record(value.host, host.title if host else "")
        known = (self._people.get(one) for one in value.people)
        self.people.setText(", ".join(one.label for one in known if one is not None))
        self.say("")
        self._begun = self._typed()
        self.point_to(self.title)

    def offer(self, people: Mapping[str, Addressee], groups: Iterable[str]) -> None:
        """Offer these as people of it; ``groups`` are parts of the delegation that are known."""
        self._people = people
        self.people.offer(one.label for one in people.values())
        hint = self.tr("everyone; or a group: {groups}").format(groups=", ".join(groups))
        self.group.setPlaceholderText(hint if groups else self.tr("everyone; or the group’s name"))

    def keep(self) -> None:
        """Read what is typed, and tell it."""
        try:
            meeting = self._read()
        except BadRequest as wrong:
            self.say(str(wrong))
            return
        self.kept.emit(meeting)

    def _build(self) -> None:
        self._add(self.tr("What"), self.title, self.tr("Lunch with the incubator"))
        self._add(self.tr("Day"), self.day)
        hours = QHBoxLayout()
        hours.addLayout(self.captioned(self.tr("From"), self.begin, self.tr("14:30")))
        hours.addLayout(self.captioned(self.tr("Until"), self.end, self.tr("not known")))
        self.within.addLayout(hours)
        for name, box, hint in (
            (self.tr("Where"), self.place, self.tr("a place of the guide, any script")),
            (self.tr("Address"), self.address, self.tr("as for a driver, in hanzi if you can")),
            (self.tr("Host"), self.host, self.tr("a house or a person of the guide")),
            (self.tr("People"), self.people, self.tr("names, with commas between")),
            (self.tr("Who goes"), self.group, ""),
            (self.tr("The way there"), self.travel, self.tr("20 min by taxi")),
            (self.tr("Bring"), self.bring, self.tr("samples, cards, the contract")),
            (self.tr("What for"), self.why, ""),
        ):
            self._add(name, box, hint)

    def _add(self, name: str, box: QWidget, hint: str = "") -> None:
        self.within.addLayout(self.captioned(name, box, hint))

    def _texts(self, value: Meeting) -> list[tuple[QLineEdit, str]]:
        return [
            (self.title, value.title),
            (self.begin, value.time),
            (self.end, value.end_time),
            (self.address, value.address_zh or value.address),
            (self.travel, value.travel),
            (self.group, value.group),
            (self.bring, value.bring),
            (self.why, value.why),
        ]

    def _typed(self) -> tuple[object, ...]:
        boxes = (self.title, self.begin, self.end, self.place, self.address, self.host,
                 self.people, self.group, self.travel, self.bring, self.why)  # fmt: skip
        return (*(box.text().strip() for box in boxes), self.day.currentData())

    def _read(self) -> Meeting:
        """Raises BadRequest with what cannot be kept."""
        before = self._before or Meeting("")
        title = self.title.text().strip() or self.place.title
        if not title:
            self.point_to(self.title)
            raise BadRequest(self.tr("Say what the meeting is."))
        if self.host.text().strip() and self.host.ref is None:
            self.point_to(self.host)
            raise BadRequest(self.tr("Choose the host from the list, or leave it empty."))
        address, address_zh = self._address(before)
        return replace(
            before,
            title=title,
            day=self.day.currentData(),
            time=read_hour(self.begin.text()),
            end_time=read_hour(self.end.text()),
            place=self.place.ref,
            address=address,
            address_zh=address_zh,
            host=self.host.ref,
            people=tuple(self._keys()),
            group=self.group.text().strip(),
            travel=self.travel.text().strip(),
            bring=_lines(before.bring, self.bring.text()),
            why=_lines(before.why, self.why.text()),
        )

    def _address(self, before: Meeting) -> tuple[str, str]:
        """What is typed as a place that the guide does not know stands in the address."""
        unknown = self.place.text().strip() if self.place.ref is None else ""
        typed = ", ".join(part for part in (unknown, self.address.text().strip()) if part)
        if typed == (before.address_zh or before.address):
            return before.address, before.address_zh
        return ("", typed) if HANZI.search(typed) else (typed, "")

    def _keys(self) -> list[str]:
        keys = []
        for name in self.people.names:
            found = called(self._people.values(), name)
            if found is None:
                self.point_to(self.people)
                words = self.tr("Nobody here is called “{name}”: add them under People first.")
                raise BadRequest(words.format(name=name))
            keys.append(found.key)
        return keys

    def _name_after_place(self) -> None:
        """A meeting that has no name yet is called after where it is."""
        if not self.title.text().strip():
            self.title.setText(self.place.title)


def _lines(before: str, typed: str) -> str:
    """What was kept in several lines stays so while its words are the same."""
    words = typed.strip()
    return before if " ".join(before.split()) == " ".join(words.split()) else words
