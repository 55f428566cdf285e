"""Papers at least twice as fast as a straightforward ReportLab program drawing the same pages.

``benchmark.extra_info["times_faster"]`` holds the median ratio of pairs drawn in turn on one
machine; absolute figures drift. All checks of the renderer are on; the plain program checks
nothing.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.forms import FilledForm, fill
from desktop_app.services.ports import Marks
from tests.helpers.plain_reportlab import PlainProgram
from tests.helpers.previews import FONTS, FORMS

PAGES = 1000
PAIRS = 3
FOOT = "份号 210213001-01-000123　第 1 页 共 1 页"
TWICE = 2.0
PAPERS = ["book_member", "settlement_certificate"]


@pytest.fixture(scope="module")
def plain() -> PlainProgram:
    return PlainProgram(FONTS)


def records(form_id: str, sample: Mapping[str, object]) -> list[dict[str, object]]:
    """A thousand people: name, number, birth, address, work, origin and code are their own."""
    chance = random.Random(61)
    common = [chr(code) for code in range(0x4E00, 0x8000)]
    found = []
    for number in range(PAGES):
        record = dict(sample)
        record["person.name"] = "".join(chance.choices(common, k=3))
        record["person.birth_date"] = f"19{number % 90 + 10}-0{number % 9 + 1}-1{number % 7}"
        record["person.address"] = f"大连市示范区示范街道示范路{number}号2单元301室"
        record["person.workplace"] = f"大连示范渔业第{number}有限公司"
        record["person.moved_to_address"] = f"2017年06月02日因购房从大连市示范镇{number}号迁来"
        record["person.citizen_id"] = f"2102811978{chance.randrange(10**8):08d}"
        record["certificate.number"] = f"连公户证〔2017〕{number:06d}号"
        record["certificate.code"] = "HC1:" + "".join(
            chance.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", k=406)
        )
        found.append(record)
    return found


def seconds(act: Callable[[], object]) -> float:
    """Seconds of processor time: both programs use one thread, whatever else the machine does."""
    start = time.process_time()
    act()
    return time.process_time() - start


@pytest.mark.parametrize("single", [False, True], ids=["one_file", "single_files"])
@pytest.mark.parametrize("form_id", PAPERS)
def test_papers_against_plain_reportlab(
    form_id: str, single: bool, benchmark: BenchmarkFixture, plain: PlainProgram
) -> None:
    book = load_forms(FORMS)
    form = book.latest(form_id)
    data = records(form_id, book.sample(form_id))
    renderer = PdfRenderer(FONTS, book)
    marks = Marks(copy_number="210213001-01-000123")
    filled: list[FilledForm] = [fill(form, record) for record in data]
    pages = plain.prepare(filled, FOOT)
    renderer.render(filled[:1], marks=marks)
    plain.draw(pages[:1])

    def pushed() -> None:
        if single:
            for record in data:
                renderer.render([fill(form, record)], marks=marks)
        else:
            renderer.render([fill(form, record) for record in data], marks=marks)

    def straightforward() -> None:
        if single:
            for page in pages:
                plain.draw([page])
        else:
            plain.draw(pages)

    pairs = [(seconds(straightforward), seconds(pushed)) for _ in range(PAIRS)]
    ratio = statistics.median(base / took for base, took in pairs)
    base, took = (statistics.median(side) for side in zip(*pairs, strict=True))
    benchmark(lambda: renderer.render(filled[:1], marks=marks))
    benchmark.extra_info["pages_per_second"] = round(PAGES / took)
    benchmark.extra_info["plain_pages_per_second"] = round(PAGES / base)
    benchmark.extra_info["times_faster"] = round(ratio, 2)
    assert ratio >= TWICE
