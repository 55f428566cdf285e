"""The policy book: everything dated that the counter judges and writes by, under one digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.codes import CodeRow, CodeTable
from desktop_app.domain.errors import CounterError, Missing
from desktop_app.domain.legal import Citation, Document, InForce, cite_label
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.register_items import RegisterItem
from desktop_app.domain.schools import SchoolPlace
from desktop_app.domain.zones import Area, SubDistrict, Zone


class PolicyGap(CounterError):
    """No law in force on the day asked for; never answered by the last edition known."""


@dataclass(frozen=True)
class SwitchOption:
    """One way to read an open point of the text."""

    id: str
    label: str


@dataclass(frozen=True)
class Switch:
    """An open point of the text (待明确事项): the options, which was chosen, by whom and why."""

    id: str
    question: str
    options: tuple[SwitchOption, ...]
    chosen: str
    decided_by: str
    basis: str
    cites: tuple[Citation, ...]
    in_force: InForce

    @property
    def choice(self) -> SwitchOption:
        """The option in effect."""
        return next(option for option in self.options if option.id == self.chosen)

    @property
    def others(self) -> tuple[SwitchOption, ...]:
        """The readings not taken."""
        return tuple(option for option in self.options if option.id != self.chosen)


@dataclass(frozen=True)
class PointRow:
    """One row of the points table (积分指标). A row whose value is not known is disabled."""

    id: str
    kind: str
    title: str
    detail: str
    points: int | None
    cap: int | None
    proof: str
    department: str
    source: str

    @property
    def enabled(self) -> bool:
        """Whether its value is known."""
        return self.points is not None


@dataclass(frozen=True)
class PolicyBook:
    """All policy of an installation; made by ``adapters.policy.load_policy``.

    ``thresholds`` are the points to reach for 积分落户, by zone (unit: points).
    ``register_items`` tells what asks for the fields of the register, by field id,
    ``material_reasons`` why a material is looked at, by its id.
    ``origin_kinds`` tells rural from urban by the origin's 城乡分类代码 (empty: the counter asks).
    ``digest`` is the SHA-256 of the canonical content: it goes into the journal and on papers, so
    that a decision can be replayed against the very same law.
    """

    digest: str
    documents: Mapping[str, Document]
    procedures: tuple[Procedure, ...]
    areas: tuple[Area, ...]
    places: tuple[SubDistrict, ...]
    codes: Mapping[str, CodeTable]
    calendar: WorkingCalendar
    switches: tuple[Switch, ...]
    points: tuple[PointRow, ...]
    thresholds: Mapping[Zone, int]
    origin_kinds: Mapping[str, str]
    register_items: Mapping[str, RegisterItem]
    material_reasons: Mapping[str, str]
    schools: tuple[SchoolPlace, ...] = ()

    def procedures_on(self, day: date) -> tuple[Procedure, ...]:
        """The procedures in force that day, in their order. Raises PolicyGap when there is none."""
        found = [p for p in self.procedures if p.in_force.covers(day)]
        if not found:
            raise PolicyGap(f"{day.isoformat()} 没有现行的落户政策", "核对日期，或安装当日的政策包")
        return tuple(sorted(found, key=lambda procedure: (procedure.order, procedure.id)))

    def procedure(self, procedure_id: str, on: date) -> Procedure:
        """The edition in force that day. Raises PolicyGap or Missing."""
        editions = [p for p in self.procedures if p.id == procedure_id]
        if not editions:
            raise Missing(f"没有“{procedure_id}”这个通道", "核对通道编号")
        for edition in editions:
            if edition.in_force.covers(on):
                return edition
        raise PolicyGap(f"{editions[0].title}在 {on.isoformat()} 没有现行规定", "核对日期")

    def sub_districts(self, on: date) -> tuple[SubDistrict, ...]:
        """Every sub-district known that day."""
        return tuple(place for place in self.places if place.in_force.covers(on))

    def sub_district(self, sub_district_id: str, on: date) -> SubDistrict | None:
        """The sub-district in force that day, or None."""
        for place in self.places:
            if place.id == sub_district_id and place.in_force.covers(on):
                return place
        return None

    def hukou_kind_of(self, origin_code: str) -> str | None:
        """``rural`` or ``urban`` by the origin's 城乡分类代码; None when it has to be asked."""
        return self.origin_kinds.get(origin_code)

    def area(self, area_id: str, on: date) -> Area | None:
        """The district or functional area in force that day, or None."""
        for area in self.areas:
            if area.id == area_id and area.in_force.covers(on):
                return area
        return None

    def school(self, code_or_name: str, on: date) -> SchoolPlace | None:
        """The school of that code or name, and its station that day; None when it is not known."""
        for school in self.schools:
            if code_or_name in (school.code, school.name) and school.in_force.covers(on):
                return school
        return None

    def table(self, name: str) -> tuple[CodeRow, ...]:
        """All rows of a code table. Raises Missing for an unknown table."""
        return self._table(name).rows

    def code(self, table: str, value: str) -> str:
        """The label of a code. Raises Missing for an unknown table or code."""
        row = self._table(table).by_value.get(value)
        if row is None:
            raise Missing(f"{self._table(table).title}没有代码 {value}", "从列表中选一项")
        return row.label

    def _table(self, name: str) -> CodeTable:
        found = self.codes.get(name)
        if found is None:
            raise Missing(f"没有代码表 {name}", "重新安装政策包")
        return found

    def document(self, document_id: str) -> Document:
        """The document of that id. Raises Missing."""
        found = self.documents.get(document_id)
        if found is None:
            raise Missing(f"没有登记文件 {document_id}", "核对文件编号")
        return found

    def cited_clauses(self, document_id: str) -> frozenset[str]:
        """The clauses of a document that anything in the book cites."""
        cites: list[Citation] = []
        for procedure in self.procedures:
            cites += procedure.cites
            cites += (cite for rule in procedure.rules for cite in rule.cites)
            cites += (cite for material in procedure.materials for cite in material.cites)
        cites += (cite for item in self.register_items.values() for cite in item.cites)
        for switch in self.switches:
            cites += switch.cites
        return frozenset(cite.clause for cite in cites if cite.document == document_id)

    def grounds(self, procedure: Procedure, field_id: str, on: date) -> tuple[Citation, ...]:
        """The clauses that ask for a field (or a fact) in a procedure; none when none does.

        Rules that read it, or what follows from it, ask for it; else the register's own item.
        The procedure's own clause never stands in for them.
        """
        item = self.register_items.get(field_id)
        decided = {field_id, *(item.decides if item is not None else ())}
        rules = (rule for rule in procedure.rules if rule.in_force.covers(on))
        found = [cite for rule in rules if decided.intersection(rule.facts) for cite in rule.cites]
        own = item.cites if item is not None else ()
        return tuple(dict.fromkeys(found)) or own

    def label(self, citation: Citation) -> str:
        """A citation as shown to people: 大政办发〔2017〕61号 二(三)."""
        return cite_label(citation, self.document(citation.document))

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``."""
        return self.calendar.add_working_days(day, count)
