"""Many rows in few statements, and many lines read without being tracked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Update, bindparam, insert, update
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.rows import Row
from desktop_app.domain.errors import Conflict

_ASKED_AT_ONCE = 5_000
_WRITTEN_AT_ONCE = 1_000
_R = TypeVar("_R", bound=Row)


def columns_of(table: type[Row]) -> list[Any]:
    """Every column of a table, to be selected as plain values."""
    return list(table.__table__.c)


def as_record(table: type[_R], row: Any) -> _R:
    """A line of ``columns_of``, which has the names of a record without being tracked as one.

    Ten thousand tracked records cost as much again as reading them.
    """
    return cast(_R, row)


class ManyRows:
    """The base of what writes many rows within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _insert(self, table: type[Row], rows: Iterable[dict[str, Any]]) -> None:
        statement = insert(table.__table__)  # type: ignore[arg-type]  # a FromClause to the checker
        for some in _portions(rows):
            self._session.execute(statement, some)

    def _update(
        self, table: type[Row], rows: Sequence[tuple[int | None, dict[str, Any]]],
        moved_on: tuple[str, str],
    ) -> None:
        """Change rows by id; ``rows`` has the version that was read, or None without versions."""
        if not rows:
            return
        names = [name for name in rows[0][1] if name != "id"]
        key = table.__table__.c["id"] == bindparam("b_id")
        if rows[0][0] is not None:
            key &= table.__table__.c["version"] == bindparam("b_version")
        statement = (
            update(table.__table__)  # type: ignore[arg-type]  # a FromClause to the checker
            .where(key)
            .values({name: bindparam(f"v_{name}") for name in names})
        )
        changed = self._execute(statement, [
            {"b_id": columns["id"], "b_version": version,
             **{f"v_{name}": columns[name] for name in names}}
            for version, columns in rows
        ])
        if changed not in (-1, len(rows)):
            raise Conflict(*moved_on)

    def _execute(self, statement: Update, rows: list[dict[str, Any]]) -> int:
        connection = self._session.connection()
        changed = [connection.execute(statement, some).rowcount for some in _portions(rows)]
        self._session.expire_all()
        return -1 if -1 in changed else sum(changed)


def _portions(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows, so many at a time that their bound forms stay small."""
    stream = iter(rows)
    while some := list(islice(stream, _WRITTEN_AT_ONCE)):
        yield some


def parts(values: Collection[str]) -> Iterator[list[str]]:
    """The values in portions that one statement can ask for."""
    wanted = list(dict.fromkeys(value for value in values if value))
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        yield wanted[start : start + _ASKED_AT_ONCE]
