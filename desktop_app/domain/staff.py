"""Who works at the station, and the one table of who may do what (人员与权限)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop_app.domain.errors import NotAllowed


class Role(Enum):
    """受理员, 所领导, 信息员."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    INSTALLER = "installer"

    @property
    def label(self) -> str:
        """The role in the words of the station."""
        return {"clerk": "受理员", "supervisor": "所领导", "installer": "信息员"}[self.value]


class Permission(Enum):
    """One kind of act that a role may be allowed."""

    HANDLE_CASES = "handle_cases"
    DECIDE = "decide"
    REGISTER = "register"
    PRINT = "print"
    SEARCH = "search"
    MANAGE_STAFF = "manage_staff"
    MAINTAIN = "maintain"


_WORDS = {
    Permission.HANDLE_CASES: "受理案件",
    Permission.DECIDE: "审批案件",
    Permission.REGISTER: "登记入户",
    Permission.PRINT: "打印证件",
    Permission.SEARCH: "查询",
    Permission.MANAGE_STAFF: "管理账号",
    Permission.MAINTAIN: "维护本机",
}

PERMITTED: Mapping[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset(
        {Permission.HANDLE_CASES, Permission.REGISTER, Permission.PRINT, Permission.SEARCH}
    ),
    Role.SUPERVISOR: frozenset(
        {
            Permission.HANDLE_CASES,
            Permission.DECIDE,
            Permission.REGISTER,
            Permission.PRINT,
            Permission.SEARCH,
            Permission.MANAGE_STAFF,
            Permission.MAINTAIN,
        }
    ),
    Role.INSTALLER: frozenset({Permission.MAINTAIN}),
}


@dataclass(frozen=True)
class Operator:
    """A person who signs in: ``login`` is typed, ``name`` is printed."""

    login: str
    name: str
    role: Role
    active: bool = True

    def may(self, permission: Permission) -> bool:
        """Whether this person's role carries the permission."""
        return self.active and permission in PERMITTED[self.role]


def require(operator: Operator, permission: Permission) -> None:
    """Raise NotAllowed, naming the roles that can, unless the operator may."""
    if operator.may(permission):
        return
    able = "、".join(role.label for role in Role if permission in PERMITTED[role])
    raise NotAllowed(f"{operator.role.label}不能{_WORDS[permission]}", f"交{able}办理")
