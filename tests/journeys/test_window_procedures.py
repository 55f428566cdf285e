"""Every way to settle through the window, and a seventh that exists as data only."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.adapters.pdf.raster import page_count
from desktop_app.adapters.policy import PolicyFolders, load_folders
from desktop_app.domain.case import Status
from desktop_app.domain.fields import FieldKind, field
from desktop_app.domain.policy_book import PolicyBook
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import ROOT, STATION, World, open_world


def choose(walk: Journey, procedure: str) -> None:
    """From the guide to 受理 by a way of our choice."""
    walk.press("F2")
    walk.type(answers_for(procedure, 3)["applicant.citizen_id"])
    walk.press("Return")
    walk.shell.rooms.guide.ways.setFocus()
    titles = [row.line.procedure.id for row in walk.shell.rooms.guide.ways.rows()]
    walk.press(*["Down"] * titles.index(procedure), "Return")
    assert walk.where == "intake", walk.said()
    assert walk.case.case.procedure == procedure


def fill_by_keys(walk: Journey, answers: dict[str, str]) -> None:
    """Write what is asked where the focus is, until no field is due."""
    for _ in range(60):
        field_id = walk.field
        if not field_id:
            return
        kind = field(field_id).kind
        words = answers.get(field_id, "")
        if words.isascii():
            walk.type(words)
        else:
            walk.write(words)
        walk.press("Return")
        if kind is FieldKind.DOCUMENT_NUMBER:
            walk.type(words)
            walk.press("Return")
        assert walk.field != field_id, (field_id, words, walk.said())
    raise AssertionError("the form never ends")


def settle_alerts(walk: Journey) -> None:
    """Give a reason for every alert that may be gone past."""
    for problem in walk.case.problems:
        assert not problem.blocks, problem
        walk.shell.rooms.intake_model.override(problem.code, "演练：已核对证件")


def take(walk: Journey, procedure: str) -> None:
    """A case from the guide to its acceptance."""
    choose(walk, procedure)
    if walk.page.form.guided is not None:  # type: ignore[attr-defined]
        walk.press("Ctrl+G")
    fill_by_keys(walk, answers_for(procedure, 3))
    walk.press("Ctrl+M")
    settle_alerts(walk)
    walk.press("F8")
    assert walk.where == "check", walk.page.summary.problems()  # type: ignore[attr-defined]
    walk.press("Space", "Space", "F9")
    assert walk.case.case.status is Status.ACCEPTED, walk.page.bar.reason_text()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_each_way_from_the_guide_to_the_register(
    procedure: str, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        take(walk, procedure)
        for _ in range(4):
            if walk.case.case.status is Status.REGISTERED:
                break
            walk.press("A" if "decide" in walk.page.bar.ids() else "E")
        assert walk.case.case.status is Status.REGISTERED, walk.said()
        assert walk.case.case.person_id
        walk.press("P")
        assert walk.printer.sent
        assert all(page_count(pdf) for pdf in walk.printer.sent)


def with_seventh(folder: Path) -> PolicyBook:
    """The shipped policy with one more file beside its procedures."""
    policy = folder / "policy"
    shutil.copytree(ROOT / "resources" / "policy", policy)
    words = (policy / "procedures" / "zero_threshold.toml").read_text("utf-8")
    seventh = words.replace('id = "zero_threshold"', 'id = "seventh_way"')
    seventh = seventh.replace('title = "零门槛落户"', 'title = "演练第七通道"')
    seventh = seventh.replace('short = "零门槛"', 'short = "第七通道"')
    seventh = seventh.replace("order = 1", "order = 0")
    (policy / "procedures" / "seventh_way.toml").write_text(seventh, "utf-8")
    return load_folders(PolicyFolders(policy, ROOT / "resources" / "codes", ROOT / "forms"))


def test_a_seventh_way_is_data_only(tmp_path: Path, qtbot: QtBot) -> None:
    book = with_seventh(tmp_path / "package")
    station = replace(STATION, one_person=True, training=True)
    opened: World = replace(open_world(tmp_path, station), book=book)
    with journey(tmp_path, world=opened) as walk:
        walk.press("F2")
        titles = [row.line.procedure.title for row in walk.shell.rooms.guide.ways.rows()]
        assert "演练第七通道" in titles
        answers = answers_for("zero_threshold", 3)
        walk.type(answers["applicant.citizen_id"])
        walk.press("Return")
        walk.shell.rooms.guide.ways.setFocus()
        ids = [row.line.procedure.id for row in walk.shell.rooms.guide.ways.rows()]
        walk.press(*["Down"] * ids.index("seventh_way"), "Return")
        fill_by_keys(walk, answers)
        walk.press("Ctrl+M", "F8", "Space", "Space", "F9", "A", "E", "P")
        assert walk.case.case.status is Status.ISSUED
        record = walk.counter.certificates.record(walk.case.case.id, "receipt")
        assert record["case.procedure"] == "演练第七通道"
    opened.store.close()
