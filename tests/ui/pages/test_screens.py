"""What must hold on every screen: whole words, names, sizes, plain words, safe wording."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.theme import Scale
from desktop_app.ui.widgets.buttons import KeyButton
from tests.helpers.people import answers_for
from tests.helpers.screens import (
    cut_words,
    every_screen,
    is_in_sight,
    scroll_bars,
    visible,
    words_in_sight,
)
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey, journey, look

BANNED = ("(?<!申)请", "抱歉", "非法", "无效", "失败", "！", "您", "登陆", "其它", "帐号", "该")
ALLOWED_LATIN = re.compile(
    r"(DL-[\d-]+|F\d{1,2}|Ctrl|Alt|Shift|Enter|Esc|PgUp|PgDn|Space|Tab|[A-Z](?![a-z])|zhang|li"
    r"|YL-?\d*|X|[0-9a-f]{6,}|supervisor)"
)
CANARY = '<span style="background:#FF0000">演<img src=x>'


def test_every_word_on_every_screen_is_fit_to_be_read(tmp_path: Path, qtbot: QtBot) -> None:
    """T26, T36: no banned word, no English, no trace of the machine."""
    with journey(tmp_path) as walk:
        found = []
        for screen in every_screen(walk):
            for words in words_in_sight(walk.shell):
                found += [(screen, bad, words) for bad in BANNED if re.search(bad, words)]
                rest = ALLOWED_LATIN.sub("", words)
                found += [(screen, "latin", words)] if re.search(r"[A-Za-z]{2,}", rest) else []
        assert found == [], found


@pytest.mark.parametrize("scale", list(Scale))
def test_no_word_is_cut(scale: Scale, tmp_path: Path, qtbot: QtBot) -> None:
    """T13 at the three sizes."""
    with journey(tmp_path) as walk:
        walk.shell.rooms.settings_model.set_text_size(scale.value)
        cut = {
            screen: words for screen in every_screen(walk) if (words := cut_words(walk.page))
        }
        assert cut == {}


def test_every_control_has_a_name_and_room(tmp_path: Path, qtbot: QtBot) -> None:
    """T16, T17: targets of 32 pixels, spoken names without a mnemonic's residue."""
    with journey(tmp_path) as walk:
        for screen in every_screen(walk):
            for kind in (QLineEdit, KeyButton, QCheckBox):
                for widget in visible(walk.shell, kind):
                    assert widget.accessibleName(), (screen, widget.objectName())
                    assert "&" not in widget.accessibleName()
                    assert widget.height() >= 32, (screen, widget.accessibleName())


def test_markup_in_a_name_stays_words_everywhere(tmp_path: Path, qtbot: QtBot) -> None:
    """R47: the canary is read as written, and nothing turns red."""
    with journey(tmp_path) as walk:
        cases = furnish(walk.world)
        desk = walk.counter.desk
        for name in ("draft", "full"):
            desk.answer(cases[name], {"applicant.name": CANARY})
        answers = answers_for("zero_threshold", 8, applicant__name=CANARY)
        accepted = walk.world.ready("zero_threshold", answers)
        for problem in accepted.problems:
            desk.override(accepted.case.id, problem.code, "演练")
        cases["accepted"] = cases["registered"] = desk.submit(accepted.case.id).case.id
        red = QColor("#FF0000").rgb()
        seen = False
        for screen in every_screen(walk, cases):
            for label in visible(walk.shell, QLabel):
                assert isinstance(label, QLabel)
                assert label.textFormat() is Qt.TextFormat.PlainText, screen
            image = walk.shell.grab().toImage()
            reds = sum(
                image.pixel(x, y) == red
                for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
            )
            assert reds == 0, screen
            seen = seen or any(CANARY in words for words in words_in_sight(walk.shell))
        assert seen


def shape(walk: Journey, size: tuple[int, int], scale: Scale = Scale.STANDARD) -> None:
    """Another screen and text size."""
    walk.shell.rooms.settings_model.set_text_size(scale.value)
    walk.shell.resize(*size)
    for _ in range(8):  # each change of shape may lead to another one, in a later turn
        QApplication.processEvents()


@pytest.mark.parametrize(("size", "scale"), [
    ((1366, 690), Scale.STANDARD), ((1366, 690), Scale.LARGE), ((1092, 552), Scale.STANDARD),
])
def test_intake_fits_without_scrolling(
    size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    """T11."""
    with journey(tmp_path) as walk:
        case = walk.world.ready("zero_threshold", answers_for("zero_threshold", 2)).case
        walk.shell.go.intake(case.id)
        shape(walk, size, scale)
        assert walk.shell.size().toTuple() == size
        assert scroll_bars(walk.page) == []
        for editor in walk.shell.rooms.intake.form.grid.editors():
            if not editor.isHidden() and editor.isVisible():
                assert is_in_sight(editor.line, walk.shell), editor.field_id
                right = editor.line.mapTo(walk.shell, editor.line.rect().topRight()).x()
                assert right < walk.shell.rooms.intake.verdict.mapTo(
                    walk.shell, walk.shell.rooms.intake.verdict.rect().topLeft()
                ).x(), editor.field_id


@pytest.mark.parametrize(("size", "scale"), [
    ((910, 460), Scale.STANDARD), ((1366, 690), Scale.EXTRA),
])
def test_bar_and_focus_stay_in_sight(
    size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    """T12: the bar is pinned, and no tab stop is ever covered."""
    with journey(tmp_path) as walk:
        case = walk.world.desk().open("zero_threshold", answers_for("zero_threshold", 2)).case
        walk.shell.go.intake(case.id)
        shape(walk, size, scale)
        seen: list[QWidget] = []
        for _ in range(60):
            focus = QApplication.focusWidget()
            assert focus is not None
            assert is_in_sight(focus, walk.shell), focus.accessibleName()
            assert is_in_sight(walk.page.bar, walk.shell)
            if focus in seen:
                break
            seen.append(focus)
            walk.press("Tab")
        assert len(seen) > 20


def test_tab_reaches_everything_and_ends_nowhere(tmp_path: Path, qtbot: QtBot) -> None:
    """T5: on every screen Tab goes round, past every control, never backwards on the form."""
    with journey(tmp_path) as walk:
        for screen in every_screen(walk):
            wanted = {
                widget for kind in (QLineEdit, KeyButton, QCheckBox)
                for widget in visible(walk.shell, kind)
                if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            }
            seen: set[QWidget] = set()
            for _ in range(120):
                focus = QApplication.focusWidget()
                assert focus is not None, screen
                seen.add(focus)
                walk.press("Tab")
                if QApplication.focusWidget() in seen and wanted <= seen:
                    break
            missed = [w.accessibleName() for w in wanted - seen]
            assert missed == [], screen


def test_form_is_walked_in_the_order_it_is_read(tmp_path: Path, qtbot: QtBot) -> None:
    """T5: left to right, top to bottom."""
    with journey(tmp_path) as walk:
        case = walk.world.desk().open("zero_threshold", answers_for("zero_threshold", 2)).case
        walk.shell.go.intake(case.id)
        shape(walk, (1366, 690))
        lines = [e.line for e in walk.shell.rooms.intake.form.grid.editors() if e.isVisible()]
        places = [line.mapTo(walk.shell, line.rect().topLeft()) for line in lines]
        assert [(p.y() // 20, p.x()) for p in places] == sorted(
            (p.y() // 20, p.x()) for p in places
        )
        lines[0].setFocus(Qt.FocusReason.TabFocusReason)
        for line in lines[1:]:
            walk.press("Tab")
            assert QApplication.focusWidget() is line


def test_colours_are_the_tokens(tmp_path: Path, qtbot: QtBot) -> None:
    """Text size and density change nothing of the look but sizes."""
    with journey(tmp_path) as walk:
        walk.shell.rooms.settings_model.set_compact(True)
        assert look().density.value == "compact"
        walk.shell.rooms.settings_model.set_compact(False)
        assert look().density.value == "comfortable"
