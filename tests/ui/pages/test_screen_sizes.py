"""Every screen on small and large screens, in every text size: whole words, room, nothing hidden.

A screen of 1366 by 768 at 100, 125 and 150 % leaves 1366 x 690, 1092 x 552 and 910 x 460 points.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.theme import Scale
from desktop_app.ui.widgets.focus import OUTSIDE
from tests.helpers.people import answers_for
from tests.helpers.screens import cut_words, every_state, is_whole_in_sight, scroll_bars, visible
from tests.helpers.screenshots import furnish
from tests.helpers.sources import ROOT
from tests.helpers.window_journey import Journey, journey

SCREENS = {1.0: (1366, 690), 1.25: (1092, 552), 1.5: (910, 460)}


@pytest.mark.parametrize("ratio", SCREENS)
def test_no_word_is_cut_and_no_target_is_small(ratio: float, tmp_path: Path) -> None:
    """T13, T16: every screen and state in three text sizes, on three scales as a screen has them.

    In a program of its own, for Qt takes the scale of its screen once, at the start.
    """
    width, height = SCREENS[ratio]
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.scaled_screens", tmp_path, str(width), str(height)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "QT_SCALE_FACTOR": str(ratio)},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ratio"] == ratio
    assert told["faults"] == {}


def shape(walk: Journey, size: tuple[int, int], scale: Scale = Scale.STANDARD) -> None:
    """Another screen and text size."""
    walk.shell.rooms.settings_model.set_text_size(scale.value)
    walk.shell.resize(*size)
    for _ in range(8):  # each change of shape may lead to another one, in a later turn
        QApplication.processEvents()


@pytest.mark.parametrize("procedure", [
    "zero_threshold", "veteran", "new_district_open",
])
@pytest.mark.parametrize(("size", "scale"), [
    ((1366, 690), Scale.STANDARD), ((1366, 690), Scale.LARGE), ((1092, 552), Scale.STANDARD),
])
def test_intake_fits_without_scrolling(
    procedure: str, size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    """T11: it asks for no more room than there is, no bar is in sight, every part lies inside."""
    with journey(tmp_path) as walk:
        case = walk.world.ready(procedure, answers_for(procedure, 2)).case
        walk.shell.go.intake(case.id)
        shape(walk, size, scale)
        assert walk.shell.size().toTuple() == size
        least = walk.shell.minimumSizeHint()
        assert least.width() <= size[0] and least.height() <= size[1]
        assert scroll_bars(walk.page) == []
        page = QRect(QPoint(0, 0), walk.shell.size())
        for part in visible(walk.page, QWidget):
            assert page.contains(QRect(part.mapTo(walk.shell, QPoint(0, 0)), part.size())), part
        verdict = walk.shell.rooms.intake.verdict
        edge = verdict.mapTo(walk.shell, QPoint(0, 0)).x()
        for editor in walk.shell.rooms.intake.form.grid.editors():
            if editor.isVisible():
                assert is_whole_in_sight(editor.line, walk.shell), editor.field_id
                right = editor.line.mapTo(walk.shell, editor.line.rect().topRight()).x()
                assert right < edge, editor.field_id


@pytest.mark.parametrize("procedure", ["policy_approval", "points"])
@pytest.mark.parametrize("size", [(1366, 690), (1092, 552)])
def test_each_block_of_the_rare_fits_without_scrolling(
    procedure: str, size: tuple[int, int], tmp_path: Path, qtbot: QtBot
) -> None:
    """T11: what is filled in block by block shows each block whole; verdict and papers scroll."""
    with journey(tmp_path) as walk:
        case = walk.world.ready(procedure, answers_for(procedure, 2)).case
        walk.shell.go.intake(case.id)
        shape(walk, size)
        form = walk.shell.rooms.intake.form
        for place in range(len(form.titles())):
            form.set_guided(place)
            shape(walk, size)
            lines = [e.line for e in form.grid.editors() if e.isVisible()]
            assert lines
            assert all(is_whole_in_sight(line, walk.shell) for line in lines), place


@pytest.mark.parametrize("scale", [Scale.LARGE, Scale.EXTRA])
def test_no_figure_is_cut_by_a_text_size_chosen_later(
    scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    """T13: the fields give numbers more room when the text grows while they are in sight."""
    with journey(tmp_path) as walk:
        case = walk.world.ready("zero_threshold", answers_for("zero_threshold", 2)).case
        walk.shell.go.intake(case.id)
        lines = [e.line for e in walk.shell.rooms.intake.form.grid.editors()]
        shape(walk, (1092, 552))
        before = {line.objectName(): line.minimumSizeHint().width() for line in lines}
        shape(walk, (1092, 552), scale)
        assert cut_words(walk.page) == []
        for name in ("applicant.citizen_id", "applicant.phone", "applicant.birth_date"):
            line = next(line for line in lines if line.objectName() == name)
            assert line.minimumSizeHint().width() > before[name]
            assert line.width() >= line.minimumSizeHint().width()


@pytest.mark.parametrize(("size", "scale"), [
    ((1366, 690), Scale.STANDARD), ((910, 460), Scale.EXTRA),
])
def test_bar_and_focus_stay_in_sight(
    size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    """T12, T15: on every screen the bar is pinned; whatever Tab leads to is whole and ringed."""
    with journey(tmp_path) as walk:
        cases = furnish(walk.world)
        shape(walk, size, scale)
        faults = []
        for screen in every_state(walk, cases):
            assert walk.shell.size().toTuple() == size, screen
            seen: set[QWidget] = set()
            while (focus := QApplication.focusWidget()) not in seen:
                assert focus is not None, screen
                seen.add(focus)
                if not isinstance(focus, QScrollArea) and not is_whole_in_sight(focus, walk.shell):
                    faults.append((screen, "covered", focus.accessibleName()))
                if not is_ringed(walk, focus):
                    faults.append((screen, "no ring", focus.accessibleName()))
                if screen not in ("keys", "locked") and not is_whole_in_sight(
                    walk.page.bar, walk.shell
                ):
                    faults.append((screen, "bar", focus.accessibleName()))
                walk.press("Tab")
                assert len(seen) < 150, screen
        assert not faults, faults


def is_ringed(walk: Journey, focus: QWidget) -> bool:
    """Whether the ring lies around the focused control, or the control draws its own."""
    place: QWidget | None = focus
    while place is not None:
        if place.property("ringless"):
            return True
        place = place.parentWidget()
    ring = walk.ring()
    if ring is None or not ring.isVisible():
        return False
    box = QRect(focus.mapTo(walk.shell, QPoint(0, 0)), focus.size())
    around = box.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
    lies = QRect(ring.mapTo(walk.shell, QPoint(0, 0)), ring.size())
    return around.intersected(QRect(QPoint(0, 0), walk.shell.size())).intersects(lies) and (
        abs(lies.left() - around.left()) <= OUTSIDE and abs(lies.top() - around.top()) <= OUTSIDE
    )
