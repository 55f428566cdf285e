"""The machine's clock, read in the station's zone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

STATION_TIME = timezone(timedelta(hours=8), "UTC+8")
"""The zone of every station, whatever the machine is set to: a case taken at 00:30 in Dalian is
taken on that day."""


class SystemClock:
    """The time as the services ask for it.

    It follows the machine, forwards and back: a clock that was wrong for a minute must not hold
    the law's day in the future. What comes after what is the journal's sequence, not the time.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall

    def now(self) -> datetime:
        """The present moment in UTC, with its zone."""
        return datetime.fromtimestamp(self._wall(), tz=UTC)

    def today(self) -> date:
        """The calendar day at the station."""
        return self.now().astimezone(STATION_TIME).date()
