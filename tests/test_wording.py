"""T26: what the program says to people, read as a catalogue: short, plain, never scolding."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FIELDS
from tests.helpers.world import ROOT, policy_book

PACKAGE = ROOT / "desktop_app"
#: Tables of names, characters and samples, not messages.
TABLES = {
    "admin/synthetic.py", "adapters/storage/initials.py", "domain/form_values.py",
    "domain/land_rights.py",
    "domain/roster_words.py",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
BETWEEN = re.compile(r"[。，；：、！？\n（）“”]|\{\}")
LONGEST = 30
#: 请 is banned as a word of request; 申请 and 呈请 are names of acts.
BANNED = re.compile(r"(?<![申呈])请|抱歉|非法|无效|失败|!|！|您|登陆|其它|帐号")
NARROW = re.compile(r"[\u4e00-\u9fff][,;:?][\u4e00-\u9fff]")
FULL_NUMBER = re.compile(r"\d{17}[\dX]")


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Every Chinese text of a module but docstrings; ``{}`` stands for what is put in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            words = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
            if HAN.search(words):
                yield node.lineno, words
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in skipped:
            continue
        if isinstance(node.value, str) and HAN.search(node.value):
            yield node.lineno, node.value


MODULES = sorted(
    path for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).as_posix() not in TABLES
)


def faults(words: str) -> list[str]:
    """What is wrong with a message."""
    found = [f"{word} is not said" for word in BANNED.findall(words)]
    found += [
        f"{len(HAN.findall(part))} characters without a pause"
        for part in BETWEEN.split(words) if len(HAN.findall(part)) > LONGEST
    ]
    if NARROW.search(words):
        found.append("narrow punctuation between characters")
    if FULL_NUMBER.search(words):
        found.append("a whole citizen number")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_every_message_of_a_module_is_fit_to_be_read(path: Path) -> None:
    found = [
        f"{path.name}:{line}: {words}: {fault}"
        for line, words in messages(path) for fault in faults(words)
    ]
    assert found == []


def policy_words() -> Iterator[str]:
    for procedure in policy_book().procedures:
        yield from (procedure.title, procedure.short, procedure.summary)
        yield from (step.title for step in procedure.steps)
        for rule in procedure.rules:
            yield from (rule.says, rule.remedy)
        for material in procedure.materials:
            yield from (material.name, material.note)
    for fact in FACTS.values():
        yield from (fact.label, fact.question)
    for field in FIELDS.values():
        yield from (field.label, field.hint)


def test_the_policy_speaks_the_same_way() -> None:
    assert [(words, faults(words)) for words in policy_words() if faults(words)] == []


@pytest.mark.parametrize(
    "words",
    ["请重新输入", "导入失败", "您没有权限", "输入无效！", "姓名,性别", "号码 210283197803150014",
     "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"],
)
def test_the_reader_can_find_fault(words: str) -> None:
    assert faults(words)


@pytest.mark.parametrize("words", ["撤回申请", "填写姓名", "号码 210283********0014，对照证件"])
def test_the_reader_lets_plain_words_be(words: str) -> None:
    assert faults(words) == []
