"""The child process that opens a roster: limited memory and time, JSON lines out, nothing else.

``python -m desktop_app.adapters.roster.child FILE [JSON]``, where JSON may hold ``encoding``,
``sheet`` and ``columns`` (column id to position) as the clerk set them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from desktop_app.adapters.roster import limits, package, plain_text, workbook
from desktop_app.adapters.roster.limits import Refused
from desktop_app.domain.roster import is_heading_row, match_headings

_BATCH = 500


def main(arguments: Sequence[str]) -> int:
    """Read one file; exit 0 when it was read or refused in words."""
    _limit_itself()
    options = json.loads(arguments[1]) if len(arguments) > 1 else {}
    try:
        for message in read(Path(arguments[0]), options):
            _say(message)
    except Refused as refused:
        _say({"refused": refused.reason, "remedy": refused.remedy, "code": refused.code})
    except MemoryError:
        _say({"refused": "表格展开后超过 512 MB", "remedy": "删去多余的行列再导入",
              "code": "not_a_roster"})
    sys.stdout.flush()
    return 0


def _say(message: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True) + "\n")


def _limit_itself() -> None:
    """Bound memory and CPU where the system can (POSIX); the parent bounds the time as well."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def read(path: Path, options: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The messages for a file: one about its head, then batches of rows, then the count."""
    kind = package.kind_of(path)
    if kind == "csv":
        records = plain_text.rows(path, str(options.get("encoding", "")))
        yield from _rows("", [[(text.strip(), False) for text in record] for record in records],
                         options)
        return
    if kind == "xlsx":
        package.check_package(path)
    yield from _workbook(path, options)


def _workbook(path: Path, options: Mapping[str, object]) -> Iterator[dict[str, object]]:
    wanted = str(options.get("sheet", ""))
    for name, raw in workbook.sheets(path):
        if wanted and name != wanted:
            continue
        head = [[workbook.words(value) for value in row] for row in raw[: limits.HEADING_ROWS]]
        if wanted or _heading_at(head) is not None:
            body = (([workbook.words(value) for value in row]) for row in raw[len(head):])
            yield from _rows(name, [*head, *body], options)
            return
    raise Refused(
        "前 20 行没有认出表头", "表头要有姓名和公民身份号码；或在对列时手工指定"
    )


def _heading_at(records: Sequence[Sequence[workbook.Cell]]) -> int | None:
    for index, record in enumerate(records[: limits.HEADING_ROWS]):
        if is_heading_row([text for text, _ in record]):
            return index
    return None


def _rows(
    sheet: str, records: Sequence[Sequence[workbook.Cell]], options: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    at = _heading_at(records)
    if at is None:
        raise Refused("前 20 行没有认出表头", "表头要有姓名和公民身份号码")
    headings = [text for text, _ in records[at]]
    if len(headings) > limits.COLUMNS:
        raise Refused(f"有 {len(headings)} 列，最多 {limits.COLUMNS} 列", "删去多余的列再导入")
    columns = _columns(options) or match_headings(headings)
    titles = [text for record in records[:at] for text, _ in record if text]
    yield {"sheet": sheet, "heading_row": at + 1, "headings": headings, "columns": columns,
           "titles": titles}
    count = 0
    batch: list[object] = []
    for number, record in enumerate(records[at + 1 :], start=at + 2):
        cells, rounded = _cells(record, columns)
        if not cells:
            continue
        count += 1
        if count > limits.ROWS:
            raise Refused(f"超过 {limits.ROWS} 行", "分成几个文件导入")
        batch.append([number, cells, rounded])
        if len(batch) == _BATCH:
            yield {"rows": batch}
            batch = []
    yield {"rows": batch}
    yield {"count": count}


def _columns(options: Mapping[str, object]) -> dict[str, int]:
    chosen = options.get("columns")
    return {str(key): int(value) for key, value in chosen.items()} if isinstance(
        chosen, dict
    ) else {}


def _cells(
    record: Sequence[workbook.Cell], columns: Mapping[str, int]
) -> tuple[dict[str, str], list[str]]:
    cells, rounded = {}, []
    for column, position in columns.items():
        if position < len(record) and record[position][0]:
            text, lost = record[position]
            cells[column] = text[: limits.CELL_CHARACTERS].removeprefix("'")
            if lost:
                rounded.append(column)
    return cells, rounded


def run(arguments: Iterable[str] = ()) -> None:
    """The entry of the child."""
    sys.exit(main(list(arguments) or sys.argv[1:]))


if __name__ == "__main__":
    run()
