"""What a component says to a person: a level and words, nothing of Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from desktop_app.domain.errors import CounterError


class Level(Enum):
    """How much a message matters; each has its own colour, icon and spoken word."""

    ERROR = "error"
    WARN = "warn"
    OK = "ok"
    HINT = "hint"

    @property
    def spoken(self) -> str:
        """The word a screen reader says first, so that colour never stands alone."""
        return {"error": "需修改", "warn": "注意", "ok": "已通过", "hint": "提示"}[self.value]

    @property
    def icon(self) -> str:
        """Name of its icon."""
        return {"error": "cross", "warn": "alert", "ok": "tick", "hint": "info"}[self.value]


@dataclass(frozen=True)
class Message:
    """Words beside a field or on top of a page."""

    level: Level
    text: str


@dataclass(frozen=True)
class Committed:
    """What left a field: its id and the words as typed."""

    field_id: str
    text: str


Check = Callable[[str], Message | None]


def no_check(text: str) -> Message | None:
    """The check of a field that has none."""
    return None


def from_error(error: CounterError, level: Level = Level.ERROR) -> Message:
    """The message of a refusal."""
    return Message(level, str(error))


def check_by(parse: Callable[[str], object]) -> Check:
    """A check out of a parser that raises CounterError; empty text is never an error."""

    def check(text: str) -> Message | None:
        if not text.strip():
            return None
        try:
            parse(text)
        except CounterError as error:
            return from_error(error)
        return None

    return check
