"""Columns of the lists of cases and persons."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.case import Status
from desktop_app.domain.fields import masked_id
from desktop_app.services.ports import CaseRow, PersonRow
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.widgets.record_table import Column

Title = Callable[[str], str]

_LEVELS = {
    Status.SUPPLEMENT: "warn", Status.REGISTERED: "ok", Status.ISSUED: "ok",
    Status.ARCHIVED: "ok",
}


def _returned(row: CaseRow) -> bool:
    """Whether a draft has been accepted before, so that somebody sent it back."""
    return row.status is Status.DRAFT and bool(row.number)


def _level(row: CaseRow) -> str:
    return "warn" if _returned(row) else _LEVELS.get(row.status, "")


def _state(row: CaseRow) -> str:
    return "退回更改" if _returned(row) else row.status.label


def case_columns(title: Title, *, number: bool = True) -> tuple[Column[CaseRow], ...]:
    """Columns of a list of cases; ``title`` gives a procedure's name.

    Names are masked there, so the last four of the number tell cases apart.
    """
    found = [
        Column[CaseRow]("time", "时间", lambda r: minute_words(r.touched_at), chars=7, spare=2),
        Column[CaseRow]("name", "申请人", _name, chars=7),
        Column[CaseRow]("tail", "身份号码", _tail, chars=5, spare=1),
        Column[CaseRow]("procedure", "通道", lambda r: title(r.procedure), stretch=True),
        Column[CaseRow]("status", "状态", _state, chars=6, level=_level),
    ]
    if number:
        found.insert(0, Column[CaseRow]("number", "编号", _short_number, chars=7))
    return tuple(found)


def hit_columns(title: Title) -> tuple[Column[CaseRow], ...]:
    """Columns of the cases a search found."""
    return (
        Column("number", "编号", lambda r: r.number, chars=15),
        Column("name", "申请人", _name, chars=8),
        Column("citizen_id", "身份号码", lambda r: masked_id(r.citizen_id), chars=12, spare=1),
        Column("procedure", "通道", lambda r: title(r.procedure), stretch=True),
        Column("status", "状态", _state, chars=6, level=_level),
        Column("time", "时间", lambda r: minute_words(r.touched_at), chars=7, spare=2),
    )


def queue_columns(title: Title) -> tuple[Column[CaseRow], ...]:
    """Columns of what waits for a decision."""
    return (
        Column("procedure", "通道", lambda r: title(r.procedure), stretch=True),
        Column("name", "申请人", _name, chars=7),
        Column("tail", "身份号码", _tail, chars=4, spare=2),
        Column("due", "期限", _due, chars=4, spare=1),
    )


def person_columns() -> tuple[Column[PersonRow], ...]:
    """Columns of the persons a search found."""
    return (
        Column("name", "姓名", lambda r: r.name, chars=8),
        Column("citizen_id", "身份号码", lambda r: masked_id(r.citizen_id), chars=12),
        Column("birth_date", "出生日期", lambda r: r.birth_date.isoformat(), chars=7, spare=1),
        Column("household", "户号", lambda r: r.household_number, chars=6, spare=2),
        Column("address", "住址", lambda r: r.address, stretch=True),
    )


def _name(row: CaseRow) -> str:
    return f"{row.name}（优先）" if row.priority else row.name


def _tail(row: CaseRow) -> str:
    return f"*{row.citizen_id[-4:]}" if row.citizen_id else ""


def _short_number(row: CaseRow) -> str:
    """Day and order: the station's own part is the same in every row."""
    return row.number.split("-", 2)[-1]


def _due(row: CaseRow) -> str:
    return f"{row.due:%m-%d}" if row.due is not None else "--"
