"""The program's log: one event a line, and never a word about a person.

Its own events are fixed words with ids (``log.info("case taken %s", case_id)``). What an argument
brings is written only when it looks like an id or a number; an exception is written as its kind
and its place, never its words, because libraries put values into them. Of libraries' own events
only their place is written.
"""

from __future__ import annotations

import faulthandler
import logging
import re
import secrets
import sys
import threading
import time
import traceback
import unicodedata
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from desktop_app.adapters.disk import words_for

ROOT = "luohu"
_FILE = "luohu.log"
_CRASH_FILE = "crash.log"
_BYTES = 1_000_000
_FILES = 5
_LONGEST = 2_000
_PRIVATE = 0o600
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_LONG_NUMBER = re.compile(r"(?<![A-Za-z0-9])\d{8,}(?![A-WYZa-wyz0-9])|\d{15}")
"""A birth date, telephone or citizen number; inside a longer id, a citizen number."""

_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}


def visible(text: str) -> str:
    """The text on one line, every control, bidi or unassigned character as ⟨U+202E⟩."""
    return "".join(
        f"⟨U+{ord(char):04X}⟩" if unicodedata.category(char) in _UNSEEN else char for char in text
    )


def safe(value: object) -> str:
    """An argument as the log may hold it: ids, short numbers and yes or no; of others the size."""
    if value is None or isinstance(value, bool | float):
        return str(value)
    text = str(value)
    if _ID.fullmatch(text) and not _LONG_NUMBER.search(text):
        return text
    return f"<{type(value).__name__} of {len(text)}>"


_REFERENCE = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class LineFormatter(logging.Formatter):
    """UTC time, level, logger, words."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for one event."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        words = _own_words(record) if _is_own(record) else _place(record)
        if record.exc_info:
            words = f"{words} | {where(record.exc_info[1])}"
        line = f"{moment}.{int(record.msecs):03d}Z {record.levelname} {record.name} {words}"
        return visible(line)[:_LONGEST]


def _is_own(record: logging.LogRecord) -> bool:
    return record.name == ROOT or record.name.startswith(f"{ROOT}.")


def _own_words(record: logging.LogRecord) -> str:
    words, arguments = str(record.msg), record.args
    try:
        if isinstance(arguments, Mapping):
            return words % {key: safe(value) for key, value in arguments.items()}
        return words % tuple(safe(value) for value in arguments) if arguments else words
    except (TypeError, ValueError, KeyError):
        return words  # the event counts more than its arguments


def _place(record: logging.LogRecord) -> str:
    return f"at {record.module}:{record.lineno}"


def where(error: BaseException | None) -> str:
    """The kinds of an exception and of its causes, each with the places it passed through."""
    parts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
        parts.append(f"{type(error).__module__}.{type(error).__qualname__} at {places or '?'}")
        error = error.__cause__ or error.__context__
    return " after ".join(parts) or "no exception"


class _PrivateLog(RotatingFileHandler):
    """A rotating file for its owner alone."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        Path(self.baseFilename).chmod(_PRIVATE)
        return stream


def start(folder: Path, *, level: int = logging.INFO) -> logging.Logger:
    """Send every event of the process to the folder's rotating log and return the own logger.

    Raises Unavailable when the folder cannot be written to.
    """
    try:
        handler = _PrivateLog(
            folder / _FILE, maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8"
        )
    except OSError as error:
        raise words_for(error, _FILE) from error
    handler.setFormatter(LineFormatter())
    logging.raiseExceptions = False  # a full disk must not print the record, values and all
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    own = logging.getLogger(ROOT)
    own.setLevel(level)
    return own


def stop() -> None:
    """Close and take away the log's handlers (the end of the program, or of a test)."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _PrivateLog):
            root.removeHandler(handler)
            handler.close()


def report(error: BaseException) -> str:
    """Log an unexpected exception and return the reference by which a person can name it."""
    # letters only: a run of digits would be hidden in the log as if it were a person's number
    reference = "".join(secrets.choice(_REFERENCE) for _ in range(8))
    logging.getLogger(ROOT).critical(
        "unexpected %s", reference, exc_info=(type(error), error, error.__traceback__)
    )
    return reference


def catch_everything(tell: Callable[[str], None]) -> None:
    """Log what nobody caught, in any thread, and tell a person its reference instead."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(report(error.with_traceback(trace)))

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            tell(report(args.exc_value.with_traceback(args.exc_traceback)))

    def caught_in_destructor(args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            report(args.exc_value)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
    sys.unraisablehook = caught_in_destructor


def record_crashes(folder: Path) -> None:
    """Have the interpreter write the places (not the values) of a fatal crash to the folder.

    Raises Unavailable when the folder cannot be written to.
    """
    try:
        file = (folder / _CRASH_FILE).open("a", encoding="utf-8")
        (folder / _CRASH_FILE).chmod(_PRIVATE)
    except OSError as error:
        raise words_for(error, _CRASH_FILE) from error
    faulthandler.enable(file)  # it needs the open file for as long as the process lives
