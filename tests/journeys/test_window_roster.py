"""Freshers' day through the window by keyboard alone (T3, T4, T28)."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.adapters.pdf.raster import page_count
from desktop_app.domain.batch import Outcome
from desktop_app.domain.case import Status
from desktop_app.domain.roster import Lane
from desktop_app.ui.pages.roster_papers import RosterPapersPage
from tests.helpers.rosters import HEADINGS, faulty, fresher, write_roster
from tests.helpers.window_journey import Journey, journey


def read(walk: Journey, path: Path) -> None:
    """From anywhere to the lanes of a file."""
    walk.ask.answers.append(path)
    walk.press("Alt+4", "Return")
    assert walk.where == "roster_check", walk.said()


def test_two_thousand_from_the_file_to_the_reconciliation_in_twelve_keys(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "新生名册.xlsx", faulty(2000))
    with journey(tmp_path) as walk:
        read(walk, path)
        corrections = walk.keys.count
        walk.press("Alt+Shift+A")
        corrections = walk.keys.count - corrections
        check = walk.shell.rooms.students.roster.check
        assert check is not None
        assert check.counts[Lane.NOT_CHOSEN] == 50
        walk.press("F9", "Space", "Space", "F9")
        assert walk.where == "roster_batch", walk.said()
        walk.press("A", "E", "Ctrl+P")
        assert walk.where == "roster_papers"
        walk.press("Ctrl+P", "R")
        batch = walk.shell.rooms.students.batch
        assert batch.count(Status.ISSUED) == check.accepted
        found = batch.reconciliation
        assert found is not None
        assert found.balanced
        assert found.sent == 2000
        assert found.counts[Outcome.SETTLED] == check.accepted
        titles = [paper.title for paper in walk.shell.rooms.students.papers.papers]
        assert "新生落户核对单" in titles
        assert walk.printer.sent
        assert walk.keys.count - corrections <= 12, walk.keys.keys


def test_a_row_is_corrected_on_the_spot_and_kept_for_the_next_reading(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(40))
    with journey(tmp_path) as walk:
        read(walk, path)
        walk.press("3", "Return")
        assert walk.field == "row.voluntary"
        walk.write("是")
        walk.press("Return")
        check = walk.shell.rooms.students.roster.check
        assert check is not None
        corrected = check.row(4)
        assert corrected is not None
        assert corrected.lane is Lane.READY
        walk.press("1", "Alt+A")
        read(walk, path)
        again = walk.shell.rooms.students.roster.check
        assert again is not None
        kept = again.row(4)
        assert kept is not None
        assert kept.lane is Lane.READY


def take(walk: Journey, path: Path) -> None:
    """From the workbench to a batch."""
    read(walk, path)
    walk.press("F9", "Space", "Space", "F9")
    assert walk.where == "roster_batch", walk.said()


def test_nothing_is_taken_without_the_signed_list(tmp_path: Path, qtbot: QtBot) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(40))
    with journey(tmp_path) as walk:
        read(walk, path)
        walk.press("F9", "F9")
        assert walk.where == "roster_take"
        assert "签名" in walk.page.bar.reason_text()
        assert walk.counter.students.rosters.batches() == ()


def test_a_batch_is_taken_back_whole_while_nothing_is_printed(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(40))
    with journey(tmp_path) as walk:
        take(walk, path)
        walk.ask.answers.extend(["undo", "演练：学校送错名册"])
        walk.press("U")
        assert "整批已撤回" in walk.page.state_label.text()
        assert "整批已撤回" in walk.page.bar.button("decide").reasons()
        take(walk, path)
        walk.press("A", "E", "Ctrl+P", "Esc", "U")
        assert "文书已经生成" in walk.page.bar.reason_text()


def test_printing_goes_on_at_the_page_where_the_printer_jammed(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", [fresher(n) for n in range(20)])
    with journey(tmp_path) as walk:
        take(walk, path)
        walk.press("A", "E", "Ctrl+P")
        walk.printer.gone = True
        walk.press("Ctrl+P")
        assert "第 1 页起没有打出" in walk.said()
        walk.printer.gone = False
        page = walk.page
        assert isinstance(page, RosterPapersPage)
        page.first.set_text("31")
        walk.ask.answers.append("never")
        walk.press("J")
        assert "第 31 至 62 页" in walk.said()
        assert sum(map(page_count, walk.printer.sent)) == 32
        assert walk.world.entries()[-1] == "paper.resume"
        page.first.set_text("5")
        page.last.set_text("6")
        walk.ask.answers.extend(["spoiled", "演练：卡纸揉坏"])
        walk.press("J")
        assert walk.world.entries().count("paper.reprint") == 1
        assert page_count(walk.printer.sent[-1]) == 2


def test_the_columns_of_a_strange_table_are_chosen_and_remembered(
    tmp_path: Path, qtbot: QtBot
) -> None:
    strange = ("Student", "Gender", "ID", *HEADINGS[3:])
    with journey(tmp_path) as walk:
        walk.ask.answers.append(
            write_roster(tmp_path / "a.xlsx", [fresher(n) for n in range(5)], strange)
        )
        walk.press("Alt+4", "Return")
        assert walk.where == "roster_columns"
        assert walk.field == "columns.name"
        walk.type("a")
        walk.press("Return")
        walk.type("b")
        walk.press("Return")
        assert walk.field == "columns.citizen_id"
        walk.type("c")
        walk.press("F9")
        assert walk.where == "roster_check", walk.said()
        walk.press("F9", "Space", "Space", "F9")
        assert walk.where == "roster_batch", walk.said()
        read(walk, write_roster(
            tmp_path / "b.xlsx", [fresher(n) for n in range(5, 9)], strange
        ))


def test_a_supervisor_gives_the_password_and_never_decides_alone(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", [fresher(n) for n in range(3)])
    with journey(tmp_path, one_person=False, training=False) as walk:
        take(walk, path)
        walk.press("A")
        assert walk.page.bar.button("decide").reasons()
        assert walk.shell.rooms.students.batch.count(Status.ACCEPTED) == 3


def test_esc_leads_back_to_the_workbench_from_everywhere(tmp_path: Path, qtbot: QtBot) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(40))
    with journey(tmp_path) as walk:
        take(walk, path)
        walk.press("Esc")
        assert walk.where == "roster"
        walk.press("B")
        assert walk.where == "roster_batch"
        walk.press("Esc", "Esc")
        assert walk.where == "workbench"
