"""Words as the screen shows them: nothing hidden (R52), figures whole. No Qt: models use it."""

from __future__ import annotations

import unicodedata

_MOBILE, _LONGEST = 11, 24
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


def grouped_phone(number: str) -> str:
    """A mobile number as it is read aloud, 3-4-4; others as they are."""
    if len(number) == _MOBILE and number.isdigit() and number.startswith("1"):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number


def is_figures(text: str) -> bool:
    """Whether words are one number or date, which must not be broken over two lines."""
    return len(text) <= _LONGEST and text.isascii() and any(char.isdigit() for char in text)


def hidden_at(text: str) -> tuple[int, str] | None:
    """Position (from 1) and name ``U+202E`` of the first character nobody can see."""
    for position, char in enumerate(text, start=1):
        if unicodedata.category(char) in _HIDDEN:
            return position, f"U+{ord(char):04X}"
    return None
