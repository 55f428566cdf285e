"""What a command gives back: an exit code, one JSON value, and the same in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path

from desktop_app.domain.errors import CounterError, Unavailable


class Exit(IntEnum):
    """Exit codes: done or sound; refused or unsound; bad usage or environment."""

    DONE = 0
    REFUSED = 1
    USAGE = 2


class Usage(CounterError):
    """The command was called in a way that it does not understand."""


@dataclass(frozen=True)
class Answer:
    """``value`` is printed with ``--json``, ``lines`` without.

    ``failed`` answers tell of an error instead of a result: they go to standard error.
    """

    value: object
    lines: Sequence[str]
    code: Exit = Exit.DONE
    failed: bool = False

    def text(self, as_json: bool) -> str:
        """What goes to standard output, without the last line break."""
        if as_json:
            return json.dumps(self.value, ensure_ascii=False, indent=2, default=_plain)
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Call:
    """What every command is told: the data folder asked for, and where the program's files lie."""

    data: Path | None
    root: Path

    @property
    def resources(self) -> Path:
        """Policy, codes, fonts and icons."""
        return self.root / "resources"

    @property
    def forms(self) -> Path:
        """The definitions of the papers."""
        return self.root / "forms"


def refusal(error: CounterError) -> Answer:
    """The answer that tells of an error."""
    usage = isinstance(error, Usage | Unavailable)
    value: dict[str, object] = {"message": error.message, "remedy": error.remedy}
    if error.field is not None:
        value["field"] = error.field
    lines = [error.message, *([error.remedy] if error.remedy else [])]
    return Answer({"error": value}, lines, Exit.USAGE if usage else Exit.REFUSED, True)


def _plain(value: object) -> str:
    if isinstance(value, date | Path):
        return str(value)
    raise TypeError(f"没有 JSON 写法：{type(value).__name__}")
