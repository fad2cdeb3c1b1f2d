"""A connection to the user's file that outlives a disk that stumbles."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from fieldguide.storage import sqlite


class SteadyConnection:
    """Opens the file anew behind an error of the disk, before the next transaction.

    The cipher takes a page that the disk gave back by halves for a damaged one, and then refuses
    every page of the file for as long as it is open. A file that really is damaged says so again.
    """

    def __init__(self, conn: Connection, reopen: Callable[[], Connection]) -> None:
        self._conn = conn
        self._reopen = reopen
        self._stumbled = self._closed = False

    @property
    def in_transaction(self) -> bool:
        """Whether one is open."""
        return not self._closed and bool(self._conn.in_transaction)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401
        """As of any connection; raises WorkspaceUnavailable when the file cannot be opened anew."""
        if self._stumbled and not self.in_transaction:
            self._renew()
        with self.watched():
            return self._conn.execute(statement, values)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Notice an error of the disk while rows are fetched."""
        try:
            yield
        except dbapi2.DatabaseError as problem:
            self._stumbled = self._stumbled or sqlite.is_of_disk(problem)
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()
        self._closed = True

    def _renew(self) -> None:
        if not self._closed:
            self.close()
        self._conn = self._reopen()
        self._stumbled = self._closed = False
