"""``staff``: accounts of a station, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.admin.conftest import PASSWORD, Run

NEW = "受理口令-2026"


def words(real: Path, *rest: str, login: str = "supervisor") -> tuple[object, ...]:
    return ("--data", real, "--json", "--as", login, "--password-stdin", *rest)


def test_an_added_clerk_signs_in_with_the_second_line(run: Run, real: Path) -> None:
    add = words(real, "staff", "add", "zhang", "--name", "张演练", "--role", "clerk")
    said = run(*add, stdin=f"{PASSWORD}\n{NEW}\n")
    assert said.code == 0, said.out
    assert said.value == {"login": "zhang", "name": "张演练", "role": "clerk", "active": True}
    assert run(*words(real, "case", "list", login="zhang"), stdin=NEW).value == []
    listed = run(*words(real, "staff", "list", login="zhang"), stdin=NEW).value
    assert isinstance(listed, list)
    assert [account["login"] for account in listed] == ["supervisor", "zhang"]
    again = run(*add, stdin=f"{PASSWORD}\n{NEW}\n")
    assert (again.code, again.member("error", "code")) == (1, "conflict")


def test_without_a_second_line_nobody_is_added(run: Run, real: Path) -> None:
    said = run(
        *words(real, "staff", "add", "zhang", "--name", "张演练", "--role", "clerk"),
        stdin=f"{PASSWORD}\n",
    )
    assert said.code == 2
    assert "标准输入里没有新口令" in said.out
    assert len(list(_logins(run, real))) == 1


def test_a_password_is_changed_or_given_anew(run: Run, real: Path) -> None:
    add = words(real, "staff", "add", "zhang", "--name", "张演练", "--role", "clerk")
    assert run(*add, stdin=f"{PASSWORD}\n{NEW}\n").code == 0
    own = words(real, "staff", "password", login="zhang")
    assert run(*own, stdin=f"{NEW}\n{NEW}2\n").code == 0
    assert run(*words(real, "case", "list", login="zhang"), stdin=NEW).code == 2
    others = words(real, "staff", "password", "supervisor", login="zhang")
    assert run(*others, stdin=f"{NEW}2\n{NEW}3\n").code == 1
    reset = words(real, "staff", "password", "zhang")
    assert run(*reset, stdin=f"{PASSWORD}\n{NEW}3\n").code == 0
    assert run(*words(real, "case", "list", login="zhang"), stdin=f"{NEW}3").code == 0


@pytest.mark.parametrize("command", ["stop", "start"])
def test_a_clerk_closes_and_opens_nobody(run: Run, training: Path, command: str) -> None:
    said = run("--data", training, "--as", "clerk", "staff", command, "installer")
    assert said.code == 1
    assert "不能管理账号" in said.err


def test_in_training_nobody_is_asked_for_a_password(run: Run, training: Path) -> None:
    head = ("--data", training, "--json", "staff")
    assert run(*head, "add", "zhang", "--name", "张演练", "--role", "clerk").code == 0
    assert run(*head, "stop", "zhang").member("active") is False
    stopped = run("--data", training, "--as", "zhang", "case", "list")
    assert (stopped.code, "已停用" in stopped.err) == (2, True)
    assert run(*head, "start", "zhang").member("active") is True
    assert run("--data", training, "--as", "zhang", "case", "list").code == 0


def _logins(run: Run, real: Path) -> list[object]:
    listed = run(*words(real, "staff", "list"), stdin=PASSWORD).value
    assert isinstance(listed, list)
    return listed
