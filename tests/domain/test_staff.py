"""Who may do what."""

from __future__ import annotations

import pytest

from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.staff import PERMITTED, Operator, Permission, Role, require


def test_every_role_is_in_the_table() -> None:
    assert set(PERMITTED) == set(Role)


def test_only_the_supervisor_decides() -> None:
    assert {role for role in Role if Permission.DECIDE in PERMITTED[role]} == {Role.SUPERVISOR}


def test_the_installer_sees_no_personal_data() -> None:
    assert PERMITTED[Role.INSTALLER] == {Permission.MAINTAIN}


def test_refusal_names_who_can() -> None:
    clerk = Operator("zhang", "演练受理员", Role.CLERK)
    require(clerk, Permission.HANDLE_CASES)
    with pytest.raises(NotAllowed, match="受理员不能审批案件。交所领导办理"):
        require(clerk, Permission.DECIDE)


def test_an_account_that_is_closed_may_nothing() -> None:
    gone = Operator("li", "演练所长", Role.SUPERVISOR, active=False)
    assert not any(gone.may(permission) for permission in Permission)
