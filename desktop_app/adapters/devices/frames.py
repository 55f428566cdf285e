"""Frames of the card reader's security module (GA/T 467, SAM_V and SAM_A): pure bytes.

A request is ``AA AA AA 96 69 | length | command, parameter, data | check``, a reply has three
status bytes in place of command and parameter. The length, two bytes big-endian, counts all that
follows it; the check is the exclusive or of all from the length to the byte before the check.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Protocol

PREAMBLE = bytes.fromhex("AAAAAA9669")
_LENGTH_BYTES = 2
_STATUS_BYTES = 3
_LONGEST = 4096
_NOISE = 64
"""How many stray bytes before the preamble are passed over."""

OK = 0x90
FOUND = 0x9F


class Line(Protocol):
    """An open serial line with a time limit on every read."""

    @property
    def in_waiting(self) -> int:
        """How many bytes have arrived and were not read."""
        ...

    def write(self, data: bytes) -> object:
        """Send the bytes."""
        ...

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; fewer when the time is over."""
        ...


class LineFault(Exception):
    """The reader's answer did not arrive whole; the words are for the log only."""


@dataclass(frozen=True)
class Reply:
    """A whole answer: the third status byte says how it went (GA/T 467 table of states)."""

    status: int
    data: bytes


def check_of(body: bytes) -> int:
    """The check byte over length, status or command, and data."""
    return reduce(xor, body, 0)


def request(command: int, parameter: int, data: bytes = b"") -> bytes:
    """The frame of a command."""
    tail = bytes((command, parameter)) + data
    body = (len(tail) + 1).to_bytes(_LENGTH_BYTES, "big") + tail
    return PREAMBLE + body + bytes((check_of(body),))


def reply(status: int, data: bytes = b"") -> bytes:
    """The frame of an answer, as the module sends it (used by the simulator of the tests)."""
    tail = bytes((0, 0, status)) + data
    body = (len(tail) + 1).to_bytes(_LENGTH_BYTES, "big") + tail
    return PREAMBLE + body + bytes((check_of(body),))


def receive(line: Line) -> Reply:
    """The next answer on the line. Raises LineFault for silence, a short read or a wrong check."""
    _find_preamble(line)
    head = _exactly(line, _LENGTH_BYTES)
    length = int.from_bytes(head, "big")
    if not _STATUS_BYTES < length <= _LONGEST:
        raise LineFault(f"length {length}")
    rest = _exactly(line, length)
    body, check = rest[:-1], rest[-1]
    if check_of(head + body) != check:
        raise LineFault("check byte")
    return Reply(status=body[_STATUS_BYTES - 1], data=body[_STATUS_BYTES:])


def _find_preamble(line: Line) -> None:
    """Read up to the end of the preamble; a byte of noise before it does no harm."""
    window = b""
    for _ in range(len(PREAMBLE) + _NOISE):
        window = (window + _exactly(line, 1))[-len(PREAMBLE) :]
        if window == PREAMBLE:
            return
    raise LineFault("no preamble")


def _exactly(line: Line, size: int) -> bytes:
    content = b""
    while len(content) < size:
        more = line.read(size - len(content))
        if not more:
            raise LineFault(f"{len(content)} of {size} bytes")
        content += more
    return content
