"""A command line that is understood and explained in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from desktop_app.admin.answer import Usage

_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.*)", lambda m: f"缺 {m[1]}"),
    (r"one of the arguments (.*) is required", lambda m: f"缺 {m[1]} 之一"),
    (
        r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)",
        lambda m: f"{m[1]}没有 {m[2]}，可用：{m[3].replace(chr(39), '')}",
    ),
    (r"unrecognized arguments: (.*)", lambda m: f"没有这个参数：{m[1]}"),
    (r"argument (.*?): expected .*", lambda m: f"{m[1]} 后面缺一个值"),
    (r"argument (.*?): invalid \S+ value: '(.*)'", lambda m: f"{m[1]} 的值不对：{m[2]}"),
    (r"argument (.*?): not allowed with argument (.*)", lambda m: f"{m[1]} 不能与 {m[2]} 同用"),
    (r"argument (.*?): ignored explicit argument .*", lambda m: f"{m[1]} 后面不写值"),
    (r"argument (.*?): (.*)", lambda m: f"{m[1]}：{m[2]}"),
)
"""What argparse says in English (Python 3.11), and the same in Chinese."""


def in_chinese(message: str) -> str:
    """A message of argparse as a person here reads it."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words(found)
    return "命令写法不对"


class HelpAsked(Exception):
    """The help was asked for; ``text`` is what it says."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help under Chinese headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Name the sections of argparse in Chinese."""
        known = {"positional arguments": "参数", "options": "选项"}
        super().start_section(known.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser that raises Usage, or HelpAsked, instead of leaving the program."""

    def __init__(
        self,
        prog: str | None = None,
        description: str | None = None,
        parents: Sequence[argparse.ArgumentParser] = (),
        add_help: bool = True,
    ) -> None:
        super().__init__(
            prog=prog,
            description=description,
            parents=list(parents),
            formatter_class=ChineseFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        if add_help:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def print_help(self, file: object = None) -> NoReturn:
        """Raise HelpAsked: the answer is told in one place, as JSON where that is wanted."""
        raise HelpAsked(self.format_help().rstrip())

    def error(self, message: str) -> NoReturn:
        """Raise Usage in Chinese."""
        raise Usage(in_chinese(message), f"看用法：{self.prog} --help")
