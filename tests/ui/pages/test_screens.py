"""What must hold on every screen: whole words, names, sizes, plain words, safe wording."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton
from tests.helpers.people import answers_for
from tests.helpers.screens import (
    badly_named,
    every_state,
    every_threshold,
    visible,
    words_in_sight,
)
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import journey, look

BANNED = ("(?<!申)请", "抱歉", "非法", "无效", "失败", "！", "您", "登陆", "其它", "帐号", "该")
ALLOWED_LATIN = re.compile(
    r"(DL-[\d-]+|F\d{1,2}|Ctrl|Alt|Shift|Enter|Esc|PgUp|PgDn|Space|Tab|[A-Z](?![a-z])|zhang|li"
    r"|YL-?\d*|X|[0-9a-f]{6,}|supervisor)"
)
RED = QColor("#FF0000").rgb()
CANARY = '<span style="background:#FF0000">演<img src=x>'


def test_every_word_on_every_screen_is_fit_to_be_read(tmp_path: Path, qtbot: QtBot) -> None:
    """T26, T36: no banned word, no English, no trace of the machine."""
    with journey(tmp_path) as walk:
        found = []
        for screen in every_state(walk):
            for words in words_in_sight(walk.shell):
                found += [(screen, bad, words) for bad in BANNED if re.search(bad, words)]
                rest = ALLOWED_LATIN.sub("", words)
                found += [(screen, "latin", words)] if re.search(r"[A-Za-z]{2,}", rest) else []
        assert found == [], found


def test_every_word_before_signing_in_is_fit_to_be_read(qtbot: QtBot) -> None:
    """T26: the same on the screens that come before; accounts are in Latin letters."""
    look()
    found = [
        (screen, bad, words) for screen, page in every_threshold()
        for words in words_in_sight(page) for bad in BANNED if re.search(bad, words)
    ]
    assert found == []


def test_every_control_has_a_name(tmp_path: Path, qtbot: QtBot) -> None:
    """T17: as Qt's accessibility tells it, on every screen, without a mnemonic's residue."""
    with journey(tmp_path) as walk:
        found = [(screen, *badly_named(walk.shell)) for screen in every_state(walk)]
    found += [(screen, *badly_named(page)) for screen, page in every_threshold()]
    assert [names for names in found if len(names) > 1] == []


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
        seen = False
        for screen in every_state(walk, cases):
            for label in visible(walk.shell, QLabel):
                assert isinstance(label, QLabel)
                assert label.textFormat() is Qt.TextFormat.PlainText, screen
            assert RED not in colours(walk.shell), screen
            seen = seen or any(CANARY in words for words in words_in_sight(walk.shell))
        assert seen


def colours(window: QWidget) -> Counter[int]:
    """How many pixels of each colour are in sight."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return Counter(memoryview(image.constBits()).cast("B").cast("I").tolist())


def test_tab_reaches_everything_in_the_order_it_is_read(tmp_path: Path, qtbot: QtBot) -> None:
    """T5: on every screen Tab goes round past every control, to the right or down, once back."""
    with journey(tmp_path) as walk:
        faults = []
        for screen in every_state(walk):
            if screen == "keys":
                continue  # a cover with no control: whatever is pressed takes it away
            wanted = {
                widget for kind in (QLineEdit, KeyButton, QCheckBox)
                for widget in visible(walk.shell, kind)
                if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            }
            seen: list[QWidget] = []
            back = []
            while len(seen) < 150:
                focus = QApplication.focusWidget()
                assert focus is not None, screen
                seen.append(focus)
                walk.press("Tab")
                now = QApplication.focusWidget()
                assert now is not None and (now is not focus or wanted <= {focus}), screen
                if not goes_on(focus, now, walk.shell):
                    back.append(f"{focus.accessibleName()} > {now.accessibleName()}")
                if now in seen:
                    break
            faults += [(screen, "missed", w.accessibleName()) for w in wanted - set(seen)]
            faults += [(screen, "back", *back)] if len(back) > 1 else []
        assert not faults, faults


def goes_on(before: QWidget, after: QWidget, window: QWidget) -> bool:
    """Whether one control stands to the right of another or beneath it."""
    here, there = (
        QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in (before, after)
    )
    return there.left() > here.right() - 4 or there.top() > here.bottom() - 4


def test_form_is_walked_in_the_order_it_is_read(tmp_path: Path, qtbot: QtBot) -> None:
    """T5: left to right, top to bottom."""
    with journey(tmp_path) as walk:
        case = walk.world.desk().open("zero_threshold", answers_for("zero_threshold", 2)).case
        walk.shell.go.intake(case.id)
        for _ in range(8):
            QApplication.processEvents()
        lines = [e.line for e in walk.shell.rooms.intake.form.grid.editors() if e.isVisible()]
        places = [line.mapTo(walk.shell, line.rect().topLeft()) for line in lines]
        assert [(p.y() // 20, p.x()) for p in places] == sorted(
            (p.y() // 20, p.x()) for p in places
        )
        lines[0].setFocus(Qt.FocusReason.TabFocusReason)
        for line in lines[1:]:
            walk.press("Tab")
            assert QApplication.focusWidget() is line


def test_every_large_patch_of_colour_is_a_token(tmp_path: Path, qtbot: QtBot) -> None:
    """T14: by the pixels of every screen; the words of a paper are no patch."""
    tokens = {QColor(value).rgb() for value in vars(TOKENS).values()}
    with journey(tmp_path, training=False) as walk:  # the mark of training tints all it covers
        for screen in every_state(walk):
            patches = {pixel for pixel, count in colours(walk.shell).items() if count > 2500}
            assert {f"{pixel:08x}" for pixel in patches - tokens} == set(), screen


def test_density_changes_sizes_only(tmp_path: Path, qtbot: QtBot) -> None:
    """Text size and density change nothing of the look but sizes."""
    with journey(tmp_path) as walk:
        walk.shell.rooms.settings_model.set_compact(True)
        assert look().density.value == "compact"
        walk.shell.rooms.settings_model.set_compact(False)
        assert look().density.value == "comfortable"
