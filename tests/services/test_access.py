"""Signing in through a real vault, and who may give keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.vault import FileVault
from desktop_app.domain.errors import Conflict, InputError, Missing, NotAllowed, Unavailable
from desktop_app.domain.staff import Role
from desktop_app.services.access import Access, Session
from tests.helpers.world import PASSWORD, STATION, FixedClock

QUICK = Cost(memory_kib=8, passes=1, lanes=1)
NEW = "新口令-演练-2018"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def access(tmp_path: Path, clock: FixedClock) -> Access:
    create_data(tmp_path, STATION, "li", "李演练", PASSWORD, False, cost=QUICK)
    return Access(FileVault(tmp_path, clock, cost=QUICK), STATION, clock)


@pytest.fixture
def session(access: Access) -> Iterator[Session]:
    opened = access.sign_in("li", PASSWORD)
    yield opened
    opened.store.close()


def acts(session: Session) -> list[tuple[str, str, str]]:
    with session.store.read() as uow:
        return [(e.who, e.action, e.subject) for e in uow.journal.entries()]


def test_signing_in_is_journalled(access: Access, session: Session) -> None:
    assert access.logins() == ("li",)
    assert session.operator.role is Role.SUPERVISOR
    assert session.station == STATION
    assert acts(session) == [("li", "access.sign_in", "li")]


def test_a_wrong_password_opens_nothing(access: Access) -> None:
    with pytest.raises(Unavailable):
        access.sign_in("li", "falsch-falsch")
    assert not access.check("li", "falsch-falsch")
    assert access.check("li", PASSWORD)


def test_a_supervisor_adds_a_clerk_who_can_sign_in(access: Access, session: Session) -> None:
    access.add_operator(session, " zhang ", "张演练", Role.CLERK, NEW, PASSWORD)
    assert acts(session)[-1] == ("li", "access.add_operator", "zhang")
    clerk = access.sign_in("zhang", NEW)
    try:
        assert clerk.operator.name == "张演练"
        with pytest.raises(NotAllowed) as told:
            access.add_operator(clerk, "zhao", "赵演练", Role.SUPERVISOR, NEW, NEW)
        assert "所领导" in told.value.remedy
    finally:
        clerk.store.close()


def test_a_taken_login_and_a_missing_name_are_refused(access: Access, session: Session) -> None:
    before = acts(session)
    with pytest.raises(Conflict):
        access.add_operator(session, "li", "李二", Role.CLERK, NEW, PASSWORD)
    with pytest.raises(InputError):
        access.add_operator(session, "zhao", " ", Role.CLERK, NEW, PASSWORD)
    with pytest.raises(Unavailable):
        access.add_operator(session, "zhao", "赵演练", Role.CLERK, NEW, "falsch-falsch")
    assert acts(session) == before
    assert access.logins() == ("li",)


def test_a_password_is_changed_by_its_owner(access: Access, session: Session) -> None:
    with pytest.raises(InputError):
        access.change_password(session, PASSWORD, NEW, NEW + "x")
    access.change_password(session, PASSWORD, NEW, NEW)
    assert access.check("li", NEW)
    assert not access.check("li", PASSWORD)
    assert acts(session)[-1] == ("li", "access.change_password", "li")


def test_a_supervisor_gives_a_waiting_account_a_new_password(
    access: Access, session: Session
) -> None:
    access.add_operator(session, "zhang", "张演练", Role.CLERK, NEW, PASSWORD)
    for _ in range(5):
        with pytest.raises(Unavailable):
            access.sign_in("zhang", "falsch-falsch")
    with pytest.raises(Unavailable):
        access.sign_in("zhang", NEW)
    access.reset_password(session, "zhang", NEW + "2", PASSWORD)
    assert acts(session)[-1] == ("li", "access.reset_password", "zhang")
    clerk = access.sign_in("zhang", NEW + "2")
    try:
        for login in ("li", "zhang"):
            with pytest.raises(NotAllowed):
                access.reset_password(clerk, login, NEW + "3", NEW + "2")
    finally:
        clerk.store.close()
    with pytest.raises(Missing):
        access.reset_password(session, "nobody", NEW, PASSWORD)


def test_a_closed_account_stays_out_until_it_is_opened(access: Access, session: Session) -> None:
    access.add_operator(session, "zhang", "张演练", Role.CLERK, NEW, PASSWORD)
    assert not access.set_active(session, "zhang", False).active
    with pytest.raises(Unavailable, match="停用"):
        access.sign_in("zhang", NEW)
    access.set_active(session, "zhang", True)
    clerk = access.sign_in("zhang", NEW)
    try:
        with pytest.raises(NotAllowed):
            access.set_active(clerk, "li", False)
    finally:
        clerk.store.close()
    with pytest.raises(Conflict):
        access.set_active(session, "li", False)
    assert [act for _, act, _ in acts(session)].count("access.set_active") == 2


def test_a_clock_that_was_set_back_is_written_down(
    access: Access, session: Session, clock: FixedClock
) -> None:
    clock.advance(days=-1)
    again = access.sign_in("li", PASSWORD)
    with again.store.read() as uow:
        last = uow.journal.last()
    again.store.close()
    assert last is not None
    assert last.detail["clock_behind"] == 24 * 60 * 60
    assert last.seq == 2
