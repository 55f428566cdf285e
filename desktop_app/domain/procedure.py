"""A way to settle (落户通道): rules, steps, materials, papers, chain of decision, effect."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.conditions import Test
from desktop_app.domain.facts import Facts
from desktop_app.domain.legal import Citation, InForce
from desktop_app.domain.rules import Rule

CHAINS = ("on_the_spot", "station", "district")
MATERIAL_KINDS = ("original", "copy", "system")
ACTS = ("address_change", "move_in", "restore")
MOMENTS = (
    "receipt", "notice", "refusal", "rejection", "wrong_station", "consent", "file",
    "registration", "on_request", "after",
)


@dataclass(frozen=True)
class Step:
    """One page of data entry: which fields it asks, by id, in order."""

    id: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """One thing to be seen: an original, a copy to keep, or a look into another system.

    ``when`` None means always; else it is asked for only while the test holds.
    """

    id: str
    name: str
    kind: str
    when: Test | None
    cites: tuple[Citation, ...]
    note: str
    source: str

    def asked(self, facts: Facts) -> bool:
        """Whether it is to be asked for: a condition still unknown does not ask yet."""
        return self.when is None or self.when.truth(facts) is True


@dataclass(frozen=True)
class PaperUse:
    """A form (by id) and the moment at which it is printed."""

    form: str
    moment: str


@dataclass(frozen=True)
class TimeLimit:
    """Working days to a decision: 0 on the spot, None when no limit is known; with its source."""

    working_days: int | None
    source: str


@dataclass(frozen=True)
class RegisterEffect:
    """What the decision does to the register; codes are those of the ``change_reason`` and
    ``urbanisation_reason`` tables."""

    act: str
    reason_code: str
    household: str
    urbanisation_reason: str | None


@dataclass(frozen=True)
class Procedure:
    """One edition of one way to settle, in force for a span of days."""

    id: str
    title: str
    short: str
    summary: str
    order: int
    in_force: InForce
    cites: tuple[Citation, ...]
    steps: tuple[Step, ...]
    rules: tuple[Rule, ...]
    materials: tuple[Material, ...]
    papers: tuple[PaperUse, ...]
    chain: str
    decides: str
    time_limit: TimeLimit
    register: RegisterEffect
    priority: bool
    one_screen: bool
    rights_notice: str = ""

    def materials_for(self, facts: Facts) -> tuple[Material, ...]:
        """The materials to be seen for these facts."""
        return tuple(material for material in self.materials if material.asked(facts))

    def papers_at(self, moment: str) -> tuple[str, ...]:
        """Form ids printed at a moment, in order."""
        return tuple(paper.form for paper in self.papers if paper.moment == moment)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field its steps ask, each once, in order."""
        return tuple(dict.fromkeys(field for step in self.steps for field in step.fields))
