"""The station's profile (工位配置): one TOML file that makes an installation this workstation."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.adapters import disk
from desktop_app.adapters.workstation.toml_lines import fault_line, lines_of
from desktop_app.domain.errors import CounterError, Unavailable
from desktop_app.domain.fields import visible
from desktop_app.domain.station import PrintOffset, School, Station
from desktop_app.domain.zones import Zone

PROFILE = "station.toml"
"""The profile's name in a data folder."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "station": ("code", "name", "region", "zone", "one_person"),
    "workstation": ("code", "counter", "card_reader"),
    "printing": ("printer", "offsets"),
    "paths": ("export", "backup"),
    "schools": ("code", "name"),
}
_OFFSET_KEYS = ("right_mm", "down_mm", "scale")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,19}")
_REGION = re.compile(r"[1-9]\d{5}")
_FARTHEST_MM = 50.0
_SCALES = (80.0, 120.0)
_LONGEST = 50
_LONGEST_PATH = 500
_LARGEST_FILE = 1_000_000
_KIND = "工位配置"


@dataclass(frozen=True)
class ProfileFault:
    """What is wrong, at which key, on which line."""

    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.reason}"


class BadProfile(CounterError):
    """The profile was refused; ``faults`` has every fault found, by line."""

    def __init__(self, path: Path, faults: Sequence[ProfileFault]) -> None:
        self.path = path
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        first = self.faults[0]
        more = f"，另有 {len(faults) - 1} 处" if len(faults) > 1 else ""
        super().__init__(
            f"{_KIND} {path.name} 第 {first.line} 行：{first.reason}{more}",
            "改好这一行再试，没有建立任何数据",
        )


def load_profile(
    path: Path, *, training: bool = False, regions: Collection[str] | None = None
) -> Station:
    """The station of the file. ``regions`` are the region codes in force, when they are known.

    Raises Unavailable when the file cannot be read, BadProfile for everything wrong in it.
    """
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = fault_line(str(error), text)
        raise BadProfile(path, [ProfileFault(line, "", "不是 TOML 的写法")]) from None
    reader = _Reader(data, lines_of(text), regions)
    station = reader.station(training)
    if reader.faults:
        raise BadProfile(path, reader.faults)
    return station


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Unavailable(f"没有这个{_KIND}文件：{path}", "核对路径后再试") from None
    except OSError as error:
        raise Unavailable(f"{_KIND}文件读不出：{path}", "检查权限后再试") from error
    if len(content) > _LARGEST_FILE:
        raise Unavailable(f"{_KIND}文件过大：{path.name}", "核对是否选错了文件")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fault = ProfileFault(line, "", "不是 UTF-8 编码")
        raise BadProfile(path, [fault]) from None


class _Reader:
    """Reads one parsed profile and gathers every fault."""

    def __init__(
        self,
        data: Mapping[str, object],
        lines: Mapping[str, int],
        regions: Collection[str] | None,
    ) -> None:
        self.faults: list[ProfileFault] = []
        self._data = data
        self._lines = lines
        self._regions = regions

    def station(self, training: bool) -> Station:
        """The station, to be used only when no fault was found."""
        self._refuse_unknown("", self._data, _KEYS)
        station, workstation = self._table("station"), self._table("workstation")
        printing, paths = self._table("printing", True), self._table("paths", True)
        return Station(
            code=self._code(station, "station.code"),
            name=self._words(station, "station.name", _LONGEST),
            region=self._region(station),
            zone=self._zone(station),
            workstation=self._code(workstation, "workstation.code"),
            counter=self._words(workstation, "workstation.counter", _LONGEST),
            card_reader=self._words(
                workstation, "workstation.card_reader", _LONGEST_PATH, optional=True
            ),
            printer=self._words(printing, "printing.printer", _LONGEST_PATH, optional=True),
            offsets=self._offsets(printing),
            export_folder=self._words(paths, "paths.export", _LONGEST_PATH, optional=True),
            backup_folder=self._words(paths, "paths.backup", _LONGEST_PATH, optional=True),
            schools=self._schools(),
            one_person=self._flag(station, "station.one_person"),
            training=training,
        )

    def _fault(self, key: str, reason: str) -> None:
        """Note a fault at the key, or at the nearest table above it that the file has."""
        place = key
        while place and place not in self._lines:
            place = place.rpartition(".")[0]
        self.faults.append(ProfileFault(self._lines.get(place, 1), key, reason))

    def _refuse_unknown(
        self, table: str, data: Mapping[str, object], known: Collection[str]
    ) -> None:
        for key in data:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"，是否 {near[0]}" if near else f"，可用：{'、'.join(known)}"
            self._fault(f"{table}.{key}" if table else key, f"没有 {key} 这一项{hint}")

    def _table(self, name: str, optional: bool = False) -> Mapping[str, object]:
        value = self._data.get(name, {})
        if not isinstance(value, dict):
            self._fault(name, f"{name} 应写成 [{name}] 一节")
            return {}
        if not value and not optional and name not in self._data:
            self._fault(name, f"缺 [{name}] 一节")
        self._refuse_unknown(name, value, _KEYS[name])
        return value

    def _words(
        self, table: Mapping[str, object], key: str, longest: int, optional: bool = False
    ) -> str:
        value = table.get(key.rpartition(".")[2])
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            if not optional and key.partition(".")[0] in self._data:
                self._fault(key, f"缺 {key}")
            return ""
        if not isinstance(value, str):
            self._fault(key, f"{key} 应为引号内的文字")
            return ""
        return self._checked(value.strip(), key, longest, optional)

    def _checked(self, text: str, key: str, longest: int, optional: bool) -> str:
        if not text and not optional:
            self._fault(key, f"{key} 是空的")
        if len(text) > longest:
            self._fault(key, f"{key} 有 {len(text)} 个字，最多 {longest} 个")
        try:
            visible(text, key)
        except CounterError as error:
            self._fault(key, error.message)
        return text

    def _code(self, table: Mapping[str, object], key: str) -> str:
        text = self._words(table, key, 20)
        if text and not _CODE.fullmatch(text):
            self._fault(key, f"{key} 只能用字母、数字、- 和 _")
        return text

    def _region(self, table: Mapping[str, object]) -> str:
        key = "station.region"
        text = self._words(table, key, 20)
        if text and not _REGION.fullmatch(text):
            self._fault(key, f"{key} 应为 6 位行政区划代码，现为 {text}")
        elif text and self._regions is not None and text not in self._regions:
            self._fault(key, f"{key} 不在行政区划代码表里：{text}")
        return text

    def _zone(self, table: Mapping[str, object]) -> str:
        key = "station.zone"
        text = self._words(table, key, 20)
        for zone in Zone:
            if text in (zone.value, zone.label):
                return zone.value
        if text:
            options = "、".join(f"{zone.value}({zone.label})" for zone in Zone)
            self._fault(key, f"{key} 没有 {text}，可用：{options}")
        return ""

    def _flag(self, table: Mapping[str, object], key: str) -> bool:
        value = table.get(key.rpartition(".")[2], False)
        if not isinstance(value, bool):
            self._fault(key, f"{key} 应为 true 或 false")
        return value is True

    def _offsets(self, printing: Mapping[str, object]) -> Mapping[str, PrintOffset]:
        value = printing.get("offsets", {})
        if not isinstance(value, dict):
            self._fault("printing.offsets", "printing.offsets 应按表格分节")
            return {}
        return {
            form: self._offset(f"printing.offsets.{form}", cell) for form, cell in value.items()
        }

    def _offset(self, key: str, value: object) -> PrintOffset:
        if not isinstance(value, dict):
            self._fault(key, f"{key} 应写成 {{ right_mm = 0.0, down_mm = 0.0 }}")
            return PrintOffset()
        self._refuse_unknown(key, value, _OFFSET_KEYS)
        far = (-_FARTHEST_MM, _FARTHEST_MM)
        return PrintOffset(
            right_mm=self._number(value, f"{key}.right_mm", 0.0, far),
            down_mm=self._number(value, f"{key}.down_mm", 0.0, far),
            scale=self._number(value, f"{key}.scale", 100.0, _SCALES),
        )

    def _number(
        self, table: Mapping[str, object], key: str, usual: float, limits: tuple[float, float]
    ) -> float:
        value = table.get(key.rpartition(".")[2], usual)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._fault(key, f"{key} 应为数字")
            return usual
        low, high = limits
        if not low <= value <= high:  # also refuses nan
            self._fault(key, f"{key} 应在 {low:g} 到 {high:g} 之间")
        return float(value)

    def _schools(self) -> tuple[School, ...]:
        value = self._data.get("schools", [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self._fault("schools", "schools 应写成 [[schools]] 各节")
            return ()
        schools: list[School] = []
        for index, row in enumerate(value):
            place = f"schools.{index}"
            self._refuse_unknown(place, row, _KEYS["schools"])
            school = School(
                self._code(row, f"{place}.code"), self._words(row, f"{place}.name", _LONGEST)
            )
            if school.code and school.code in {known.code for known in schools}:
                self._fault(f"{place}.code", f"学校代码 {school.code} 重复")
            schools.append(school)
        return tuple(schools)


def station_of(data: Path, *, training: bool) -> Station:
    """The station of a data folder. Raises Unavailable or BadProfile."""
    if not (data / PROFILE).exists():
        raise Unavailable(
            f"数据文件夹里没有{_KIND} {PROFILE}", "把本所的工位配置以这个名字放进数据文件夹"
        )
    return load_profile(data / PROFILE, training=training)


def install_profile(source: Path, data: Path) -> None:
    """Keep a profile with its data folder. Raises Unavailable."""
    disk.write(data / PROFILE, _text(source).encode("utf-8"))
