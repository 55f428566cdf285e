"""Faults of form files: gathered while reading, reported all at once with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.errors import CounterError
from desktop_app.domain.land_rights import speaks_against_rights

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.]+)\s*\]\]?")
_CELL = re.compile(r"^\s*\{")


@dataclass(frozen=True)
class Fault:
    """One fault: ``file`` relative to the forms folder, ``line`` from 1, the item's id, reason."""

    file: str
    line: int
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.id} {self.reason}"


class FormFaults(CounterError):
    """The forms cannot be used as they stand; ``faults`` holds every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        words = "\n".join(str(fault) for fault in self.faults)
        super().__init__(
            f"表单定义有 {len(self.faults)} 处问题：\n{words}", "按文件和行号改正后再用"
        )


class LineFinder:
    """Where the items of a form file stand, since a parsed TOML value no longer knows it.

    Items are counted per page and kind in file order; a table cell is a line that opens a brace.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._starts: dict[tuple[int, str, int], int] = {}
        page, counts = -1, {}  # type: int, dict[tuple[int, str], int]
        for number, line in enumerate(self._lines, start=1):
            header = _HEADER.match(line)
            if header is None:
                continue
            kind = header.group(1)
            if kind == "page":
                page += 1
                self._starts[page, "page", 0] = number
                continue
            nth = counts.get((page, kind), 0)
            counts[page, kind] = nth + 1
            self._starts[page, kind, nth] = number

    def item(self, page: int, kind: str, nth: int) -> int:
        """The line of the header of the nth (from 0) item of that kind on that page."""
        return self._starts.get((page, kind, nth), 1)

    def cell(self, start: int, nth: int) -> int:
        """The line of the nth (from 0) cell of the table whose header stands at ``start``."""
        seen = -1
        for number in range(start + 1, len(self._lines) + 1):
            line = self._lines[number - 1]
            if _HEADER.match(line):
                break
            if _CELL.match(line):
                seen += 1
                if seen == nth:
                    return number
        return start

    def key(self, start: int, key: str) -> int:
        """The line on which ``key`` is set in the item that starts at ``start``."""
        pattern = re.compile(rf"(^|[\s{{,]){re.escape(key)}\s*=")
        for number in range(start, len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > start and _HEADER.match(line):
                break
            if pattern.search(line):
                return number
        return start


class Node:
    """A TOML table being read: typed getters that note a fault and carry on with a stand-in."""

    def __init__(
        self,
        data: Mapping[str, object],
        where: tuple[str, int, str],
        lines: LineFinder,
        faults: list[Fault],
    ) -> None:
        self.data = data
        self.file, self.line, self.id = where
        self._lines = lines
        self._faults = faults
        self._read: set[str] = set()

    def fault(self, reason: str, key: str = "") -> None:
        """Note a fault at the line of ``key``, or at the item."""
        line = self._lines.key(self.line, key) if key else self.line
        self._faults.append(Fault(self.file, line, self.id or "-", reason))

    def has(self, key: str) -> bool:
        """Whether the key is there (and counts as read)."""
        self._read.add(key)
        return key in self.data

    def raw(self, key: str) -> object:
        """The value as TOML gave it, or None."""
        self._read.add(key)
        return self.data.get(key)

    def number(self, key: str, default: float | None = None) -> float:
        """A number; without a default it must be there."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._wrong(key, value, "数字")
            return default or 0.0
        return float(value)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number of at least 0."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._wrong(key, value, "整数")
            return default or 0
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Words; without a default they must be there."""
        value = self._get(key, default)
        if not isinstance(value, str):
            self._wrong(key, value, "文字")
            return default or ""
        demand = speaks_against_rights(value)
        if demand:
            self.fault(f"“{demand[:20]}”涉及农村土地权益，61号 三(五) 只许说明不受影响", key)
        return value

    def flag(self, key: str) -> bool:
        """true or false; false when not given."""
        value = self._get(key, False)
        if not isinstance(value, bool):
            self._wrong(key, value, "true 或 false")
            return False
        return value

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """A date."""
        value = self.raw(key)
        if value is None and optional:
            return None
        if type(value) is not date:
            self._wrong(key, value, "日期")
            return None
        return value

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """One of a few words."""
        value = self._get(key, default)
        if value not in options:
            self.fault(f"{key} 只能是 {'、'.join(options)}", key)
            return default
        return str(value)

    def numbers(self, key: str, count: int = 0) -> tuple[float, ...]:
        """A list of numbers, ``count`` of them when given."""
        value = self.raw(key)
        if (
            not isinstance(value, list)
            or not value
            or any(isinstance(item, bool) or not isinstance(item, (int, float)) for item in value)
            or (count and len(value) != count)
        ):
            self._wrong(key, value, f"{count or '若干'}个数字的列表")
            return (1.0,) * (count or 1)
        return tuple(float(item) for item in value)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; empty when not given."""
        value = self._get(key, [])
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            self._wrong(key, value, "文字的列表")
            return ()
        return tuple(value)

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """A list of tables; empty when not given."""
        value = self._get(key, [])
        if not isinstance(value, list) or any(not isinstance(item, dict) for item in value):
            self._wrong(key, value, "表的列表")
            return []
        return value

    def child(self, data: Mapping[str, object], line: int, item_id: str) -> Node:
        """A table inside this one."""
        return Node(data, (self.file, line, item_id), self._lines, self._faults)

    def finish(self) -> None:
        """Note every key that nobody read: a misspelt key must not pass in silence."""
        for key in self.data:
            if key not in self._read:
                self.fault(f"不认识的项 {key}", key)

    def _get(self, key: str, default: object) -> object:
        self._read.add(key)
        return self.data.get(key, default)

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        if value is None:
            self.fault(f"缺少 {key}")
        else:
            self.fault(f"{key} 应是{wanted}", key)
