"""Rosters that nobody should send, and the odd ones that schools do send: all made by script.

Each maker writes one file and says whether it must be refused; the corpus is that of the promise
that a hostile roster never hurts the program.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.roster import COLUMNS
from tests.helpers.synthetic import name

HEADINGS = tuple(column.label for column in COLUMNS)
_BORN = date(1998, 1, 1)
Row = dict[str, object]


def student(order: int = 1, **changes: object) -> Row:
    """A row that can be taken, by heading; other orders are other students."""
    number = synthetic("210102", _BORN + timedelta(days=order // 999), order % 999 + 1)
    row: Row = {
        "姓名": name(order), "性别": "男" if number.sex == "1" else "女",
        "公民身份号码": number.text, "民族": "汉族", "出生日期": number.birth_date.isoformat(),
        "考生号": f"YL{order:08d}", "学号": f"2017{order:06d}", "院系": "演练学院",
        "专业": "演练专业", "班级": f"演练17{order // 40:02d}班",
        "原户籍地址": "沈阳市和平区演练路1号", "原户籍地区划代码": "210102",
        "户口迁移证编号": f"{order:08d}", "录取通知书编号": f"TZ{order:06d}",
        "自愿落户": "是", "备注": "",
    }
    return row | changes


def students(count: int, first: int = 1) -> list[Row]:
    """So many students who can be taken."""
    return [student(order) for order in range(first, first + count)]


def table(
    rows: Iterable[Mapping[str, object]], headings: Sequence[str] = HEADINGS,
    above: Sequence[str] = (),
) -> list[list[object]]:
    """Lines of a sheet: words above, headings, rows."""
    lines: list[list[object]] = [[words] for words in above]
    lines.append(list(headings))
    lines.extend([row.get(heading, "") for heading in headings] for row in rows)
    return lines


def write_xlsx(
    path: Path, lines: Iterable[Sequence[object]], *, options: Mapping[str, object] | None = None
) -> Path:
    """A plain workbook; words are words, days are days."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, **(options or {})})
    _fill(book, "名册", lines)
    book.close()
    return path


def _fill(book: xlsxwriter.Workbook, title: str, lines: Iterable[Sequence[object]]) -> None:
    sheet = book.add_worksheet(title)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, date | datetime):
                sheet.write_datetime(row, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)


def write_csv(
    path: Path, lines: Iterable[Sequence[object]], encoding: str = "utf-8", *,
    mark: str = ",", end: str = "\r\n",
) -> Path:
    """A text file, nothing quoted."""
    text = end.join(mark.join(f"{cell}" for cell in line) for line in lines) + end
    path.write_bytes(text.encode(encoding))
    return path


def write_xls(path: Path, lines: Iterable[Sequence[object]]) -> Path:
    """An old workbook (BIFF8 in a compound file) with one sheet of words and numbers."""
    path.write_bytes(_compound(_biff(lines)))
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff(lines: Iterable[Sequence[object]]) -> bytes:
    title = "名册"
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 0x0005, 0, 0, 0, 6))
    start += _record(0x42, struct.pack("<H", 1200))
    wide = title.encode("utf-16-le")
    bound = len(start) + 4 + 8 + len(wide) + len(_record(0x0A))
    start += _record(
        0x85, struct.pack("<IBBBB", bound, 0, 0, len(title), 1) + wide
    ) + _record(0x0A)
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x0010, 0, 0, 0, 6))
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, int | float):
                body += _record(0x203, at + struct.pack("<d", value))
            elif value:
                text = f"{value}"
                body += _record(
                    0x204, at + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
                )
    return start + body + _record(0x0A)


def _compound(stream: bytes) -> bytes:
    """The stream as ``Workbook`` of a compound file with sectors of 512 bytes."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512
    tables = -(-(count + 2) // 127)
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    first = tables + 1
    chain += [*range(first + 1, first + count), 0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory += _entry("Workbook", 2, 0xFFFFFFFF, first, len(stream))
    directory += b"\0" * 256
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream


def _entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = (title + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return wide.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI8x8xIQ", len(wide), kind, 1, none, none, child, 0, start, size
    )


@dataclass(frozen=True)
class Hostile:
    """One file of the corpus: its name, how it is made, and a word of the reason it gets."""

    name: str
    make: Callable[[Path], object]
    reason: str


def _parts() -> dict[str, bytes]:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    _fill(book, "名册", table(students(3)))
    book.close()
    with zipfile.ZipFile(stream) as package:
        return {member: package.read(member) for member in package.namelist()}


def _sheet(cells: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><sheetData>' + cells + b"</sheetData></worksheet>"
    )


_SHEET = "xl/worksheets/sheet1.xml"
_SHARED = "xl/sharedStrings.xml"


def _packed(path: Path, parts: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in parts.items():
            package.writestr(member, content)


def _with(path: Path, **parts: bytes) -> None:
    named = {"sheet": _SHEET, "shared": _SHARED, "macro": "xl/vbaProject.bin"}
    _packed(path, {**_parts(), **{named[key]: value for key, value in parts.items()}})


def _bomb(path: Path) -> None:
    _with(path, sheet=_sheet(b'<row r="1"><c r="A1"><v>0</v></c></row>' * 6_000_000))


def _ratio(path: Path) -> None:
    _with(path, sheet=_sheet(b" " * 8_000_000))


def _many_members(path: Path) -> None:
    _packed(path, {**_parts(), **{f"xl/media/{n}": b"" for n in range(3_000)}})


def _twice(path: Path) -> None:
    _packed(path, _parts())
    with zipfile.ZipFile(path, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice is what this file is about
        package.writestr(_SHEET, _sheet(b""))


def _encrypted(path: Path) -> None:
    _packed(path, _parts())
    raw = bytearray(path.read_bytes())
    at = 0
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    path.write_bytes(bytes(raw))


def _lying_size(path: Path) -> None:
    """The directory says one byte; the member holds two hundred million."""
    _with(path, sheet=_sheet(b" " * 2_000_000))
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        size = struct.pack("<I", package.getinfo(_SHEET).file_size)
    at = raw.rfind(size)
    raw[at : at + 4] = struct.pack("<I", 1)
    path.write_bytes(bytes(raw))


def _shared_bomb(path: Path) -> None:
    many = b"<si><t>" + b"x" * 30_000 + b"</t></si>"
    _with(path, shared=b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                       + many * 6_000 + b"</sst>")


def _entities(path: Path) -> None:
    levels = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    _with(path, sheet=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">' + levels + b"]>"
          + _sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>')[21:])


def _far_corner(path: Path) -> None:
    _with(path, sheet=_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def _wide(path: Path) -> None:
    write_xlsx(path, [[f"列{n}" for n in range(5_000)]])


def _tall(path: Path) -> None:
    _with(path, sheet=_sheet(b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(1, 400_000)
    )))


def _cut(share: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write_xlsx(path, table(students(50)))
        raw = path.read_bytes()
        path.write_bytes(raw[: int(len(raw) * share)])

    return make


def _nested(path: Path) -> None:
    inner = path.with_suffix(".inner")
    write_xlsx(inner, table(students(2)))
    _packed(path, {"roster.xlsx": inner.read_bytes()})
    inner.unlink()


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _lines(rows: int = 3, encoding: str = "utf-8") -> bytes:
    lines = table(students(rows))
    return "\n".join(",".join(map(str, line)) for line in lines).encode(encoding)


def _open_quote() -> bytes:
    text = _lines(40).decode()
    return text.replace(name(3), f'"{name(3)}', 1).encode()


def _formulas(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for column, heading in enumerate(("姓甲", "号乙")):
        sheet.write_string(0, column, heading)
    sheet.write_formula(1, 0, "=A1&B1", value="")
    book.close()


def _hidden(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("说明").write_string(0, 0, "见另表")
    _fill(book, "名册", table(students(2)))
    book.get_worksheet_by_name("名册").hide()
    book.close()


#: What must be refused, in seconds and in words.
HOSTILE: tuple[Hostile, ...] = (
    Hostile("bomb.xlsx", _bomb, "MB"),
    Hostile("ratio.xlsx", _ratio, "压缩比"),
    Hostile("members.xlsx", _many_members, "不是普通表格"),
    Hostile("twice.xlsx", _twice, "同名"),
    Hostile("encrypted.xlsx", _encrypted, "密码"),
    Hostile("lying.xlsx", _lying_size, ""),
    Hostile("shared.xlsx", _shared_bomb, "MB"),
    Hostile("entities.xlsx", _entities, ""),
    Hostile("corner.xlsx", _far_corner, "列"),
    Hostile("wide.xlsx", _wide, "列"),
    Hostile("tall.xlsx", _tall, "行"),
    Hostile("nested.xlsx", _nested, "没有工作簿"),
    Hostile("macro.xlsx", lambda path: _with(path, macro=b"x"), "宏"),
    Hostile("macro.xlsm", lambda path: write_xlsx(path, table(students(1))), "不收"),
    Hostile("renamed.xls", lambda path: write_xlsx(path, table(students(1))), "扩展名"),
    Hostile("renamed.xlsx", lambda path: write_xls(path, table(students(1))), "密码"),
    Hostile("tenth.xlsx", _cut(0.1), "不完整"),
    Hostile("half.xlsx", _cut(0.5), "不完整"),
    Hostile("most.xlsx", _cut(0.9), "不完整"),
    Hostile("half.xls", _bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 700), "读不出来"),
    Hostile("empty.csv", _bytes(b""), "0 字节"),
    Hostile("empty.xlsx", _bytes(b""), "0 字节"),
    Hostile("huge.csv", _bytes(b"x" * (21 << 20)), "20 MB"),
    Hostile("line.csv", _bytes(_lines(1) + b"," + b"x" * (10 << 20)), "过长"),
    Hostile("quote.csv", _bytes(_open_quote()), "引号"),
    Hostile("nul.csv", _bytes(_lines().replace("男".encode(), b"\0")), "空字节"),
    Hostile("mixed.csv", _bytes(_lines(2) + b"\n" + "试,样,中,国".encode("gb18030")), "编码"),
    Hostile("picture.csv", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8), ""),
    Hostile("letter.xlsx", lambda path: write_xlsx(path, [["通知"], ["各位新生"]]), "表头"),
    Hostile("formulas.xlsx", _formulas, "表头"),
    Hostile("hidden.xlsx", _hidden, "隐藏"),
    Hostile("long.csv", lambda path: write_csv(
        path, [["姓名", "公民身份号码"], *(["试", f"{n}"] for n in range(20_001))]
    ), "行"),
    Hostile("deep.csv", lambda path: write_csv(
        path, table(students(1), above=["说明"] * 25)
    ), "表头"),
)
