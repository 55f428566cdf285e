"""The identity-card reader on a serial port, and the counter that has none."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

from desktop_app.adapters.devices.card_text import CardFault, decode, text_of
from desktop_app.adapters.devices.frames import (
    FOUND,
    OK,
    Line,
    LineFault,
    Reply,
    receive,
    request,
)
from desktop_app.domain.errors import Unavailable
from desktop_app.services.ports import CardData, CardReader

if TYPE_CHECKING:
    from serial import Serial

FIND = request(0x20, 0x01)
SELECT = request(0x20, 0x02)
READ_FIXED = request(0x30, 0x01)

_BAUD = 115200
_ANSWER_SECONDS = 2.0
_BETWEEN_SECONDS = 0.3
"""GA/T 467 readers need 300 ms between two attempts to find a card."""
_FINDS = 3

_SELF_CHECK, _NO_RIGHT = 0x60, 0x66
_BY_HAND = "或直接手录"
_LAY_DOWN = f"把证放平再按 F4，{_BY_HAND}"
_LAY_DOWN_AGAIN = f"把证拿开再放平，按 F4，{_BY_HAND}"


class NoCardReader:
    """The reader of a workstation that has none."""

    def read(self) -> CardData:
        """Raise Unavailable: there is nothing to read with."""
        raise Unavailable("本机没有接读卡器", "直接手录，或由信息员在设置里选读卡器")


class SerialCardReader:
    """Reads the card that lies on the reader: find, select, read.

    ``open_line`` opens the line anew for each card, so that a reader plugged in later works;
    ``pause`` waits for seconds.
    """

    def __init__(
        self,
        open_line: Callable[[], AbstractContextManager[Line]],
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._open_line = open_line
        self._pause = pause

    def read(self) -> CardData:
        """What the card says; raises Unavailable in words for the clerk.

        An answer that arrives broken is asked for once more. After a good read the card has to
        be lifted before it can be found again: the reader's own rule.
        """
        try:
            with self._open_line() as line:
                return self._read(line)
        except LineFault:
            raise Unavailable("读卡器的应答不完整", f"检查连线后按 F4，{_BY_HAND}") from None
        except CardFault as fault:
            raise Unavailable(fault.words, f"对照证件，{_BY_HAND[1:]}") from None
        except OSError:
            raise Unavailable("读卡器未连接", f"接好读卡器再按 F4，{_BY_HAND}") from None

    def _read(self, line: Line) -> CardData:
        try:
            return self._read_once(line)
        except LineFault:
            self._pause(_BETWEEN_SECONDS)
            return self._read_once(line)

    def _read_once(self, line: Line) -> CardData:
        self._find(line)
        if self._ask(line, SELECT).status != OK:
            raise Unavailable("没选中证件", _LAY_DOWN_AGAIN)
        answer = self._ask(line, READ_FIXED)
        if answer.status != OK:
            raise Unavailable("证件没读完就移开了", _LAY_DOWN_AGAIN)
        return decode(text_of(answer.data))

    def _find(self, line: Line) -> None:
        for attempt in range(_FINDS):
            if attempt:
                self._pause(_BETWEEN_SECONDS)
            if self._ask(line, FIND).status == FOUND:
                return
        raise Unavailable("没读到证件", _LAY_DOWN)

    def _ask(self, line: Line, command: bytes) -> Reply:
        line.read(line.in_waiting)  # what a broken answer left behind
        line.write(command)
        answer = receive(line)
        if answer.status == _SELF_CHECK:
            raise Unavailable("读卡器自检没有通过", f"拔下重接再按 F4，{_BY_HAND}")
        if answer.status == _NO_RIGHT:
            raise Unavailable("读卡器没有授权", f"换一台读卡器，{_BY_HAND}")
        return answer


def reader_on(port: str) -> CardReader:
    """The reader on a serial port; where none is named, one that says so."""
    return SerialCardReader(serial_line(port)) if port else NoCardReader()


def serial_line(port: str, *, baud: int = _BAUD) -> Callable[[], AbstractContextManager[Line]]:
    """How to open the serial port ``port`` (``COM3``, ``/dev/ttyUSB0``), 8 data bits, no parity."""

    def open_line() -> AbstractContextManager[Line]:
        import serial  # only a counter with a reader pays for it

        opened: Serial = serial.Serial(
            port, baud, timeout=_ANSWER_SECONDS, write_timeout=_ANSWER_SECONDS
        )
        return cast(AbstractContextManager[Line], opened)

    return open_line
