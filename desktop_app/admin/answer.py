"""What a command gives back: an exit code, one JSON value, and the same in words."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from getpass import getpass
from pathlib import Path

from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.domain.errors import CounterError, Damaged, Unavailable


class Exit(IntEnum):
    """Exit codes: done or sound; refused or unsound; bad usage or environment."""

    DONE = 0
    REFUSED = 1
    USAGE = 2


class Usage(CounterError):
    """The command was called in a way that it does not understand."""


@dataclass(frozen=True)
class Answer:
    """``value`` is printed with ``--json``, ``lines`` without.

    ``failed`` answers tell of an error instead of a result: they go to standard error.
    """

    value: object
    lines: Sequence[str]
    code: Exit = Exit.DONE
    failed: bool = False

    def text(self, as_json: bool) -> str:
        """What goes to standard output, without the last line break."""
        if as_json:
            return json.dumps(self.value, ensure_ascii=False, indent=2, default=_plain)
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Call:
    """What every command is told: the data folder, who acts, and where the program's files lie.

    ``login`` is empty when nobody was named; the password is read only when a command asks.
    """

    data: Path | None
    root: Path
    login: str = ""
    password_stdin: bool = False

    @property
    def resources(self) -> Path:
        """Policy, codes, fonts and icons."""
        return self.root / "resources"

    @property
    def forms(self) -> Path:
        """The definitions of the papers."""
        return self.root / "forms"

    def password(self, *, twice: bool = False, what: str = "口令") -> str:
        """The next line of standard input, or what is typed at the terminal.

        Raises Usage when there is neither: nothing said is not a wrong password.
        """
        if self.password_stdin:
            return _next_line(what)
        if sys.stdin is None or not sys.stdin.isatty():
            raise Usage(f"没有{what}", "加 --password-stdin，从标准输入读口令，一行一个")
        password = getpass(f"{what}：")
        if twice and getpass("再写一遍：") != password:
            raise Usage("两遍口令不同", "重新写一遍")
        return password

    def note(self, words: str) -> None:
        """A line of progress for a person; standard output stays for the answer."""
        if sys.stderr.isatty():
            print(words, file=sys.stderr)


def _next_line(what: str) -> str:
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except UnicodeDecodeError:
        raise Usage("标准输入里的口令不是 UTF-8", "用 UTF-8 传口令") from None
    if not line:
        raise Usage(f"标准输入里没有{what}", "把口令写在标准输入，一行一个")
    return line.rstrip("\r\n")


def day_of(text: str) -> date:
    """The day of ``--on``, today when none was named. Raises Usage."""
    if not text:
        return SystemClock().today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Usage(f"日期 {text} 看不懂", "写成 2017-06-01 的样式") from None


def refusal(error: CounterError) -> Answer:
    """The answer that tells of an error."""
    usage = isinstance(error, Usage | Unavailable) and not isinstance(error, Damaged)
    code = Exit.USAGE if usage else Exit.REFUSED
    return Answer({"error": error_value(error)}, error_lines(error), code, True)


def error_value(error: CounterError) -> dict[str, object]:
    """An error for a program: code, message, remedy, and the field or faults it knows."""
    value: dict[str, object] = {
        "code": re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower(),
        "message": error.message,
        "remedy": error.remedy,
    }
    if error.field is not None:
        value["field"] = error.field
    faults = getattr(error, "faults", ())
    if faults:
        value["faults"] = [vars(fault) for fault in faults]
    return value


def error_lines(error: CounterError) -> list[str]:
    """An error for a person."""
    faults = _fault_lines(getattr(error, "faults", ()))
    return [error.message, *faults, *([error.remedy] if error.remedy else [])]


def _fault_lines(faults: Sequence[object]) -> list[str]:
    """One line for each, when the message has not told all there is."""
    return [f"  {fault}" for fault in faults] if len(faults) > 1 else []


def _plain(value: object) -> str:
    if isinstance(value, date | Path):
        return str(value)
    raise TypeError(f"没有 JSON 写法：{type(value).__name__}")
