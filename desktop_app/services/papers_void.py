"""Taking papers back: a void paper keeps its number, its bytes and the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from desktop_app.domain.case import Case, Status
from desktop_app.domain.certificate import Paper
from desktop_app.services.ports import UnitOfWork


def void_papers(
    uow: UnitOfWork, case: Case, forms: Collection[str], reason: str
) -> list[str]:
    """Void the case's papers of those forms and give their ids."""
    return _voided(uow, [p for p in uow.papers.of_case(case.id) if p.form in forms], reason)


def void_with_reprints(uow: UnitOfWork, paper: Paper, reason: str) -> list[str]:
    """Void a paper and whatever was printed again from it; it gives their ids.

    A reprint shows the number and the code of its first print, so it cannot outlive it.
    """
    of_case = uow.papers.of_case(paper.case_id)
    taken, found = {paper.id}, [paper]
    while found:
        again = {first.id for first in found}
        found = [p for p in of_case if p.reprint_of in again and p.id not in taken]
        taken |= {p.id for p in found}
    return _voided(uow, [p for p in of_case if p.id in taken], reason)


def reopen(uow: UnitOfWork, case_id: str, now: datetime) -> None:
    """A case whose registration papers were all issued waits for new ones again."""
    case = uow.cases.get(case_id)
    if case.status is Status.ISSUED:
        uow.cases.save(replace(case, status=Status.REGISTERED, touched_at=now))


def _voided(uow: UnitOfWork, papers: Collection[Paper], reason: str) -> list[str]:
    standing = [paper for paper in papers if not paper.voided]
    for paper in standing:
        uow.papers.save(replace(paper, voided=reason))
    return [paper.id for paper in standing]
