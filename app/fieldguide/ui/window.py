"""The window: wiring only. It makes pages on their first visit and connects their signals."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QEventLoop, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from fieldguide.errors import FieldGuideError
from fieldguide.ui.cover import Layers
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.discretion import KEY, Discretion
from fieldguide.ui.page import Loss, Page
from fieldguide.ui.rail import Rail, entries, foot
from fieldguide.ui.text import ScriptLabel

if TYPE_CHECKING:
    from fieldguide.domain.guides import About
    from fieldguide.domain.records import Ref
    from fieldguide.ui.palette import Palette

PageMaker = Callable[[Desk], Page]
NAME: Final = "fieldguide"
LINE_SHOWN_MS: Final = 4_000
LONGEST_SAVE_MS: Final = 6_000
"""A little more than a save waits for another program that writes."""
TEXT_STEP: Final = 10


class Window(QMainWindow):
    """Rail, pages, search palette, history; every page asks for places through signals."""

    painted = Signal()
    """The first paint is on the screen: work may begin that would have kept it waiting."""
    stayed = Signal(str)
    """It did not close though it was asked to, and why; said where it can be seen."""
    elsewhere = Signal(object)
    """A Place that is none of the pages: whoever shows it shows it over the window."""
    locking = Signal()
    wiping = Signal(object)
    """What a page asks for that only the whole program can do."""

    def __init__(self, desk: Desk, pages: Mapping[str, PageMaker]) -> None:
        super().__init__()
        self.desk = desk
        self._makers = dict(pages)
        self._pages: dict[str, Page] = {}
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._place: Place | None = None
        self._seen = self._warned = False
        self._title = NAME
        self.setWindowTitle(NAME)
        self._whole = QWidget()
        self._layers = Layers(self, self._whole)
        self._stack = QStackedWidget()
        self._entries = [one for one in entries() if one.page in self._makers]
        self._foot = [one for one in foot() if one.page in self._makers]
        self.rail = Rail(desk, self._entries, self._foot)
        self.rail.opened.connect(self.open)
        self.rail.searched.connect(self.search)
        self._line = ScriptLabel("", desk.look.theme, "body", "t1")
        self._line.setContentsMargins(24, 6, 24, 6)
        self._line.hide()
        self._line_timer = QTimer(self)
        self._line_timer.setSingleShot(True)
        self._line_timer.timeout.connect(self._line.hide)
        self._right = QVBoxLayout()
        self._build()
        self._discretion = Discretion(desk.look, self.rail, self.say)
        self._palette: Palette | None = None
        self._bind_keys()
        desk.guide.broken.connect(self._guide_failed)
        desk.notes.broken.connect(lambda problem: self.rail.say(str(problem), False))

    def start(self, place: Place) -> None:
        """Ask the guide for its name; the first page is made once there is a window to see."""
        self.desk.guide.ask("about", lambda guide: guide.about, self._named, self._guide_failed)
        self.painted.connect(lambda: self.open(place))
        self.painted.connect(self.desk.planner.refresh)

    def cover(self, cover: QWidget) -> None:
        """Keep what is being written and show nothing but the cover; no key reaches below it."""
        self._keep()
        if self._palette is not None:
            self._palette.dismiss()
        self.setWindowTitle(NAME)
        self._layers.cover(cover)

    def uncover(self) -> None:
        """Show again what the cover hid, with the keys where they were."""
        self._layers.uncover()
        self.setWindowTitle(self._title)

    def show_again(self) -> None:
        """Ask anew for what is open: what it could not be told before is there now."""
        if self._place is not None:
            self.open(self._place, remember=False)
        self.desk.planner.refresh()

    @property
    def hidden(self) -> bool:
        """Whether something covers the window: the lock, or the end."""
        return self._layers.covered

    def goal(self) -> "Ref | None":
        """The record that is marked or open, as far as one could go there."""
        if self._palette is not None and self._palette.isVisible():
            return self._palette.goal()
        return self._pages[self._place.page].goal() if self._place is not None else None

    def crown(self, bar: QWidget) -> None:
        """Put a bar above every page."""
        self._right.insertWidget(0, bar)

    def losses(self) -> list[Loss]:
        """What could not be saved and lives only here."""
        return [loss for page in self._pages.values() if (loss := page.losing())]

    def open(self, place: Place, *, remember: bool = True) -> None:
        """Go to a place; what the page before held is kept first."""
        if place.page not in self._makers:
            self.elsewhere.emit(place)
            return
        if self._place is not None:
            self._pages[self._place.page].leave()
            if remember and place != self._place:
                self._back.append(self._place)
                self._forward.clear()
        page = self._page(place.page)
        self._place = place
        self._stack.setCurrentWidget(page)
        self.rail.mark(place.page)
        self._discretion.come_to(place.page)
        page.show_place(place)
        self._layers.hand_keys(page)

    def back(self) -> None:
        """Go to where one was before."""
        if self._back and self._place is not None:
            self._forward.append(self._place)
            self.open(self._back.pop(), remember=False)

    def forward(self) -> None:
        """Undo going back."""
        if self._forward and self._place is not None:
            self._back.append(self._place)
            self.open(self._forward.pop(), remember=False)

    def search(self) -> None:
        """Open the palette over everything."""
        if self._palette is None:
            from fieldguide.ui.palette import Palette

            self._palette = Palette(self.desk, self._whole)
            self._palette.opened.connect(self.open)
            self._palette.said.connect(self.say)
        self._palette.start(self._place.ref if self._place else None)

    def say(self, text: str) -> None:
        """Show one line at the foot for a moment."""
        self._line.setText(text)
        self._line.show()
        self._line_timer.start(LINE_SHOWN_MS)

    def copy_hanzi(self) -> None:
        """Copy the hanzi of what is open, and say which."""
        hanzi = self._pages[self._place.page].hanzi() if self._place else ""
        if hanzi:
            QGuiApplication.clipboard().setText(hanzi)
            self.say(self.tr("Copied {text}").format(text=hanzi))
        else:
            self.say(self.tr("There are no hanzi here to copy."))

    def new_note(self) -> None:
        """Write on the record that is open, else in the note of the visit of the moment.

        From a note it begins another one.
        """
        here = self._place or Place("today")
        ref = here.ref if here.page == "record" else None
        on = "now" if here.page == "note" else "on"
        self.open(Place("note", ref, "new" if ref else on))

    def size_text(self, step: int) -> None:
        """Set the text larger or smaller by per cent; 0 sets it as at first."""
        chosen = self.desk.look.preferences
        text = min(200, max(80, chosen.text + step)) if step else 100
        self.desk.look.prefer(replace(chosen, text=text))
        self.say(self.tr("Text size {number} %").format(number=text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that there is something to see."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Keep what is being written when the window goes to the background."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._keep()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being written; what cannot be kept is said once before it is let go."""
        if not self.desk.notes.resting and self._place is not None:
            self._pages[self._place.page].leave()
            self._await_saves()
        losses = [] if self.desk.access.gone else self.losses()
        if not losses or self._warned:
            event.accept()
            return
        self._warned = True
        if not self._layers.covered:
            self.open(losses[0].place)
            self.say(losses[0].sentence)
        self.stayed.emit(losses[0].sentence)
        event.ignore()

    def _keep(self) -> None:
        if self._place is not None:
            self._pages[self._place.page].keep()

    def _await_saves(self) -> None:
        """Hear how the last saves end: what fails can only be said while there is a window."""
        if any(page.saving() for page in self._pages.values()):
            loop = QEventLoop()
            self.desk.notes.do(lambda _: None, lambda _: loop.quit(), lambda _: loop.quit())
            QTimer.singleShot(LONGEST_SAVE_MS, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _told(self, text: str, well: bool) -> None:
        """How notes stand; once one is saved again, the next loss is said anew."""
        self.rail.say(text, well)
        if well:
            self._warned = False

    def _build(self) -> None:
        right = self._right
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(self._line)
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(self._layers)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.search,
            "Alt+Left": self.back,
            "Alt+Right": self.forward,
            "Ctrl+Shift+C": self.copy_hanzi,
            "Ctrl+N": self.new_note,
            "Ctrl+Shift+D": lambda: self.open(Place("notes", detail="evening")),
            KEY: self._discretion.turn,
            "Ctrl++": partial(self.size_text, TEXT_STEP),
            "Ctrl+=": partial(self.size_text, TEXT_STEP),
            "Ctrl+-": partial(self.size_text, -TEXT_STEP),
            "Ctrl+0": partial(self.size_text, 0),
        }
        for entry in (*self._entries, *self._foot):
            keys[entry.key] = partial(self.open, Place(entry.page))
        for key, deed in keys.items():
            QShortcut(QKeySequence(key), self, deed)

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            page = self._makers[name](self.desk)
            page.opened.connect(self.open)
            page.said.connect(self.say)
            page.kept.connect(self._told)
            page.placed.connect(self._replace)
            page.locking.connect(self.locking)
            page.wiping.connect(self.wiping)
            self._stack.addWidget(page)
            self._pages[name] = page
        return self._pages[name]

    def _replace(self, was: Place, now: Place, showing: bool) -> None:
        """Let the way back lead to what was begun at a place, not to beginning once more."""
        if showing and self._place == was:
            self._place = now
        elif was in self._back:
            self._back[-1 - self._back[::-1].index(was)] = now

    def _named(self, about: "About") -> None:
        self._title = about.title
        if not self._layers.covered:
            self.setWindowTitle(self._title)
        self.rail.show_about(about)

    def _guide_failed(self, problem: FieldGuideError) -> None:
        if "damaged" in self._makers:
            self.open(Place("damaged", detail=str(problem)), remember=False)
