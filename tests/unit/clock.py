"""A clock that stands still until a test lets time pass."""

from datetime import UTC, datetime, timedelta

TUESDAY = datetime(2013, 5, 28, 11, 34, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = TUESDAY

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **how: float) -> None:
        self.now += timedelta(**how)
