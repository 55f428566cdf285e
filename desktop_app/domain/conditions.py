"""Conditions over facts, three-valued (Kleene): an unanswered fact is unknown, never False."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from desktop_app.domain.facts import Facts, FactValue

Truth = bool | None
Operand = FactValue | frozenset[FactValue]


class Op(Enum):
    """The closed vocabulary of comparisons."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BEFORE = "before"
    AFTER = "after"
    PRESENT = "present"


_COMPARE: Mapping[Op, Callable[..., bool]] = {
    Op.EQUALS: lambda value, operand: value == operand,
    Op.ONE_OF: lambda value, operand: value in operand,
    Op.AT_MOST: lambda value, operand: value <= operand,
    Op.AT_LEAST: lambda value, operand: value >= operand,
    Op.BEFORE: lambda value, operand: value < operand,
    Op.AFTER: lambda value, operand: value > operand,
    Op.PRESENT: lambda value, operand: True,
}


@dataclass(frozen=True)
class FactTest:
    """One comparison of one fact; unknown while the fact is."""

    fact: str
    op: Op
    operand: Operand

    def truth(self, facts: Facts) -> Truth:
        """None for a missing fact, never False."""
        value = facts.get(self.fact)
        return None if value is None else _COMPARE[self.op](value, self.operand)

    def leaves(self) -> Iterator[FactTest]:
        """Itself."""
        yield self

    def open_facts(self, facts: Facts) -> Iterator[str]:
        """Its fact while that is missing."""
        if facts.get(self.fact) is None:
            yield self.fact


@dataclass(frozen=True)
class AllOf:
    """True when all are; False as soon as one is."""

    tests: tuple[Test, ...]

    def truth(self, facts: Facts) -> Truth:
        """Kleene conjunction."""
        truths = [test.truth(facts) for test in self.tests]
        return False if False in truths else None if None in truths else True

    def leaves(self) -> Iterator[FactTest]:
        """Every comparison inside."""
        return _leaves(self.tests)

    def open_facts(self, facts: Facts) -> Iterator[str]:
        """Open facts of the undecided parts."""
        return _open_facts(self, self.tests, facts)


@dataclass(frozen=True)
class AnyOf:
    """True as soon as one is; False when none can be."""

    tests: tuple[Test, ...]

    def truth(self, facts: Facts) -> Truth:
        """Kleene disjunction."""
        truths = [test.truth(facts) for test in self.tests]
        return True if True in truths else None if None in truths else False

    def leaves(self) -> Iterator[FactTest]:
        """Every comparison inside."""
        return _leaves(self.tests)

    def open_facts(self, facts: Facts) -> Iterator[str]:
        """Open facts of the undecided parts."""
        return _open_facts(self, self.tests, facts)


@dataclass(frozen=True)
class Not:
    """The opposite; unknown stays unknown."""

    test: Test

    def truth(self, facts: Facts) -> Truth:
        """Kleene negation."""
        truth = self.test.truth(facts)
        return None if truth is None else not truth

    def leaves(self) -> Iterator[FactTest]:
        """Every comparison inside."""
        return self.test.leaves()

    def open_facts(self, facts: Facts) -> Iterator[str]:
        """Open facts of what it negates."""
        return self.test.open_facts(facts)


#: A condition: True, False, or None while it is not decided.
Test = FactTest | AllOf | AnyOf | Not


def _leaves(tests: Iterable[Test]) -> Iterator[FactTest]:
    for test in tests:
        yield from test.leaves()


def _open_facts(whole: Test, parts: Iterable[Test], facts: Facts) -> Iterator[str]:
    if whole.truth(facts) is None:
        for part in parts:
            if part.truth(facts) is None:
                yield from part.open_facts(facts)


def facts_of(test: Test) -> tuple[str, ...]:
    """The facts a test reads, each once, in order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in test.leaves()))
