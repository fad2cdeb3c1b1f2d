"""The hotel that the user goes back to; only in the encrypted file, as it says where one sleeps."""

import json
from typing import Final

from fieldguide.domain.tables import as_table, of_table
from fieldguide.domain.travel import Hotel
from fieldguide.errors import BadRequest
from fieldguide.storage.workspace_db import Workspace

HOTEL: Final = "hotel"
"""The setting that holds it."""


class OwnHotel:
    """One at a time; each choice gives back the one before, for an undo."""

    def __init__(self, db: Workspace) -> None:
        self._db = db

    def chosen(self) -> Hotel | None:
        """What was chosen last; None at first, and for what a newer version wrote."""
        try:
            table = json.loads(self._db.setting(HOTEL) or "{}")
            found = of_table(Hotel, table, "hotel")
        except (ValueError, RecursionError, BadRequest):
            return None
        return None if found == Hotel() else found

    def choose(self, hotel: Hotel | None) -> Hotel | None:
        """Keep another, or none; returns the one before. Raises BadRequest for what is too long."""
        before, table = self.chosen(), as_table(hotel or Hotel())
        of_table(Hotel, table, "hotel")
        with self._db.writing():
            self._db.set_setting(HOTEL, json.dumps(table, ensure_ascii=False))
        return before
