"""The driver card over the whole screen: where to go, for eyes two metres away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QDialog, QWidget

from fieldguide.services.driver_card import DriverCard
from fieldguide.services.map_links import Modules, Service
from fieldguide.ui.desk import Look
from fieldguide.ui.driver_sheet import Sheet, Told, lay_out
from fieldguide.ui.driver_words import ARROWS, DriverWords

BLACK: Final = QColor("black")
WHITE: Final = QColor("white")
_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with the codes of its links."""

    card: DriverCard
    codes: Mapping[Service, Modules]


@dataclass
class Manner:
    """How cards are shown from one to the next: kept while the window is open."""

    service: Service = "amap"
    inverse: bool = False


class DriverScreen(QDialog):
    """Black on white or white on black, whatever the theme; it keeps the language of the place."""

    turned = Signal()
    """The other card is wanted: back to the hotel, or where one was to go."""
    claimed = Signal()
    """The place that shows is the hotel."""
    typing = Signal()
    """Another hotel is to be typed."""
    undone = Signal()
    printed = Signal()
    """The card is wanted on paper."""
    stepped = Signal(int)
    """The card of the next visit is wanted, or of the one before."""

    def __init__(self, look: Look, manner: Manner, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look, self._manner, self._shown = look, manner, shown
        self._words = DriverWords(self)
        self._notice = ""
        self._sheet: Sheet | None = None
        self.show_card(shown)

    @property
    def shown(self) -> Shown:
        """What stands on the screen."""
        return self._shown

    @property
    def notice(self) -> str:
        """What was said last to the delegate."""
        return self._notice

    @property
    def sheet(self) -> Sheet:
        """Where all of it stands."""
        if self._sheet is None:
            size = QSizeF(self.width(), self.height())
            code = self._shown.codes.get(self._manner.service)
            self._sheet = lay_out(self._shown.card, self._told(), code, size, self._look.theme)
        return self._sheet

    def show_card(self, shown: Shown, notice: str = "") -> None:
        """Show another card in the place of this one; ``notice`` says what was done."""
        self._shown, self._notice = shown, notice
        self.setWindowTitle(shown.card.title)
        self.setAccessibleName(self._words.spoken(shown.card))
        keys = self._keys()
        self.setAccessibleDescription(", ".join(f"{key}: {text}" for key, text in keys))
        self._lay_out()

    def say(self, notice: str) -> None:
        """Say something to the delegate."""
        self.show_card(self._shown, notice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for another screen."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        ground, ink = (BLACK, WHITE) if self._manner.inverse else (WHITE, BLACK)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        sheet = self.sheet
        for part in (sheet.hero, *sheet.parts, *sheet.keys):
            part.draw(painter, ink)
        edge = int(sheet.hero.left)
        painter.fillRect(edge, int(sheet.line), self.width() - 2 * edge, 2, ink)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each deed; all others do nothing, so that nothing closes by accident."""
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if held and event.key() == Qt.Key.Key_Z:
            self.undone.emit()
        elif event.key() == Qt.Key.Key_Escape or (held and event.key() == Qt.Key.Key_D):
            self.reject()
        elif event.key() in _STEPS:
            self._step(_STEPS[event.key()])
        elif not held:
            self._act(event.text().upper())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a key below does what the key does."""
        for hint in self.sheet.keys:
            if hint.rect.contains(event.position()):
                self._act(hint.key)

    def _act(self, key: str) -> None:
        codes = list(self._shown.codes)
        home = self._shown.card.home
        if key == "H":
            self.turned.emit()
        elif key == "M" and codes:
            at = codes.index(self._manner.service) if self._manner.service in codes else -1
            self._manner.service = codes[(at + 1) % len(codes)]
            self.say("")
        elif key == "I":
            self._manner.inverse = not self._manner.inverse
            self.update()
        elif key == "C":
            self._copy()
        elif key == "P":
            self.printed.emit()
        elif key == "S" and not home:
            self.claimed.emit()
        elif key == ARROWS:
            self._step(1)
        elif key == "T" and home:
            self.typing.emit()
        elif key == self._keys()[-1][0].upper():
            self.reject()

    def _copy(self) -> None:
        card = self._shown.card
        known = (card.name.local or card.name.value, card.address.local or card.address.value)
        text = " ".join(part for part in known if part)
        QGuiApplication.clipboard().setText(text)
        self.say(self.tr("Copied {text}").format(text=text))

    def _keys(self) -> list[tuple[str, str]]:
        card = self._shown.card
        claims = not card.home and card.ref is not None
        visit = not card.home and card.ref is not None and card.ref.kind == "visit"
        codes = bool(self._shown.codes)
        return self._words.keys(home=card.home, hotel=claims, codes=codes, visit=visit)

    def _step(self, way: int) -> None:
        if any(key == ARROWS for key, _ in self._keys()):
            self.stepped.emit(way)

    def _told(self) -> Told:
        card = self._shown.card
        link = next((one for one in card.links if one.service == self._manner.service), None)
        service = self._words.service(link) if link is not None else ""
        meaning, lines = self._words.meaning(card), self._words.lines(card)
        return Told(meaning, lines, self._keys(), service, self._notice)

    def _lay_out(self) -> None:
        self._sheet = None
        self.update()
