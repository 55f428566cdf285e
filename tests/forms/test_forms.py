"""Every paper of the program, from its own sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.pdf.faces import PaperFaces
from desktop_app.adapters.pdf.fitting import fit
from desktop_app.adapters.pdf.fixed import SMALL_PAGE
from desktop_app.adapters.pdf.raster import page_count, page_png
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.forms import FormDefinition, FormRefused, fill, needs
from desktop_app.services.ports import Marks
from tests.helpers.pdf_pages import image_count, page_text
from tests.helpers.previews import FONTS, FORMS, long_record, write_previews

BOOK = load_forms(FORMS)
RENDERER = PdfRenderer(FONTS, BOOK)
EDITIONS = [form for form_id in BOOK.ids() for form in BOOK.editions(form_id)]
FACES = PaperFaces(FONTS)
NONE = Marks()
PAPERS = set(BOOK.ids())


def by_id(form: FormDefinition) -> str:
    return f"{form.id}-{form.since}"


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_papers_are_all_here() -> None:
    assert {
        "receipt", "supplement_notice", "refuse_accept", "refuse_approve", "wrong_door",
        "consent", "application", "person_register", "book_head", "book_member",
        "settlement_certificate", "services_handover", "collective_head", "batch_cover",
        "migration_certificate", "roster_reconciliation",
    } <= PAPERS


@pytest.mark.parametrize("form", EDITIONS, ids=by_id)
def test_every_word_stands_on_the_page(form: FormDefinition) -> None:
    """R36: fixed words and values, each whole in the text layer of its page; no picture."""
    filled = fill(form, BOOK.sample(form.id))
    pdf = RENDERER.render([filled], marks=NONE)
    assert page_count(pdf) == len(filled.pages)
    for number, page in enumerate(filled.pages):
        read = page_text(pdf, number)
        printed = [text.text for text in page.page.texts] + [text.text for text in page.texts]
        for text in printed:
            assert set(squeezed(text)) <= set(read)
            # A paragraph broken over lines may be read in another order than its neighbours.
            assert all(len(line) > 12 or squeezed(line) in read for line in text.split("\n"))
    assert image_count(pdf) == 0


def sizes(form_id: str, record: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    """Every text of a paper's pages and the size in points it is set in; booklet pages left out."""
    for page in fill(BOOK.latest(form_id), record).pages:
        if page.page.height < SMALL_PAGE:
            continue  # printed stock of 143 by 105 mm
        areas = [(text, text.text, 0.0) for text in page.page.texts]
        areas += [(text.box, text.text, text.drop) for text in page.texts]
        for area, words, drop in areas:
            setting = fit(words, area, FACES.measure(area.face), drop)
            assert setting is not None, words
            yield words, setting.size


def test_a_rare_name_is_in_the_code_as_it_is_on_the_page(tmp_path: Path) -> None:
    """R36: beyond the BMP the code on the certificate says which characters the name has."""
    name = "试𠮷𪚥样"
    form = BOOK.latest("settlement_certificate")
    code = "HC1:" + " ".join(f"{ord(char):X}" for char in name)
    record = {**BOOK.sample(form.id), "person.name": name, "certificate.code": code}
    pdf = RENDERER.render([fill(form, record)], marks=NONE)
    assert name in page_text(pdf)
    picture = tmp_path / "page.png"
    picture.write_bytes(page_png(pdf, 0, 300))
    read = [found.text for found in zxingcpp.read_barcodes(Image.open(picture))]
    assert read == [code]
    assert "".join(chr(int(part, 16)) for part in read[0][4:].split()) == name


@pytest.mark.parametrize("form_id", sorted(PAPERS))
def test_nothing_is_printed_too_small_to_read(form_id: str) -> None:
    """9 points and more where the sample's words stand, on every paper there is."""
    small = [words for words, size in sizes(form_id, BOOK.sample(form_id)) if size < 9]
    assert small == []


#: Papers whose cells are too narrow for 25 characters in 9 points: B5 and A5 with many columns.
NARROW = {"person_register": 6.5, "receipt": 7.5, "consent": 8.5}


@pytest.mark.parametrize("form_id", sorted(PAPERS))
def test_long_names_and_addresses_are_still_read_with_ease(form_id: str) -> None:
    """25 characters for everyone named, 48 for every address: nothing turns tiny."""
    least = NARROW.get(form_id, 8.5 if form_id == "wrong_door" else 9)
    small = {w: size for w, size in sizes(form_id, long_record(BOOK.sample(form_id)))
             if size < least}
    assert small == {}


@pytest.mark.parametrize("form_id", ["roster_reconciliation", "migration_certificate"])
def test_names_of_students_stand_in_nine_points(form_id: str) -> None:
    named = [size for words, size in sizes(form_id, long_record(BOOK.sample(form_id)))
             if words.startswith("阿卜杜拉")]
    assert named
    assert min(named) >= 9


LONG_NAME = ("阿卜杜拉·买买提吐尔逊·" * 3)[:25]
PEOPLE = ("name", "registrar", "receiver", "reviewer", "decider", "issuer", "read_aloud_by")


@pytest.mark.parametrize("form_id", sorted(PAPERS))
def test_long_names_of_people_and_clerks_have_room(form_id: str) -> None:
    """R37: 25 characters for everyone a paper names, applicant or clerk."""
    form, record = BOOK.latest(form_id), dict(BOOK.sample(form_id))
    named = {
        need.value
        for need in needs(form)
        if need.value.endswith(PEOPLE) and "[]" not in need.value
        and not need.value.startswith(("station.", "household.name"))
    }
    pdf = RENDERER.render([fill(form, record | dict.fromkeys(named, LONG_NAME))], marks=NONE)
    read = "".join(page_text(pdf, page) for page in range(page_count(pdf)))
    assert read.count(LONG_NAME) >= bool(named)


@given(
    st.text(min_size=1, max_size=50),
    st.sampled_from([form for form in EDITIONS if form.id in PAPERS]),
)
def test_any_name_prints_on_every_paper_or_is_refused_in_words(
    name: str, form: FormDefinition
) -> None:
    """R48: no name breaks a paper or becomes a picture."""
    names = dict.fromkeys(("person.name", "applicant.name", "household.head_name"), name)
    try:
        filled = fill(form, {**BOOK.sample(form.id), **names})
        pdf = RENDERER.render([filled], marks=NONE)
    except FormRefused as refused:
        assert refused.problems and refused.message and refused.remedy
        return
    assert image_count(pdf) == 0
    if any(name in text.text for page in filled.pages for text in page.texts):
        assert squeezed(name) in "".join(page_text(pdf, page) for page in range(page_count(pdf)))


def test_certificate_without_a_code_promises_none() -> None:
    form = BOOK.latest("settlement_certificate")
    sample = dict(BOOK.sample(form.id))
    assert "扫码" in page_text(RENDERER.render([fill(form, sample)], marks=NONE))
    del sample["certificate.code"]
    filled = fill(form, sample)
    assert "扫码" not in page_text(RENDERER.render([filled], marks=NONE))
    assert not filled.pages[0].codes


@pytest.mark.parametrize("form", EDITIONS, ids=by_id)
def test_each_required_value_is_asked_for(form: FormDefinition) -> None:
    """Leaving any one required value out refuses the paper and names just that value."""
    sample = dict(BOOK.sample(form.id))
    required = [need.value for need in needs(form) if not need.optional and "[]" not in need.value]
    assert required
    for value in required:
        with pytest.raises(FormRefused) as refused:
            fill(form, {key: given for key, given in sample.items() if key != value})
        assert {problem.value for problem in refused.value.problems} == {value}


@pytest.mark.parametrize("form", EDITIONS, ids=by_id)
def test_nothing_but_the_required_values_is_enough(form: FormDefinition) -> None:
    sample = BOOK.sample(form.id)
    required = {need.value for need in needs(form) if not need.optional}
    bare = {key: given for key, given in sample.items() if key in required}
    assert RENDERER.render([fill(form, bare)], marks=NONE)


@pytest.mark.parametrize("form", EDITIONS, ids=by_id)
def test_a_layout_nobody_has_seen_says_so(form: FormDefinition) -> None:
    if "待核" in form.source:
        pdf = RENDERER.render([fill(form, BOOK.sample(form.id))], marks=NONE)
        assert all("版式来源：待核" in page_text(pdf, page) for page in range(page_count(pdf)))


def test_notice_lists_every_missing_item_over_pages() -> None:
    form = BOOK.latest("supplement_notice")
    rows = [{"what": f"材料{number:02}", "why": "核对", "where": "本窗口"} for number in range(15)]
    pdf = RENDERER.render([fill(form, {**BOOK.sample(form.id), "missing": rows})], marks=NONE)
    assert page_count(pdf) == 3
    read = "".join(page_text(pdf, page) for page in range(3))
    assert all(f"材料{number:02}" in read for number in range(15))
    assert read.count("以下空白") == 1


def test_consent_names_the_three_rights_and_asks_for_none() -> None:
    form = BOOK.latest("consent")
    read = page_text(RENDERER.render([fill(form, BOOK.sample(form.id))], marks=NONE))
    assert "农村土地承包权、宅基地使用权、集体收益分配权仍然依法归你" in read
    assert not any(word in value.value for value in needs(form) for word in ("land", "homestead"))


def test_consent_names_the_station_before_there_is_a_number() -> None:
    """It is signed before acceptance, when the case has no number yet."""
    form, sample = BOOK.latest("consent"), dict(BOOK.sample("consent"))
    assert str(sample.pop("case.number"))
    read = page_text(RENDERER.render([fill(form, sample)], marks=NONE))
    assert str(sample["station.name"]) in read
    assert "受理编号" not in read


@pytest.mark.parametrize("form_id", ["refuse_accept", "refuse_approve"])
def test_decision_gives_reason_clause_other_way_and_remedy_at_law(form_id: str) -> None:
    form, sample = BOOK.latest(form_id), BOOK.sample(form_id)
    read = page_text(RENDERER.render([fill(form, sample)], marks=NONE))
    for word in ("理由：", "依据：", "其他途径", "行政复议", "行政诉讼"):
        assert word in read
    without = {key: value for key, value in sample.items() if key != "notice.remedy"}
    assert "其他途径" not in page_text(RENDERER.render([fill(form, without)], marks=NONE))


def test_receipt_masks_the_citizen_number() -> None:
    form, sample = BOOK.latest("receipt"), BOOK.sample("receipt")
    read = page_text(RENDERER.render([fill(form, sample)], marks=NONE))
    number = str(sample["applicant.citizen_id"])
    assert number not in read
    assert f"{number[:6]}********{number[-4:]}" in read


def test_previews_are_written_for_every_form(tmp_path: Path) -> None:
    pictures = write_previews(tmp_path, BOOK, RENDERER, dpi=40)
    assert pictures == len(list(tmp_path.glob("*.png"))) > 4 * len(EDITIONS)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in tmp_path.glob("*.png"))
    assert {path.stem.split("-")[0] for path in tmp_path.glob("*.pdf")} == set(BOOK.ids())
