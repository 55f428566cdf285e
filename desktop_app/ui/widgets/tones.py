"""Level and status to colour: the one place where meaning becomes paint."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.messages import Level


@dataclass(frozen=True)
class Tone:
    """Ink, paper and icon of one meaning."""

    ink: str
    paper: str
    icon: str


def tone_of(level: Level) -> Tone:
    """How a level looks."""
    ink, paper = {
        Level.ERROR: (TOKENS.err, TOKENS.err_soft),
        Level.WARN: (TOKENS.warn, TOKENS.warn_soft),
        Level.OK: (TOKENS.ok, TOKENS.ok_soft),
        Level.HINT: (TOKENS.text2, TOKENS.primary_soft),
    }[level]
    return Tone(ink, paper, level.icon)
