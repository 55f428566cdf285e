"""R52: no text field takes a character that nobody sees without saying so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.words import hidden_at
from tests.helpers.ime import enter_chinese
from tests.helpers.keys import press
from tests.helpers.sample_fields import EDITORS

Show = Callable[..., QWidget]
KINDS = [kind for kind in EDITORS if kind != "PasswordEdit"]  # a password is never shown
#: Controls, ends of lines, directions, invisible spaces and joiners, tags, as in Unicode.
HIDDEN = [
    chr(code) for first, last in (
        (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C),
        (0x180E, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F),
        (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0001, 0xE0001), (0xE0020, 0xE0022),
    ) for code in range(first, last + 1)
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["paste", "compose"])
def test_a_hidden_character_is_named_or_shown(kind: str, way: str, show: Show) -> None:
    editor = EDITORS[kind]()
    show(editor, EDITORS["TextEdit"]())
    taken = []
    for char in HIDDEN:
        _bring(editor, f"19{char}90", way)
        mark = f"⟨U+{ord(char):04X}⟩"
        message = editor.message()
        told = message is not None and mark in message.text
        if not told and mark not in editor.line.text() and (
            message is None or hidden_at(editor.text()) is not None
        ):
            taken.append((f"{ord(char):04X}", editor.line.text(), message))
    assert taken == []


def _bring(editor: FieldEditor, text: str, way: str) -> None:
    """The words into the empty field, as a clerk brings them, and on."""
    editor.reset()
    editor.line.clear()
    editor.focus_line()
    if way == "paste":
        QGuiApplication.clipboard().setText(text)
        press("Ctrl+V")
    else:
        enter_chinese(editor.line, text)
    editor.settle()
