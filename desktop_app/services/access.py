"""Signing in, and who has a key (登录与账号)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop_app.domain.errors import Conflict, InputError, Missing
from desktop_app.domain.fields import visible
from desktop_app.domain.staff import Operator, Permission, Role, require
from desktop_app.domain.station import Station
from desktop_app.services.ports import Clock, Store, UnitOfWork, Vault


@dataclass(frozen=True)
class Session:
    """A person at work: who it is, the open store, and the station."""

    operator: Operator
    store: Store
    station: Station


class Access:
    """The door of the program."""

    def __init__(self, vault: Vault, station: Station, clock: Clock) -> None:
        self._vault = vault
        self._station = station
        self._clock = clock

    def logins(self) -> tuple[str, ...]:
        """Who can sign in here."""
        return self._vault.logins()

    def sign_in(self, login: str, password: str) -> Session:
        """Open the store for a person; the sign-in is journalled.

        Raises Unavailable, in the vault's words, for a wrong password or a waiting account.
        """
        unlocked = self._vault.unlock(login.strip(), password)
        try:
            self._note(unlocked.store, unlocked.operator, "access.sign_in", unlocked.operator.login)
        except BaseException:
            unlocked.store.close()
            raise
        return Session(unlocked.operator, unlocked.store, self._station)

    def check(self, login: str, password: str) -> bool:
        """Whether this is the person's password, for unlocking the screen and for decisions."""
        return self._vault.check(login, password)

    def change_password(self, session: Session, old: str, new: str, again: str) -> None:
        """Change one's own password; both new ones have to agree. Journalled."""
        if new != again:
            raise InputError("两次录入的新口令不同", "再录一次新口令", field="password_again")
        self._vault.change_password(session.operator.login, old, new)
        self._note(
            session.store, session.operator, "access.change_password", session.operator.login
        )

    def add_operator(
        self, session: Session, login: str, name: str, role: Role, password: str,
        own_password: str,
    ) -> Operator:
        """Add an account, on the authority of a supervisor who gives the own password again.

        Raises NotAllowed for any other role, Conflict when the login is taken.
        """
        require(session.operator, Permission.MANAGE_STAFF)
        if not name.strip():
            raise InputError("没有写姓名", "填写姓名", field="name")
        visible(name, "姓名", "name")
        operator = Operator(login.strip(), name.strip(), role)
        with session.store.write() as uow:
            if uow.staff.get(operator.login) is not None:
                raise Conflict(f"用户名 {operator.login} 已有人用", "换一个用户名", field="login")
            self._vault.enrol(
                operator.login, password, by_login=session.operator.login,
                by_password=own_password,
            )
            uow.staff.put(operator)
            uow.journal.append(
                at=self._clock.now(), who=session.operator.login, action="access.add_operator",
                subject=operator.login, detail={**self._where(), "role": role.value},
            )
            uow.commit()
        return operator

    def reset_password(
        self, session: Session, login: str, password: str, own_password: str
    ) -> None:
        """Give somebody who forgot the password, or waits after wrong ones, a new one. Journalled.

        Raises NotAllowed for all but a supervisor, Missing for a login that nobody has.
        """
        require(session.operator, Permission.MANAGE_STAFF)
        operator = _account(session, login)
        self._vault.enrol(
            operator.login, password, by_login=session.operator.login, by_password=own_password
        )
        self._note(session.store, session.operator, "access.reset_password", operator.login)

    def set_active(self, session: Session, login: str, active: bool) -> Operator:
        """Close an account, or open it again; nobody closes the own one. Journalled.

        Raises NotAllowed for all but a supervisor, Missing for a login that nobody has.
        """
        require(session.operator, Permission.MANAGE_STAFF)
        operator = replace(_account(session, login), active=active)
        if operator.login == session.operator.login:
            raise Conflict("不能停用或启用自己的账号", "由另一位所领导办理")
        with session.store.write() as uow:
            uow.staff.put(operator)
            uow.journal.append(
                at=self._clock.now(), who=session.operator.login, action="access.set_active",
                subject=operator.login, detail={**self._where(), "active": active},
            )
            uow.commit()
        return operator

    def _note(self, store: Store, by: Operator, act: str, subject: str) -> None:
        now = self._clock.now()
        with store.write() as uow:
            uow.journal.append(
                at=now, who=by.login, action=act, subject=subject,
                detail={**self._where(), "role": by.role.value, **_set_back(uow, now)},
            )
            uow.commit()

    def _where(self) -> Mapping[str, object]:
        return {"workstation": self._station.workstation}


def _account(session: Session, login: str) -> Operator:
    with session.store.read() as uow:
        operator = uow.staff.get(login.strip())
    if operator is None:
        raise Missing(f"没有账号 {login.strip()}", "核对用户名")
    return operator


def _set_back(uow: UnitOfWork, now: datetime) -> Mapping[str, object]:
    """That the machine's clock lies before the last entry, and by how many seconds."""
    last = uow.journal.last()
    behind = datetime.fromisoformat(last.at) - now if last is not None else timedelta()
    return {"clock_behind": int(behind.total_seconds())} if behind > timedelta() else {}
