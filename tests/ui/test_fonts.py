"""The program's own faces draw every character, the rare ones as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QApplication

from desktop_app.domain.errors import Unavailable
from desktop_app.ui import fonts
from desktop_app.ui.theme import Look


def _ink(text: str, family: str | None = None) -> int:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    font = QFont()
    font.setFamilies([family] if family else list(fonts.FAMILIES))
    font.setPixelSize(40)
    painter.setFont(font)
    painter.drawText(8, 48, text)
    painter.end()
    return sum(
        image.pixelColor(x, y).lightness() < 128 for x in range(64) for y in range(64)
    )


def test_rare_characters_come_from_the_fallback_face(look: Look) -> None:
    rare = QRawFont.fromFont(QFont(fonts.RARE_FAMILY))
    usual = QRawFont.fromFont(QFont(fonts.TEXT_FAMILY))
    assert usual.supportsCharacter(ord("落"))
    assert not usual.supportsCharacter(0x20BB7)
    assert rare.supportsCharacter(0x20BB7)
    assert _ink("𠮷") > 40


def test_a_rare_character_is_as_wide_as_any_other(look: Look, qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert metrics.horizontalAdvance("𠮷") == pytest.approx(
        metrics.horizontalAdvance("落"), abs=1
    )


def test_digits_stand_in_columns(look: Look, qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_medium_weight_is_there(look: Look) -> None:
    assert "Medium" in QFontDatabase.styles(fonts.TEXT_FAMILY)


def test_a_missing_face_is_named(look: Look, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"NotoSansSC_400Regular\.ttf"):
        fonts.load_first(tmp_path)
