"""Panels that say how things stand: errors (T25), verdict, papers, answers, results, notices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.widgets.check_answers import AnswerBlock, CheckAnswers
from desktop_app.ui.widgets.draft_badge import DraftBadge, DraftState
from desktop_app.ui.widgets.error_summary import ErrorSummary, Problem
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.material_list import MaterialLine, MaterialList, MaterialTick
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.notice_sheet import NoticeItem, NoticeSheet, NoticeView
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.policy_quote import ClauseView, PolicyQuote
from desktop_app.ui.widgets.result_panel import ResultPanel, ResultView
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.tick_box import TickBox
from desktop_app.ui.widgets.verdict_panel import (
    FindingLine,
    Standing,
    VerdictPanel,
    VerdictView,
)
from tests.helpers.keys import NoMouse, focused, press

Show = Callable[..., QWidget]
PROBLEMS = (Problem("b", "填写乙"), Problem("c", "丙看不懂"))


def _page(show: Show) -> tuple[ErrorSummary, FormGrid]:
    page = QWidget()
    column = QVBoxLayout(page)
    summary, grid = ErrorSummary(), FormGrid()
    for name, label in (("a", "甲"), ("b", "乙"), ("c", "丙")):
        grid.add(TextEdit(name, label), span=6)
    summary.jump.connect(grid.focus_field)
    column.addWidget(summary)
    column.addWidget(grid)
    show(page)
    return summary, grid


# ---- what has to be changed


def test_the_summary_takes_the_focus_and_every_line_jumps(show: Show, no_mouse: NoMouse) -> None:
    summary, grid = _page(show)
    grid.set_texts({"c": "旧值"})
    for down, field_id in ((0, "b"), (1, "c")):
        summary.show_problems(PROBLEMS)
        assert focused() is summary.list
        for _ in range(down):
            press("Down")
        press("Return")
        assert focused() is grid.editor(field_id).line
    assert grid.editor("c").text() == "旧值", "wrong values stay"


def test_the_summary_says_the_same_words_as_the_field(show: Show) -> None:
    summary, grid = _page(show)
    for problem in PROBLEMS:
        grid.set_message(problem.field_id, Level.ERROR, problem.text)
    summary.show_problems([Problem(*error) for error in grid.errors()])
    assert summary.problems() == PROBLEMS
    words = [label.text() for label in summary.findChildren(PlainLabel)]
    for problem in PROBLEMS:
        assert problem.text in words
        assert grid.editor(problem.field_id).message_line.text() == problem.text
    assert "有 2 处需要修改" in words


def test_the_summary_goes_when_nothing_is_wrong(show: Show) -> None:
    summary, _ = _page(show)
    summary.show_problems(PROBLEMS)
    summary.show_problems(())
    assert summary.isHidden()
    assert summary.list.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_list_stops_at_its_ends_and_says_where_it_is(show: Show) -> None:
    summary, _ = _page(show)
    summary.show_problems(PROBLEMS)
    press("Up")
    assert summary.list.accessibleDescription().startswith("第 1 项，共 2 项：需修改：填写乙")
    press("End")
    press("Down")
    assert summary.list.current() == 1
    press("Home")
    assert summary.list.current() == 0


# ---- the verdict

MET = FindingLine(Standing.ELIGIBLE, "现户籍在本市乡村", citation="61号 二(三)")
MISSING = FindingLine(
    Standing.INCOMPLETE, "住所证明未核验", "勾选材料 3", "61号 二(三)", "proof", "d-61#2.3"
)


def _verdict(show: Show, *findings: FindingLine) -> VerdictPanel:
    panel = VerdictPanel()
    show(panel)
    panel.show_view(VerdictView(Standing.INCOMPLETE, "还差 1 项", findings=findings))
    return panel


def test_what_is_missing_comes_first(show: Show) -> None:
    panel = _verdict(show, MET, MISSING)
    assert panel.findings() == (MISSING, MET)
    assert panel.accessibleName() == "判定：还差 1 项"


def test_enter_leads_to_the_field_and_f1_to_the_clause(show: Show, no_mouse: NoMouse) -> None:
    panel = _verdict(show, MET, MISSING)
    KeyMap().bind("help", panel.window(), lambda: pytest.fail("the page took F1"))
    said: list[tuple[str, str]] = []
    panel.jump.connect(lambda name: said.append(("jump", name)))
    panel.clause_asked.connect(lambda name: said.append(("clause", name)))
    panel.list.setFocus()
    press("Return")
    press("F1")
    press("Down")
    press("Return")
    press("F1")
    assert said == [("jump", "proof"), ("clause", "d-61#2.3")]


@pytest.mark.parametrize("standing", list(Standing))
def test_no_standing_is_shown_as_an_error(show: Show, standing: Standing) -> None:
    panel = VerdictPanel()
    show(panel)
    panel.show_view(VerdictView(standing, "结论"))
    assert panel.property("level") != "error"
    assert standing.icon != "cross"


def test_the_same_verdict_keeps_the_rows(show: Show) -> None:
    panel = _verdict(show, MET, MISSING)
    rows = panel.list.rows()
    panel.show_view(VerdictView(Standing.INCOMPLETE, "仍差 1 项", findings=(MET, MISSING)))
    assert panel.list.rows() == rows
    assert panel.headline() == "仍差 1 项"


# ---- papers


def _papers(show: Show) -> tuple[MaterialList, list[MaterialTick]]:
    papers = MaterialList()
    papers.show_lines([
        MaterialLine("id", "身份证"), MaterialLine("book", "户口簿", seen=True),
        MaterialLine("home", "住所证明"), MaterialLine("form", "申请表", True, fixed=True),
    ])
    show(papers)
    ticks: list[MaterialTick] = []
    papers.ticked.connect(ticks.append)
    return papers, ticks


def test_space_ticks_and_enter_goes_to_the_next_paper(show: Show, no_mouse: NoMouse) -> None:
    papers, ticks = _papers(show)
    ended: list[bool] = []
    papers.finished.connect(lambda: ended.append(True))
    assert papers.focus_first_unseen()
    press("Space")
    press("Return")
    assert focused() is papers.box("home")
    press("Space")
    press("Return")
    assert ticks == [MaterialTick("id", True), MaterialTick("home", True)]
    assert ended == [True]
    assert not papers.focus_first_unseen()


def test_enter_never_ticks(show: Show) -> None:
    papers, ticks = _papers(show)
    papers.box("id").setFocus()
    for _ in range(10):
        press("Return")
    assert ticks == []


def test_space_ticks_paper_by_paper_but_fixed_ones_stay(show: Show) -> None:
    papers, ticks = _papers(show)
    while papers.focus_first_unseen():
        press("Space")
    assert [tick.material_id for tick in ticks] == ["id", "home"]
    assert papers.unseen() == ()
    assert papers.count_text() == "已核原件 4 / 4"


def test_the_sheet_changes_the_ticks_without_a_signal_and_keeps_the_focus(show: Show) -> None:
    papers, ticks = _papers(show)
    papers.box("home").setFocus()
    papers.show_lines([
        MaterialLine("id", "身份证", True), MaterialLine("book", "户口簿", True),
        MaterialLine("home", "住所证明", True, "改了说明"), MaterialLine("form", "申请表", True),
    ])
    assert ticks == []
    assert focused() is papers.box("home")
    assert papers.box("home").note() == "改了说明"


def test_arrows_walk_the_papers(show: Show) -> None:
    papers, _ = _papers(show)
    papers.box("id").setFocus()
    press("Down")
    press("Down")
    press("Down")
    assert focused() is papers.box("home"), "a fixed paper is skipped"
    press("Up")
    assert focused() is papers.box("book")


def test_long_words_get_as_many_lines_as_they_need(show: Show) -> None:
    box = TickBox("合法稳定住所证明" * 6)
    assert box.heightForWidth(200) > box.heightForWidth(2000)


# ---- answers, results, notices, clauses, drafts, differences


def test_digits_lead_back_to_a_block(show: Show, no_mouse: NoMouse) -> None:
    view = CheckAnswers()
    view.show_blocks([
        AnswerBlock("one", "申请人", (("姓名", "试样"), ("电话", ""))),
        AnswerBlock("two", "迁入", ()),
    ])
    show(view)
    said: list[str] = []
    view.change.connect(said.append)
    view.buttons()[0].setFocus()
    press("2")
    press("Return")
    press("7")
    assert said == ["two", "one"]
    assert "--" in [label.text() for label in view.findChildren(PlainLabel)]
    assert view.buttons()[1].accessibleName() == "更改迁入，2"


def test_a_result_shows_its_number_to_copy(show: Show) -> None:
    panel = ResultPanel()
    show(panel)
    panel.show_result(ResultView(Level.OK, "已受理", "DL-0317-170601-0123", ("按 F2",)))
    assert panel.text() == "已受理 DL-0317-170601-0123"
    panel.show_result(ResultView(Level.WARN, "未打印"))
    assert panel.text() == "未打印"


def test_a_notice_lists_every_item_once(show: Show) -> None:
    sheet = NoticeSheet()
    show(sheet)
    items = tuple(NoticeItem(f"第 {n} 项") for n in range(12))
    for _ in range(2):
        sheet.show_notice(NoticeView("告知单", "演练所", "试*", "零门槛", items))
    assert sheet.item_texts() == tuple(item.text for item in items)


def test_a_clause_that_is_not_imported_says_so(show: Show) -> None:
    quote = PolicyQuote()
    show(quote)
    quote.show_clause(ClauseView("61号", "二(三)", text="原文"))
    assert quote.text() == "原文"
    quote.show_clause(ClauseView("61号", "二(三)"))
    assert "未导入" in quote.text()


@pytest.mark.parametrize(("state", "words"), [
    (DraftState.SAVED, "草稿已保存 10:23:05"), (DraftState.SAVING, "正在保存草稿"),
    (DraftState.UNSAVED, "草稿未保存"), (DraftState.READ_ONLY, "只读"), (DraftState.NONE, ""),
])
def test_the_draft_says_whether_it_is_safe(show: Show, state: DraftState, words: str) -> None:
    badge = DraftBadge()
    show(badge)
    badge.show_state(state, "10:23:05")
    assert badge.text() == badge.accessibleName() == words
    assert badge.isHidden() == (state is DraftState.NONE)
    badge.set_in_hand(False)
    assert badge.isHidden(), "a page without a draft in hand says nothing of it"
