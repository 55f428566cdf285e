"""Encrypted copies, each opened and compared before it counts, and the check of everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select
from sqlalchemy import table as any_table
from sqlalchemy.orm import Session

from desktop_app.adapters.disk import move
from desktop_app.adapters.storage.journal import SqlJournal
from desktop_app.adapters.storage.sqlite_engine import (
    READING,
    broken_references,
    copy_into,
    faults,
    open_engine,
    roomy,
)
from desktop_app.adapters.storage.sqlite_errors import told
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.errors import Damaged, Unavailable
from desktop_app.domain.journal import first_break

#: Tables whose rows are never taken away.
_LASTING = ("cases", "journal", "papers", "persons", "stays")
_BAD_COPY = ("备份写好后核对不上，没有采用", "检查备份所在的磁盘，再备份一次")


@dataclass(frozen=True)
class Report:
    """What the check of everything found: faults in words, rows by table, length of the journal."""

    faults: tuple[str, ...]
    rows: Mapping[str, int]
    entries: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def check(store: SqlStore) -> Report:
    """Read everything: page digests, indexes, references, and the chain of the journal.

    Raises Unavailable when the file cannot be read at all.
    """
    return _check(store.engine, thorough=True)


def _check(engine: Engine, *, thorough: bool) -> Report:
    with told(), engine.connect() as connection:
        connection = connection.execution_options(**{READING: True})
        with connection.begin(), roomy(connection):
            wrong = [f"数据页：{line}" for line in faults(connection, thorough=thorough)]
            if broken_references(connection):
                wrong.append("登记之间的引用对不上")
            rows = _row_counts(connection)
            break_ = _journal_break(connection) if "journal" in rows else None
    if break_:
        wrong.append(break_)
    return Report(tuple(wrong), rows, rows.get("journal", 0))


def backup(store: SqlStore, target: Path) -> Report:
    """Write an encrypted copy under the same key and read it whole before it takes its name.

    The program may go on writing meanwhile. Raises Unavailable; an older ``target`` then stays.
    A folder that is not there is told, not made: a stick that was not put in, a mistyped letter.
    """
    if not target.parent.is_dir():
        raise Unavailable(f"没有文件夹 {target.parent}，没有备份", "核对路径，或先建文件夹")
    try:
        return _backup(store, target)
    except OSError as error:
        raise Unavailable("备份写不进去", "检查备份文件夹的权限和空间，再备份一次") from error


def _backup(store: SqlStore, target: Path) -> Report:
    unfinished = target.with_name(target.name + ".tmp")
    unfinished.unlink(missing_ok=True)
    try:
        before = _copy(store, unfinished)
        report = _read_whole(unfinished, store.key)
        if not report.sound or any(report.rows.get(t, 0) < before.get(t, 0) for t in _LASTING):
            raise Unavailable(*_BAD_COPY)
        move(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return report


def _copy(store: SqlStore, target: Path) -> Mapping[str, int]:
    """Copy page by page; returns the rows there were at the beginning."""
    try:
        with told(), store.engine.connect() as connection:
            connection = connection.execution_options(**{READING: True})
            with connection.begin():
                before = _row_counts(connection)
            copy_into(connection, target)
    except Damaged:
        raise
    except Unavailable as error:
        message = f"备份没有写成，{target.parent}：{error.message}"
        raise Unavailable(message, "检查那里的空间和权限，再备份一次") from error
    return before


def _read_whole(path: Path, key: bytes) -> Report:
    engine = open_engine(path, key)
    try:
        # its indexes were just made from its tables
        return _check(engine, thorough=False)
    finally:
        engine.dispose()


def _row_counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(select(func.count()).select_from(any_table(name))).scalar_one()
        for name in inspect(connection).get_table_names()
    }


def _journal_break(connection: Connection) -> str | None:
    with Session(connection) as session:
        broken = first_break(SqlJournal(session, b"").entries())
    return f"日志第 {broken.seq} 条：{broken.reason}" if broken else None
