"""On which line of a TOML text a key stands: tomllib does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_.-]+|"[^"]*"|'[^']*')\s*)=""")
_FAULT_AT = re.compile(r"\(at line (\d+)")


def fault_line(message: str, text: str) -> int:
    """The line in a message of tomllib; the last one where it says only "end of document"."""
    found = _FAULT_AT.search(message)
    return int(found.group(1)) if found else max(1, len(text.splitlines()))


def lines_of(text: str) -> Mapping[str, int]:
    """Dotted key to line number, from 1. The n-th table of an array is ``name.n``, n from 0.

    Good for files of plain keys, one a line, which is what a profile is; a key inside a string
    of several lines would be taken for a key.
    """
    lines: dict[str, int] = {}
    tables_of: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            table = header.group(2).replace('"', "").replace(" ", "")
            if header.group(1) == "[[":
                index = tables_of.get(table, 0)
                tables_of[table] = index + 1
                lines.setdefault(table, number)
                table = f"{table}.{index}"
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            name = key.group(1).strip().strip("\"'")
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines
