"""No network for the child that opens other people's files.

The kernel is asked, in this order: a filter of system calls that gives no sockets at all (Linux
on x86-64, ARM 64 and LoongArch); an empty network of its own (a namespace; pathname sockets of
this machine stay in reach). Where the kernel has neither, or is told not to give them to
everybody, Python itself refuses: that stops what is written in Python only.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # unshare(2)
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM  # linux/seccomp.h
_CALL_AT, _MACHINE_AT = 0, 4  # struct seccomp_data
_OTHER_NUMBERS = 0x40000000
"""From here on x86-64 has the same calls a second time (x32); nobody else has any."""
_IO_URING = 425
"""io_uring_setup opens sockets as well; the same number everywhere."""
#: The machine as the kernel calls it in linux/audit.h; socket, connect, socketpair.
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 53)),
    "aarch64": (0xC00000B7, (198, 203, 199)),
    "loongarch64": (0xC0000102, (198, 203, 199)),
}


def cut_off() -> str:
    """Take the network from this process for good; how it was done: filter, namespace or hook."""
    if sys.platform == "linux":
        if filter_calls():
            return "filter"
        if leave_network():
            return "namespace"
    refuse_sockets()
    return "hook"


def filter_calls() -> bool:
    """Let the kernel refuse every socket to this process; whether it does."""
    known = _MACHINES.get(platform.machine())
    if known is None or sys.maxsize < 2**32:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    code = _program(*known)
    held = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    promised = libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    return promised and bool(libc.prctl(_SET_SECCOMP, _FILTER, program, 0, 0) == 0)


def _program(machine: int, calls: Sequence[int]) -> bytes:
    """The filter: another machine's calls, the second numbers and these calls are refused."""
    refused = (*calls, _IO_URING)
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, len(refused) + 3, machine),
        (_LOAD, 0, 0, _CALL_AT),
        (_AT_LEAST, len(refused) + 1, 0, _OTHER_NUMBERS),
        # a jump counts the lines that are left out
        *((_EQUAL, left, 0, call) for left, call in zip(
            range(len(refused), 0, -1), refused, strict=True
        )),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def leave_network() -> bool:
    """Move this process into a network without any way out; whether the kernel did it."""
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_NEW_USER | _NEW_NET) == 0)


def refuse_sockets() -> None:
    """Let Python refuse sockets and other programs; it cannot be taken back."""
    sys.addaudithook(_hook)


def _hook(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn")):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
