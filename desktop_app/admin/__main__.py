"""``luohu-admin``: the command line, without Qt and without a display.

Each command lives in a module that is imported only when the command is called: listing the
policy must not pay for the database or the PDF engine.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from desktop_app.adapters.workstation.paths import program_dir
from desktop_app.admin.answer import Answer, Call, Usage, refusal
from desktop_app.domain.errors import CounterError, Unavailable

Run = Callable[[Call, argparse.Namespace], Answer]

_PROGRAM = "luohu-admin"
_HELP = ("-h", "--help")


@dataclass(frozen=True)
class Command:
    """``module`` has ``add_<name>(parser)`` (dashes as underscores), which sets ``run``."""

    module: str
    help: str


#: Every command. To add one: a line here, and ``add_<name>`` in its module.
COMMANDS: Mapping[str, Command] = {
    "policy": Command("policy_commands", "政策：check 检查、list 列出、add-text 导入文件原文"),
    "assess": Command("policy_commands", "按一组事实判定全部落户通道"),
}


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing English and exiting."""

    def error(self, message: str) -> NoReturn:
        raise Usage("命令写法不对", self.format_usage().replace("usage:", "用法：").strip())


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the installed program."""
    raise SystemExit(main(sys.argv[1:] if argv is None else argv))


def main(argv: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    _speak_utf8()
    as_json = "--json" in argv
    try:
        answer = _carry_out(argv)
    except CounterError as error:
        answer = refusal(error)
    except Exception as error:
        # What went wrong inside may quote personal data: only its kind is told.
        kind = type(error).__name__
        answer = refusal(Unavailable(f"程序内部出错（{kind}）", "把命令和这个词告诉信息员"))
    stream = sys.stdout if as_json or not answer.failed else sys.stderr
    print(answer.text(as_json), file=stream)
    return answer.code


def _carry_out(argv: Sequence[str]) -> Answer:
    data, words = _without_globals(argv)
    name = words[0] if words else ""
    if name in _HELP or not name:
        if not name:
            raise Usage("没有写命令", _overview())
        return Answer(_overview(), [_overview()])
    if name not in COMMANDS:
        raise Usage(f"没有命令 {name}", _overview())
    parser = _Parser(prog=f"{_PROGRAM} {name}", description=COMMANDS[name].help)
    module = import_module(f"desktop_app.admin.{COMMANDS[name].module}")
    getattr(module, f"add_{name.replace('-', '_')}")(parser)
    args = parser.parse_args(words[1:])
    carry_out: Run = args.run
    return carry_out(Call(data=data, root=program_dir()), args)


def _without_globals(argv: Sequence[str]) -> tuple[Path | None, list[str]]:
    """``--data`` and ``--json`` may stand anywhere; what remains is the command."""
    data: Path | None = None
    rest: list[str] = []
    words: Iterator[str] = iter(argv)
    for word in words:
        if word == "--data":
            data = Path(_next(words))
        elif word.startswith("--data="):
            data = Path(word.removeprefix("--data="))
        elif word != "--json":
            rest.append(word)
    return data, rest


def _next(words: Iterator[str]) -> str:
    word = next(words, "")
    if not word:
        raise Usage("--data 后面没有写文件夹", "写成 --data 文件夹")
    return word


def _overview() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.help}" for name, command in COMMANDS.items()]
    return "\n".join([f"用法：{_PROGRAM} [--data DIR] [--json] COMMAND", *lines])


def _speak_utf8() -> None:
    """Chinese goes out as UTF-8 even where the console's locale says otherwise."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


if __name__ == "__main__":
    run()
