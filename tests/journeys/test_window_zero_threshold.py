"""A whole case through the window by keyboard alone (T1, T4, T23)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.domain.case import Status
from tests.helpers.screens import words_in_sight
from tests.helpers.window_journey import Journey, journey

ADDRESS = "大连市庄河市城关街道演练路12号3单元1号"


def guide_to_intake(walk: Journey) -> None:
    """From the workbench to 受理 with everything the guide knows."""
    walk.press("F2", "F4")
    asked = []
    while walk.where == "guide":
        if not walk.field:
            walk.press("Return")
            continue
        asked.append(walk.field)
        answers = {
            "applicant.hukou_region": "", "applicant.left_active_service": "2",
            "applicant.hukou_kind": "1", "residence.sub_district": "cgjd",
            "residence.lawful_stable": "1", "student.newly_admitted": "2",
        }
        walk.type(answers[walk.field])
        walk.press("Return")
        assert len(asked) < 12, asked


def fill(walk: Journey) -> None:
    """The fields that are still due."""
    for _ in range(20):
        if not walk.field:
            return
        if walk.field == "residence.address":
            walk.write(ADDRESS)
        else:
            walk.type({"household.mode": "1", "residence.tenure": "1"}[walk.field])
        walk.press("Return")


def submit(walk: Journey) -> None:
    """Read aloud, have the sheet printed and signed, submit."""
    walk.press("Space", "P")
    assert walk.where == "papers"
    walk.press("Ctrl+P", "Esc")
    assert walk.where == "check"
    assert walk.focus_words().startswith("自愿落户确认书已签名收回")
    walk.press("Space", "F9")


def to_check(walk: Journey) -> None:
    """A case filled in and every paper seen."""
    walk.lay_card()
    guide_to_intake(walk)
    fill(walk)
    walk.press("Ctrl+M", "F8")
    assert walk.where == "check", walk.said()


def test_from_the_guide_to_the_printed_papers_in_forty_keys(
    tmp_path: Path, qtbot: QtBot, record_property: Callable[[str, object], None]
) -> None:
    """T1: besides the words of the new address, which come through an input method."""
    with journey(tmp_path) as walk:
        to_check(walk)
        submit(walk)
        assert walk.where == "done", walk.said()
        walk.press("A", "E", "P")
        titles = [p.title for p in walk.counter.certificates.of_case(walk.case.case.id)]
        assert "常住人口登记表" in titles
        assert "落户证明" in titles
        assert walk.case.case.status is Status.ISSUED
        assert len(walk.printer.sent) == len(titles)
        record_property("keys", walk.keys.count)
        record_property("commands", len(walk.commands))
        assert walk.keys.count <= 40, walk.keys.keys
        assert len(walk.commands) <= 15, walk.commands


def test_without_consent_nothing_is_submitted(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        to_check(walk)
        walk.press("F9")
        assert walk.where == "check"
        assert walk.case.case.status is Status.DRAFT
        assert "自愿" in walk.page.bar.reason_text()
        walk.press("Space", "F9")
        assert walk.case.case.status is Status.DRAFT
        assert "自愿确认书" in walk.page.bar.reason_text()
        walk.ask.answers.append("withdraw")
        walk.press("N")
        assert walk.where == "workbench"
        assert walk.status() is Status.WITHDRAWN
        assert walk.case.case.consent is not None
        assert not walk.case.case.consent.given


def test_one_notice_lists_everything_and_its_code_resumes(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        walk.lay_card()
        guide_to_intake(walk)
        missing = [row.material.name for row in walk.case.materials]
        walk.press("Ctrl+T")
        assert walk.where == "notice"
        told = "".join(words_in_sight(walk.shell))
        assert all(material in told for material in missing)
        walk.press("Return", "Return")
        assert walk.case.case.status is Status.SUPPLEMENT
        notice = walk.case.case.supplement
        assert notice is not None
        assert set(missing) <= set(notice.items)
        assert "填写迁入地址" in notice.items
        assert walk.where == "papers"
        assert notice.resume_code in walk.said()
        walk.press("Ctrl+P")
        assert len(walk.printer.sent) == 1
        walk.press("Esc", "Alt+1")
        assert walk.where == "workbench"
        walk.ask.answers.append(notice.resume_code)
        walk.press("R")
        assert walk.where == "intake"
        assert walk.status() is Status.DRAFT
        fill(walk)
        walk.press("Ctrl+M", "F8")
        submit(walk)
        assert walk.status() is Status.ACCEPTED


def test_enter_never_submits(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        to_check(walk)
        walk.press("Space", "Space")
        walk.press(*["Tab"] * 3)
        before = walk.case.case.status
        for _ in range(12):
            walk.press("Return")
            if walk.where != "check":
                walk.press("F8")
        assert walk.case.case.status is before
