"""Threads, and nowhere else: a worker owns one service, opened and used on its own thread."""

import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from fieldguide.errors import FieldGuideError, told

Service = TypeVar("Service")
Answer = TypeVar("Answer")
Failed = Callable[[FieldGuideError], None]


TURN_S: Final = 0.0005


def take_short_turns() -> None:
    """Let the window have the interpreter soon after it asks, whatever a worker is at."""
    sys.setswitchinterval(TURN_S)


class _Errand:
    """One thing to do; ``topic`` is empty for what must be done in any case."""

    __slots__ = ("act", "arrived", "failed", "number", "topic")

    def __init__(
        self,
        topic: str,
        number: int,
        act: Callable[[Any], Any],
        arrived: Callable[[Any], None] | None,
        failed: Failed | None,
    ) -> None:
        self.topic, self.number, self.act = topic, number, act
        self.arrived, self.failed = arrived, failed


class _Rest:
    """Where the errands stop for a while: the service is closed behind those before it."""

    __slots__ = ("rested",)

    def __init__(self, rested: Callable[[], None]) -> None:
        self.rested = rested


class Worker(QObject, Generic[Service]):
    """Runs questions and deeds on a thread that owns the service; answers come on the caller's.

    ``opener`` runs first on that thread. When it fails, every errand fails with its sentence.
    A worker that is ``held`` only collects errands until ``release``: at the start of the program
    nothing should keep the first paint from the processor. One that rests has closed its service,
    and collects errands until ``resume``.
    """

    broken = Signal(object)
    """A FieldGuideError that nobody asked to hear of."""
    _delivered = Signal(object)

    def __init__(
        self,
        name: str,
        opener: Callable[[], Service],
        closer: Callable[[Service], None],
        parent: QObject | None = None,
        *,
        held: bool = False,
    ) -> None:
        super().__init__(parent)
        self._opener, self._closer = opener, closer
        self._queue: SimpleQueue[_Errand | _Rest | None] = SimpleQueue()
        self._next: SimpleQueue[Callable[[], Service] | None] = SimpleQueue()
        self._resting = False
        self._newest: dict[str, int] = {}
        self._count = 0
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        if not held:
            self._thread.start()

    def release(self) -> None:
        """Let a held worker begin."""
        if self._thread.ident is None:
            self._thread.start()

    def ask(
        self,
        topic: str,
        question: Callable[[Service], Answer],
        arrived: Callable[[Answer], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask on a topic; a newer question voids older ones, before they start or are answered."""
        self._count += 1
        self._newest[topic] = self._count
        self._queue.put(_Errand(topic, self._count, question, arrived, failed))

    def do(
        self,
        deed: Callable[[Service], Answer],
        done: Callable[[Answer], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do it in any case, in the order asked."""
        self._count += 1
        self._queue.put(_Errand("", self._count, deed, done, failed))

    def drop(self, topic: str) -> None:
        """Forget what was asked on a topic."""
        self._newest.pop(topic, None)

    @property
    def resting(self) -> bool:
        """Whether the service is closed, or is being closed, until ``resume``."""
        return self._resting

    def rest(self, rested: Callable[[], None]) -> None:
        """Finish what was asked, then close the service; ``rested`` hears when it is closed."""
        self._resting = True
        self._queue.put(_Rest(rested))

    def resume(self, opener: Callable[[], Service] | None = None) -> None:
        """Open the service again, perhaps in another way, and do what was asked meanwhile."""
        if self._resting:
            self._resting = False
            self._opener = opener or self._opener
            self._next.put(self._opener)

    def close(self) -> None:
        """Finish what is under way, close the service on its thread, and wait for that.

        A held worker that nobody has asked for anything never opens its service.
        """
        self._newest.clear()
        if self._thread.ident is None and self._queue.empty():
            return
        self._queue.put(None)
        self._next.put(None)
        self.release()
        self._thread.join()

    def _wanted(self, errand: _Errand) -> bool:
        return not errand.topic or self._newest.get(errand.topic) == errand.number

    def _run(self) -> None:
        opener: Callable[[], Service] | None = self._opener
        while opener is not None:
            opener = self._next.get() if self._serve(opener) else None

    def _serve(self, opener: Callable[[], Service]) -> bool:
        """Open, do errands, close; whether this is a rest and not the end."""
        service: Service | None = None
        broken: FieldGuideError | None = None
        try:
            service = opener()
        except Exception as problem:
            broken = told(problem)
        while isinstance(errand := self._queue.get(), _Errand):
            if not self._wanted(errand):
                continue
            if broken is not None or service is None:
                self._delivered.emit((errand, None, broken))
                continue
            try:
                self._delivered.emit((errand, errand.act(service), None))
            except Exception as problem:
                self._delivered.emit((errand, None, told(problem)))
        if service is not None:
            try:
                self._closer(service)
            except Exception as problem:
                # The file is let go in any case; who waits for the rest must hear of it.
                told(problem)
        if errand is None:
            return False
        rested = errand.rested
        self._delivered.emit((_Errand("", 0, _nothing, lambda _: rested(), None), None, None))
        return True

    def _deliver(self, parcel: tuple[_Errand, Any, FieldGuideError | None]) -> None:
        errand, answer, problem = parcel
        if not self._wanted(errand):
            return
        if problem is None:
            if errand.arrived is not None:
                errand.arrived(answer)
        elif errand.failed is not None:
            errand.failed(problem)
        else:
            self.broken.emit(problem)


def _nothing(_: object) -> None:
    """The deed of a worker that rests."""
