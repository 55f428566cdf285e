"""Facts: beside their labels where there is room, under them where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.facts import Facts
from desktop_app.ui.widgets.plain import PlainLabel

NUMBER = "DL-210283901-170601-000002"
LINES = (("编号", NUMBER), ("现住地址", "辽宁省大连市庄河市演练街道"))


def shown(qtbot: QtBot, width: int) -> Facts:
    """Facts of a width, on show."""
    facts = Facts(LINES)
    qtbot.addWidget(facts)
    facts.resize(width, 200)
    facts.show()
    QApplication.processEvents()
    return facts


def number_label(facts: Facts) -> PlainLabel:
    """The label of the number."""
    return next(x for x in facts.findChildren(PlainLabel) if x.text() == NUMBER)


def test_a_number_is_whole_at_every_width_that_holds_it(qtbot: QtBot) -> None:
    facts = shown(qtbot, 800)
    assert not facts.stacked
    needed = number_label(facts).fontMetrics().horizontalAdvance(NUMBER)
    for width in (needed + 20, 800, needed + 40):
        facts.resize(width, 200)
        QApplication.processEvents()
        assert facts.stacked is (width < 800)
        assert number_label(facts).width() >= needed


@pytest.mark.parametrize("width", [220, 800])
def test_labels_stay_in_their_order(qtbot: QtBot, width: int) -> None:
    facts = shown(qtbot, width)
    facts.show_lines((*LINES, ("材料", "")))
    QApplication.processEvents()
    labels = [x for x in facts.findChildren(PlainLabel) if x.isVisible()]
    places = {x.text(): (x.y(), x.x()) for x in labels}
    words = ["编号", NUMBER, "现住地址", "辽宁省大连市庄河市演练街道", "材料", "--"]
    assert len(labels) == len(words)
    for name, told in zip(words[::2], words[1::2], strict=True):
        assert (places[told][0] > places[name][0]) is facts.stacked
        assert (places[told][1] > places[name][1]) is not facts.stacked
    assert [places[x][0] for x in words[::2]] == sorted(places[x][0] for x in words[::2])
