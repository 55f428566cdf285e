"""Scenario files that someone who knows the law can read: facts in, findings and outcome out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.facts import FACTS, FactKind, FactValue
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.rules import Assessment, Outcome, Verdict, assess
from tests.policy.conftest import RESOURCES, Package

SCENARIOS = Path(__file__).parent / "scenarios"
OUTCOMES = {
    "符合": Outcome.ELIGIBLE,
    "待补": Outcome.INCOMPLETE,
    "须主管定": Outcome.NEEDS_SUPERVISOR,
    "不适用": Outcome.INELIGIBLE,
}
IDS = {fact.label: fact.id for fact in FACTS.values()}


@dataclass(frozen=True)
class Scenario:
    """One scenario of one file."""

    procedure: str
    title: str
    data: Mapping[str, object]

    @property
    def facts(self) -> dict[str, FactValue]:
        """Facts by id, from Chinese nouns and words."""
        raw = self.data["facts"]
        assert isinstance(raw, dict)
        return {IDS[label]: _value(IDS[label], value) for label, value in raw.items()}

    @property
    def day(self) -> date:
        """The law's day."""
        day = self.data["on"]
        assert isinstance(day, date)
        return day

    @property
    def switches(self) -> Mapping[str, str]:
        """Readings of open points that differ from the default."""
        switches = self.data.get("switches", {})
        assert isinstance(switches, dict)
        return switches

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names."""
        names = self.data.get(key, [])
        assert isinstance(names, list)
        return tuple(names)

    def assessed(self, book: PolicyBook) -> Assessment:
        """What the book says."""
        procedure = book.procedure(self.procedure, self.day)
        return assess(procedure, self.facts, on=self.day, policy_digest=book.digest)


def _value(fact_id: str, value: object) -> FactValue:
    fact = FACTS[fact_id]
    if fact.kind is FactKind.BOOL:
        return {"是": True, "否": False}[str(value)]
    if fact.kind is FactKind.CHOICE:
        return {words: key for key, words, _ in fact.choices}[str(value)]
    return fact.read(value)


def scenarios() -> Iterator[Scenario]:
    """Every scenario of every file."""
    for path in sorted(SCENARIOS.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for scenario in data["scenario"]:
            yield Scenario(data["procedure"], scenario["title"], scenario)


ALL = tuple(scenarios())
IDS_OF_ALL = [f"{scenario.procedure}: {scenario.title}" for scenario in ALL]


def the_book(scenario: Scenario, book: PolicyBook, package: Package) -> PolicyBook:
    """The shipped book, or one under the scenario's readings."""
    if not scenario.switches:
        return book
    for switch, option in scenario.switches.items():
        package.choose(switch, option)
    return package.load()


@pytest.mark.parametrize("scenario", ALL, ids=IDS_OF_ALL)
def test_scenario(scenario: Scenario, book: PolicyBook, package: Package) -> None:
    assessment = scenario.assessed(the_book(scenario, book, package))
    for verdict in Verdict:
        found = {f.rule for f in assessment.findings if f.verdict is verdict}
        assert found == set(scenario.names(verdict.value)), verdict
    assert assessment.outcome is OUTCOMES[str(scenario.data["outcome"])]


@pytest.mark.parametrize("scenario", ALL, ids=IDS_OF_ALL)
def test_what_to_ask_next(scenario: Scenario, book: PolicyBook, package: Package) -> None:
    assessment = scenario.assessed(the_book(scenario, book, package))
    if "missing" in scenario.data:
        assert assessment.missing == tuple(IDS[name] for name in scenario.names("missing"))
    if "ask" in scenario.data:
        assert assessment.next_question == IDS[str(scenario.data["ask"])]
    if "one_step_away" in scenario.data:
        sets = scenario.data["one_step_away"]
        assert isinstance(sets, list)
        wanted = {frozenset(IDS[name] for name in names) for names in sets}
        assert {frozenset(names) for names in assessment.one_step_away} == wanted


def test_every_rule_is_shown_met_unmet_and_unknown() -> None:
    """A rule is known by its procedure, id and reading; each must come out in all three ways."""
    wanted = set()
    for path in (RESOURCES / "policy" / "procedures").glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        for rule in data["rule"]:
            reading = tuple(rule.get("only_if", {}).values())
            wanted |= {(data["id"], rule["id"], reading, verdict.value) for verdict in Verdict}
    defaults = {
        switch["id"]: switch["chosen"]
        for switch in tomllib.loads(
            (RESOURCES / "policy" / "ambiguity.toml").read_text("utf-8")
        )["switch"]
    }
    shown = set()
    for scenario in ALL:
        chosen = {**defaults, **scenario.switches}
        for verdict in Verdict:
            for rule in scenario.names(verdict.value):
                readings = [
                    reading for procedure, name, reading, _ in wanted
                    if (procedure, name) == (scenario.procedure, rule)
                    and (not reading or chosen[reading[0]] == reading[1])
                ]
                assert readings, f"{scenario.title}: {rule}"
                shown.add((scenario.procedure, rule, readings[0], verdict.value))
    assert wanted - shown == set()


def test_every_procedure_has_a_scenario_file(book: PolicyBook) -> None:
    assert {procedure.id for procedure in book.procedures} <= {s.procedure for s in ALL}
