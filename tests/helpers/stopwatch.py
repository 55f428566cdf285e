"""Seconds that acts take, one by one, and their quantiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import TypeVar

_T = TypeVar("_T")


def seconds_of(
    act: Callable[[_T], object],
    things: Iterable[_T],
    *,
    clock: Callable[[], float] = perf_counter,
) -> list[float]:
    """How long the act takes with each thing; ``process_time`` leaves out what others take."""
    taken = []
    for thing in things:
        start = clock()
        act(thing)
        taken.append(clock() - start)
    return taken


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[int(len(values) * share)]
