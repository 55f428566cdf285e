"""The limits that Windows is told have the shape that its headers give them."""

from __future__ import annotations

import ctypes

import pytest

from desktop_app.adapters.roster.windows_job import BasicLimits, ExtendedLimits, limits_of

wide = pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="只量 64 位")


@wide
@pytest.mark.parametrize(("structure", "field", "offset"), [
    (BasicLimits, "flags", 16), (BasicLimits, "least_working_set", 24),
    (BasicLimits, "processes", 40), (BasicLimits, "affinity", 48), (BasicLimits, "scheduling", 60),
    (ExtendedLimits, "io_counters", 64), (ExtendedLimits, "process_memory", 112),
    (ExtendedLimits, "peak_job_memory", 136),
])
def test_fields_lie_where_winnt_h_has_them(
    structure: type[ctypes.Structure], field: str, offset: int
) -> None:
    assert getattr(structure, field).offset == offset
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)


def test_one_process_with_so_much_memory_and_time() -> None:
    limits = limits_of(512, 20)
    assert limits.basic.flags == 0x50A
    assert (limits.basic.processes, limits.process_memory) == (1, 512)
    assert limits.basic.process_time == 20 * 10**7
