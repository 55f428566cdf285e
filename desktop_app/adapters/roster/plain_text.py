"""Text rosters (.csv): which encoding it is, decided by its heading row, else asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from desktop_app.adapters.roster import limits
from desktop_app.adapters.roster.limits import Refused
from desktop_app.domain.roster import is_heading_row

#: Tried in this order; a byte order mark decides at once.
ENCODINGS = ("utf-8", "gb18030", "big5")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",\t;，"
ENCODING_OPEN = "encoding"


def rows(path: Path, encoding: str = "") -> Iterator[list[str]]:
    """The records of a text file; ``encoding`` is what the clerk chose, or empty to decide.

    Raises Refused: with code ``encoding`` when no encoding, or more than one, fits the headings.
    """
    raw = path.read_bytes()
    text = _decode(raw, encoding) if encoding else _recognise(raw)
    if "\0" in text:
        raise Refused("文件里有空字节，不是文本", "用表格软件打开后另存为 .xlsx")
    yield from _records(text)


def _recognise(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode(raw, encoding)
    fitting = {}
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _has_headings(text):
            fitting[encoding] = text
    if len(fitting) == 1:
        return next(iter(fitting.values()))
    if len(set(fitting.values())) == 1:
        return fitting.popitem()[1]
    if not fitting:
        raise Refused("没有一种编码能认出表头", "核对表头有姓名和公民身份号码，或另存为 .xlsx",
                      "not_a_roster")
    raise Refused(f"编码不能确定：{'、'.join(fitting)}", "选定编码后再读", ENCODING_OPEN)


def _decode(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as damage:
        remedy = "换一种编码，或另存为 .xlsx"
        raise Refused(f"按 {encoding} 读不通", remedy, ENCODING_OPEN) from damage


def _has_headings(text: str) -> bool:
    lines = io.StringIO(text[: 64 * 1024], newline=None)
    for _, line in zip(range(limits.HEADING_ROWS), lines, strict=False):
        if any(is_heading_row(_split(line, mark)) for mark in _DELIMITERS):
            return True
    return False


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _records(text: str) -> Iterator[list[str]]:
    delimiter = _delimiter(text)
    csv.field_size_limit(limits.CELL_CHARACTERS * 8)
    try:
        yield from csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    except csv.Error as damage:
        raise Refused("有一格过长，或引号不成对", "用表格软件打开后另存为 .xlsx") from damage


def _delimiter(text: str) -> str:
    lines = io.StringIO(text[: 64 * 1024], newline=None)
    for _, line in zip(range(limits.HEADING_ROWS), lines, strict=False):
        for mark in _DELIMITERS:
            if is_heading_row(_split(line, mark)):
                return mark
    return ","
