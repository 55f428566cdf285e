"""Taking papers back: a void paper keeps its number, its bytes and the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from desktop_app.domain.case import Case, Status
from desktop_app.services.ports import UnitOfWork


def void_papers(
    uow: UnitOfWork, case: Case, forms: Collection[str], reason: str, now: datetime
) -> list[str]:
    """Void the case's papers of those forms and give their ids.

    A case whose registration papers were all issued waits for new ones again.
    """
    voided = []
    for paper in uow.papers.of_case(case.id):
        if paper.form in forms and not paper.voided:
            uow.papers.save(replace(paper, voided=reason))
            voided.append(paper.id)
    if voided and case.status is Status.ISSUED:
        uow.cases.save(replace(case, status=Status.REGISTERED, touched_at=now))
    return voided
