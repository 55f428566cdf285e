"""Graduates leave together by keyboard alone; it balances (T4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.services.roster_sheets import Received
from desktop_app.ui.pages.graduation_batch import GraduationBatchPage
from tests.helpers.rosters import fresher, write_roster
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import SCHOOL

HOME = "辽宁省沈阳市和平区演练路18号"
PEOPLE = 90


@pytest.fixture
def walk(tmp_path: Path, qtbot: QtBot) -> Iterator[Journey]:
    """A window over a school whose freshers are all registered."""
    with journey(tmp_path) as opened:
        rosters = opened.counter.students.rosters
        path = write_roster(tmp_path / "a.xlsx", [fresher(n) for n in range(PEOPLE)])
        batch = rosters.take(rosters.check(path, SCHOOL.code), Received()).batch.id
        rosters.decide(batch, "")
        rosters.enter(batch)
        yield opened


def choose_class(walk: Journey) -> None:
    """From the workbench to the first class, chosen, with one destination for all."""
    walk.press("Alt+4", "G")
    assert walk.where == "graduation"
    walk.press("Tab", "Tab")
    walk.type("1")
    walk.press("Return")
    assert len(walk.shell.rooms.students.graduation.leavers) == 40
    walk.write(HOME)
    walk.press("Return")


def test_a_class_leaves_prints_and_balances(walk: Journey) -> None:
    choose_class(walk)
    walk.ask.answers.extend([True, "121"])
    walk.press("F9")
    assert walk.where == "departure", walk.said()
    departure = walk.shell.rooms.students.graduation.departure
    assert departure is not None
    assert (departure.selected, departure.left, departure.returned) == (40, 40, 0)
    walk.press("Ctrl+P", "Ctrl+P")
    assert walk.where == "roster_papers"
    (paper,) = walk.shell.rooms.students.papers.papers
    assert paper.pages == 41
    assert walk.printer.sent
    walk.press("Esc")
    assert walk.where == "departure"


def test_who_did_not_leave_is_taken_back(walk: Journey) -> None:
    choose_class(walk)
    walk.ask.answers.extend([True, "121", "演练：延期毕业"])
    walk.press("F9", "M", "M", "U")
    departure = walk.shell.rooms.students.graduation.departure
    assert departure is not None
    assert (departure.selected, departure.left, departure.returned) == (40, 38, 2)
    assert isinstance(walk.page, GraduationBatchPage)
    assert "没有离校 2" in walk.page.balance.text()
    assert "已恢复 2 人" in walk.said()
    walk.press("Esc")
    assert walk.where == "graduation"
    service = walk.counter.students.graduation
    assert len(service.select(SCHOOL.code)) == PEOPLE - 38


def test_nobody_leaves_without_a_destination(walk: Journey) -> None:
    walk.press("Alt+4", "G", "Tab", "Tab")
    walk.type("1")
    walk.press("Return", "F9")
    assert walk.where == "graduation"
    assert "40 人还没有迁往地址" in walk.page.bar.reason_text()


def test_destinations_come_from_a_file(walk: Journey, tmp_path: Path) -> None:
    walk.press("Alt+4", "G", "Tab", "Tab")
    walk.type("1")
    walk.press("Return")
    rows = [[fresher(n)[0], fresher(n)[2], f"{HOME}-{n}"] for n in range(39)]
    path = write_roster(tmp_path / "b.xlsx", rows, ("姓名", "公民身份号码", "迁往地址"))
    walk.ask.answers.append(path)
    walk.press("Ctrl+O")
    model = walk.shell.rooms.students.graduation
    assert model.without_destination() == 1
    assert model.leavers[3].destination == f"{HOME}-3"
    assert "没有" in walk.said()
