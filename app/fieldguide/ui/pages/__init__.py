"""The pages of the window, each made on its first visit."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fieldguide.ui.desk import Desk
    from fieldguide.ui.page import Page
    from fieldguide.ui.window import PageMaker

_PAGES: Final = {
    "today": ("today", "TodayPage"),
    "directory": ("directory", "DirectoryPage"),
    "arrival": ("arrival", "ArrivalPage"),
    "record": ("record", "RecordPage"),
    "programme": ("programme", "ProgrammePage"),
    "map": ("trip_map", "TripMapPage"),
    "notes": ("notes", "NotesPage"),
    "note": ("note", "NotePage"),
    "follow-ups": ("follow_ups", "FollowUpsPage"),
    "history": ("history", "HistoryPage"),
    "people": ("people", "PeoplePage"),
    "joining": ("joining", "JoiningPage"),
    "help": ("help", "HelpPage"),
    "settings": ("settings", "SettingsPage"),
    "passphrase": ("passphrase", "PassphrasePage"),
    "damaged": ("damaged", "DamagedPage"),
    "welcome": ("welcome", "WelcomePage"),
}


def makers() -> "Mapping[str, PageMaker]":
    """Page name -> what makes it; a page's module is loaded when it is first opened."""

    def maker(module: str, name: str) -> "PageMaker":
        def make(desk: "Desk") -> "Page":
            page: Page = getattr(import_module(f"fieldguide.ui.pages.{module}"), name)(desk)
            return page

        return make

    return {page: maker(*where) for page, where in _PAGES.items()}
