"""Names on the page: read back as written, each character inked, or refused by name."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.adapters.pdf.book import FormBook
from desktop_app.adapters.pdf.faces import FILES
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.errors import CounterError
from desktop_app.domain.form_text import unfit_character
from desktop_app.domain.forms import (
    Box,
    FilledForm,
    FormRefused,
    fill,
    needs,
)
from tests.helpers.pdf_pages import (
    PDFTOTEXT,
    image_count,
    page_grey,
    page_text,
    poppler_text,
)
from tests.helpers.pdf_trial import EXTENSIONS, NONE, named, one, sample_of
from tests.helpers.previews import FONTS


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


@pytest.mark.parametrize(("value", "label"), [
    ("person.name", "姓名"), ("case.origin", "迁出地址"), ("person.address", "住址"),
])
def test_a_paragraph_of_many_values_blames_the_one_at_fault(
    value: str, label: str, book: FormBook, renderer: PdfRenderer
) -> None:
    """The certificate's sentence holds nine values; only the one without a glyph is named."""
    form = book.latest("settlement_certificate")
    record = {**book.sample(form.id), value: "王\U00031350"}
    with pytest.raises(FormRefused) as refused:
        renderer.render([fill(form, record)], marks=NONE)
    problem, = refused.value.problems
    assert problem.value == value
    assert problem.words == f"{label}里的“\U00031350”(U+31350)没有字形"


def test_two_values_at_fault_are_both_named(book: FormBook, renderer: PdfRenderer) -> None:
    form = book.latest("settlement_certificate")
    faults = {"person.name": "王\U00031350", "case.origin": "\U00031351村"}
    with pytest.raises(FormRefused) as refused:
        renderer.render([fill(form, {**book.sample(form.id), **faults})], marks=NONE)
    assert [problem.value for problem in refused.value.problems] == list(faults)


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
