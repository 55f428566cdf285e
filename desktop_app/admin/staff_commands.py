"""``staff``: who may sign in. Passwords come line by line: one's own, then the new one."""

from __future__ import annotations

import argparse

from desktop_app.admin.answer import Answer, Call
from desktop_app.admin.office import Office, opened
from desktop_app.admin.training import NO_PASSWORD
from desktop_app.domain.staff import Operator, Role

_NEW = "新口令"


def add_staff(parser: argparse.ArgumentParser) -> None:
    """The ``staff`` family."""
    family = parser.add_subparsers(metavar="COMMAND", required=True)
    family.add_parser("list", help="列出账号").set_defaults(run=list_command)
    adding = family.add_parser("add", help="添加账号；先读本人口令，再读新账号的口令")
    adding.add_argument("login", metavar="LOGIN", help="用户名")
    adding.add_argument("--name", metavar="NAME", required=True, help="姓名，印在文书上")
    roles = "、".join(f"{role.value} {role.label}" for role in Role)
    adding.add_argument(
        "--role", required=True, choices=[role.value for role in Role], help=roles
    )
    adding.set_defaults(run=add_command)
    password = family.add_parser(
        "password", help="换本人口令；写了用户名则重设那个账号的口令，并解除等待"
    )
    password.add_argument("login", metavar="LOGIN", nargs="?", default="", help="用户名")
    password.set_defaults(run=password_command)
    for name, words, active in (("stop", "停用账号", False), ("start", "启用账号", True)):
        command = family.add_parser(name, help=words)
        command.add_argument("login", metavar="LOGIN", help="用户名")
        command.set_defaults(run=set_active_command, active=active)


def list_command(call: Call, args: argparse.Namespace) -> Answer:
    """Every account, by login."""
    with opened(call) as office, office.session.store.read() as unit:
        accounts = unit.staff.all()
    return Answer([_value(account) for account in accounts], [_line(a) for a in accounts])


def add_command(call: Call, args: argparse.Namespace) -> Answer:
    """Add an account, on the authority of a supervisor."""
    with opened(call) as office:
        account = office.access.add_operator(
            office.session, args.login, args.name, Role(args.role), _new_password(call, office),
            office.password,
        )
    return Answer(_value(account), [f"已添加账号 {_line(account)}"])


def password_command(call: Call, args: argparse.Namespace) -> Answer:
    """Change the own password, or give somebody else a new one."""
    with opened(call) as office:
        own = office.session.operator.login
        login, new = args.login or own, _new_password(call, office)
        if login == own:
            office.access.change_password(office.session, office.password, new, new)
        else:
            office.access.reset_password(office.session, login, new, office.password)
    return Answer({"login": login}, [f"已换口令：{login}"])


def set_active_command(call: Call, args: argparse.Namespace) -> Answer:
    """Close an account, or open it again."""
    with opened(call) as office:
        account = office.access.set_active(office.session, args.login, args.active)
    return Answer(_value(account), [_line(account)])


def _new_password(call: Call, office: Office) -> str:
    """Training has no passwords."""
    if office.session.station.training:
        return NO_PASSWORD
    return call.password(twice=True, what=_NEW)


def _value(account: Operator) -> dict[str, object]:
    return {
        "login": account.login, "name": account.name, "role": account.role.value,
        "active": account.active,
    }


def _line(account: Operator) -> str:
    state = "" if account.active else "　已停用"
    return f"{account.login}　{account.name}　{account.role.label}{state}"
