"""The journal (办件日志): append-only entries, each holding the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One act of one person.

    ``at`` is UTC in ISO 8601; ``subject`` is a case, paper or account id, never a name or a
    citizen number; ``detail`` holds further facts without personal data (keyed digests instead);
    ``digest`` is the SHA-256, in hex, of the canonical JSON of all the other members.
    """

    seq: int
    at: str
    who: str
    action: str
    subject: str
    detail: Mapping[str, object]
    previous: str
    digest: str = ""


@dataclass(frozen=True)
class Break:
    """The first entry at which a chain does not hold, and why."""

    seq: int
    reason: str


def canonical(entry: Entry) -> bytes:
    """The bytes that are digested: JSON with sorted keys, no spaces, UTF-8, without ``digest``."""
    members = {
        "seq": entry.seq,
        "at": entry.at,
        "who": entry.who,
        "action": entry.action,
        "subject": entry.subject,
        "detail": dict(entry.detail),
        "previous": entry.previous,
    }
    return json.dumps(
        members, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")


def seal(entry: Entry) -> Entry:
    """The entry with its digest."""
    return replace(entry, digest=hashlib.sha256(canonical(entry)).hexdigest())


def follow(
    last: Entry | None,
    *,
    at: datetime,
    who: str,
    action: str,
    subject: str,
    detail: Mapping[str, object],
) -> Entry:
    """The sealed entry that comes after ``last`` (the first one when there is none).

    Raises ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("journal times carry their zone")
    seq, previous = (1, GENESIS) if last is None else (last.seq + 1, last.digest)
    return seal(Entry(seq, at.isoformat(), who, action, subject, detail, previous))


def first_break(entries: Iterable[Entry], *, after: Entry | None = None) -> Break | None:
    """The first entry that does not hold, or None for a sound chain."""
    seq, previous = (1, GENESIS) if after is None else (after.seq + 1, after.digest)
    for entry in entries:
        if entry.seq != seq:
            return Break(seq, f"缺第 {seq} 条，读到第 {entry.seq} 条")
        if entry.previous != previous:
            return Break(entry.seq, "与上一条接不上")
        if seal(entry).digest != entry.digest:
            return Break(entry.seq, "内容被改过")
        seq, previous = seq + 1, entry.digest
    return None
