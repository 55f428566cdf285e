"""Papers byte for byte, accounts, settings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.certificate import Paper
from desktop_app.domain.staff import Operator, Role
from tests.adapters.storage.things import NOON

PDF = b"%PDF-1.7\n\x00\xff" * 9000


def _paper(order: int = 1) -> Paper:
    return Paper(
        id=f"paper-{order}",
        case_id="case-1",
        form="receipt",
        title="受理回执",
        copy_number="DL-W1-0001",
        sha256=hashlib.sha256(PDF).hexdigest(),
        pages=1,
        by="clerk",
        at=NOON + timedelta(minutes=order),
        policy_digest="ab",
    )


def test_a_paper_keeps_its_exact_bytes_and_can_be_voided(store: SqlStore) -> None:
    with store.write() as unit:
        unit.papers.add(_paper(2), PDF)
        unit.papers.add(replace(_paper(1), reprint_of="paper-2"), b"x")  # keeps the copy number
        unit.commit()
    with store.write() as unit:
        assert unit.papers.pdf("paper-2") == PDF
        unit.papers.save(replace(_paper(2), voided="更正"))
        unit.commit()
    with store.read() as unit:
        assert [paper.id for paper in unit.papers.of_case("case-1")] == ["paper-1", "paper-2"]
        assert unit.papers.get("paper-2").voided == "更正"


@pytest.mark.parametrize(
    "statement", ["UPDATE paper_bytes SET pdf = x'00'", "DELETE FROM paper_bytes"]
)
def test_printed_bytes_cannot_be_changed(store: SqlStore, statement: str) -> None:
    with store.write() as unit:
        unit.papers.add(_paper(), PDF)
        unit.commit()
    with pytest.raises(IntegrityError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))


def test_accounts_by_login(store: SqlStore) -> None:
    wang = Operator("wang", "试甲", Role.CLERK)
    with store.write() as unit:
        unit.staff.put(wang)
        unit.staff.put(Operator("an", "试乙", Role.SUPERVISOR))
        unit.staff.put(replace(wang, active=False))
        unit.commit()
    with store.read() as unit:
        assert [person.login for person in unit.staff.all()] == ["an", "wang"]
        assert unit.staff.get("wang") == replace(wang, active=False)
        assert unit.staff.get("nobody") is None


def test_settings_are_replaced(store: SqlStore) -> None:
    with store.write() as unit:
        unit.settings.put("text_size", "16")
        unit.settings.put("text_size", "20")
        unit.commit()
    with store.read() as unit:
        assert unit.settings.get("text_size") == "20"
        assert unit.settings.get("none") is None
