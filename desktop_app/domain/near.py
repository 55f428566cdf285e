"""One step away (差一条): the smallest sets of facts whose change would open a way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from desktop_app.domain.conditions import FactTest, Test, Truth, facts_of
from desktop_app.domain.facts import FactDef, FactKind, Facts, FactValue

_LARGEST_STEP = 2
_NO_REGION = ""
_EARLIEST, _LATEST = "0001-01-01", "9999-12-31"


def smallest_changes(
    tests: Sequence[Test], facts: Facts, vocabulary: Mapping[str, FactDef]
) -> tuple[tuple[str, ...], ...]:
    """All sets of one fact, else of two, whose change or supply makes every test true.

    Empty when all are true already, or when more than two facts stand in the way.
    """
    failing = [test for test in tests if test.truth(facts) is not True]
    if not failing:
        return ()
    # A change that mends one test can break another that held, so those facts count too.
    relevant = dict.fromkeys(fact for test in (*failing, *tests) for fact in facts_of(test))
    candidates = {fact: _candidates(fact, tests, vocabulary.get(fact)) for fact in relevant}
    for size in range(1, _LARGEST_STEP + 1):
        found = tuple(
            names
            for names in combinations(relevant, size)
            if _touches_all(names, failing) and _can_open(names, candidates, tests, facts)
        )
        if found:
            return found
    return ()


def _touches_all(names: Sequence[str], failing: Sequence[Test]) -> bool:
    """A failing test that reads none of the names cannot be mended by changing them."""
    return all(set(names) & set(facts_of(test)) for test in failing)


def _can_open(
    names: Sequence[str],
    candidates: Mapping[str, Sequence[FactValue]],
    tests: Sequence[Test],
    facts: Facts,
) -> bool:
    for values in product(*(candidates[name] for name in names)):
        changed = {**facts, **dict(zip(names, values, strict=True))}
        if all(test.truth(changed) for test in tests):
            return True
    return False


def _candidates(
    fact: str, tests: Sequence[Test], definition: FactDef | None
) -> tuple[FactValue, ...]:
    """Values worth trying: one for each way the rules' comparisons can come out."""
    leaves = [leaf for test in tests for leaf in test.leaves() if leaf.fact == fact]
    by_signature: dict[tuple[Truth, ...], FactValue] = {}
    for value in _possible_values(leaves, definition):
        by_signature.setdefault(tuple(leaf.truth({fact: value}) for leaf in leaves), value)
    return tuple(by_signature.values())


def _possible_values(
    leaves: Sequence[FactTest], definition: FactDef | None
) -> Iterator[FactValue]:
    if definition is not None and definition.kind is FactKind.BOOL:
        yield from (True, False)
    if definition is not None:
        yield from (key for key, _, _ in definition.choices)
    for leaf in leaves:
        if isinstance(leaf.operand, frozenset):
            yield from sorted(leaf.operand, key=str)
        elif isinstance(leaf.operand, str | bool):
            yield leaf.operand
        else:
            yield from (leaf.operand, leaf.operand + 1, max(0, leaf.operand - 1))
    if definition is not None and definition.kind is FactKind.REGION:
        yield _NO_REGION
    if definition is not None and definition.kind is FactKind.DATE:
        yield from (_EARLIEST, _LATEST)
