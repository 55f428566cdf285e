"""The policy package as a whole: read every file, check what it means, and seal it by a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from desktop_app.adapters.policy.conditions import ConditionReader
from desktop_app.adapters.policy.entry import Entry, root
from desktop_app.adapters.policy.faults import Fault, PolicyFaults
from desktop_app.adapters.policy.procedures import ProcedureReader, refuse_overlapping_procedures
from desktop_app.adapters.policy.register import (
    read_material_reasons,
    read_register,
    refuse_groundless,
)
from desktop_app.adapters.policy.source import read_source
from desktop_app.adapters.policy.tables import (
    ORIGIN_SWITCH,
    TOWN_SWITCH,
    ZoneReader,
    check_table,
    origin_kinds,
    read_documents,
    read_points,
    read_schools,
    read_switches,
    read_table,
    read_thresholds,
    read_year,
)
from desktop_app.domain.calendar import WorkingCalendar, YearPlan
from desktop_app.domain.codes import CodeTable
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.policy_book import PolicyBook, Switch
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.register_items import RegisterItem

_STATUTES = "statutes.toml"
_AMBIGUITY = "ambiguity.toml"
_ZONES = "zones.toml"
_POINTS = "points.toml"
_SCHOOLS = "schools.toml"
_REGISTER = "register.toml"
_FOLDERS = ("procedures", "calendar")
_FOLDER_DEPTH = 2
_SINGLE_FILES = (_STATUTES, _AMBIGUITY, _ZONES, _POINTS, _SCHOOLS, _REGISTER)
#: Names of places and of laws may sound like land; nothing is asked for in these files.
_NAMES_ONLY = (f"policy/{_ZONES}", f"policy/{_STATUTES}", "codes/region.toml", "codes/dalian.toml")
_MAY_STATE_RIGHTS = ("rights_notice",)
_NEEDED_TABLES = ("region", "change_reason", "urbanisation_reason", "urban_rural")


@dataclass(frozen=True)
class PolicyFolders:
    """Where the parts of a package lie. ``forms`` None: form ids are not checked."""

    policy: Path
    codes: Path
    forms: Path | None

    @classmethod
    def of(cls, resources: Path, forms: Path | None) -> PolicyFolders:
        """The layout of an installation: ``resources/policy``, ``resources/codes``, ``forms``."""
        return cls(resources / "policy", resources / "codes", forms)


def load_policy(resources: Path, forms: Path | None = None) -> PolicyBook:
    """The policy book of an installation. Raises PolicyFaults with every fault at once."""
    return load_folders(PolicyFolders.of(resources, forms))


def load_folders(folders: PolicyFolders) -> PolicyBook:
    """The policy book of these folders. Raises PolicyFaults with every fault at once."""
    package = _Package(folders)
    book = package.read()
    if package.faults:
        raise PolicyFaults(package.faults)
    return book


def check_policy(folders: PolicyFolders) -> tuple[Fault, ...]:
    """Every fault of a package, rows of the code tables included; empty when it is sound."""
    package = _Package(folders)
    package.read()
    package.check_rows()
    return PolicyFaults(package.faults).faults


class _Package:
    """One reading of one package; the faults found on the way pile up in ``faults``."""

    def __init__(self, folders: PolicyFolders) -> None:
        self._folders = folders
        self.faults: list[Fault] = []
        self._contents: dict[str, Mapping[str, object]] = {}
        self._all_read = True
        self._tables: list[tuple[Entry, CodeTable]] = []

    def read(self) -> PolicyBook:
        self._refuse_strays()
        codes = self._codes()
        statutes = self._file(_STATUTES)
        documents = None if statutes is None else read_documents(statutes)
        ambiguity = self._file(_AMBIGUITY)
        switches = () if ambiguity is None else read_switches(ambiguity, documents)
        self._require_switches(ambiguity, switches)
        chosen = {switch.id: switch.chosen for switch in switches}
        zones = self._file(_ZONES)
        regions = codes["region"].by_value if "region" in codes else None
        areas, places = ((), ()) if zones is None else ZoneReader(chosen, regions).read(zones)
        points = self._file(_POINTS)
        listed = (self._folders.policy / _SCHOOLS).is_file()
        schools = self._file(_SCHOOLS) if listed else None
        register = self._file(_REGISTER)
        items = {} if register is None else read_register(register, documents)
        reader = ProcedureReader(
            documents=documents,
            switches={switch.id: switch for switch in switches},
            codes=codes,
            fields={*FIELDS, *FACTS},
            forms=self._form_ids(),
            conditions=ConditionReader(FACTS, codes),
        )
        procedures = self._procedures(reader, items)
        if self._all_read and procedures:
            self._refuse_idle_switches(ambiguity)
        return PolicyBook(
            procedures=procedures,
            documents=documents or {},
            areas=areas,
            places=places,
            codes=codes,
            calendar=WorkingCalendar(self._years()),
            switches=switches,
            points=() if points is None else read_points(points),
            thresholds={} if points is None else read_thresholds(points),
            origin_kinds=origin_kinds(codes, chosen),
            register_items=items,
            material_reasons={} if register is None else read_material_reasons(register),
            schools=() if schools is None else read_schools(schools),
            digest=self._digest(),
        )

    def check_rows(self) -> None:
        for entry, table in self._tables:
            check_table(entry, table)

    def _file(self, name: str) -> Entry | None:
        path = self._folders.policy / name
        if not path.is_file():
            self.faults.append(Fault(f"policy/{name}", 1, "", "缺这个文件"))
            self._all_read = False
            return None
        return self._open(path, f"policy/{name}")

    def _open(self, path: Path, name: str) -> Entry | None:
        found = read_source(path, name)
        if isinstance(found, Fault):
            self.faults.append(found)
            self._all_read = False
            return None
        self._contents[name] = found.data
        top = root(found, self.faults)
        if name not in _NAMES_ONLY:
            top.refuse_land_rights(kept=_MAY_STATE_RIGHTS)
        return top

    def _folder(self, folder: Path, name: str) -> list[Entry]:
        opened = [self._open(path, f"{name}/{path.name}") for path in sorted(folder.glob("*.toml"))]
        return [entry for entry in opened if entry is not None]

    def _refuse_strays(self) -> None:
        """A file that nobody reads would be law that nobody applies."""
        policy = self._folders.policy
        for path in sorted(policy.rglob("*")):
            place = path.relative_to(policy)
            read = place.parent.name in _FOLDERS and len(place.parts) == _FOLDER_DEPTH
            if path.suffix.lower() != ".toml" or (read and path.suffix == ".toml"):
                continue
            if place.as_posix() not in _SINGLE_FILES:
                name = f"policy/{place.as_posix()}"
                self.faults.append(Fault(name, 1, "", "不认得这个文件，通道放在 procedures 里"))

    def _codes(self) -> dict[str, CodeTable]:
        codes: dict[str, CodeTable] = {}
        for entry in self._folder(self._folders.codes, "codes"):
            table = read_table(entry)
            self._tables.append((entry, table))
            if table.id in codes:
                entry.fault(f"代码表 {table.id} 重复")
            codes[table.id] = table
        for name in _NEEDED_TABLES:
            if name not in codes:
                self.faults.append(Fault(f"codes/{name}.toml", 1, name, "缺这个代码表"))
        return codes

    def _require_switches(self, entry: Entry | None, switches: tuple[Switch, ...]) -> None:
        known = {switch.id for switch in switches}
        for name in (TOWN_SWITCH, ORIGIN_SWITCH):
            if entry is not None and name not in known:
                entry.fault(f"缺待明确事项 {name}")

    def _refuse_idle_switches(self, entry: Entry | None) -> None:
        """An open point that nothing follows would only look like a choice."""
        used = {TOWN_SWITCH, ORIGIN_SWITCH}
        for name, data in self._contents.items():
            if name.startswith("policy/"):
                used.update(_switches_in(data))
        for switch in () if entry is None else entry.children("switch"):
            if switch.id and switch.id not in used:
                switch.fault("没有规则、材料或分区用到这个待明确事项")

    def _form_ids(self) -> frozenset[str] | None:
        forms = self._folders.forms
        if forms is None:
            return None
        return frozenset(path.parent.name for path in forms.glob("*/*.toml"))

    def _procedures(
        self, reader: ProcedureReader, items: Mapping[str, RegisterItem]
    ) -> tuple[Procedure, ...]:
        read = [
            (entry, reader.read(entry))
            for entry in self._folder(self._folders.policy / "procedures", "policy/procedures")
        ]
        if not read:
            self.faults.append(Fault("policy/procedures", 1, "", "没有落户通道，至少放一个文件"))
        refuse_overlapping_procedures(read)
        for entry, procedure in read:
            refuse_groundless(entry, procedure, items)
        return tuple(procedure for _, procedure in read)

    def _years(self) -> dict[int, YearPlan]:
        years: dict[int, YearPlan] = {}
        for entry in self._folder(self._folders.policy / "calendar", "policy/calendar"):
            plan = read_year(entry)
            if plan.year in years:
                entry.fault(f"{plan.year} 年有两份日历", "year")
            years[plan.year] = plan
        return years

    def _digest(self) -> str:
        """SHA-256 of what the files say; comments, blanks and order of files do not count."""
        canonical = json.dumps(
            self._contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"),
            default=_plain,
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def _switches_in(value: object) -> Iterator[str]:
    """The open points that a file's data names, as ``{ switch = … }``."""
    if isinstance(value, Mapping):
        named = value.get("switch")
        if isinstance(named, str):
            yield named
        for inner in value.values():
            yield from _switches_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _switches_in(inner)


def _plain(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"没有规范写法：{type(value).__name__}")
