"""The journal in a table that takes new entries only."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.mapping import entry_columns, to_entry
from desktop_app.adapters.storage.rows import JournalRecord
from desktop_app.domain.journal import Entry, follow

_PURPOSE = b"luohu/journal/keyed-digest/1"
_CHUNK = 1000


def digest_key(database_key: bytes) -> bytes:
    """The key of the journal's digests, derived so that it opens nothing else."""
    return hmac.new(database_key, _PURPOSE, hashlib.sha256).digest()


class SqlJournal:
    """The journal as one transaction sees it."""

    def __init__(self, session: Session, key: bytes) -> None:
        self._session = session
        self._key = key
        self._appended: Entry | None = None  # a writing transaction is alone: nobody comes between

    def append(
        self, *, at: datetime, who: str, action: str, subject: str, detail: Mapping[str, object]
    ) -> Entry:
        """Add the next entry."""
        entry = follow(self.last(), at=at, who=who, action=action, subject=subject, detail=detail)
        self._session.execute(insert(JournalRecord).values(entry_columns(entry)))
        self._appended = entry
        return entry

    def append_many(
        self, *, at: datetime, who: str, acts: Iterable[tuple[str, str, Mapping[str, object]]]
    ) -> None:
        """Add an entry for each act (action, subject, detail), in order."""
        last = self.last()
        stream = iter(acts)
        while some := list(islice(stream, _CHUNK)):
            rows = []
            for action, subject, detail in some:
                last = follow(last, at=at, who=who, action=action, subject=subject, detail=detail)
                rows.append(entry_columns(last))
            self._session.execute(insert(JournalRecord.__table__), rows)  # type: ignore[arg-type]
            self._appended = last

    def last(self) -> Entry | None:
        """The head of the chain."""
        if self._appended is not None:
            return self._appended
        record = self._session.scalars(
            select(JournalRecord).order_by(JournalRecord.seq.desc()).limit(1)
        ).first()
        return to_entry(record) if record else None

    def entries(self, *, from_seq: int = 1) -> Iterator[Entry]:
        """The entries from a sequence number on, in order."""
        records = self._session.scalars(
            select(JournalRecord)
            .where(JournalRecord.seq >= from_seq)
            .order_by(JournalRecord.seq)
            .execution_options(yield_per=_CHUNK)
        )
        yield from map(to_entry, records)

    def about(self, subject: str) -> tuple[Entry, ...]:
        """Every entry about a case, paper or account."""
        records = self._session.scalars(
            select(JournalRecord)
            .where(JournalRecord.subject == subject)
            .order_by(JournalRecord.seq)
        )
        return tuple(map(to_entry, records))

    def keyed_digest(self, text: str) -> str:
        """A digest of personal data that only this store can repeat (HMAC-SHA-256, hex)."""
        return hmac.new(self._key, text.encode("utf-8"), hashlib.sha256).hexdigest()
