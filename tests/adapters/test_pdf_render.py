"""The page as PDF: words to be read back, glyphs that are there, marks, offsets, same bytes."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.adapters.pdf.book import FormBook, load_forms
from desktop_app.adapters.pdf.faces import FILES, PaperFaces
from desktop_app.adapters.pdf.raster import page_count, page_png, page_size
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.errors import CounterError, Unavailable
from desktop_app.domain.form_text import unfit_character
from desktop_app.domain.forms import (
    Box,
    FilledForm,
    FormDefinition,
    FormRefused,
    Line,
    Page,
    QrBox,
    Text,
    fill,
    needs,
)
from desktop_app.domain.station import PrintOffset
from desktop_app.services.ports import Marks
from tests.helpers.pdf_pages import (
    PDFTOTEXT,
    QPDF,
    image_count,
    page_grey,
    page_text,
    poppler_text,
)
from tests.helpers.plain_reportlab import PlainProgram
from tests.helpers.previews import FONTS, FORMS

MARKS = Marks(copy_number="210213001-01-000123", policy_digest="3f9c1a7be042d5ff")
NONE = Marks()
NAME = Box(10, 10, 80, 12, "{person.name}", id="name", size=14, min_size=6, wrap=True)


@pytest.fixture(scope="module")
def book() -> FormBook:
    return load_forms(FORMS)


@pytest.fixture(scope="module")
def renderer(book: FormBook) -> PdfRenderer:
    return PdfRenderer(FONTS, book)


def one(
    *boxes: Box,
    width: float = 100,
    height: float = 60,
    lines: tuple[Line, ...] = (),
    texts: tuple[Text, ...] = (),
    codes: tuple[QrBox, ...] = (),
) -> FormDefinition:
    page = Page(width, height, boxes=boxes, lines=lines, texts=texts, codes=codes)
    return FormDefinition("trial", "试验单", date(2017, 5, 9), (page,), overprint=True)


def named(name: str, box: Box = NAME) -> FilledForm:
    return fill(one(box), {"person.name": name})


def sample_of(file: str, ranges: Sequence[tuple[int, int]], count: int) -> str:
    """Characters that a face covers, drawn from ranges of code points with a fixed seed."""
    coverage = PaperFaces(FONTS).coverage
    chance = random.Random(2022)
    pool = [chr(code) for first, last in ranges for code in range(first, last + 1)]
    return "".join(chance.sample([char for char in pool if coverage.covers(file, char)], count))


EXTENSIONS = [
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0x2CEB0, 0x2EBEF),
]


def test_rare_name_is_read_back_from_the_page(renderer: PdfRenderer) -> None:
    pdf = renderer.render([named("𠮷田·欧阳𪚥")], marks=NONE)
    assert page_text(pdf) == "𠮷田·欧阳𪚥"
    assert renderer.fallback_glyphs("𠮷田·欧阳𪚥") == ("𠮷", "𪚥")


@pytest.mark.parametrize("extension", EXTENSIONS, ids=["B", "C", "D", "E", "F"])
def test_text_layer_beyond_the_bmp(extension: tuple[int, int], renderer: PdfRenderer) -> None:
    size = min(200, extension[1] - extension[0] - 40)
    text = sample_of(FILES["fallback"], [extension], size)
    area = Box(5, 5, 190, 280, "{person.name}", size=9, min_size=9, wrap=True, id="name")
    form = one(area, width=200, height=290)
    pdf = renderer.render([fill(form, {"person.name": text})], marks=NONE)
    assert page_text(pdf) == text


def test_two_thousand_rare_characters_print_or_are_named(renderer: PdfRenderer) -> None:
    """R37: extensions A to I: each is on the page as it is, or refused by name; none is lost."""
    planes = [
        (0x3400, 0x4DBF),
        *EXTENSIONS,
        (0x30000, 0x3134A),
        (0x31350, 0x323AF),
        (0x2EBF0, 0x2EE5D),
    ]
    pool = [chr(code) for first, last in planes for code in range(first, last + 1)]
    chars = random.Random(9793).sample(pool, 2000)
    missing = set(renderer.missing_glyphs("".join(chars)))
    drawn = "".join(char for char in chars if char not in missing)
    assert len(drawn) > 1500
    area = Box(5, 5, 290, 290, "{person.name}", size=10, min_size=6, wrap=True, id="name")
    form = one(area, width=300, height=300)
    assert page_text(renderer.render([fill(form, {"person.name": drawn})], marks=NONE)) == drawn
    for char in sorted(missing)[:50]:
        with pytest.raises(FormRefused, match=f"U\\+{ord(char):04X}"):
            renderer.render([named(f"王{char}")], marks=NONE)


@pytest.mark.skipif(PDFTOTEXT is None, reason="poppler-utils is not installed")
def test_another_reader_reads_the_same(renderer: PdfRenderer, tmp_path: Path) -> None:
    text = sample_of(FILES["fallback"], EXTENSIONS, 60) + sample_of(
        FILES["regular"], [(0x3400, 0x4DB5), (0x4E00, 0x9FA5)], 60
    )
    area = Box(5, 5, 90, 50, "{person.name}", size=9, min_size=6, wrap=True, id="name")
    pdf = renderer.render([named(text, area)], marks=NONE)
    assert poppler_text(pdf, tmp_path) == text


@pytest.mark.skipif(QPDF is None, reason="qpdf is not installed")
def test_every_form_is_a_sound_file(book: FormBook, renderer: PdfRenderer, tmp_path: Path) -> None:
    for form_id in book.ids():
        file = tmp_path / f"{form_id}.pdf"
        file.write_bytes(
            renderer.render([fill(book.latest(form_id), book.sample(form_id))], marks=MARKS)
        )
        done = subprocess.run([str(QPDF), "--check", file], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout


def test_every_character_leaves_ink_of_its_own(renderer: PdfRenderer) -> None:
    """R36: 200 characters, half from the fallback face: each inked, none like .notdef."""
    text = sample_of(FILES["fallback"], EXTENSIONS, 100) + sample_of(
        FILES["regular"], [(0x4E00, 0x9FA5)], 100
    )
    cells = [
        Box(10 * (i % 20), 10 * (i // 20), 10, 10, "{person.name}", size=24, id=f"c{i}")
        for i in range(len(text))
    ]
    form = one(*cells, width=200, height=100)
    blank = fill(form, {"person.name": "一"})
    texts = tuple(
        replace(filled, text=char) for filled, char in zip(blank.pages[0].texts, text, strict=True)
    )
    filled = FilledForm(form, (replace(blank.pages[0], texts=texts),))
    width, _, grey = page_grey(renderer.render([filled], marks=NONE), dpi=127)
    side = 50
    pictures = set()
    for index in range(len(text)):
        left, top = side * (index % 20), side * (index // 20)
        cell = b"".join(
            grey[(top + y) * width + left : (top + y) * width + left + side] for y in range(side)
        )
        assert min(cell) < 100, f"{text[index]!r} left no ink"
        pictures.add(cell)
    assert len(pictures) == len(text)


def test_missing_glyph_is_refused_with_character_and_value(renderer: PdfRenderer) -> None:
    with pytest.raises(FormRefused, match=r"姓名里的“\U00031350”\(U\+31350\)没有字形"):
        renderer.render([named("王\U00031350")], marks=NONE)
    assert renderer.missing_glyphs("王\U00031350𠮷") == ("\U00031350",)


def test_all_that_does_not_fit_is_listed_at_once(renderer: PdfRenderer) -> None:
    tight = Box(10, 30, 10, 5, "{person.address}", id="address", size=10, min_size=8)
    form = one(replace(NAME, width=8, height=5, wrap=False), tight)
    record = {"person.name": "长" * 30, "person.address": "甲" * 40}
    with pytest.raises(FormRefused) as refused:
        renderer.render([fill(form, record)], marks=NONE)
    assert [problem.words for problem in refused.value.problems] == [
        "姓名有 30 个字，放不下",
        "住址有 40 个字，放不下",
    ]
    assert "长长" not in str(refused.value)


@pytest.mark.parametrize("length", [25, 40, 50])
@pytest.mark.parametrize("name", ["阿卜杜拉·", "𠮷野"])
def test_names_of_up_to_50_characters_print_whole(
    name: str, length: int, book: FormBook, renderer: PdfRenderer
) -> None:
    full = (name * 50)[:length]
    for form_id in book.ids():
        record = {
            **book.sample(form_id),
            "person.name": full,
            "applicant.name": full,
            "household.head_name": full,
            "person.head_name": full,
        }
        form = book.latest(form_id)
        filled = fill(form, record)
        if not any(full in text.text for page in filled.pages for text in page.texts):
            continue
        assert full in page_text(renderer.render([filled], marks=NONE))


@given(st.text(min_size=1, max_size=50))
@example("<b>王")
@example('<img src="/etc/hostname"/>王')
@example("{person.name|date_words}")
@example("王(五)\\) Tj ET")
@example("<>()[]{}/%\\'\"")
def test_any_name_prints_or_is_refused_in_words(name: str) -> None:
    """R48: no name breaks a paper, none becomes a picture, none is printed as anything else."""
    try:
        pdf = SHARED.render([named(name)], marks=NONE)
    except CounterError as refused:
        assert refused.message and refused.remedy
        assert unfit_character(name) is not None or SHARED.missing_glyphs(name) or len(name) > 25
    else:
        assert page_text(pdf) == "".join(name.split())
        assert image_count(pdf) == 0


SHARED = PdfRenderer(FONTS, FormBook({}, {}))


NAMES = {"person.name", "applicant.name", "household.head_name", "household.name", "door.place"}


def test_markup_in_a_name_prints_as_words_on_every_form(
    book: FormBook, renderer: PdfRenderer
) -> None:
    name = '<img src="/a"/>&amp;'
    naming = [
        form
        for form in map(book.latest, book.ids())
        if NAMES & {need.value for need in needs(form)}
    ]
    assert len(naming) >= 13
    for form in naming:
        record = {**book.sample(form.id), **dict.fromkeys(NAMES, name)}
        pdf = renderer.render([fill(form, record)], marks=NONE)
        assert "".join(name.split()) in page_text(pdf)
        assert image_count(pdf) == 0


def test_same_input_gives_the_same_bytes(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        filled = [fill(book.latest(form_id), book.sample(form_id))]
        first = renderer.render(filled, marks=MARKS)
        renderer.render([named("其他")], marks=NONE)
        assert renderer.render(filled, marks=MARKS) == first
        assert PdfRenderer(FONTS, book).render(filled, marks=MARKS) == first


def test_threads_may_draw_at_once(book: FormBook, renderer: PdfRenderer) -> None:
    """A preview and a print may meet; ReportLab's font parser alone would mix them up."""
    filled = [fill(book.latest(form_id), book.sample(form_id)) for form_id in book.ids()]
    alone = [renderer.render([one], marks=MARKS) for one in filled]
    fresh = PdfRenderer(FONTS, book)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: fresh.render([one], marks=MARKS), filled * 3))
    assert together == alone * 3


def test_page_looks_as_plain_reportlab_draws_it(book: FormBook, renderer: PdfRenderer) -> None:
    filled = [fill(book.latest("book_member"), book.sample("book_member"))]
    foot = "份号 210213001-01-000123　第 1 页 共 1 页"
    plain = PlainProgram(FONTS)
    theirs = page_grey(plain.draw(plain.prepare(filled, foot)), dpi=150)
    ours = page_grey(renderer.render(filled, marks=Marks(copy_number=MARKS.copy_number)), dpi=150)
    assert ours[:2] == theirs[:2]
    assert max(abs(a - b) for a, b in zip(ours[2], theirs[2], strict=True)) <= 16


def test_overprint_leaves_the_fixed_layer_out(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        form = book.latest(form_id)
        filled = fill(form, book.sample(form_id))
        if not form.overprint:
            with pytest.raises(FormRefused, match="没有套打版式"):
                renderer.render([filled], marks=NONE, overprint=True)
            continue
        pdf = renderer.render([filled], marks=NONE, overprint=True)
        values = {char for text in filled.pages[0].texts for char in text.text if char.strip()}
        assert set(page_text(pdf)) == values
        assert b"/XObject" not in pdf


def ink(pdf: bytes) -> tuple[float, float]:
    """The upper left corner of what is printed, in millimetres, measured on the page."""
    width, height, grey = page_grey(pdf, dpi=254)
    rows = [y for y in range(height) if min(grey[y * width : (y + 1) * width]) < 128]
    columns = [x for x in range(width) if min(grey[x::width]) < 128]
    return columns[0] / 10, rows[0] / 10


@pytest.mark.parametrize("right", [-2.5, 0.0, 3.2])
@pytest.mark.parametrize("down", [-1.4, 0.0, 5.0])
@pytest.mark.parametrize("overprint", [False, True])
def test_offset_moves_the_marks(
    right: float, down: float, overprint: bool, renderer: PdfRenderer
) -> None:
    filled = named("十")
    still = ink(renderer.render([filled], marks=NONE, overprint=overprint))
    moved = ink(
        renderer.render([filled], marks=NONE, overprint=overprint, offset=PrintOffset(right, down))
    )
    assert moved[0] - still[0] == pytest.approx(right, abs=0.2)
    assert moved[1] - still[1] == pytest.approx(down, abs=0.2)


def test_scale_grows_from_the_upper_left_corner(renderer: PdfRenderer) -> None:
    filled = fill(one(lines=(Line(50, 40, 80, 40, 1.0),)), {})
    left, top = ink(renderer.render([filled], marks=NONE, offset=PrintOffset(scale=102)))
    assert left == pytest.approx(51, abs=0.3)
    assert top == pytest.approx(40.8, abs=0.3)


def test_training_mark_lies_on_every_page(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        form = book.latest(form_id)
        filled = [fill(form, book.sample(form_id))] * 2
        for overprint in {False, form.overprint}:
            pdf = renderer.render(filled, marks=Marks(training=True), overprint=overprint)
            for page in range(page_count(pdf)):
                assert "演练" in page_text(pdf, page)
        assert "演练" not in page_text(renderer.render(filled, marks=MARKS))


def test_copy_number_page_and_edition_stand_on_every_page(
    book: FormBook, renderer: PdfRenderer
) -> None:
    for form_id in book.ids():
        filled = [fill(book.latest(form_id), book.sample(form_id))] * 3
        pdf = renderer.render(filled, marks=MARKS)
        total = page_count(pdf)
        for page in range(total):
            text = page_text(pdf, page)
            assert f"份号210213001-01-000123第{page + 1}页共{total}页" in text
            assert "依据版本3f9c1a7be042" in text


def test_reprint_says_so_and_why(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        filled = [fill(book.latest(form_id), book.sample(form_id))]
        first = page_text(renderer.render(filled, marks=MARKS))
        text = page_text(renderer.render(filled, marks=replace(MARKS, reprint="打印机卡纸")))
        assert "补打：打印机卡纸" in text
        assert "补打：" not in first
        assert text.count("补打") == first.count("补打") + 2


def test_mark_with_unseen_character_is_refused(renderer: PdfRenderer) -> None:
    with pytest.raises(FormRefused, match=r"U\+202E"):
        renderer.render([named("王")], marks=Marks(copy_number="1", reprint="卡\u202e纸"))


@pytest.mark.parametrize("training", [False, True])
def test_code_is_read_from_the_printed_page(
    training: bool, book: FormBook, renderer: PdfRenderer, tmp_path: Path
) -> None:
    for form_id, value in (
        ("settlement_certificate", "certificate.code"),
        ("receipt", "case.code"),
    ):
        pdf = renderer.render(
            [fill(book.latest(form_id), book.sample(form_id))], marks=Marks(training=training)
        )
        picture = tmp_path / "page.png"
        picture.write_bytes(page_png(pdf, 0, 300))
        found = zxingcpp.read_barcodes(Image.open(picture))
        assert [code.text for code in found] == [book.sample(form_id)[value]]


def test_pages_keep_their_size_and_ask_printers_to_keep_it(
    book: FormBook, renderer: PdfRenderer
) -> None:
    pdf = renderer.render(
        [fill(book.latest("book_member"), book.sample("book_member"))], marks=NONE
    )
    width, height = page_size(pdf, 0)
    assert width == pytest.approx(143, abs=0.01)
    assert height == pytest.approx(105, abs=0.01)
    assert b"/PrintScaling /None" in pdf


def test_raster_refuses_what_is_no_pdf(renderer: PdfRenderer) -> None:
    with pytest.raises(Unavailable, match="不是完整的 PDF"):
        page_count(b"no pdf")
    with pytest.raises(Unavailable, match="没有第 2 页"):
        page_png(renderer.render([named("王")], marks=NONE), 1)


def test_cells_take_one_character_each(renderer: PdfRenderer) -> None:
    cells = Box(10, 10, 45, 8, "{household.number}", id="number", cells=9, size=12)
    form = one(cells)
    pdf = renderer.render([fill(form, {"household.number": "021300017"})], marks=NONE)
    assert page_text(pdf) == "021300017"
    with pytest.raises(FormRefused, match="户号有 10 个字"):
        renderer.render([fill(form, {"household.number": "0213000170"})], marks=NONE)


def test_renderer_knows_its_forms(book: FormBook, renderer: PdfRenderer) -> None:
    assert renderer.titles()["settlement_certificate"] == "落户证明"
    assert renderer.edition("receipt", date(2017, 6, 1)) is book.latest("receipt")
    renderer.warm_up([book.latest("receipt")])


def test_reportlab_without_its_compiled_part_is_told(
    book: FormBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportlab.lib.rl_accel.fp_str", lambda *numbers: "0")
    with pytest.raises(Unavailable, match="rl_accel 没有装上"):
        PdfRenderer(FONTS, book)


def test_file_names_no_face_that_is_not_embedded_and_no_day(
    book: FormBook, renderer: PdfRenderer
) -> None:
    for form_id in book.ids():
        pdf = renderer.render([fill(book.latest(form_id), book.sample(form_id))], marks=MARKS)
        assert b"Helvetica" not in pdf
        assert b"CreationDate" not in pdf
        assert pdf.count(b"/Type0") == pdf.count(b"/FontFile2")


def test_files_that_differ_have_their_own_identity(renderer: PdfRenderer) -> None:
    """The page of 王一 and that of 王二 draw the same codes; only the faces differ."""
    identities = {
        renderer.render([named(name)], marks=NONE).rpartition(b"/ID")[2].split(b"]")[0]
        for name in ("王一", "王二", "王一一")
    }
    assert len(identities) == 3
