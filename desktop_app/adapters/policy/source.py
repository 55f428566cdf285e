"""One TOML file of a policy package, with the line of every entry (tomllib itself gives none)."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.adapters.policy.faults import Fault

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_MULTILINE = re.compile(r"'''|\"\"\"")
#: Bytes; the largest file there is (all regions) has a seventh of this.
_LARGEST = 2_000_000

_TOML_WORDS = {
    "Cannot overwrite a value": "同一个键写了两次",
    "Cannot declare": "同一个表写了两次",
    "Invalid date or datetime": "没有这一天",
    "Illegal character": "有不可见的控制字符",
    "Unterminated string": "引号没有配对",
    "Unclosed array": "方括号没有配对",
    "Expected '=' after a key": "键后面缺等号",
    "Invalid value": "值写得不对，文字要加引号",
}


@dataclass(frozen=True)
class SourceFile:
    """A file as read: ``name`` relative to the package, its data, and where its parts begin."""

    name: str
    data: Mapping[str, object]
    blocks: Mapping[tuple[str, int], int] = field(default_factory=dict)
    keys: Mapping[tuple[str, int, str], int] = field(default_factory=dict)

    def line_of(self, block: str = "", ordinal: int = 0, key: str = "") -> int:
        """The line of a key of the n-th block of a name; of the block itself without the key."""
        line = self.keys.get((block, ordinal, key))
        return line if line is not None else self.blocks.get((block, ordinal), 1)


def read_source(path: Path, name: str) -> SourceFile | Fault:
    """The parsed file, or the fault that keeps it from being parsed."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Fault(name, 1, "", "这不是文件，政策写在普通文件里")
        if found.st_size > _LARGEST:
            return Fault(name, 1, "", "文件太大，政策文件不超过 2 MB")
        raw = path.read_bytes()
    except OSError:
        return Fault(name, 1, "", "文件读不了，检查权限、磁盘和链接")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Fault(name, raw[: error.start].count(b"\n") + 1, "", "不是 UTF-8 编码")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _syntax_fault(name, str(error), text)
    except RecursionError:
        return Fault(name, 1, "", "括号套得太深，拆成几条规则")
    blocks, keys = _index(text)
    return SourceFile(name, data, blocks, keys)


def _syntax_fault(name: str, message: str, text: str) -> Fault:
    place = _PLACE.search(message)
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    words = next((w for start, w in _TOML_WORDS.items() if message.startswith(start)), "写法不对")
    return Fault(name, line, "", f"TOML 第 {column} 列{words}")


def _index(text: str) -> tuple[dict[tuple[str, int], int], dict[tuple[str, int, str], int]]:
    """Where blocks and their keys begin; lines inside multi-line strings are passed over."""
    blocks: dict[tuple[str, int], int] = {("", 0): 1}
    keys: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    block, ordinal, quoted = "", 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        header = None if quoted else _HEADER.match(line)
        key = None if quoted else _KEY.match(line)
        if header:
            block = header[2]
            ordinal = counts.get(block, 0)
            counts[block] = ordinal + 1
            blocks[block, ordinal] = number
        elif key:
            keys.setdefault((block, ordinal, key[1]), number)
        quoted ^= len(_MULTILINE.findall(line)) % 2 == 1
    return blocks, keys
