"""Text rosters (.csv): which encoding it is, decided by its heading row, else asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from desktop_app.adapters.roster import limits
from desktop_app.adapters.roster.limits import Refused
from desktop_app.domain.roster_headings import heading_row

#: Tried in this order; a byte order mark decides at once.
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_EIGHT_BIT = frozenset({"utf-8", "gb18030", "big5"})
_DELIMITERS = ",\t;，|"
_HEAD = 64 * 1024
_SAVE_AS = "用表格软件打开后另存为 .xlsx"
ENCODING_OPEN = "encoding"
Headings = Mapping[str, str]


def rows(
    path: Path, encoding: str = "", headings: Headings | None = None, heading: int = 0
) -> Iterator[list[str]]:
    """The records of a text file; ``encoding`` is what the clerk chose, or empty to decide.

    ``headings`` are headings that this school uses, ``heading`` the row of the headings when the
    clerk named it. Raises Refused: with code ``encoding`` when no encoding, or more than one,
    fits the headings.
    """
    raw = path.read_bytes()
    text = _decode(raw, encoding) if encoding else _recognise(raw, headings, heading)
    if "\0" in text:
        raise Refused("文件里有空字节，不是文本", _SAVE_AS)
    yield from _records(text, _delimiter(text, headings))


def beginnings(path: Path) -> dict[str, list[list[str]]]:
    """The first rows under every encoding that reads the whole file."""
    found = {}
    for encoding, text in _readable(path.read_bytes()).items():
        if "\0" not in text:
            records = _records(text[:_HEAD], _delimiter(text, None), strict=False)
            found[encoding] = list(islice(records, limits.HEADING_ROWS))
    return found


def _recognise(raw: bytes, headings: Headings | None, heading: int) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode(raw, encoding)
    readable = _readable(raw)
    fitting = {name: text for name, text in readable.items() if _has_headings(text, headings)}
    if heading and not fitting:
        fitting = {name: text for name, text in readable.items() if "\0" not in text}
    if len(set(fitting.values())) == 1:
        return fitting.popitem()[1]
    if fitting:
        raise Refused(f"编码不能确定：{'、'.join(fitting)}", "看预览选定编码后再读", ENCODING_OPEN)
    if b"\0" in raw:
        raise Refused("文件里有空字节，不是文本", _SAVE_AS)
    if not set(readable) & _EIGHT_BIT:
        raise Refused("没有一种编码读得通，文件里混了几种编码", _SAVE_AS)
    raise Refused("没有一种编码能认出表头", "核对表头有姓名和公民身份号码，或手工对应各列")


def _readable(raw: bytes) -> dict[str, str]:
    found = {}
    for encoding in ENCODINGS:
        try:
            found[encoding] = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return found


def _decode(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as damage:
        remedy = "换一种编码，或另存为 .xlsx"
        raise Refused(f"按 {encoding} 读不通", remedy, ENCODING_OPEN) from damage


def _has_headings(text: str, headings: Headings | None) -> bool:
    lines = _first_lines(text)
    return any(
        heading_row([_split(line, mark) for line in lines], headings) is not None
        for mark in _DELIMITERS
    )


def _first_lines(text: str) -> list[str]:
    return list(islice(io.StringIO(text[:_HEAD], newline=None), limits.HEADING_ROWS))


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _records(text: str, delimiter: str, *, strict: bool = True) -> Iterator[list[str]]:
    """The records; a quote that is never closed would swallow students, so it is refused."""
    csv.field_size_limit(limits.CELL_CHARACTERS * 8)
    try:
        for record in csv.reader(
            io.StringIO(text, newline=None), delimiter=delimiter, strict=strict
        ):
            if strict and any("\n" in cell and delimiter in cell for cell in record):
                raise Refused("引号不成对，有几行连在一起", _SAVE_AS)
            yield record
    except csv.Error as damage:
        raise Refused("有一格过长，或引号不成对", _SAVE_AS) from damage


def _delimiter(text: str, headings: Headings | None) -> str:
    lines = _first_lines(text)
    for mark in _DELIMITERS:
        if heading_row([_split(line, mark) for line in lines], headings) is not None:
            return mark
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))
