"""Frozen results that the window shows: everything it needs, nothing it must work out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop_app.domain.case import Action, Case, Status
from desktop_app.domain.certificate import Paper
from desktop_app.domain.people import Household, Membership, Person
from desktop_app.domain.procedure import Material, Procedure
from desktop_app.domain.rules import Assessment
from desktop_app.services.ports import CaseRow, PersonRow, Typing


@dataclass(frozen=True)
class Touched:
    """What a writing act changed, so that views refresh by it."""

    cases: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """An error (blocks) or an alert (can be gone past with a reason) at a field, or at none.

    ``code`` names the alert, so that an override can be recorded against it.
    """

    code: str
    message: str
    remedy: str
    field: str = ""
    blocks: bool = True


@dataclass(frozen=True)
class MaterialRow:
    """A material the procedure asks for in this case, and whether it was seen."""

    material: Material
    seen_kind: str = ""
    seen_by: str = ""

    @property
    def seen(self) -> bool:
        """Whether the clerk has had it in hand (or the system knows it)."""
        return bool(self.seen_kind)


@dataclass(frozen=True)
class CaseSheet:
    """A case as the window shows it.

    ``allowed`` has every action the state permits; its value is empty when it can be done now,
    else what is still lacking, in words. ``days_left`` counts working days to ``case.due``.
    """

    case: Case
    procedure: Procedure
    assessment: Assessment
    facts: Mapping[str, object]
    materials: tuple[MaterialRow, ...]
    problems: tuple[Problem, ...]
    missing_fields: tuple[str, ...]
    allowed: Mapping[Action, str]
    days_left: int | None = None
    touched: Touched = field(default_factory=Touched)


@dataclass(frozen=True)
class GuideLine:
    """One way to settle as the guide lists it: open, one step away or closed, and why."""

    procedure: Procedure
    assessment: Assessment
    recommended: bool


@dataclass(frozen=True)
class Workbench:
    """The first screen (工作台)."""

    drafts: tuple[CaseRow, ...]
    recent: tuple[CaseRow, ...]
    waiting_decision: int
    due_today: tuple[CaseRow, ...]
    counts: Mapping[Status, int]
    unfinished: tuple[Typing, ...]


@dataclass(frozen=True)
class HistoryLine:
    """One line of a case's history."""

    at: datetime
    who: str
    words: str
    detail: str = ""


@dataclass(frozen=True)
class CaseHistory:
    """A case with all that happened to it and every paper."""

    sheet: CaseSheet
    lines: tuple[HistoryLine, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PaperSheet:
    """A paper to look at or to print: the very bytes."""

    paper: Paper
    pdf: bytes
    fallback_glyphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperChoice:
    """A paper that this case can have now; ``reason`` says why not, when not."""

    form: str
    title: str
    moment: str
    reason: str = ""
    printed: int = 0


@dataclass(frozen=True)
class RegisterSheet:
    """A person in the register with household and stays.

    ``members`` are all of a family and this person alone of a collective household, which may have
    ten thousand; ``count`` is how many there are.
    """

    person: Person
    household: Household | None
    members: tuple[tuple[Membership, Person], ...]
    count: int
    stays: tuple[Membership, ...]
    touched: Touched = field(default_factory=Touched)


@dataclass(frozen=True)
class SearchHits:
    """What a search found."""

    persons: tuple[PersonRow, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True)
class ClauseSheet:
    """A clause for the policy page: its label, our explanation, and the station's own text."""

    ref: str
    label: str
    heading: str
    text: str | None
    rules: tuple[str, ...]
    issued: date
