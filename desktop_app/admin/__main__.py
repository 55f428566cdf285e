"""``luohu-admin``: the command line, without Qt and without a display.

Each command lives in a module that is imported only when the command is called: listing the
policy must not pay for the database or the PDF engine.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from io import TextIOWrapper
from itertools import takewhile
from pathlib import Path
from typing import NoReturn, TextIO

from desktop_app import __version__
from desktop_app.adapters.roster.limits import READ_ROSTER
from desktop_app.adapters.workstation.paths import program_dir
from desktop_app.admin.answer import Answer, Call, Exit, Usage, refusal
from desktop_app.admin.usage import HelpAsked, Parser
from desktop_app.domain.errors import CounterError, Unavailable

Run = Callable[[Call, argparse.Namespace], Answer]

_PROGRAM = "luohu-admin"
_HELP = ("-h", "--help")
_VERSION = "--version"
_JSON, _DATA, _AS, _PASSWORD = "--json", "--data", "--as", "--password-stdin"


@dataclass(frozen=True)
class Command:
    """``module`` has ``add_<name>(parser)`` (dashes as underscores), which sets ``run``."""

    module: str
    help: str


#: Every command. To add one: a line here, and ``add_<name>`` in its module.
COMMANDS: Mapping[str, Command] = {
    "init": Command("folder_commands", "建数据文件夹：数据库、钥匙、首个所领导账号"),
    "policy": Command("policy_commands", "政策：check 检查、list 列出、add-text 导入文件原文"),
    "assess": Command("policy_commands", "按一组事实判定全部落户通道"),
    "form": Command("form_commands", "表格：list 列出、render 按数据生成"),
    "seed": Command("seed_commands", "在演练数据里造人和各种状态的受理件"),
    "search": Command("case_commands", "查人和受理件"),
    "case": Command("case_commands", "受理件：list、show、take、review、approve、register、print"),
    "roster": Command("roster_commands", "新生名册：check 检查、take 受理并写核对单"),
    "verify": Command("folder_commands", "核验办件日志"),
    "staff": Command("staff_commands", "账号：list、add、password、stop、start"),
    "check": Command("folder_commands", "核验全部：数据、日志、政策、表格、字体"),
    "backup": Command("folder_commands", "写一份加密备份"),
}


@dataclass
class _Globals:
    """What may stand anywhere on the line, and the words that remain."""

    data: str = ""
    login: str = ""
    password_stdin: bool = False
    rest: list[str] = field(default_factory=list)


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the installed program, which also is its own reader of rosters."""
    given = sys.argv[1:] if argv is None else argv
    if list(given[:1]) == [READ_ROSTER]:
        # Only here: no other command needs the reader itself.
        from desktop_app.adapters.roster import child

        raise SystemExit(child.main(given[1:]))
    raise SystemExit(main(given))


def main(argv: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    _speak_utf8()
    as_json = _JSON in takewhile(lambda word: word != "--", argv)
    data: Path | None = None
    try:
        given = _globals(argv)
        data = Path(given.data) if given.data else None
        answer = _carry_out(given, data)
    except CounterError as error:
        answer = refusal(error)
    except KeyboardInterrupt:
        answer = refusal(Unavailable("已中止", "没做完的改动都已撤回"))
    except UnicodeEncodeError as error:
        answer = refusal(_not_text(argv) or _unforeseen(error, data))
    except Exception as error:
        answer = refusal(_unforeseen(error, data))
    return _say(answer, as_json)


def _say(answer: Answer, as_json: bool) -> int:
    stream = sys.stdout if as_json or not answer.failed else sys.stderr
    try:
        print(answer.text(as_json), file=stream, flush=True)
    except BrokenPipeError:  # the reader has had enough
        _close(stream)
    except OSError:
        _close(stream)
        if stream is sys.stdout:
            print("标准输出写不进去，结果没有写全\n检查磁盘空间或管道后再试", file=sys.stderr)
            return Exit.USAGE
    return answer.code


def _close(stream: TextIO) -> None:
    """Let what is left in the stream go, or Python would complain of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _carry_out(given: _Globals, data: Path | None) -> Answer:
    name, words = (given.rest[0], given.rest[1:]) if given.rest else ("", [])
    if name in _HELP:
        return Answer(_overview(), [_overview()])
    if name == _VERSION:
        return Answer(__version__, [__version__])
    if not name:
        raise Usage("没有写命令", _overview())
    if name not in COMMANDS:
        raise Usage(f"没有命令 {name}", _overview())
    parser = Parser(f"{_PROGRAM} {name}", COMMANDS[name].help)
    module = import_module(f"desktop_app.admin.{COMMANDS[name].module}")
    getattr(module, f"add_{name.replace('-', '_')}")(parser)
    try:
        args = parser.parse_args(words)
    except HelpAsked as asked:
        return Answer(asked.text, [asked.text])
    carry_out: Run = args.run
    call = Call(data, program_dir(), given.login, given.password_stdin)
    return carry_out(call, args)


def _globals(argv: Sequence[str]) -> _Globals:
    """Take out what every command knows; after ``--`` nothing is an option any more."""
    found = _Globals()
    words = iter(argv)
    for word in words:
        option, equals, value = word.partition("=")
        if word == "--":
            found.rest.extend([word, *words])
        elif option in (_DATA, _AS):
            value = value if equals else next(words, "")
            if not value:
                raise Usage(f"{option} 后面缺一个值", _overview())
            if option == _DATA:
                found.data = value
            else:
                found.login = value
        elif word == _PASSWORD:
            found.password_stdin = True
        elif word != _JSON:
            found.rest.append(word)
    return found


def _overview() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.help}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            f"用法：{_PROGRAM} [--data 文件夹] [--json] [--as 账号] [--password-stdin] 命令",
            *lines,
            f"某个命令的用法：{_PROGRAM} 命令 --help；版本：{_PROGRAM} --version",
        ]
    )


def _not_text(argv: Sequence[str]) -> Usage | None:
    """What to say of words that came in another encoding than that of the system."""
    if all(word.isprintable() or word.isascii() for word in argv):
        return None
    return Usage("命令里有认不出编码的字符", "把终端改成 UTF-8 后再写一次")


def _unforeseen(error: Exception, data: Path | None) -> Unavailable:
    """Log a fault of the program and give a person its reference; never its words."""
    # Only a fault needs these.
    from desktop_app.adapters.workstation import logs, paths

    folder = paths.data_dir(data)
    try:
        logs.start(paths.logs_dir(folder if folder.is_dir() else paths.own_dir()))
        reference = logs.report(error)
    except CounterError:
        reference = type(error).__name__
    finally:
        logs.stop()
    return Unavailable(f"程序内部出错，编号 {reference}", "把编号和 logs 文件夹里的日志交信息员")


def _speak_utf8() -> None:
    """Chinese goes out as UTF-8 even where the console's locale says otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    run()
