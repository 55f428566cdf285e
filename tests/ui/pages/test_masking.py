"""Citizen numbers are whole only where they are typed and in the detail of their own person."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.ports import PersonRow
from desktop_app.ui.pages.columns import person_columns
from desktop_app.ui.widgets.buttons import KeyButton
from tests.helpers.people import answers_for
from tests.helpers.screens import every_screen, visible
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey, journey

WHOLE = re.compile(r"(?<!\d)\d{6}\s?\d{8}\s?\d{3}[\dXx](?!\d)")
OWN_DETAIL = {
    "check": "full", "case": "registered", "case-refused": "refused",
    "approval": "veteran",
}
"""Screens that are the detail of one person, and the case it is about."""


def _cells(view: QAbstractItemView) -> list[str]:
    model = view.model()
    return [
        str(model.index(row, column).data() or "")
        for row in range(model.rowCount()) for column in range(model.columnCount())
    ]


def _lists(window: QWidget) -> list[str]:
    views = window.findChildren(QAbstractItemView)
    return [words for view in views if view.isVisible() for words in _cells(view)]


def _labels(window: QWidget) -> list[str]:
    found = []
    for label in visible(window, QLabel):
        assert isinstance(label, QLabel)
        found += [label.text(), label.accessibleName(), label.toolTip()]
    for button in visible(window, KeyButton):
        found += [button.accessibleName(), button.accessibleDescription(), button.toolTip()]
    return found


def _numbers(words: list[str]) -> set[str]:
    joined = (match.group() for text in words for match in WHOLE.finditer(text))
    return {re.sub(r"\s", "", number) for number in joined}


def test_no_list_shows_a_whole_number_and_labels_only_the_own_one(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        cases = furnish(walk.world)
        seen = set()
        for screen in every_screen(walk, cases):
            assert _numbers(_lists(walk.shell)) == set(), screen
            own = {_number_of(walk, cases[OWN_DETAIL[screen]])} if screen in OWN_DETAIL else set()
            shown = _numbers(_labels(walk.shell))
            assert shown <= own, screen
            seen |= shown
        assert seen, "the detail of a person does show the number"


def _number_of(walk: Journey, case_id: str) -> str:
    return walk.counter.desk.sheet(case_id).case.answers["applicant.citizen_id"]


def test_persons_found_are_told_apart_by_the_ends_of_their_numbers() -> None:
    number = answers_for("zero_threshold", 3)["applicant.citizen_id"]
    row = PersonRow("p1", number, "试丙样", "2", date(1978, 3, 15), "演练路12号", "000000001")
    column = next(c for c in person_columns() if c.id == "citizen_id")
    assert column.text(row) == f"{number[:6]}********{number[14:]}"


@pytest.mark.parametrize("text", ["210283197803150057", "210283 19780315 005X"])
def test_the_scan_knows_a_whole_number(text: str) -> None:
    assert _numbers([f"号码 {text}"])
    assert not _numbers([f"{text[:6]}********{text[-4:]}", "DL-210283901-170601-0003"])
