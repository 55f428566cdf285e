"""What the window holds on to: words when saving stops, one wording of errors, every clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import Unavailable
from desktop_app.domain.fields import FieldKind, field
from desktop_app.ui.viewmodels.on_the_way import LONGEST_MS
from tests.helpers.keys import focused, press
from tests.helpers.opened_files import Watch
from tests.helpers.people import answers_for
from tests.helpers.screens import every_state, words_in_sight
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import policy_book

ADDRESS = "大连市庄河市城关街道演练路12号3单元1号"
CLOSED = Unavailable("数据文件夹不能写入", "交信息员检查文件夹权限和磁盘，已填内容仍在窗口")
PICTURE = '<img src="r.png">'


def open_without(walk: Journey, *left_out: str) -> None:
    """A draft in hand that lacks these fields."""
    answers = {k: v for k, v in answers_for("zero_threshold", 1).items() if k not in left_out}
    walk.shell.go.intake(walk.world.desk().open("zero_threshold", answers).case.id)


def line_in_hand() -> QLineEdit:
    """The field that has the focus."""
    line = focused()
    assert isinstance(line, QLineEdit)
    return line


def test_words_stay_while_nothing_can_be_saved_and_are_taken_later(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5, R6: the reason is said, the words stay where they were, and go in when it works again."""
    def refuse(*_: object) -> object:
        raise CLOSED

    with journey(tmp_path) as walk:
        open_without(walk, "residence.address")
        assert walk.field == "residence.address"
        line = line_in_hand()
        with monkeypatch.context() as closed:
            closed.setattr(type(walk.world.store), "write", refuse)
            walk.write(ADDRESS)
            walk.shell.rooms.intake_model.keep_typing()
            walk.press("Return")
            assert "数据文件夹不能写入" in walk.said()
            assert line.text() == ADDRESS
            walk.press("F8")
            assert line.text() == ADDRESS
            assert walk.case.case.answers.get("residence.address", "") == ""
        walk.press("F8")
        assert walk.case.case.answers["residence.address"] == ADDRESS


def test_typing_without_a_pause_is_kept_all_the_same(tmp_path: Path, qtbot: QtBot) -> None:
    """R17: at most five seconds of words are ever on their way, however fast somebody types."""
    with journey(tmp_path) as walk:
        open_without(walk, "residence.address")
        model = walk.shell.rooms.intake_model
        assert LONGEST_MS <= 5_000
        walk.type("a")
        first = model.longest.remainingTime()
        assert 0 < first <= LONGEST_MS
        for _ in range(20):
            walk.type("b")
            QApplication.processEvents()
            assert 0 < model.longest.remainingTime() <= first, "a key must not put it off"
        model.longest.timeout.emit()
        typing = walk.counter.desk.typing(walk.case.case.id)
        assert typing is not None
        assert typing.raw["residence.address"] == "a" + "b" * 20


#: Words that no field of that kind takes.
WRONG = {
    FieldKind.CITIZEN_ID: "21028319780315001", FieldKind.DATE: "19900230",
    FieldKind.PHONE: "12", FieldKind.CHOICE: "qqqq", FieldKind.REGION: "qqqq",
    FieldKind.BOOL: "7", FieldKind.NUMBER: "x", FieldKind.SUB_DISTRICT: "qqqq",
    FieldKind.CODE: "qqqq",
}


#: Kinds that take any visible words.
FREE = {FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.DOCUMENT_NUMBER}


def wrong_words_on(walk: Journey) -> dict[str, str]:
    """Type words that it does not take into every field in sight that may refuse some."""
    wrong: dict[str, str] = {}
    for editor in walk.shell.rooms.intake.form.grid.editors():
        words = WRONG.get(field(editor.field_id).kind)
        if words is not None and editor.isVisible() and not editor.line.isReadOnly():
            editor.focus_line()
            walk.type(words)
            wrong[editor.field_id] = editor.line.text()
    return wrong


def test_the_ways_together_ask_for_every_kind_that_can_be_wrong() -> None:
    """T25: so that the test below meets all validators."""
    asked = {
        field(field_id).kind for way in policy_book().procedures
        for step in way.steps for field_id in step.fields
    }
    assert asked - FREE == set(WRONG) & asked


@pytest.mark.parametrize("procedure", [
    "zero_threshold", "new_district_open", "student_collective", "veteran", "points",
    "policy_approval",
])
def test_the_summary_repeats_the_fields_and_leads_to_each(
    procedure: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """T25: every kind of wrong words on the page: same wording, a line for each, words kept."""
    with journey(tmp_path) as walk:
        walk.shell.go.intake(walk.world.desk().open(procedure, {}).case.id)
        grid = walk.shell.rooms.intake.form.grid
        wrong = wrong_words_on(walk)
        assert wrong
        summary = walk.page.summary  # type: ignore[attr-defined]
        walk.press("F8")
        problems = summary.problems()
        assert walk.where == "intake"
        assert set(wrong) <= {problem.field_id for problem in problems}
        for down, problem in enumerate(problems):
            walk.press("F8")
            assert focused() is summary.list
            walk.press("Home", *["Down"] * down, "Return")
            assert walk.field == problem.field_id
            assert grid.editor(problem.field_id).message_line.text().startswith(problem.text)
        for field_id, words in wrong.items():
            assert grid.editor(field_id).line.text() == words


def test_f1_opens_the_clause_of_each_rule(tmp_path: Path, qtbot: QtBot) -> None:
    """T27: by document and clause; without the document it says that it is not imported."""
    with journey(tmp_path) as walk:
        rules = [rule for way in walk.world.book.procedures for rule in way.rules]
        assert all(rule.cites for rule in rules)
        for ref in {f"{cite.document}#{cite.clause}" for rule in rules for cite in rule.cites}:
            walk.shell.go.policy(ref)
            clause = walk.shell.rooms.policy_model.current
            assert clause is not None and clause.ref == ref
            assert any(clause.label in words for words in words_in_sight(walk.page)), ref
            assert "未导入" in walk.page.quote.text()  # type: ignore[attr-defined]


@pytest.mark.parametrize("procedure", ["zero_threshold", "points"])
def test_f1_leads_from_the_verdict_to_its_clause(
    procedure: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """T27: every line of the verdict has a clause; F1 goes to the one in hand."""
    with journey(tmp_path) as walk:
        walk.shell.go.intake(walk.world.desk().open(procedure, answers_for(procedure, 1)).case.id)
        findings = walk.shell.rooms.intake.verdict.findings()
        assert findings
        judged = [line for line in findings if line.field_id != "materials"]  # that counts papers
        assert judged and all(line.clause for line in judged)
        walk.press("F1")
        assert walk.where == "policy"
        clause = walk.shell.rooms.policy_model.current
        assert clause is not None
        assert clause.ref in {line.clause for line in findings} | {
            f"{cite.document}#{cite.clause}" for cite in walk.case.procedure.cites
        }


def test_no_screen_opens_the_file_that_a_name_points_to(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R47: a picture named in a name is never opened, on any screen; a plain label would."""
    from PySide6.QtGui import QColor, QImage
    from PySide6.QtWidgets import QLabel

    monkeypatch.chdir(tmp_path)
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF0000"))
    assert image.save("r.png")
    with Watch(tmp_path / "r.png") as control:
        label = QLabel(PICTURE)
        label.show()
        label.grab()
        label.close()
        assert control.opened(), "the watch must see an opening"
    with journey(tmp_path / "data") as walk, Watch(tmp_path / "r.png") as watch:
        cases = furnish(walk.world)
        for name in ("draft", "full"):
            walk.counter.desk.answer(cases[name], {"applicant.name": f"演{PICTURE}"})
        for _ in every_state(walk, cases):
            walk.shell.grab()
        press("F1")
        assert not watch.opened()
