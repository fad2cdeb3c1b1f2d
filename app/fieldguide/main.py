"""Puts the house together: a command, a self-test, or the window."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import time as clock_time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldguide import assets, cli
from fieldguide.errors import FieldGuideError, told
from fieldguide.services.profile import own_profile
from fieldguide.storage.instance import Instance

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication

    from fieldguide.ui.application import Application
    from fieldguide.ui.window import Window

MORNING: Final = clock_time(8, 40)
"""The hour at which a day is entered that is shown as it was."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit status, never a traceback."""
    options = cli.parse(sys.argv[1:] if arguments is None else arguments)
    return start(options)


def opens_window(options: argparse.Namespace) -> bool:
    """Whether these options lead to a window, which needs a screen."""
    return options.command is None and not options.self_test


def start(options: argparse.Namespace) -> int:
    """The same with options already read."""
    try:
        if options.command is not None:
            return cli.run(options)
        if options.self_test:
            from fieldguide.self_test import self_test

            return self_test(assets.guide(options.guide))
        return _show_window(options)
    except FieldGuideError as problem:
        print(problem, file=sys.stderr)
        return 1
    except Exception as mistake:
        if sys.flags.dev_mode:
            raise
        print(
            f"The program made a mistake ({type(mistake).__name__}: {mistake}); "
            "run it with python3 -X dev to see where.",
            file=sys.stderr,
        )
        return 1


def _show_window(options: argparse.Namespace) -> int:
    from fieldguide.ui.door import Door

    _require_screen(os.environ, sys.platform)
    profile = own_profile(options.profile)
    instance = Instance(profile)
    if not instance.first():
        instance.ask()
        print("fieldguide is open already with these notes; its window comes forward.")
        return 0
    app, house = furnish(options)
    Door(profile, instance.asked, house.window)
    # Held as long as the program runs: a notifier that is let go hears nothing.
    asked = _close_on_signals(house.window) if os.name == "posix" else None
    sys.excepthook = said_by(house.window)
    house.show()
    status = app.exec()
    sys.excepthook = sys.__excepthook__
    house.close()
    instance.leave()
    del asked
    return status


def said_by(window: "Window") -> "Callable[[type[BaseException], BaseException, object], None]":
    """A hook that lets a mistake in answer to a click not pass in silence."""

    def say(_: type[BaseException], problem: BaseException, __: object) -> None:
        window.say(str(told(problem)))

    return say


def _close_on_signals(window: "Window") -> "QSocketNotifier":
    """Close the window, keeping what is being written, when the system asks the program to end.

    Python only sees a signal when it runs, which a waiting window does not: a pipe wakes it.
    """
    import signal

    from PySide6.QtCore import QSocketNotifier

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read)

    def close() -> None:
        os.read(reader, 16)
        window.close()

    notifier.activated.connect(close)
    return notifier


def _require_screen(environ: Mapping[str, str], platform: str) -> None:
    """Say that there is none: Qt would abort, and blame a library for it."""
    asked = environ.get("QT_QPA_PLATFORM") or "xcb"
    if not platform.startswith("linux") or not asked.startswith(("xcb", "wayland")):
        return
    if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        raise FieldGuideError(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); start the "
            "program from a desktop, or use its commands: fieldguide --help"
        )


def furnish(options: argparse.Namespace) -> "tuple[QApplication, Application]":
    """Everything that the window needs, not shown yet."""
    from PySide6.QtWidgets import QApplication

    from fieldguide.services import preferences
    from fieldguide.ui import theme
    from fieldguide.ui.application import Application

    # What is loaded at the start is kept: looking for garbage in it would only delay the window.
    # From its first paint on the house has it collected on this thread.
    gc.disable()
    profile = own_profile(options.profile)
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    house = Application(
        app,
        assets.guide(options.guide),
        profile,
        _clock(options),
        as_it_was=options.today is not None,
        chosen=preferences.load(profile),
    )
    return app, house


def _clock(options: argparse.Namespace) -> Callable[[], datetime]:
    """Now; or a moment there as it was, in the morning if only its day is said, and on from it."""
    if options.today is None:
        return lambda: datetime.now().astimezone()
    from fieldguide.domain.trips import parse_moment

    moment = parse_moment(options.today, MORNING).replace(tzinfo=_zone(assets.guide(options.guide)))
    began = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began)


def _zone(guide_file: Path) -> tzinfo:
    """The zone of the mission's place; that of this computer when no guide can tell."""
    from zoneinfo import ZoneInfo

    from fieldguide.services.guide import Guide

    try:
        guide = Guide.open(guide_file)
    except FieldGuideError:
        return datetime.now().astimezone().tzinfo or UTC
    try:
        return ZoneInfo(guide.about.zone)
    finally:
        guide.close()
