"""Reading what procedures stand on: documents, switches, zones, points, calendar, code tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.adapters.policy.entry import Entry, nearest, refuse_twins
from desktop_app.domain.calendar import YearPlan
from desktop_app.domain.codes import CodeTable
from desktop_app.domain.land_rights import speaks_against_rights
from desktop_app.domain.legal import ARTICLES, SECTIONS, Clause, Document
from desktop_app.domain.policy_book import PointRow, Switch, SwitchOption
from desktop_app.domain.schools import SchoolPlace
from desktop_app.domain.zones import Area, Settlement, SubDistrict, Zone

TOWN_SWITCH = "new_district_town"
ORIGIN_SWITCH = "rural_origin"
ASK = "ask"
_BY_CODE = "by_code"
_PLACE_CELLS = 4
_ROW_TABS = (2, 3)
_SATURDAY = 5

#: Which kinds of sub-district count as town (城镇) under each reading; absent means: ask.
_TOWN_READINGS: Mapping[str, Mapping[Settlement, bool]] = {
    "street_and_town": {
        Settlement.STREET: True, Settlement.TOWN: True, Settlement.TOWNSHIP: False,
    },
    "street_only": {Settlement.STREET: True},
    "always_ask": {},
}


def read_documents(top: Entry) -> dict[str, Document]:
    """``statutes.toml``: documents by id."""
    top.only("document")
    entries = list(top.children("document"))
    refuse_twins(entries, "文件")
    return {entry.id: _document(entry) for entry in entries}


def _document(entry: Entry) -> Document:
    entry.only("id", "title", "number", "issued", "style", "source", "clauses")
    entry.text("id")
    clauses = []
    for line in entry.texts("clauses"):
        number, _, heading = line.partition(" ")
        if not heading or not number.replace(".", "").isdigit():
            entry.fault(f"条款“{line}”应写成 编号、空格、短标题", "clauses")
        if speaks_against_rights(heading):
            entry.fault(f"短标题“{heading}”把农村土地权益写成条件，61号 三(五) 禁止", "clauses")
        clauses.append(Clause(number, heading))
    return Document(
        id=entry.id,
        title=entry.text("title"),
        number=entry.text("number", required=False),
        issued=entry.day("issued") or date(1, 1, 1),
        style=entry.one_of("style", (SECTIONS, ARTICLES)),
        clauses=tuple(clauses),
        source=entry.text("source"),
    )


def read_switches(top: Entry, documents: Mapping[str, Document] | None) -> tuple[Switch, ...]:
    """``ambiguity.toml``: the open points and the readings chosen."""
    top.only("switch")
    entries = list(top.children("switch"))
    refuse_twins(entries, "待明确事项")
    return tuple(_switch(entry, documents) for entry in entries)


def _switch(entry: Entry, documents: Mapping[str, Document] | None) -> Switch:
    entry.only("id", "question", "options", "chosen", "decided_by", "basis", "cite", "since",
               "until")
    entry.text("id")
    options = []
    for line in entry.texts("options"):
        option, _, label = line.partition(" ")
        options.append(SwitchOption(option, label or option))
    return Switch(
        id=entry.id,
        question=entry.text("question"),
        options=tuple(options),
        chosen=entry.one_of("chosen", [option.id for option in options]),
        decided_by=entry.text("decided_by"),
        basis=entry.text("basis"),
        cites=entry.cites(documents),
        in_force=entry.in_force(),
    )


def origin_kinds(codes: Mapping[str, CodeTable], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which hukou kind a 城乡分类代码 of the origin stands for; empty when the counter asks.

    Codes that begin with 1 are urban, those with 2 rural (国函〔2008〕60号).
    """
    table = codes.get("urban_rural")
    if table is None or chosen.get(ORIGIN_SWITCH) != _BY_CODE:
        return {}
    return {row.value: "urban" if row.value[0] == "1" else "rural" for row in table.rows}


@dataclass(frozen=True)
class ZoneReader:
    """Reads ``zones.toml`` under the readings chosen in the ambiguity register."""

    chosen: Mapping[str, str]
    regions: Mapping[str, object] | None

    def read(self, top: Entry) -> tuple[tuple[Area, ...], tuple[SubDistrict, ...]]:
        """Areas, and their sub-districts; one id may have only one entry on a day."""
        top.only("area")
        entries = list(top.children("area"))
        areas = [self._area(entry) for entry in entries]
        places = [
            (entry, place)
            for entry, area in zip(entries, areas, strict=True)
            for place in self._places(entry, area)
        ]
        self._refuse_overlaps([(e, a.id, a) for e, a in zip(entries, areas, strict=True)])
        self._refuse_overlaps([(entry, place.id, place) for entry, place in places])
        return tuple(areas), tuple(place for _, place in places)

    def _area(self, entry: Entry) -> Area:
        entry.only("id", "name", "region", "zone", "since", "until", "basis", "source", "places")
        region = entry.text("region")
        if self.regions is not None and region and region not in self.regions:
            entry.fault(f"没有行政区划代码 {region}", "region")
        return Area(
            id=entry.text("id"),
            name=entry.text("name"),
            region=region,
            zone=self._zone(entry),
            in_force=entry.in_force(),
            basis=entry.text("basis"),
            source=entry.text("source"),
        )

    def _zone(self, entry: Entry) -> Zone | None:
        value = entry.data.get("zone")
        if isinstance(value, dict):
            switch = str(value.get("switch", ""))
            if list(value) != ["switch"] or switch not in self.chosen:
                entry.fault(f"没有待明确事项 {switch}{nearest(switch, self.chosen)}", "zone")
                return None
            value = self.chosen[switch]
            if value == ASK:
                return None
        zones = {zone.value: zone for zone in Zone}
        zone = zones.get(value) if isinstance(value, str) else None
        if zone is None:
            entry.fault(f"zone 不能是“{value}”，可用：{'、'.join(zones)}", "zone")
        return zone

    def _places(self, entry: Entry, area: Area) -> Iterator[SubDistrict]:
        town = _TOWN_READINGS.get(self.chosen.get(TOWN_SWITCH, ""), {})
        kinds = {kind.value: kind for kind in Settlement}
        for line in entry.text("places", required=False).splitlines():
            if not line.strip():
                continue
            cells = line.split("\t")
            if len(cells) != _PLACE_CELLS or cells[2] not in kinds:
                entry.fault(f"“{line}”应写成 代码、名称、类别、首字母，以制表符分隔", "places")
                continue
            settlement = kinds[cells[2]]
            yield SubDistrict(
                id=cells[0],
                name=cells[1],
                region=area.region,
                area=area.id,
                settlement=settlement,
                zone=area.zone,
                in_town=town.get(settlement),
                in_force=area.in_force,
                source=area.source,
                initials=cells[3],
            )

    @staticmethod
    def _refuse_overlaps(items: Sequence[tuple[Entry, str, Area | SubDistrict]]) -> None:
        seen: dict[str, list[Area | SubDistrict]] = {}
        for entry, name, item in items:
            earlier = seen.setdefault(name, [])
            if name and any(item.in_force.overlaps(other.in_force) for other in earlier):
                entry.fault(f"{name} 在同一天有两条分区数据")
            earlier.append(item)


def read_thresholds(top: Entry) -> dict[Zone, int]:
    """``points.toml``: the points to reach, by zone."""
    top.text("source")
    return {
        zone: top.whole(f"threshold_{zone.value}") or 0
        for zone in (Zone.MAIN_URBAN, Zone.NEW_URBAN)
    }


def read_points(top: Entry) -> tuple[PointRow, ...]:
    """``points.toml``: the points table; rows without a value must say 待核."""
    top.only("threshold_main_urban", "threshold_new_urban", "source", "row")
    entries = list(top.children("row"))
    refuse_twins(entries, "积分指标")
    rows = []
    for entry in entries:
        entry.only("id", "kind", "title", "detail", "points", "cap", "proof", "department",
                   "source")
        row = PointRow(
            id=entry.text("id"),
            kind=entry.one_of("kind", ("基础", "加分", "减分")),
            title=entry.text("title"),
            detail=entry.text("detail"),
            points=entry.whole("points", required=False),
            cap=entry.whole("cap", required=False),
            proof=entry.text("proof"),
            department=entry.text("department"),
            source=entry.text("source"),
        )
        if not row.enabled and row.source != "待核":
            entry.fault("没有分值的指标，source 应写 待核", "source")
        rows.append(row)
    return tuple(rows)


def read_schools(top: Entry) -> tuple[SchoolPlace, ...]:
    """``schools.toml``: which station serves which school; one station a school on a day."""
    top.only("school")
    schools: list[SchoolPlace] = []
    for entry in top.children("school"):
        entry.only("id", "name", "station", "station_name", "since", "until", "source",
                   "urban_rural")
        school = SchoolPlace(
            code=entry.text("id"),
            name=entry.text("name"),
            station=entry.text("station"),
            station_name=entry.text("station_name"),
            in_force=entry.in_force(),
            source=entry.text("source"),
            urban_rural=entry.text("urban_rural", required=False),
        )
        for other in schools:
            same = other.code == school.code or other.name == school.name
            if same and other.in_force.overlaps(school.in_force):
                entry.fault(f"{school.name}在同一天有两个派出所")
        schools.append(school)
    return tuple(schools)


def read_year(top: Entry) -> YearPlan:
    """``calendar/<year>.toml``: days that differ from a plain week."""
    top.only("year", "notice", "source", "free", "worked")
    plan = YearPlan(
        year=top.whole("year") or 0,
        notice=top.text("notice"),
        source=top.text("source"),
        free=top.days("free"),
        worked=top.days("worked"),
    )
    for key, days, at_weekend in (("free", plan.free, False), ("worked", plan.worked, True)):
        for day in sorted(days):
            if day.year != plan.year or (day.weekday() >= _SATURDAY) is not at_weekend:
                kind = "星期六、星期日" if at_weekend else "星期一至星期五"
                top.fault(f"{day} 应是 {plan.year} 年的{kind}", key)
    return plan


def read_table(top: Entry) -> CodeTable:
    """``codes/<id>.toml``: one code table; its rows are split only when somebody looks."""
    top.only("id", "title", "standard", "source", "rows")
    rows = top.text("rows")
    for line in rows.splitlines():
        if line and line.count("\t") not in _ROW_TABS:
            top.fault(f"“{line}”应写成 代码、名称、首字母、备注，以制表符分隔", "rows")
            rows = ""
    return CodeTable(
        id=top.text("id"),
        title=top.text("title"),
        standard=top.text("standard"),
        source=top.text("source"),
        text=rows,
    )


def check_table(top: Entry, table: CodeTable) -> None:
    """Faults in the rows of a table: an empty cell, a code used twice."""
    seen: set[str] = set()
    for row in table.rows:
        if not (row.value and row.label and row.initials):
            top.fault(f"代码“{row.value}”缺名称或首字母", "rows")
        if row.value in seen:
            top.fault(f"代码 {row.value} 重复", "rows")
        seen.add(row.value)
