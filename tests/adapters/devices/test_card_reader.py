"""Reading a card: the good way, every way it goes wrong, and over a real (pseudo) terminal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from desktop_app.adapters.devices.card_reader import (
    FIND,
    READ_FIXED,
    SELECT,
    SerialCardReader,
    reader_on,
)
from desktop_app.adapters.devices.frames import Line, reply
from desktop_app.domain.errors import Unavailable
from desktop_app.services.ports import CardData
from tests.adapters.devices.simulator import (
    FOUND_FRAME,
    NOT_FOUND_FRAME,
    NOT_READ_FRAME,
    NOT_SELECTED_FRAME,
    NUMBER,
    FakeLine,
    card_text,
    fixed,
    opener,
    usual,
)


def read(answers: dict[bytes, list[bytes]]) -> tuple[CardData, FakeLine, list[float]]:
    line, pauses = FakeLine(answers), list[float]()
    return SerialCardReader(opener(line), pause=pauses.append).read(), line, pauses


def refusal(answers: dict[bytes, list[bytes]]) -> str:
    with pytest.raises(Unavailable) as caught:
        read(answers)
    return str(caught.value)


def test_a_good_card_is_found_selected_and_read() -> None:
    card, line, pauses = read(usual())
    assert card == CardData(
        name="赵演练",
        sex="1",
        ethnicity="11",
        birth_date=date(1978, 3, 15),
        address="辽宁省大连市金州区演练镇演练村12号",
        citizen_id=NUMBER,
        issuer="大连市公安局演练分局",
        valid_from="2020-06-01",
        valid_until="长期",
    )
    assert line.sent == [FIND, SELECT, READ_FIXED]
    assert pauses == []


def test_the_whole_answer_has_the_published_length() -> None:
    assert len(fixed(card_text())) == 1295


@pytest.mark.parametrize("name", ["𠮷演练", "阿依古丽·买买提", "㛃" * 15, "𠮷" * 7])
def test_rare_and_long_names_come_through(name: str) -> None:
    card, _, _ = read(usual(card_text(name=name)))
    assert card.name == name


def test_an_end_of_validity_is_a_day() -> None:
    card, _, _ = read(usual(card_text(until="20400601")))
    assert card.valid_until == "2040-06-01"


def test_no_card_is_asked_for_three_times_at_readers_pace() -> None:
    line, pauses = FakeLine({FIND: [NOT_FOUND_FRAME]}), list[float]()
    with pytest.raises(Unavailable) as caught:
        SerialCardReader(opener(line), pause=pauses.append).read()
    assert str(caught.value) == "没读到证件。把证放平再按 F4，或直接手录"
    assert line.sent == [FIND] * 3
    assert all(seconds >= 0.3 for seconds in pauses)
    assert len(pauses) == 2


def test_a_card_laid_down_late_is_still_read() -> None:
    answers = usual() | {FIND: [NOT_FOUND_FRAME, FOUND_FRAME]}
    card, _, _ = read(answers)
    assert card.citizen_id == NUMBER


def test_a_card_that_cannot_be_selected() -> None:
    words = refusal(usual() | {SELECT: [NOT_SELECTED_FRAME]})
    assert words == "没选中证件。把证拿开再放平，按 F4，或直接手录"


def test_a_card_taken_away_while_reading() -> None:
    words = refusal(usual() | {READ_FIXED: [NOT_READ_FRAME]})
    assert words == "证件没读完就移开了。把证拿开再放平，按 F4，或直接手录"


def broken(frame: bytes) -> bytes:
    return frame[:-1] + bytes((frame[-1] ^ 1,))


def test_one_answer_with_a_wrong_check_is_asked_for_again() -> None:
    good = fixed(card_text())
    card, line, _ = read(usual() | {READ_FIXED: [broken(good), good]})
    assert card.citizen_id == NUMBER
    assert line.sent == [FIND, SELECT, READ_FIXED] * 2


@pytest.mark.parametrize("size", [0, 3, 14, 300, 1294])
def test_an_answer_that_stays_broken_is_told(size: int) -> None:
    words = refusal(usual() | {READ_FIXED: [fixed(card_text())[:size]]})
    assert words == "读卡器的应答不完整。检查连线后按 F4，或直接手录"


@pytest.mark.parametrize(
    ("status", "words"),
    [(0x60, "读卡器自检没有通过"), (0x66, "读卡器没有授权")],
)
def test_a_reader_that_is_unwell_says_so(status: int, words: str) -> None:
    assert refusal(usual() | {FIND: [reply(status)]}).startswith(words)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")}, "身份号码核验不过"),
        ({"born": "19780231"}, "出生日期不是日期"),
        ({"born": "一二三四五六七八"}, "出生日期不是日期"),
        ({"until": "永远"}, "有效期止不是日期"),
        ({"name": ""}, "没有姓名"),
        ({"name": "赵\ud842"}, "读不出的字"),
        ({"spare": " " * 14 + "J"}, "港澳台居民居住证"),
        ({"spare": " " * 14 + "I"}, "外国人永久居留身份证"),
    ],
)
def test_a_card_that_is_not_right_is_told_without_its_values(
    changed: dict[str, str], words: str
) -> None:
    said = refusal(usual(card_text(**changed)))
    assert words in said
    assert said.endswith("对照证件，直接手录")
    assert NUMBER[:14] not in said
    assert "赵" not in said


def test_a_text_block_of_the_wrong_length() -> None:
    answer = reply(0x90, bytes.fromhex("00800400") + bytes(1152))
    assert "文字不完整" in refusal(usual() | {READ_FIXED: [answer]})


def test_a_reader_that_is_not_there() -> None:
    @contextmanager
    def gone() -> Iterator[Line]:
        raise OSError("no such port")
        yield

    with pytest.raises(Unavailable, match="读卡器未连接"):
        SerialCardReader(gone).read()


def test_a_counter_without_a_reader() -> None:
    with pytest.raises(Unavailable, match="没有接读卡器"):
        reader_on("").read()


def test_a_port_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="读卡器未连接"):
        reader_on(str(tmp_path / "ttyNONE")).read()


@contextmanager
def simulated_terminal(text: bytes) -> Iterator[str]:
    """A pseudo-terminal on whose other end a thread plays the reader, in pieces as a UART does."""
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    answers = {command: frames[0] for command, frames in usual(text).items()}

    def play() -> None:
        waiting = b""
        while True:
            try:
                waiting += os.read(ours, 64)
            except OSError:
                return
            for command, frame in answers.items():
                if command in waiting:
                    waiting = b""
                    for start in range(0, len(frame), 100):
                        os.write(ours, frame[start : start + 100])
            if waiting == b"stop":
                return

    player = threading.Thread(target=play)
    player.start()
    try:
        yield os.ttyname(theirs)
    finally:
        os.write(theirs, b"stop")
        player.join()
        os.close(theirs)
        os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_card_over_a_real_terminal() -> None:
    with simulated_terminal(card_text(name="𠮷演练")) as port:
        card = reader_on(port).read()
    assert card.name == "𠮷演练"
    assert card.citizen_id == NUMBER
