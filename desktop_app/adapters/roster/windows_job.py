"""Limits for the reading child on Windows, where there is no ``setrlimit``: a job object.

Written by Microsoft's documentation of ``SetInformationJobObject``; nothing here has run on
Windows yet. Where the system does not take it, the parent's limit of time is all there is.
"""

from __future__ import annotations

import ctypes
import sys

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _ONE_PROCESS, _PROCESS_MEMORY, _DIE_SILENTLY = 0x2, 0x8, 0x100, 0x400
_TICKS_PER_SECOND = 10_000_000


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def limits_of(memory_bytes: int, cpu_seconds: int) -> ExtendedLimits:
    """One process alone, with so much memory and processor time."""
    limits = ExtendedLimits()
    limits.basic.flags = _PROCESS_TIME | _ONE_PROCESS | _PROCESS_MEMORY | _DIE_SILENTLY
    limits.basic.process_time = cpu_seconds * _TICKS_PER_SECOND
    limits.basic.processes = 1
    limits.process_memory = memory_bytes
    return limits


if sys.platform == "win32":

    def limit(memory_bytes: int, cpu_seconds: int) -> bool:
        """Put this process into a job of its own for good; whether Windows did it."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = limits_of(memory_bytes, cpu_seconds)
        # The handle stays open to the end, and the limits with it.
        return bool(
            job.value
            and kernel.SetInformationJobObject(
                job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            and kernel.AssignProcessToJobObject(
                job, ctypes.c_void_p(kernel.GetCurrentProcess())
            )
        )

else:

    def limit(memory_bytes: int, cpu_seconds: int) -> bool:
        """Nothing: other systems have ``setrlimit``."""
        return False
