"""The command line of the window: what it answers without opening one."""

from __future__ import annotations

import pytest

from desktop_app import __version__, main


@pytest.mark.parametrize(("argv", "words"), [
    (["--trainig"], "没有这个参数：--trainig"),
    (["--train"], "没有这个参数：--train"),
    (["--data"], "--data 后面缺一个值"),
    (["file.db"], "没有这个参数：file.db"),
])
def test_bad_usage_is_told_in_chinese(
    argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main.run(argv)
    assert left.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{words}\n看用法：luohu --help\n"


@pytest.mark.parametrize(("argv", "words"), [
    (["--help"], "用法：luohu"), (["-h"], "--self-test"), (["--version"], __version__),
])
def test_help_and_version_are_no_fault(
    argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main.run(argv)
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert words in said
    assert "show this help" not in said
