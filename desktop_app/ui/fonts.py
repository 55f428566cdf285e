"""The program's own typefaces, so that every station shows the same characters.

The sign-in page needs one face only; the heavy fallback (30 MB, 汉字扩充 B–F) is read after the
first paint. ``FAMILIES`` is the order in which Qt looks a character up.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from desktop_app.domain.errors import Unavailable

TEXT_FAMILY = "Noto Sans SC"
RARE_FAMILY = "HanaMinB"
FAMILIES = (TEXT_FAMILY, RARE_FAMILY)

_FIRST = ("NotoSansSC_400Regular.ttf",)
_LATER = ("NotoSansSC_500Medium.ttf", "HanaMinB.ttf")


def load_first(folder: Path) -> None:
    """Load what the sign-in page needs. Raises Unavailable when a face is missing."""
    _load(folder, _FIRST)
    QFont.insertSubstitutions(TEXT_FAMILY, [RARE_FAMILY])


def load_rest(folder: Path) -> None:
    """Load the medium weight and the rare characters; call it after the first paint."""
    _load(folder, _LATER)


def _load(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise Unavailable(f"字体文件 {name} 读不出", "重新安装本程序")
