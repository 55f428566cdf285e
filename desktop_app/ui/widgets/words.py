"""Characters nobody can see, made visible (R52). No Qt, so that models may use it."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})


def shown(text: str, *, lines: bool = True) -> str:
    """The text with every character that cannot be seen written out, as ⟨U+202E⟩.

    Line feeds stay when ``lines`` is true.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"⟨U+{ord(char):04X}⟩"
        if unicodedata.category(char) in _HIDDEN and not (lines and char == "\n") else char
        for char in text
    )


def hidden_at(text: str) -> tuple[int, str] | None:
    """Position (from 1) and name ``U+202E`` of the first character nobody can see."""
    for position, char in enumerate(text, start=1):
        if unicodedata.category(char) in _HIDDEN:
            return position, f"U+{ord(char):04X}"
    return None
