"""Upkeep to be recorded: an upgrade, the making of a data folder, a change of password.

Run as a module: ``keeper FOLDER upgrade SCRIPTS``, ``keeper FOLDER found``, or, for the control,
``keeper FOLDER found-unsynced``, where the small files are written without a sync.
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.store import open_store
from desktop_app.adapters.storage.vault import FileVault
from tests.adapters.storage.editions import LATER
from tests.adapters.storage.things import KEY
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.powercut.replay import ACKNOWLEDGED
from tests.helpers.world import STATION, FixedClock

CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
LOGIN = "supervisor"
PASSWORDS = ("first password", "second password", "third password")


def upgrade(folder: Path, scripts: Path) -> None:
    """Open a database of an older edition."""
    promised = _promises(folder)
    open_store(folder / DATABASE, KEY, scripts=scripts, head=LATER).close()
    _promise(promised, 1)


def found(folder: Path) -> None:
    """Make the data folder, then change the password twice."""
    promised = _promises(folder)
    create_data(folder, STATION, LOGIN, "演练", PASSWORDS[0], False, cost=CHEAP)
    _promise(promised, 1)
    vault = FileVault(folder, FixedClock(), cost=CHEAP)
    for order, (old, new) in enumerate(pairwise(PASSWORDS), 2):
        vault.change_password(LOGIN, old, new)
        _promise(promised, order)


def _no_sync(file: object) -> None:
    """A disk that is never told to keep anything."""


def _promises(folder: Path) -> int:
    return os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _promise(file: int, number: int) -> None:
    os.write(file, f"{number}\n".encode())


if __name__ == "__main__":
    if sys.argv[2] == "upgrade":
        upgrade(Path(sys.argv[1]), Path(sys.argv[3]))
    elif sys.argv[2] == "found-unsynced":
        with patch.object(os, "fsync", _no_sync):
            found(Path(sys.argv[1]))
    else:
        found(Path(sys.argv[1]))
