"""The notice on screen cites for each line what asks for it, as the paper will."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.notice_lines import BY_THE_COUNTER, UNVERIFIED, NoticeLines
from desktop_app.ui.pages.notice import NoticePage
from desktop_app.ui.widgets.plain import PlainLabel
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.window_journey import Journey, journey

FORM = "依据：公通字〔1995〕91号 一"


def sheet(walk: Journey) -> NoticePage:
    """The page in sight, which is the notice."""
    assert isinstance(walk.page, NoticePage)
    return walk.page


def grounds(walk: Journey) -> dict[str, str]:
    """Each item on the sheet and the words under it that say where it comes from."""
    labels = sheet(walk).sheet.findChildren(PlainLabel)
    found: dict[str, str] = {}
    item = ""
    for label in labels:
        if label.property("part") == "item":
            item = label.text()
        elif item and label.property("role") == "hint":
            found[item] = label.text()
    return found


def open_notice(walk: Journey, procedure: str, *without: str, seen: bool = True) -> None:
    answers = answers_for(procedure)
    for field_id in without:
        del answers[field_id]
    case_id = walk.world.desk().open(procedure, answers).case.id
    if seen:
        walk.world.desk().see(case_id)
    walk.shell.go.intake(case_id)
    walk.shell.go.notice()
    QApplication.processEvents()


@pytest.mark.parametrize("procedure", ["zero_threshold", "veteran", "student_collective"])
def test_an_item_of_the_form_cites_the_form(
    procedure: str, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        open_notice(walk, procedure, "applicant.ethnicity")
        assert grounds(walk) == {"填写民族": FORM}


def test_a_condition_cites_the_rule_and_an_address_the_register(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        open_notice(walk, "zero_threshold", "residence.lawful_stable", "residence.address")
        assert grounds(walk) == {
            "填写迁入地址": "依据：《中华人民共和国户口登记条例》第六条",
            "说明合法稳定住所": "依据：大政办发〔2017〕61号 二(三)",
        }


def test_what_has_no_clause_says_so_and_borrows_none(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        open_notice(walk, "student_collective", seen=False)
        page = sheet(walk)
        page.extra.set_text("近期照片一张")
        page.extra.accepted.emit()
        found = grounds(walk)
        assert found["录取新生名册"] == UNVERIFIED
        assert found["近期照片一张"] == BY_THE_COUNTER
        assert not [words for words in found.values() if "61号" in words]
        page.entered()
        assert grounds(walk)["近期照片一张"] == BY_THE_COUNTER, "looking elsewhere loses nothing"


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_sheet_and_the_paper_say_the_same(
    procedure: str, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        open_notice(walk, procedure, "applicant.ethnicity", seen=False)
        lines = NoticeLines.of(
            walk.world.book, walk.case.procedure, walk.case.case, walk.world.clock.today()
        ).lacking(walk.case)
        plain = (UNVERIFIED, BY_THE_COUNTER)
        assert grounds(walk) == {
            line.what: line.basis if line.basis in plain else f"依据：{line.basis}"
            for line in lines
        }
