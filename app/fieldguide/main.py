"""Puts the house together: a command, a self-test, or the window."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Final
from zoneinfo import ZoneInfo

from fieldguide import cli
from fieldguide.domain.trips import parse_day
from fieldguide.errors import FieldGuideError

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

            return self_test(cli.guide_file(options))
        return _show_window(options)
    except FieldGuideError as problem:
        print(problem, file=sys.stderr)
        return 1


def _show_window(options: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from fieldguide.services import preferences
    from fieldguide.ui import theme
    from fieldguide.ui.application import Application

    clock = _clock(options.today)
    profile = cli.profile(options)
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    house = Application(
        app,
        cli.guide_file(options),
        profile,
        clock,
        as_it_was=options.today is not None,
        chosen=preferences.load(profile),
    )
    house.show()
    status = app.exec()
    house.close()
    return status


def _clock(today: str | None) -> Callable[[], datetime]:
    """Now; or the morning of a day as it was, from which the time goes on."""
    if today is None:
        return lambda: datetime.now().astimezone()
    morning = datetime.combine(parse_day(today), MORNING, ZoneInfo("Asia/Shanghai"))
    began = time.monotonic()
    return lambda: morning + timedelta(seconds=time.monotonic() - began)
