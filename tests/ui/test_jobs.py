"""The thread door: results arrive in the window's thread, once, and can be stopped."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.jobs import TURN_SECONDS, Cancelled, Jobs, Progress, Step, ThreadJobs
from tests.helpers.ui_fakes import FakeJobs


@pytest.fixture
def real(qtbot: QtBot) -> Iterator[ThreadJobs]:
    jobs = ThreadJobs()
    yield jobs
    jobs.close()


def _fail(error: Exception) -> None:
    raise AssertionError(error)


def test_work_runs_elsewhere_and_its_result_arrives_here(
    qtbot: QtBot, real: ThreadJobs
) -> None:
    arrived: list[tuple[int, int]] = []

    def work(_: Progress) -> int:
        return threading.get_ident()

    def done(worker: int) -> None:
        arrived.append((worker, threading.get_ident()))

    real.run(work, done=done, failed=_fail)
    qtbot.waitUntil(lambda: bool(arrived))
    worker, here = arrived[0]
    assert worker != here == threading.get_ident()


def test_steps_arrive_in_order_and_before_the_end(qtbot: QtBot, real: ThreadJobs) -> None:
    said: list[object] = []
    shown = threading.Semaphore(0)

    def work(progress: Progress) -> str:
        for number in range(5):
            progress.report(number, 5, f"第 {number} 行")
            assert shown.acquire(timeout=5)
        return "完"

    def show(step: Step) -> None:
        said.append(step)
        shown.release()

    real.run(work, done=said.append, failed=_fail, progress=show)
    qtbot.waitUntil(lambda: "完" in said)
    assert said == [*(Step(n, 5, f"第 {n} 行") for n in range(5)), "完"]


def test_steps_that_the_window_had_no_time_for_are_left_out(
    qtbot: QtBot, real: ThreadJobs
) -> None:
    said: list[object] = []
    all_said = threading.Event()

    def work(progress: Progress) -> str:
        for number in range(1_000):
            progress.report(number, 1_000)
        all_said.set()
        return "完"

    real.run(work, done=said.append, failed=_fail, progress=said.append)
    assert all_said.wait(5)
    qtbot.waitUntil(lambda: "完" in said)
    assert said == [Step(999, 1_000), "完"]


def test_a_fault_is_not_kept_after_it_was_told(qtbot: QtBot, real: ThreadJobs) -> None:
    """It would keep alive all that its frames hold, ten thousand students maybe."""
    told: list[str] = []
    marks: list[weakref.ref[_Held]] = []

    def work(_: Progress) -> None:
        held = _Held()
        marks.append(weakref.ref(held))
        raise ValueError("x")

    gc.disable()
    try:
        real.run(work, done=lambda _: None, failed=lambda error: told.append(str(error)))
        qtbot.waitUntil(lambda: bool(told))
        qtbot.waitUntil(lambda: marks[0]() is None)
    finally:
        gc.enable()


class _Held:
    """Something large."""


def test_threads_take_turns_quickly_while_there_is_a_door(qtbot: QtBot) -> None:
    before = sys.getswitchinterval()
    jobs = ThreadJobs()
    assert sys.getswitchinterval() == pytest.approx(TURN_SECONDS)
    jobs.close()
    assert sys.getswitchinterval() == before


def test_an_exception_arrives_as_it_was(qtbot: QtBot, real: ThreadJobs) -> None:
    error = ValueError("x")
    said: list[Exception] = []

    def work(_: Progress) -> None:
        raise error

    real.run(work, done=lambda _: said.append(AssertionError()), failed=said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [error]


def test_cancel_stops_at_the_next_report(qtbot: QtBot, real: ThreadJobs) -> None:
    reached, go_on = threading.Event(), threading.Event()
    said: list[object] = []

    def work(progress: Progress) -> None:
        reached.set()
        go_on.wait(5)
        progress.report(1, 2)
        said.append("went on")

    job = real.run(work, done=said.append, failed=said.append)
    assert reached.wait(5)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not job.is_running())
    assert [type(word) for word in said] == [Cancelled]


def test_a_job_cancelled_before_it_began_never_runs(qtbot: QtBot) -> None:
    jobs = ThreadJobs(workers=1)
    gate = threading.Event()
    ran: list[str] = []
    ended: list[Exception] = []
    jobs.run(lambda _: gate.wait(5), done=lambda _: None, failed=_fail)
    second = jobs.run(lambda _: ran.append("second"), done=lambda _: None, failed=ended.append)
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not second.is_running())
    jobs.close()
    assert ran == []
    assert [type(error) for error in ended] == [Cancelled]


def test_nothing_arrives_after_close(qtbot: QtBot) -> None:
    jobs = ThreadJobs()
    said: list[object] = []
    jobs.run(lambda _: 1, done=said.append, failed=said.append)
    jobs.close()
    assert not jobs.busy()
    with qtbot.waitSignal(jobs._door.arrived, timeout=50, raising=False):
        pass
    assert said == []


@pytest.mark.parametrize("hold", [False, True])
def test_the_fake_keeps_the_same_promise(hold: bool) -> None:
    fake = FakeJobs(hold=hold)
    jobs: Jobs = fake
    said: list[object] = []

    def work(progress: Progress) -> str:
        progress.report(1, 1)
        return "完"

    job = jobs.run(work, done=said.append, failed=_fail, progress=said.append)
    if hold:
        assert job.is_running()
        assert said == []
        fake.release()
    assert said == [Step(1, 1), "完"]
    assert not job.is_running()


def test_the_fake_cancels_too() -> None:
    fake = FakeJobs(hold=True)
    said: list[object] = []
    fake.run(lambda _: 1, done=said.append, failed=said.append).cancel()
    fake.release()
    assert [type(word) for word in said] == [Cancelled]
