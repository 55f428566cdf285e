"""What the pages do when something is wrong or somebody else was quicker (T25, T27, T32, T33)."""

from __future__ import annotations

from collections import Counter as Tally
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.case import Status
from desktop_app.domain.errors import Unavailable
from desktop_app.services.notice_lines import UNVERIFIED
from desktop_app.ui.pages.outcome import OutcomePage
from desktop_app.ui.widgets.field import FieldEditor
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.screens import words_in_sight
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import CLERK, INSTALLER, PASSWORD, SUPERVISOR

PARTIAL = ("residence.address", "applicant.ethnicity")


def draft(walk: Journey, *without: str, order: int = 1) -> str:
    """A draft in hand, some answers left out."""
    answers = answers_for("zero_threshold", order)
    for field_id in without:
        del answers[field_id]
    case_id = walk.world.desk().open("zero_threshold", answers).case.id
    walk.shell.go.intake(case_id)
    QApplication.processEvents()
    return case_id


def test_errors_come_in_one_summary_that_leads_to_each_field(
    tmp_path: Path, qtbot: QtBot
) -> None:
    """T25: focus on the summary, the same words at the field, nothing typed is lost."""
    with journey(tmp_path) as walk:
        draft(walk, *PARTIAL)
        page = walk.shell.rooms.intake
        page.form.go_to("applicant.phone")
        walk.press("Ctrl+A")
        walk.type("12")
        walk.press("F8")
        assert walk.where == "intake"
        told = page.summary.problems()
        assert [p.field_id for p in told] == [
            "applicant.ethnicity", "applicant.phone", "residence.address",
        ]
        for problem in told:
            editor = page.form.editor(problem.field_id)
            assert editor is not None
            message = editor.message()
            assert message is not None
            assert problem.text in message.text
        phone = page.form.editor("applicant.phone")
        assert phone is not None
        assert phone.text() == "12"
        focus = QApplication.focusWidget()
        assert focus is not None
        assert page.summary.isAncestorOf(focus)
        walk.press("Down", "Return")
        assert walk.field == "applicant.phone"


def test_alerts_are_gone_past_with_a_reason_only(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        case_id = draft(walk)
        desk = walk.counter.desk
        desk.see(case_id)
        desk.consent(case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人")
        desk.answer(case_id, {"applicant.sex": "2"})
        walk.shell.go.intake(case_id)
        walk.press("F8", "F9")
        assert walk.case.case.status is Status.DRAFT
        assert "写明理由" in walk.page.bar.reason_text()
        walk.ask.answers.append("演练：证件如此")
        walk.press("Shift+Tab")
        while walk.focus_words() != "写明理由":
            walk.press("Shift+Tab")
        walk.press("Return")
        assert walk.case.case.overrides[0].reason == "演练：证件如此"
        walk.press("F9")
        assert walk.status() is Status.ACCEPTED


def test_a_printer_that_is_gone_leaves_the_paper_issued(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        sheet = walk.world.accepted("zero_threshold", answers_for("zero_threshold", 3))
        walk.printer.gone = True
        walk.shell.go.papers(sheet.case.id, "receipt")
        walk.press("Ctrl+P")
        assert "文书已保存，未打印" in walk.said()
        papers = walk.counter.certificates.of_case(sheet.case.id)
        assert [p.form for p in papers] == ["receipt"]
        walk.printer.gone = False
        walk.world.clock.advance(minutes=1)
        walk.ask.answers.append("演练：打印机没有应答")
        walk.press("Ctrl+P")
        assert len(walk.printer.sent) == 1
        assert [bool(p.reprint_of) for p in walk.counter.certificates.of_case(sheet.case.id)] == [
            False, True,
        ]


def test_preview_shows_the_bytes_that_would_be_printed(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        sheet = walk.world.accepted("zero_threshold", answers_for("zero_threshold", 3))
        walk.shell.go.papers(sheet.case.id, "receipt")
        page = walk.shell.rooms.papers
        assert page.panel.preview.isVisible()
        assert page.panel.preview.page() == 1
        assert walk.counter.certificates.of_case(sheet.case.id) == ()


def test_full_disk_refuses_and_keeps_everything(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journey(tmp_path) as walk:
        case_id = draft(walk)
        desk = walk.counter.desk
        desk.see(case_id)
        desk.consent(case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人")
        walk.shell.go.intake(case_id)
        monkeypatch.setattr(type(walk.world.store), "free_bytes", lambda self: 120 * 2**20)
        walk.press("F8", "F9")
        assert walk.case.case.status is Status.DRAFT
        assert "120" in walk.said()


def test_a_write_that_fails_leaves_the_words_in_the_field(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journey(tmp_path) as walk:
        draft(walk, "residence.address")

        def full(*_: object, **__: object) -> None:
            raise Unavailable("磁盘已满，没有存下", "清理磁盘后再试")

        monkeypatch.setattr(walk.counter.desk, "answer", full)
        walk.write("大连市庄河市演练路1号")
        walk.press("Tab")
        editor = walk.shell.rooms.intake.form.editor("residence.address")
        assert editor is not None
        assert editor.text() == "大连市庄河市演练路1号"
        assert "磁盘已满" in walk.said()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_verdict_names_its_clause(procedure: str, tmp_path: Path, qtbot: QtBot) -> None:
    """T27: each finding cites, and F1 opens that clause or says it is not imported."""
    with journey(tmp_path) as walk:
        case = walk.world.desk().open(procedure, answers_for(procedure, 2)).case
        walk.shell.go.intake(case.id)
        walk.shell.go.result()
        page = walk.shell.rooms.page("outcome")
        assert isinstance(page, OutcomePage)
        findings = page.verdict.findings()
        assert findings
        for finding in findings:
            assert finding.citation
            assert finding.clause or finding.citation == UNVERIFIED
        walk.press("F1")
        assert walk.where == "policy"
        assert any("未导入" in words for words in words_in_sight(walk.shell))


def test_nothing_is_asked_twice(tmp_path: Path, qtbot: QtBot) -> None:
    """T32: one editor for each datum of a case."""
    with journey(tmp_path) as walk:
        for procedure in PROCEDURES:
            case = walk.world.desk().open(procedure, {}).case
            walk.shell.go.intake(case.id)
            editors = walk.shell.rooms.intake.findChildren(FieldEditor)
            count = Tally(e.field_id for e in editors if e.window() is walk.shell.window())
            assert [f for f, n in count.items() if n > 1] == []


def test_locking_hides_every_word_and_keeps_the_typing(tmp_path: Path, qtbot: QtBot) -> None:
    """T33: idle time covers the window; the words behind are neither seen nor lost."""
    with journey(tmp_path, training=False) as walk:
        draft(walk, "residence.address")
        walk.write("大连市庄河市秘密路")
        walk.shell.guard.idle.pass_seconds(240)
        walk.shell.guard.idle.pass_seconds(60)
        assert walk.shell.guard.cover.is_locked()
        seen = "".join(words_in_sight(walk.shell))
        assert "秘密路" not in seen
        assert "试" not in seen
        walk.press("F2", "F8", "Esc")
        assert walk.shell.guard.cover.is_locked()
        walk.type("wrong")
        walk.press("Return")
        assert walk.shell.guard.cover.is_locked()
        walk.shell.guard.cover.unlock_asked.emit(PASSWORD)
        assert not walk.shell.guard.cover.is_locked()
        assert walk.field == "residence.address"
        assert "秘密路" in "".join(words_in_sight(walk.shell))


def test_training_lock_pretends_no_password(tmp_path: Path, qtbot: QtBot) -> None:
    """Training accounts have none: the cover says so, takes no words, and Enter alone opens it."""
    with journey(tmp_path, training=True) as walk:
        draft(walk, "residence.address")
        walk.press("F12")
        assert walk.shell.guard.cover.is_locked()
        assert "没有口令" in "".join(words_in_sight(walk.shell))
        assert not walk.shell.guard.cover.field().isVisible()
        walk.press("A", "7", "F2", "Esc", "Ctrl+N")
        assert walk.shell.guard.cover.is_locked()
        walk.press("Return")
        assert not walk.shell.guard.cover.is_locked()
        assert walk.field == "residence.address"


def test_who_accepts_does_not_decide(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path, SUPERVISOR, one_person=False) as walk:
        case_id = draft(walk)
        desk = walk.counter.desk
        desk.see(case_id)
        desk.consent(case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人")
        walk.shell.go.intake(case_id)
        walk.press("F8", "F9", "A")
        assert walk.case.case.status is Status.ACCEPTED
        assert "受理人" in walk.page.bar.reason_text()


def test_supervisor_decides_what_a_clerk_accepted(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path, SUPERVISOR, one_person=False) as walk:
        first = walk.world.accepted("zero_threshold", answers_for("zero_threshold", 3))
        second = walk.world.accepted("veteran", answers_for("veteran", 4))
        walk.press("Alt+5")
        assert walk.where == "approval"
        rows = walk.counter.review.queue()
        assert [row.id for row in rows] == [second.case.id, first.case.id]
        walk.press("A")
        assert walk.counter.desk.sheet(second.case.id).case.status is Status.APPROVED
        walk.ask.answers.append("演练：材料不属实")
        walk.press("J")
        assert walk.counter.desk.sheet(first.case.id).case.status is Status.NOT_APPROVED


def test_each_role_sees_its_own_places(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path, CLERK) as walk:
        places = [button.entry.id for button in walk.shell.work.rail.buttons()]
        assert "approval" not in places
        assert "intake" in places
    with journey(tmp_path / "other", INSTALLER) as walk:
        places = [button.entry.id for button in walk.shell.work.rail.buttons()]
        assert "intake" not in places
        walk.press("F2")
        assert walk.where == "workbench"


def test_text_size_changes_at_once_and_is_kept(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        before = walk.shell.font().pixelSize()
        walk.press("F11")
        assert walk.counter.preferences.text_size() == 18
        assert walk.shell.font().pixelSize() > before
        walk.press("F11", "F11")
        assert walk.counter.preferences.text_size() == 16


def test_another_window_was_quicker(tmp_path: Path, qtbot: QtBot) -> None:
    """A case that was withdrawn elsewhere cannot be submitted here; the page says so."""
    with journey(tmp_path) as walk:
        case_id = draft(walk)
        walk.world.desk(CLERK).withdraw(case_id, "演练：申请人改期")
        page = walk.shell.rooms.intake
        page.form.go_to("applicant.phone")
        walk.press("Ctrl+A")
        walk.type("13100000000")
        walk.press("Return")
        assert walk.said()
        assert walk.counter.desk.sheet(case_id).case.status is Status.WITHDRAWN
