"""The look as data: colours, sizes and the one style sheet made from them.

All colours of the program are here. The style sheet is ``resources/styles/counter.qss`` with
``${name}`` placeholders; no other module may call ``setStyleSheet``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from string import Template

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.ui.fonts import FAMILIES


@dataclass(frozen=True)
class Tokens:
    """Colours by meaning, as #RRGGBB. ``CONTRASTS`` says what each pair must reach."""

    text: str = "#1A1F26"
    text2: str = "#4A5563"
    hint: str = "#5B6675"
    surface: str = "#FFFFFF"
    bg: str = "#F5F7FA"
    sunken: str = "#EDF1F6"
    border: str = "#76818F"
    line: str = "#DCE2EA"
    primary: str = "#0B4F9E"
    primary_dark: str = "#083B78"
    primary_soft: str = "#E8F0FA"
    on_primary: str = "#FFFFFF"
    rail: str = "#0B2B52"
    rail_hover: str = "#153C6E"
    rail_text: str = "#DCE7F5"
    focus: str = "#C24E00"
    err: str = "#B3261E"
    err_soft: str = "#FDECEA"
    warn: str = "#7A4B00"
    warn_soft: str = "#FFF4D6"
    ok: str = "#14663A"
    ok_soft: str = "#E6F4EC"
    train: str = "#5B2A86"
    train_soft: str = "#F3E8FB"
    disabled: str = "#5F6874"
    disabled_bg: str = "#E9EDF1"


TOKENS = Tokens()
_TRANSLATIONS = QLibraryInfo.LibraryPath.TranslationsPath

#: (foreground, background, least ratio): 7 body text, 4.5 text, 3 edges and rings (WCAG 2.2).
CONTRASTS: tuple[tuple[str, str, float], ...] = (
    ("text", "surface", 7.0), ("text", "bg", 7.0), ("text", "sunken", 7.0),
    ("text", "primary_soft", 7.0), ("text2", "surface", 7.0), ("text2", "bg", 7.0),
    ("hint", "surface", 4.5), ("hint", "bg", 4.5), ("hint", "sunken", 4.5),
    ("border", "surface", 3.0), ("border", "bg", 3.0),
    ("on_primary", "primary", 7.0), ("on_primary", "primary_dark", 7.0),
    ("primary", "surface", 4.5), ("primary", "bg", 4.5), ("primary", "primary_soft", 4.5),
    ("rail_text", "rail", 7.0), ("rail_text", "rail_hover", 7.0), ("on_primary", "rail", 7.0),
    ("focus", "surface", 3.0), ("focus", "bg", 3.0), ("surface", "rail", 3.0),
    ("err", "surface", 4.5), ("err", "err_soft", 4.5), ("text", "err_soft", 7.0),
    ("warn", "surface", 4.5), ("warn", "warn_soft", 4.5), ("text", "warn_soft", 7.0),
    ("ok", "surface", 4.5), ("ok", "ok_soft", 4.5), ("text", "ok_soft", 7.0),
    ("train", "train_soft", 4.5), ("text", "train_soft", 7.0), ("text2", "train_soft", 4.5),
    ("ok", "train_soft", 4.5), ("primary", "train_soft", 4.5), ("on_primary", "train", 7.0),
    ("disabled", "disabled_bg", 4.5), ("text2", "sunken", 4.5),
)


class Scale(Enum):
    """Text size of the window; the value is the body size in pixels at 96 dpi."""

    STANDARD = 16
    LARGE = 18
    EXTRA = 20

    @property
    def words(self) -> str:
        """What the settings call it."""
        return {16: "标准", 18: "大字", 20: "特大"}[self.value]


class Density(Enum):
    """Roominess: compact is for small screens at 150 %."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


@dataclass(frozen=True)
class Sizes:
    """Lengths in pixels at 96 dpi for one text size."""

    body: int
    small: int
    title: int
    verdict: int
    number: int
    line_box: int
    field: int
    target: int
    row: int
    pad: int

    @classmethod
    def of(cls, scale: Scale, density: Density) -> Sizes:
        """Body 16/18/20; fields 36/44/46, or 30/36/38 when compact."""
        body = scale.value
        roomy = density is Density.COMFORTABLE
        large = scale is not Scale.STANDARD
        field = (44 if large else 36) if roomy else (36 if large else 32)
        return cls(
            body=body, small=body - 2, title=body + 3, verdict=body + 7, number=body + 3,
            line_box=round(body * 1.45), field=max(field, round(body * 1.45) + 8),
            target=field, row=round(body * 1.45) + (14 if roomy else 8), pad=10,
        )


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2, 1.4.3)."""
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def style_sheet(template: str, scale: Scale, density: Density) -> str:
    """The whole style sheet. Raises KeyError for a placeholder that names nothing."""
    sizes = Sizes.of(scale, density)
    values = {name: f"{value}px" for name, value in asdict(sizes).items()}
    values["field_inner"] = f"{sizes.field - 2}px"
    values["target_inner"] = f"{sizes.target - 2}px"
    families = ", ".join(f'"{family}"' for family in FAMILIES)
    return Template(template).substitute(values, families=families, **asdict(TOKENS))


class Look:
    """Dresses one application; the text size may change while it runs."""

    def __init__(self, app: QApplication, styles: Path) -> None:
        self._app = app
        self._template = (styles / "counter.qss").read_text(encoding="utf-8")
        self.scale = Scale.STANDARD
        self.density = Density.COMFORTABLE
        self._words = QTranslator(app)
        if self._words.load("qtbase_zh_CN", QLibraryInfo.path(_TRANSLATIONS)):
            app.installTranslator(self._words)  # Qt's own file dialog speaks Chinese too
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setPalette(_palette())

    def apply(self, scale: Scale, density: Density = Density.COMFORTABLE) -> None:
        """Give every window this text size and density."""
        self.scale, self.density = scale, density
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPixelSize(scale.value)
        self._app.setFont(font)
        self._app.setStyleSheet(style_sheet(self._template, scale, density))

    def step(self, by: int) -> None:
        """The next larger (1) or smaller (-1) text size; stays at the ends."""
        scales = list(Scale)
        place = min(max(scales.index(self.scale) + by, 0), len(scales) - 1)
        self.apply(scales[place], self.density)


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, TOKENS.bg), (roles.WindowText, TOKENS.text), (roles.Base, TOKENS.surface),
        (roles.AlternateBase, TOKENS.bg), (roles.Text, TOKENS.text),
        (roles.Button, TOKENS.surface), (roles.ButtonText, TOKENS.text),
        (roles.Highlight, TOKENS.primary), (roles.HighlightedText, TOKENS.on_primary),
        (roles.PlaceholderText, TOKENS.hint), (roles.ToolTipBase, TOKENS.text),
        (roles.ToolTipText, TOKENS.surface), (roles.Link, TOKENS.primary),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(TOKENS.disabled))
    return palette
