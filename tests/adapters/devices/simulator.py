"""A card reader that speaks GA/T 467 from memory, and the synthetic card that lies on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date

from desktop_app.adapters.devices.card_reader import FIND, READ_FIXED, SELECT
from desktop_app.adapters.devices.frames import Line, reply
from desktop_app.domain.citizen_id import synthetic

NUMBER = synthetic("210213", date(1978, 3, 15), 421).text
FOUND_FRAME = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97".replace(" ", ""))
NOT_FOUND_FRAME = bytes.fromhex("AAAAAA9669 0004 000080 84".replace(" ", ""))
NOT_SELECTED_FRAME = bytes.fromhex("AAAAAA9669 0004 000081 85".replace(" ", ""))
NOT_READ_FRAME = bytes.fromhex("AAAAAA9669 0004 000041 45".replace(" ", ""))
SELECTED_FRAME = reply(0x90, bytes(8))


def card_text(**changed: str) -> bytes:
    """The 256 bytes of text of a synthetic card; items can be changed."""
    items = {
        "name": "赵演练",
        "sex": "1",
        "ethnicity": "11",
        "born": "19780315",
        "address": "辽宁省大连市金州区演练镇演练村12号",
        "number": NUMBER,
        "issuer": "大连市公安局演练分局",
        "since": "20200601",
        "until": "长期",
        "spare": "",
    } | changed
    sizes = {
        "name": 30,
        "sex": 2,
        "ethnicity": 4,
        "born": 16,
        "address": 70,
        "number": 36,
        "issuer": 30,
        "since": 16,
        "until": 16,
        "spare": 36,
    }
    blank = " ".encode("utf-16-le")
    block = b""
    for item, size in sizes.items():
        content = items[item].encode("utf-16-le", "surrogatepass")
        assert len(content) <= size, item
        block += content + blank * ((size - len(content)) // 2)
    return block


def fixed(text: bytes) -> bytes:
    """The 1295-byte answer to "read fixed information": text, and an empty photo."""
    return reply(0x90, bytes.fromhex("01000400") + text + bytes(1024))


class FakeLine:
    """A line that answers each request from a script; what is not scripted is silence."""

    def __init__(self, answers: dict[bytes, list[bytes]]) -> None:
        self._answers = {command: list(frames) for command, frames in answers.items()}
        self._incoming = b""
        self.sent: list[bytes] = []

    @property
    def in_waiting(self) -> int:
        return len(self._incoming)

    def write(self, data: bytes) -> int:
        self.sent.append(data)
        frames = self._answers.get(data, [])
        if frames:
            self._incoming += frames.pop(0) if len(frames) > 1 else frames[0]
        return len(data)

    def read(self, size: int) -> bytes:
        taken, self._incoming = self._incoming[:size], self._incoming[size:]
        return taken


def usual(text: bytes | None = None) -> dict[bytes, list[bytes]]:
    """The answers of a reader with a good card."""
    return {
        FIND: [FOUND_FRAME],
        SELECT: [SELECTED_FRAME],
        READ_FIXED: [fixed(card_text() if text is None else text)],
    }


def opener(line: Line) -> Callable[[], AbstractContextManager[Line]]:
    """How the reader opens this line."""

    @contextmanager
    def open_line() -> Iterator[Line]:
        yield line

    return open_line
