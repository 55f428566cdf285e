"""Seconds that acts take, one by one, and their quantiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import TypeVar

_T = TypeVar("_T")


def seconds_of(act: Callable[[_T], object], things: Iterable[_T]) -> list[float]:
    """How long the act takes with each thing."""
    taken = []
    for thing in things:
        start = perf_counter()
        act(thing)
        taken.append(perf_counter() - start)
    return taken


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[int(len(values) * share)]
