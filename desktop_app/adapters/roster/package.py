"""What a workbook's package says of itself, before anything opens it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from desktop_app.adapters.roster import limits
from desktop_app.adapters.roster.limits import Refused

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_PASTE = "另存为新的 .xlsx 再导入"
_HELD = {"xlsx": " xlsx 表格", "xls": " xls 表格", "csv": "文本"}
_ENCRYPTED_FLAG = 0x1
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"')
#: What only a cell beyond column GR or below row 99,999 can say: looked for first, being quick.
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z]|[A-Z]{1,2}[1-9]\d{5})')
_CHUNK = 1 << 20


def kind_of(path: Path) -> str:
    """``xlsx``, ``xls`` or ``csv`` by what the file holds. Raises Refused when its name lies."""
    size = path.stat().st_size
    if path.suffix.lower() not in limits.SUFFIXES:
        raise Refused(f"不收 {path.suffix or '没有扩展名的'} 文件", "只收 .xlsx、.xls、.csv")
    if size == 0:
        raise Refused("文件是空的，0 字节", "让学校重新发送")
    if size > limits.FILE_BYTES:
        raise Refused(f"文件有 {size // limits.MIB} MB，最多 20 MB", "删去图片和多余的表再导入")
    with path.open("rb") as stream:
        head = stream.read(8)
    held = "csv"
    if head.startswith((ZIP, EMPTY_ZIP)):
        held = "xlsx"
    elif head == OLE:
        held = "xls"
    if held == "xls" and path.suffix.lower() == ".xlsx":
        raise Refused("表格设了密码，或是改了扩展名的 .xls", "去掉密码，或把扩展名改回 .xls")
    if held != path.suffix.lower().lstrip("."):
        words = "网页" if head.lstrip().startswith(b"<") else _HELD[held]
        raise Refused(f"扩展名是 {path.suffix}，内容却是{words}", "用表格软件打开后另存为 .xlsx")
    return held


def check_package(path: Path) -> None:
    """Raise Refused for a package that would grow, hides something, or is no plain workbook."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            _check_members(members)
            for member in members:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
                    _check_extent(package, member)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as damage:
        raise Refused("表格文件不完整或已损坏", "让学校重新发送") from damage


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(names) > limits.MEMBERS:
        raise Refused(f"压缩包里有 {len(names)} 个文件，不是普通表格", _PASTE)
    if len(set(names)) != len(names):
        raise Refused("压缩包里有同名的文件", _PASTE)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise Refused("表格设了密码", "让学校去掉密码再发送")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("表格里有宏", _PASTE)
    if "xl/workbook.xml" not in names:
        raise Refused("压缩包里没有工作簿", _PASTE)
    expanded = sum(member.file_size for member in members)
    if expanded > limits.EXPANDED_BYTES:
        raise Refused(f"展开后有 {expanded // limits.MIB} MB，最多 100 MB", _PASTE)
    for member in members:
        if member.file_size < limits.RATIO_FROM_BYTES:
            continue
        if member.file_size > limits.RATIO * max(member.compress_size, 1):
            raise Refused(f"压缩比超过 {limits.RATIO} 倍，内容可疑", _PASTE)


def _check_extent(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """The far corner of a sheet: one cell at its end makes a reader lay out the whole grid."""
    for column, row in _cells(package, member):
        if column > limits.COLUMNS:
            raise Refused(f"有第 {column} 列，最多 {limits.COLUMNS} 列", "删去右边的空列再导入")
        if row > limits.SHEET_ROWS:
            raise Refused(f"有第 {row} 行，最多 {limits.ROWS} 行", "删去下面的空行再导入")


def _cells(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[int, int]]:
    """Column and row of the outermost cells of every stretch of the sheet that goes far."""
    total, tail = 0, b""
    with package.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > limits.EXPANDED_BYTES:
                raise Refused("工作表展开后超过 100 MB", _PASTE)
            part = tail + chunk
            found = _CELL.findall(part) if _FAR.search(part) else ()
            if found:
                yield max(_column(letters) for letters in {cell[0] for cell in found}), max(
                    int(cell[1]) for cell in found
                )
            tail = chunk[-200:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
