"""Keeping the data sound: room on the disk, and the check of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.errors import Unavailable
from desktop_app.domain.journal import Break, first_break
from desktop_app.domain.staff import Operator, Permission
from desktop_app.services.permits import needs
from desktop_app.services.ports import Clock, Store

#: Below this room no new case is accepted, so that accepted ones can always be finished.
ROOM_FOR_CASES = 200 * 1024 * 1024
#: A backup older than this no longer covers a working day.
BACKUP_HOLDS = timedelta(days=1)
_MEGABYTE = 1024 * 1024
_BACKUP_AT = "backup.at"


def require_room(store: Store) -> None:
    """Raise Unavailable when the disk has less room than new cases may count on."""
    free = store.free_bytes()
    if free < ROOM_FOR_CASES:
        raise Unavailable(
            f"磁盘剩余 {free // _MEGABYTE} MB，暂停新受理", "已办的件都已保存。清理后自动恢复"
        )


@dataclass(frozen=True)
class DataHealth:
    """How the data stands: the first break of the journal, its length, the room left in bytes."""

    journal_break: Break | None
    journal_entries: int
    free_bytes: int

    @property
    def sound(self) -> bool:
        """Whether the journal holds from its first entry to its last."""
        return self.journal_break is None


class Keeping:
    """The care of the open data, for the person who maintains the machine."""

    def __init__(self, store: Store, clock: Clock, by: Operator) -> None:
        self.store = store
        self.clock = clock
        self.by = by

    @needs(None)
    def last_backup(self) -> datetime | None:
        """When the last backup was written and compared, by whatever window or command."""
        with self.store.read() as uow:
            kept = uow.settings.get(_BACKUP_AT)
        return datetime.fromisoformat(kept) if kept else None

    @needs(Permission.MAINTAIN)
    def note_backup(self, entries: int) -> None:
        """Note that a backup was written and compared; ``entries`` is the journal's length in it.

        Where it went stays out of the journal: a path can name a person.
        """
        now = self.clock.now()
        with self.store.write() as uow:
            uow.settings.put(_BACKUP_AT, now.isoformat())
            uow.journal.append(
                at=now, who=self.by.login, action="keeping.backup", subject="database",
                detail={"entries": entries},
            )
            uow.commit()

    @needs(Permission.MAINTAIN)
    def check(self) -> DataHealth:
        """Follow the journal from its first entry to its last, and note that it was done."""
        with self.store.write() as uow:
            last = uow.journal.last()
            broken = first_break(uow.journal.entries())
            uow.journal.append(
                at=self.clock.now(), who=self.by.login, action="keeping.check", subject="journal",
                detail={"sound": broken is None, "entries": last.seq if last else 0},
            )
            uow.commit()
        return DataHealth(broken, last.seq if last else 0, self.store.free_bytes())

    @needs(Permission.MAINTAIN)
    def note_text(self, document: str, digest: str, characters: int) -> None:
        """Note that a document's own text was imported: which, its SHA-256 and its length."""
        with self.store.write() as uow:
            uow.journal.append(
                at=self.clock.now(), who=self.by.login, action="keeping.text", subject=document,
                detail={"sha256": digest, "characters": characters},
            )
            uow.commit()
