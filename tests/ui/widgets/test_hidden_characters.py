"""R52: no text field takes a character that nobody sees without saying so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.words import hidden_at
from tests.helpers.ime import enter_chinese
from tests.helpers.keys import press
from tests.helpers.sample_fields import EDITORS

Show = Callable[..., QWidget]
KINDS = [kind for kind in EDITORS if kind != "PasswordEdit"]  # a password is never shown
HIDDEN = ("\u202e", "\u2066", "\u200b", "\u0007", "\u2060")


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"{ord(char):04X}")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["paste", "compose"])
def test_a_hidden_character_is_named_or_shown(
    kind: str, char: str, way: str, show: Show
) -> None:
    editor = EDITORS[kind]()
    show(editor, EDITORS["TextEdit"]())
    editor.focus_line()
    if way == "paste":
        QGuiApplication.clipboard().setText(f"19{char}90")
        press("Ctrl+V")
    else:
        enter_chinese(editor.line, f"19{char}90")
    editor.settle()
    mark = f"⟨U+{ord(char):04X}⟩"
    message = editor.message()
    told = message is not None and mark in message.text
    assert told or mark in editor.line.text() or (
        message is not None and hidden_at(editor.text()) is None
    ), (editor.line.text(), message)
