"""What must hold after a power cut during an upgrade, or while a data folder is made."""

from __future__ import annotations

from pathlib import Path

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.keeping import check
from desktop_app.adapters.storage.migration import HEAD, revision_of
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.store import BACKUPS
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import KEYS, TRIES, FileVault
from desktop_app.domain.errors import CounterError
from tests.adapters.storage.editions import LATER
from tests.adapters.storage.things import KEY
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.powercut.keeper import CHEAP, LOGIN, PASSWORDS
from tests.helpers.world import STATION, FixedClock


def inspect_upgrade(folder: Path, acknowledged: int) -> str:
    """Old or new and whole; the new one once it was promised; no copy under its name is bad."""
    try:
        edition, words = _edition(folder / DATABASE)
        if words:
            return words
        if acknowledged and edition != LATER:
            return f"lost: edition {edition}"
        copies = list((folder / BACKUPS).glob("*.db"))
        for copy in copies:
            kept, words = _edition(copy)
            if words or kept != HEAD:
                return f"corrupt: copy of {kept} {words}"
        if edition == LATER and not copies:
            return "lost: upgraded without a copy"
    except CounterError as refusal:
        return f"corrupt: {refusal}"
    return ""


def _edition(database: Path) -> tuple[str | None, str]:
    engine = open_engine(database, KEY)
    try:
        report = check(SqlStore(engine, database, KEY))
        if not report.sound:
            return None, f"corrupt: {report.faults}"
        if (report.rows["persons"], report.rows["cases"], report.entries) != (3, 3, 3):
            return None, f"halves: {dict(report.rows)}"
        with engine.connect() as connection:
            return revision_of(connection), ""
    finally:
        engine.dispose()


class FoundingInspection:
    """No folder yet, or one that opens; with the last password promised, or the one after it."""

    def __init__(self) -> None:
        self._begun_again: set[tuple[str, ...]] = set()

    def __call__(self, folder: Path, acknowledged: int) -> str:
        try:
            if not (folder / KEYS).exists():
                return "lost: no key file" if acknowledged else self._begin_again(folder)
            return _opens(folder, acknowledged)
        except CounterError as refusal:
            return f"corrupt: {refusal}"

    def _begin_again(self, folder: Path) -> str:
        """What lies there without a key is thrown away, so that only its names can matter."""
        names = tuple(sorted(path.name for path in folder.iterdir()))
        if names in self._begun_again:
            return ""
        self._begun_again.add(names)
        create_data(folder, STATION, LOGIN, "演练", PASSWORDS[0], False, cost=CHEAP)
        return _opens(folder, 1)


def _opens(folder: Path, acknowledged: int) -> str:
    vault = FileVault(folder, FixedClock(), cost=CHEAP)
    fitting = [order for order, text in enumerate(PASSWORDS, 1) if vault.check(LOGIN, text)]
    (folder / TRIES).unlink(missing_ok=True)
    if len(fitting) != 1:
        return f"corrupt: passwords {fitting}"
    if not max(1, acknowledged) <= fitting[0] <= acknowledged + 1:
        return f"lost: password {fitting[0]} after {acknowledged}"
    vault.unlock(LOGIN, PASSWORDS[fitting[0] - 1]).store.close()
    return ""
