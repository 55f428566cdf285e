"""Turns for programs that write the same database, so that none is kept out.

SQLite's lock has no queue: a program that writes without pause takes it again before another one
looks. Here whoever waits for the database stands in the door, and the others wait behind the
door. The door is a lock on the data folder itself: no file is left behind. (Never lock the
database file by other means than SQLite's: closing it would drop SQLite's own locks.)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from time import monotonic, sleep


def wait_until(until: float, asked: Callable[[], bool]) -> bool:
    """Ask every few milliseconds until it is granted or the moment is past; what came of it."""
    while not asked():
        if monotonic() >= until:
            return False
        sleep(uniform(0.001, 0.004))
    return True


if sys.platform == "win32":

    @contextmanager
    def turn(folder: Path, until: float) -> Iterator[None]:
        """Nothing to wait for: Windows locks no folders, and SQLite's own waiting must do."""
        yield

else:
    import fcntl

    @contextmanager
    def turn(folder: Path, until: float) -> Iterator[None]:
        """Stand in the door; go on without when the folder cannot be opened or time is up."""
        try:
            door = os.open(folder, os.O_RDONLY)
        except OSError:
            yield
            return
        try:
            wait_until(until, lambda: _locked(door))
            yield
        finally:
            os.close(door)  # and with it the lock

    def _locked(door: int) -> bool:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
