"""The look: contrast (T14), one source of colour, one style sheet (R53), banned Qt (ux §0)."""

from __future__ import annotations

import ast
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop_app.ui.theme import (
    CONTRASTS,
    TOKENS,
    Density,
    Look,
    Scale,
    Sizes,
    contrast,
    luminance,
    style_sheet,
)

ROOT = Path(__file__).parents[2]
UI = ROOT / "desktop_app" / "ui"
SHEET = (ROOT / "resources" / "styles" / "counter.qss").read_text(encoding="utf-8")
COLOURS = st.from_regex(r"\A#[0-9A-F]{6}\Z")
SOURCES = sorted(UI.rglob("*.py"))
BANNED = {
    "QDateEdit", "QDateTimeEdit", "QCalendarWidget", "QValidator", "QRegularExpressionValidator",
    "QIntValidator", "QCompleter", "QTableWidget", "QMessageBox", "QInputDialog",
    "QProgressDialog", "QErrorMessage", "QTextEdit", "QWizard",
}
BANNED_CALLS = {
    "setInputMask", "setMaxLength", "setValidator", "setCompleter", "resizeColumnsToContents",
    "resizeRowsToContents",
}


@pytest.mark.parametrize(("ink", "paper", "least"), CONTRASTS)
def test_every_pair_of_colours_reaches_its_contrast(ink: str, paper: str, least: float) -> None:
    colours = asdict(TOKENS)
    assert contrast(colours[ink], colours[paper]) >= least


def test_contrast_has_the_known_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert 1.0 <= contrast(one, other) == contrast(other, one) <= 21.0
    assert 0.0 <= luminance(one) <= 1.0


def test_no_colour_is_written_outside_the_tokens() -> None:
    found = [
        (path.name, colour)
        for path in [*SOURCES, ROOT / "resources" / "styles" / "counter.qss"]
        if path != UI / "theme.py"
        for colour in re.findall(
            r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(", path.read_text(encoding="utf-8")
        )
    ]
    assert found == []


def test_every_colour_is_used() -> None:
    words = SHEET + "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unused = [
        name for name in asdict(TOKENS)
        if f"TOKENS.{name}" not in words and "${" + name + "}" not in SHEET
    ]
    assert unused == []


def _calls(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.lineno, node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    ]


def test_only_the_theme_sets_a_style_sheet() -> None:
    found = [
        f"{path.name}:{line}" for path in SOURCES if path != UI / "theme.py"
        for line, name in _calls(path) if name == "setStyleSheet"
    ]
    assert found == []


def test_only_the_plain_label_is_a_qlabel() -> None:
    found = [
        f"{path.name}:{line}" for path in SOURCES
        for line, name in _calls(path)
        if name in {"QLabel", "setToolTip", "setWhatsThis", "setStatusTip"}
        and path.name != "plain.py"
    ]
    assert found == []


def test_widgets_are_named_through_the_plain_module() -> None:
    found = [
        f"{path.name}:{line}" for path in (UI / "widgets").rglob("*.py")
        for line, name in _calls(path)
        if name in {"setAccessibleName", "setAccessibleDescription"} and path.name != "plain.py"
    ]
    assert found == []


def test_nothing_harmful_of_qt_is_used() -> None:
    found = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        found += [f"{path.name}: {name}" for name in names & BANNED]
        found += [f"{path.name}:{line} {name}" for line, name in _calls(path)
                  if name in BANNED_CALLS]
    assert found == []


def test_widgets_know_no_service() -> None:
    found = [
        path.name for path in (UI / "widgets").rglob("*.py")
        if "desktop_app.services" in path.read_text(encoding="utf-8")
        or "desktop_app.adapters" in path.read_text(encoding="utf-8")
    ]
    assert found == []


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("density", list(Density))
def test_the_style_sheet_is_filled_in_whole(scale: Scale, density: Density) -> None:
    sheet = style_sheet(SHEET, scale, density)
    assert "${" not in sheet
    assert f"font-size: {scale.value}px" in sheet


def test_an_unknown_placeholder_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_sheet("${no_such_token}", Scale.STANDARD, Density.COMFORTABLE)


@pytest.mark.parametrize(("scale", "least"), [
    (Scale.STANDARD, 32), (Scale.LARGE, 44), (Scale.EXTRA, 44),
])
def test_targets_are_large_enough(scale: Scale, least: int) -> None:
    assert Sizes.of(scale, Density.COMFORTABLE).target >= least


def test_the_dialogs_of_qt_itself_speak_chinese(look: Look) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_text_size_steps_and_stops_at_the_ends(look: Look, qapp: QApplication) -> None:
    seen = []
    for by in (-1, 1, 1, 1, -1):
        look.step(by)
        seen.append(QFont(qapp.font()).pixelSize())
    assert seen == [16, 18, 20, 20, 18]
