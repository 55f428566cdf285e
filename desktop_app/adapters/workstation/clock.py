"""The machine's clock, which never runs backwards while the program runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

STATION_TIME = timezone(timedelta(hours=8), "UTC+8")
"""The zone of every station, whatever the machine is set to: a case taken at 00:30 in Dalian is
taken on that day."""


class SystemClock:
    """The time as the services ask for it. ``seen`` is the latest moment already on record.

    A clock that was set back must not make a later act earlier than one on record: ``now`` waits
    at the latest moment seen, and ``behind`` tells how far the machine has fallen back.
    """

    def __init__(
        self, *, seen: datetime | None = None, wall: Callable[[], float] = time.time
    ) -> None:
        self._wall = wall
        self._seen = seen
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present moment in UTC, with its zone; never before one given out earlier."""
        with self._lock:
            present = self._machine()
            if self._seen is None or present > self._seen:
                self._seen = present
            return self._seen

    def today(self) -> date:
        """The calendar day at the station."""
        return self.now().astimezone(STATION_TIME).date()

    def behind(self) -> timedelta:
        """How far the machine's clock lies before the latest moment seen; zero when it is right."""
        with self._lock:
            if self._seen is None:
                return timedelta()
            return max(timedelta(), self._seen - self._machine())

    def _machine(self) -> datetime:
        return datetime.fromtimestamp(self._wall(), tz=UTC)
