"""One transaction of the store, and the store itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, RootTransaction
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.batches import SqlBatches
from desktop_app.adapters.storage.cases import SqlCases, SqlTypings
from desktop_app.adapters.storage.journal import SqlJournal, digest_key
from desktop_app.adapters.storage.office import SqlSettings, SqlStaff, next_number
from desktop_app.adapters.storage.papers import SqlPapers
from desktop_app.adapters.storage.people import SqlPeople
from desktop_app.adapters.storage.search import SqlSearch
from desktop_app.adapters.storage.sqlite_engine import READING
from desktop_app.adapters.storage.sqlite_errors import told
from desktop_app.services.batch_ports import Batches
from desktop_app.services.ports import (
    Cases,
    Journal,
    Papers,
    People,
    Search,
    Settings,
    Staff,
    Typings,
    UnitOfWork,
)


class SqlUnitOfWork:
    """One transaction. Leaving the block without ``commit`` takes everything back."""

    def __init__(self, session: Session, transaction: RootTransaction, key: bytes) -> None:
        self._session = session
        self._transaction = transaction
        self.cases: Cases = SqlCases(session)
        self.typings: Typings = SqlTypings(session)
        self.people: People = SqlPeople(session)
        self.journal: Journal = SqlJournal(session, key)
        self.papers: Papers = SqlPapers(session)
        self.staff: Staff = SqlStaff(session)
        self.settings: Settings = SqlSettings(session)
        self.search: Search = SqlSearch(session)
        self.batches: Batches = SqlBatches(session)

    def next_number(self, series: str) -> int:
        """The next whole number of a series, from 1; taken back with the transaction."""
        return next_number(self._session, series)

    def commit(self) -> None:
        """Make it durable; raises Unavailable when the disk does not take it."""
        with told():
            self._session.flush()
            self._transaction.commit()


class SqlStore:
    """The open data of a station."""

    def __init__(self, engine: Engine, path: Path, key: bytes) -> None:
        self._engine = engine
        self._path = path
        self._key = key
        self._digest_key = digest_key(key)

    @property
    def engine(self) -> Engine:
        """For this package's own upkeep: backup, check, migration."""
        return self._engine

    @property
    def key(self) -> bytes:
        """The database key, for copies under the same key."""
        return self._key

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Begin a writing transaction, alone."""
        with self._transaction(reading=False) as unit:
            yield unit

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Begin a reading transaction; writing in it is refused."""
        with self._transaction(reading=True) as unit:
            yield unit

    @contextmanager
    def _transaction(self, *, reading: bool) -> Iterator[SqlUnitOfWork]:
        with told(reading=reading), self._engine.connect() as connection:
            connection = connection.execution_options(**{READING: reading})
            with (
                connection.begin() as transaction,
                Session(connection, expire_on_commit=False) as session,
            ):
                try:
                    yield SqlUnitOfWork(session, transaction, self._digest_key)
                finally:
                    if transaction.is_active:
                        transaction.rollback()

    def free_bytes(self) -> int:
        """Room left on the disk that holds the data."""
        return shutil.disk_usage(self._path.parent).free

    def close(self) -> None:
        """Let the data go."""
        self._engine.dispose()
