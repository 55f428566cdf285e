"""Looking up persons and cases (查询); every search leaves a trace without telling whom."""

from __future__ import annotations

import re

from desktop_app.domain.staff import Operator, Permission
from desktop_app.services.permits import needs
from desktop_app.services.ports import Clock, Store
from desktop_app.services.sheets import SearchHits

#: Half of a character, as a broken clipboard can give; nothing is written so, and it has no bytes.
_LONE_HALF = re.compile(r"[\ud800-\udfff]")


class Finder:
    """Finds by citizen number, name prefix, pinyin initials and case number."""

    def __init__(self, store: Store, clock: Clock, by: Operator) -> None:
        self.store = store
        self.clock = clock
        self.by = by

    @needs(Permission.SEARCH)
    def find(self, text: str, limit: int = 20) -> SearchHits:
        """What the words find, persons and cases, at most ``limit`` of each.

        The journal keeps a keyed digest of the words and how many were found. No words find
        nothing and write nothing.
        """
        wanted = _LONE_HALF.sub("", text).strip()
        if not wanted:
            return SearchHits((), ())
        with self.store.write() as uow:
            hits = SearchHits(
                uow.search.persons(wanted, limit=limit), uow.search.cases(wanted, limit=limit)
            )
            uow.journal.append(
                at=self.clock.now(), who=self.by.login, action="search", subject="search",
                detail={
                    "words": uow.journal.keyed_digest(wanted), "persons": len(hits.persons),
                    "cases": len(hits.cases),
                },
            )
            uow.commit()
        return hits
