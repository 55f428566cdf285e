"""GA/T 467 frames, byte for byte as published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.devices.frames import LineFault, receive, reply, request
from tests.adapters.devices.simulator import FOUND_FRAME, NOT_FOUND_FRAME, FakeLine

ASK = b"?"


def line_with(content: bytes) -> FakeLine:
    line = FakeLine({ASK: [content]})
    line.write(ASK)
    return line


@pytest.mark.parametrize(
    ("command", "parameter", "data", "frame"),
    [
        (0x10, 0xFF, b"", "AAAAAA9669000310FFEC"),
        (0x11, 0xFF, b"", "AAAAAA9669000311FFED"),
        (0x12, 0xFF, b"", "AAAAAA9669000312FFEE"),
        (0x20, 0x01, b"", "AAAAAA96690003200122"),
        (0x20, 0x02, b"", "AAAAAA96690003200221"),
        (0x30, 0x01, b"", "AAAAAA96690003300132"),
        (0x61, 0xFF, b"\x50", "AAAAAA9669000461FF50CA"),
    ],
)
def test_requests_are_the_published_frames(
    command: int, parameter: int, data: bytes, frame: str
) -> None:
    assert request(command, parameter, data) == bytes.fromhex(frame)


def test_published_answers_are_understood() -> None:
    assert receive(line_with(FOUND_FRAME)).status == 0x9F
    assert receive(line_with(NOT_FOUND_FRAME)).status == 0x80


@given(st.integers(0, 255), st.binary(max_size=1300))
def test_an_answer_comes_back_as_sent(status: int, data: bytes) -> None:
    answer = receive(line_with(reply(status, data)))
    assert (answer.status, answer.data) == (status, data)


@given(st.data())
def test_any_changed_byte_after_the_preamble_is_noticed(data: st.DataObject) -> None:
    frame = bytearray(reply(0x90, b"\x01\x02\x03\x04"))
    place = data.draw(st.integers(5, len(frame) - 1))
    frame[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(LineFault):
        receive(line_with(bytes(frame)))


def test_every_short_read_is_noticed() -> None:
    frame = reply(0x90, bytes(8))
    for cut in range(len(frame)):
        with pytest.raises(LineFault):
            receive(line_with(frame[:cut]))


def test_noise_before_the_preamble_is_passed_over() -> None:
    assert receive(line_with(b"\x00\xaa\xaa" + FOUND_FRAME)).status == 0x9F


def test_endless_noise_is_given_up() -> None:
    with pytest.raises(LineFault):
        receive(line_with(b"\x55" * 5000))


def test_an_absurd_length_is_refused_before_it_is_read() -> None:
    with pytest.raises(LineFault):
        receive(line_with(bytes.fromhex("AAAAAA9669FFFF") + bytes(70000)))
