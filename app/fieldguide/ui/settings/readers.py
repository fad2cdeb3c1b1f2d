"""Who can read the notes: passphrase, lock, and the end of it all."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal

from fieldguide.services.preferences import Preferences
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.parts import IconButton, key_text
from fieldguide.ui.sections import Section, Segments, Statement

MINUTES: Final = (5, 10, 30, 0)


class ReadersSection(Section):
    """A passphrase is offered, explained, never forced."""

    opened = Signal(object)
    locking = Signal()

    def __init__(self, desk: Desk, heading: str) -> None:
        super().__init__(desk.look, heading)
        self._desk = desk
        look = desk.look
        self._passphrase = Statement(look, self.tr("Passphrase"), " ")
        self._set = IconButton(look, "key-round", self.tr("Set one"), self._to(""))
        self._change = IconButton(look, "key-round", self.tr("Change"), self._to("change"))
        self._code = IconButton(look, "", self.tr("New recovery code"), self._to("code"), "link")
        self._remove = IconButton(look, "", self.tr("Remove"), self._to("remove"), "link")
        self._set.setAccessibleName(self.tr("Set a passphrase"))
        self._change.setAccessibleName(self.tr("Change the passphrase"))
        self._remove.setAccessibleName(self.tr("Remove the passphrase"))
        for button in (self._set, self._change):
            self._passphrase.add(button)
        for button in (self._code, self._remove):
            self._passphrase.add_below(button)
        self._lock = Statement(look, self.tr("Lock"), " ")
        now = IconButton(look, "lock", self.tr("Lock now"), self.locking.emit)
        self._lock.add(now)
        self._minutes = Segments(
            self.tr("Lock after"),
            [(one, self.tr("{number} min").format(number=one) if one else self.tr("never"))
             for one in MINUTES],
        )  # fmt: skip
        self._minutes.chosen.connect(self._take)
        for part in (self._passphrase, self._lock, self._minutes):
            self.add(part)
        look.preferred.connect(self._show)
        self.refresh()

    def refresh(self) -> None:
        """Say whether there is a passphrase, and what the lock does with and without one."""
        guarded = self._desk.access.guarded
        for button in (self._change, self._code, self._remove):
            button.setVisible(guarded)
        self._set.setVisible(not guarded)
        without = self.tr(
            "None. The file is encrypted all the same, but its key lies beside it: whoever opens "
            "this computer can read your notes."
        )
        with_one = self.tr("Set. Without it or the recovery code, nobody reads the notes.")
        self._passphrase.say(with_one if guarded else without)
        self._show(self._desk.look.preferences)

    def _show(self, chosen: Preferences) -> None:
        self._minutes.show_choice(chosen.lock)
        after = self.tr("After {number} minutes, when the lid closes, and with {key}.")
        never = self.tr("When the lid closes and with {key}, but not by itself.")
        when = (after if chosen.lock else never).format(number=chosen.lock, key=key_text("Ctrl+L"))
        only = self.tr("Without a passphrase the lock only hides the screen.")
        closes = self.tr("The notes are closed until the passphrase is typed.")
        self._lock.say(f"{when} {closes if self._desk.access.guarded else only}")

    def _take(self, minutes: int) -> None:
        self._desk.look.prefer(replace(self._desk.look.preferences, lock=minutes))

    def _to(self, detail: str) -> Callable[[], None]:
        return lambda: self.opened.emit(Place("passphrase", detail=detail))
