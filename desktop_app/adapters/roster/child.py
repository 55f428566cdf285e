"""The child process that opens a roster: limited memory and time, no network, JSON lines out.

``python -m desktop_app.adapters.roster.child FILE [JSON]``, where JSON may hold ``encoding``,
``sheet``, ``heading_row`` (from 1), ``columns`` (column id to position) and ``headings`` (heading
to column id) as the clerk set them, or ``look`` to see the first rows only.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from desktop_app.adapters.roster import (
    limits,
    package,
    plain_text,
    seclusion,
    windows_job,
    workbook,
)
from desktop_app.adapters.roster.limits import Refused
from desktop_app.domain.roster_asides import aside_words
from desktop_app.domain.roster_headings import heading_row, match_headings

_BATCH = 500
_NO_HEADINGS = ("前 20 行没有认出表头", "表头要有姓名和公民身份号码；或在“对应列”里手工指定")
_TOO_LARGE = {"refused": "表格展开后超过 512 MB", "remedy": "删去多余的行列再导入",
              "code": "not_a_roster"}
Options = Mapping[str, object]
Message = dict[str, object]
Record = Sequence[workbook.Cell]
#: Column, first row and last row of cells merged downwards, from 0.
Span = tuple[int, int, int]
#: Columns in which a school merges the cells of a whole group.
_GROUPS = ("college", "major", "class_name")
#: A row whose number begins with so many digits is somebody's; it is never set aside.
_NUMBER_BEGINS = 6


def main(arguments: Sequence[str]) -> int:
    """Read one file; exit 0 when it was read or refused in words."""
    _limit_itself()
    seclusion.cut_off()
    options = json.loads(arguments[1]) if len(arguments) > 1 else {}
    try:
        for message in read(Path(arguments[0]), options):
            _say(message)
    except Refused as refused:
        _say({"refused": refused.reason, "remedy": refused.remedy, "code": refused.code})
    except MemoryError:
        _say(_TOO_LARGE)
    sys.stdout.buffer.flush()
    return 0


def _say(message: Mapping[str, object]) -> None:
    line = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _limit_itself() -> None:
    """Bound memory and CPU; the parent bounds the time as well."""
    try:
        import resource
    except ImportError:
        windows_job.limit(limits.MEMORY_BYTES, limits.CPU_SECONDS)
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def read(path: Path, options: Options) -> Iterator[Message]:
    """The messages for a file: one about its head, then batches of rows, then the count.

    Raises Refused.
    """
    kind = package.kind_of(path)
    if kind == "xlsx":
        package.check_package(path)
    if options.get("look"):
        yield _look_at_text(path) if kind == "csv" else _look_at_book(path, options)
        return
    head: Message = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    if kind == "csv":
        encoding = str(options.get("encoding", ""))
        records = plain_text.rows(path, encoding, _headings(options), _row_number(options))
        plain = ([(text.strip(), False) for text in record] for record in records)
        yield from _rows(head, plain, options)
    else:
        yield from _workbook(path, head, options)


def _workbook(path: Path, head: Message, options: Options) -> Iterator[Message]:
    wanted = str(options.get("sheet", ""))
    book = workbook.Workbook(path)
    if wanted and wanted not in book.shown:
        raise Refused(f"没有工作表“{wanted[:30]}”", f"有：{'、'.join(book.shown)[:60]}")
    for place, name in enumerate(book.shown):
        if wanted and name != wanted:
            continue
        sheet = book.sheet(name)
        first = _worded(sheet.rows[: limits.HEADING_ROWS])
        if wanted or _row_number(options) or _find(first, options) is not None:
            body = ([workbook.words(value) for value in row] for row in sheet.rows[len(first):])
            about = {**head, "sheet": name, "hidden": book.hidden}
            yield from _rows(about, chain(first, body), options, sheet.merged)
            later = () if wanted else book.shown[place + 1 :]
            yield {"others": [
                other for other in later
                if _find(_worded(book.beginning(other)), {**options, "heading_row": 0})
            ]}
            return
    if book.hidden:
        raise Refused("看得见的工作表里没有表头，隐藏的工作表不读", "让学校取消隐藏后再发送")
    raise Refused(*_NO_HEADINGS)


def _worded(rows: Iterable[Sequence[object]]) -> list[list[workbook.Cell]]:
    return [[workbook.words(value) for value in row] for row in rows]


def _find(first: Sequence[Record], options: Options) -> tuple[int, tuple[str, ...]] | None:
    words = [[text for text, _ in record] for record in first]
    given = _row_number(options)
    found = heading_row(words, _headings(options))
    if not given or (found is not None and found[0] == given - 1):
        return found
    return (given - 1, tuple(words[given - 1])) if given <= len(words) else None


def _rows(
    about: Message, records: Iterable[Record], options: Options, merged: Iterable[Span] = ()
) -> Iterator[Message]:
    stream = iter(records)
    first = list(islice(stream, limits.HEADING_ROWS))
    found = _find(first, options)
    if found is None:
        raise Refused(*_NO_HEADINGS)
    at, headings = found
    if len(headings) > limits.COLUMNS:
        raise Refused(f"有 {len(headings)} 列，最多 {limits.COLUMNS} 列", "删去多余的列再导入")
    columns = _columns(options) or match_headings(headings, _headings(options))
    titles = [text for record in first[:at] for text, _ in record if text]
    yield {"sheet": "", "hidden": [], **about, "heading_row": at + 1, "headings": headings,
           "columns": columns, "titles": titles}
    table = Table(headings, columns, at + 2, _carried(merged, columns, at + 1))
    yield from _batches(chain(first[at + 1 :], stream), table)


@dataclass(frozen=True)
class Table:
    """Where the students stand: headings, columns, the first row (from 1), and groups' words.

    ``carried`` maps (row from 0, column) inside a merged cell to the row that holds its words.
    """

    headings: Sequence[str]
    columns: Mapping[str, int]
    first: int
    carried: Mapping[tuple[int, int], int]


def _carried(
    merged: Iterable[Span], columns: Mapping[str, int], first: int
) -> dict[tuple[int, int], int]:
    """The cells of merged groups; never those of the free choice, which is each student's own."""
    groups = {columns[column] for column in _GROUPS if column in columns}
    inside = (
        ((row, column), top)
        for column, top, bottom in merged if column in groups and top >= first
        for row in range(top + 1, bottom + 1)
    )
    return dict(islice(inside, limits.ROWS * len(_GROUPS)))


def _batches(records: Iterable[Record], table: Table) -> Iterator[Message]:
    """The rows under the headings, many to a message; a row's cells stand as the columns do."""
    count = 0
    batch: list[object] = []
    asides: list[tuple[int, str]] = []
    positions = tuple(table.columns.values())
    known = tuple(table.columns).index("citizen_id") if "citizen_id" in table.columns else -1
    for number, record in enumerate(_spread(records, table), start=table.first):
        cells, rounded = _cells(record, positions)
        begins = cells[known][:_NUMBER_BEGINS] if known >= 0 else ""
        if len(begins) < _NUMBER_BEGINS or not begins.isdigit():
            words = [text for text, _ in record]
            aside = aside_words(words, table.columns, table.headings) if any(words) else ""
            if aside:
                asides.append((number, aside))
                continue
        if not any(cells):
            if number > limits.SHEET_ROWS:
                raise Refused(f"有第 {number} 行，最多 {limits.ROWS} 行", "删去下面的空行再导入")
            continue
        count += 1
        if count > limits.ROWS:
            raise Refused(f"超过 {limits.ROWS} 行", "分成几个文件导入")
        batch.append([number, cells, rounded])
        if len(batch) == _BATCH:
            yield {"rows": batch}
            batch = []
    yield {"rows": batch}
    yield {"count": count, "asides": asides[: limits.HEADING_ROWS * limits.HEADING_ROWS]}


def _spread(records: Iterable[Record], table: Table) -> Iterator[Record]:
    """The records, with the words of a merged cell in each of its rows that is not blank."""
    if not table.carried:
        yield from records
        return
    columns = {column for _, column in table.carried}
    tops = {(top, column) for (_, column), top in table.carried.items()}
    held: dict[tuple[int, int], workbook.Cell] = {}
    for row, record in enumerate(records, start=table.first - 1):
        spread = list(record)
        for column in columns & set(range(len(spread))):
            top = table.carried.get((row, column))
            if top is not None and any(text for text, _ in record):
                spread[column] = held.get((top, column), spread[column])
            elif (row, column) in tops:
                held[row, column] = spread[column]
        yield spread


def _row_number(options: Options) -> int:
    return int(str(options.get("heading_row") or 0))


def _headings(options: Options) -> Mapping[str, str]:
    known = options.get("headings")
    return {str(k): str(v) for k, v in known.items()} if isinstance(known, dict) else {}


def _columns(options: Options) -> dict[str, int]:
    chosen = options.get("columns")
    return {str(k): int(v) for k, v in chosen.items()} if isinstance(chosen, dict) else {}


def _cells(record: Record, positions: Sequence[int]) -> tuple[list[str], list[int]]:
    """The words of a row's columns, and which of them the spreadsheet had rounded."""
    width = len(record)
    cells, rounded = [], []
    for place, position in enumerate(positions):
        text, lost = record[position] if position < width else ("", False)
        if len(text) > limits.CELL_CHARACTERS:
            text = text[: limits.CELL_CHARACTERS]
        cells.append(text.removeprefix("'"))
        if lost:
            rounded.append(place)
    return cells, rounded


def _look_at_text(path: Path) -> Message:
    encodings = {name: _clipped(rows) for name, rows in plain_text.beginnings(path).items()}
    if not encodings:
        raise Refused("没有一种编码读得通", "用表格软件打开后另存为 .xlsx")
    return {"look": {"encodings": encodings}}


def _look_at_book(path: Path, options: Options) -> Message:
    book = workbook.Workbook(path)
    if not book.shown:
        raise Refused("工作表都是隐藏的", "让学校取消隐藏后再发送")
    wanted = str(options.get("sheet", ""))
    name = wanted if wanted in book.shown else book.shown[0]
    raw = book.sheet(name).rows[: limits.HEADING_ROWS]
    rows = _clipped([[workbook.words(value)[0] for value in row] for row in raw])
    return {"look": {"sheets": book.shown, "hidden": book.hidden, "sheet": name, "rows": rows}}


def _clipped(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[text[:100] for text in row[: limits.COLUMNS]] for row in rows]


def run(arguments: Iterable[str] = ()) -> None:
    """The entry of the child."""
    sys.exit(main(list(arguments) or sys.argv[1:]))


if __name__ == "__main__":
    run()
