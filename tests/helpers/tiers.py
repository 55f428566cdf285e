"""The two tiers of tests: every submission, and the long one of ``make faults``."""

from __future__ import annotations

import os

LONG = os.environ.get("LUOHU_LONG") == "1"
"""True under ``make faults``: tests marked ``long`` run, and the others run longer."""


def times(short: int, long: int) -> int:
    """Return how often to repeat something in the tier that is running."""
    return long if LONG else short
