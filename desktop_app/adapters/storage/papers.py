"""Papers and their bytes in tables."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.mapping import paper_columns, to_paper
from desktop_app.adapters.storage.rows import PaperBytes, PaperRecord
from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import Missing

_MISSING = ("没有这份文书", "打开案件详情，从文书列表里选")


class SqlPapers:
    """The papers of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, paper: Paper, pdf: bytes) -> None:
        """Keep a paper and its exact bytes."""
        self._session.add(PaperRecord(**paper_columns(paper)))
        self._session.flush()
        self._session.add(PaperBytes(paper_id=paper.id, pdf=pdf))
        self._session.flush()

    def save(self, paper: Paper) -> None:
        """Keep a voided paper; raises Missing."""
        record = self._record(paper.id)
        for column, value in paper_columns(paper).items():
            setattr(record, column, value)
        self._session.flush()

    def get(self, paper_id: str) -> Paper:
        """The paper; raises Missing."""
        return to_paper(self._record(paper_id))

    def pdf(self, paper_id: str) -> bytes:
        """The exact bytes that were printed; raises Missing."""
        record = self._session.get(PaperBytes, paper_id)
        if record is None:
            raise Missing(*_MISSING)
        return record.pdf

    def of_case(self, case_id: str) -> tuple[Paper, ...]:
        """Every paper of a case, oldest first."""
        records = self._session.scalars(
            select(PaperRecord)
            .where(PaperRecord.case_id == case_id)
            .order_by(PaperRecord.at, PaperRecord.id)
        )
        return tuple(map(to_paper, records))

    def _record(self, paper_id: str) -> PaperRecord:
        record = self._session.get(PaperRecord, paper_id)
        if record is None:
            raise Missing(*_MISSING)
        return record
