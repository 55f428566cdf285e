"""One piece of work at a time, stopped only while it may be (T28)."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import CounterError, Unavailable
from desktop_app.ui.jobs import Progress, ThreadJobs
from desktop_app.ui.viewmodels.work import Work, counting
from tests.helpers.ui_fakes import FakeJobs


def test_a_second_job_is_not_begun_while_one_runs() -> None:
    jobs = FakeJobs(hold=True)
    work = Work(jobs)
    done: list[int] = []
    work.run("一", lambda progress: 1, done.append)
    work.run("二", lambda progress: 2, done.append)
    assert work.is_busy()
    jobs.release()
    assert done == [1]
    assert not work.is_busy()


def test_what_may_be_stopped_is_stopped_without_a_result() -> None:
    jobs = FakeJobs(hold=True)
    work = Work(jobs)
    done: list[int] = []
    stopped: list[bool] = []
    refused: list[CounterError] = []
    work.stopped.connect(lambda: stopped.append(True))
    work.refused.connect(refused.append)
    work.run("一", lambda progress: 1, done.append)
    work.cancel()
    jobs.release()
    assert (done, stopped, refused) == ([], [True], [])


def test_writing_is_never_stopped() -> None:
    jobs = FakeJobs(hold=True)
    work = Work(jobs)
    done: list[int] = []
    work.run("写", lambda progress: 1, done.append, stoppable=False)
    work.cancel()
    jobs.release()
    assert done == [1]


def test_a_refusal_arrives_with_its_words() -> None:
    work = Work(FakeJobs())
    refused: list[CounterError] = []
    work.refused.connect(refused.append)

    def fail(_: Progress) -> int:
        raise Unavailable("磁盘满了", "清理后再办")
    work.run("一", fail, lambda value: pytest.fail("no result was expected"))
    assert [str(error) for error in refused] == ["磁盘满了。清理后再办"]


def test_stopping_in_the_middle_of_a_count_in_a_thread(qtbot: QtBot) -> None:
    jobs = ThreadJobs()
    work = Work(jobs)
    steps: list[object] = []
    work.stepped.connect(steps.append)

    def count(progress: Progress) -> int:
        told = counting(progress, 0, "数")
        for number in range(10**9):
            told(number)
        return 0

    def stop(_: object) -> None:
        work.cancel()
    work.stepped.connect(stop)
    with qtbot.waitSignal(work.stopped, timeout=5000):
        work.run("数", count, lambda value: pytest.fail("it was stopped"))
    assert steps
    jobs.close()


def test_what_must_not_be_dropped_waits_for_its_turn() -> None:
    """A receipt that is asked for while another one prints is made next, not forgotten."""
    jobs = FakeJobs(hold=True)
    work = Work(jobs)
    order: list[str] = []

    def then_print(words: str) -> None:
        order.append(words)
        work.run("打印", lambda progress: "printed", order.append, patient=True)
    work.run("甲", lambda progress: "first", then_print, patient=True)
    work.run("乙", lambda progress: "second", order.append, patient=True)
    work.run("丙", lambda progress: "dropped", order.append)
    while work.is_busy():
        jobs.release()
    assert order == ["first", "printed", "second"]


def test_a_refused_job_does_not_hold_up_the_next() -> None:
    jobs = FakeJobs(hold=True)
    work = Work(jobs)
    done: list[int] = []

    def fail(_: Progress) -> int:
        raise Unavailable("打印机没有应答", "查电源")
    work.run("一", fail, done.append)
    work.run("二", lambda progress: 2, done.append, patient=True)
    while work.is_busy():
        jobs.release()
    assert done == [2]
