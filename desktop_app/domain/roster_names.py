"""Names as rosters hold them: set wide, with characters lost on the way, with marks nobody sees."""

from __future__ import annotations

import re
import unicodedata

_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
#: 张　三, 欧 阳 修: single characters with blanks between them, as typists align a column.
_WIDE = re.compile(rf"{_HAN}(?:\s+{_HAN})+")
_GROUPS = re.compile(rf"{_HAN}+(?:\s+{_HAN}+)+")
#: What programs put where they could not keep a character, and what hides part of a name.
_LOST = re.compile(r"[?？□■〓◇◆○●*＊\ufffd]")
_AMONG_HAN = re.compile(rf"(?:{_HAN}|[\s·•]|{_LOST.pattern})+")
_PARTED = 2


def lost_characters(name: str) -> str:
    """The first mark that stands where a character was lost or hidden, empty when there is none.

    In a name of Chinese characters, that is; what such marks mean among others nobody knows.
    """
    found = _LOST.search(name)
    return found.group() if found and _AMONG_HAN.fullmatch(name) else ""


def tidy_name(name: str) -> tuple[str, str]:
    """The name without blanks that only align it, and what it may be when blanks part it.

    Blanks between longer parts may stand for the dot of a name (间隔号), so that is asked.
    """
    if len(name.split()) < _PARTED:
        return name, ""
    if _WIDE.fullmatch(name):
        return "".join(name.split()), ""
    return name, "·".join(name.split()) if _GROUPS.fullmatch(name) else ""


def without_hidden(text: str, *, joined: bool) -> str:
    """The text without what nobody can see; a line break becomes a blank unless ``joined``."""
    space = "" if joined else " "
    seen = (
        space if char in "\r\n\t\v\f" else char for char in text
        if char in "\r\n\t\v\f" or unicodedata.category(char) not in _HIDDEN
    )
    return " ".join("".join(seen).split()) if not joined else "".join(seen).strip()


_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
