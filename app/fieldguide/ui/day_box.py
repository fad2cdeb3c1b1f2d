"""A day as one types it, and below it what was understood."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit

from fieldguide.domain.due import read_day
from fieldguide.errors import BadRequest
from fieldguide.ui.desk import Look
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.trip import DATED, day_text

_WHOLE = "dddd d MMMM yyyy"


class DayBox(QLineEdit):
    """``told`` stands where its form puts it; a day without a year is the next one of ``today``."""

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.told = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self.setPlaceholderText(self.tr("26 Apr 2027, 26.4.2027 or 2027-04-26"))
        self.textChanged.connect(self._tell)

    def show_day(self, day: date) -> None:
        """Have this day in it, as if nobody had typed."""
        self.setText(day_text(day.isoformat(), DATED))

    def day(self) -> date:
        """The day that is typed; raises BadRequest."""
        return read_day(self.text(), self._today())

    def known(self) -> date | None:
        """The same; None while it is not a day."""
        try:
            return self.day()
        except BadRequest:
            return None

    def _tell(self) -> None:
        day = self.known()
        words = self.tr("Not a day yet") if self.text().strip() else ""
        self.told.setText(day_text(day.isoformat(), _WHOLE) if day else words)
        self.setAccessibleDescription(self.told.text())
