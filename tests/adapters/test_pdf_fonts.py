"""The faces: what they cover, what is embedded, and how words are set in them."""

from __future__ import annotations

import io
import random
import zlib
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.pdf.coverage import TABLE, Coverage
from desktop_app.adapters.pdf.faces import FILES, FaceName, PaperFaces
from desktop_app.adapters.pdf.fitting import MM, fit
from desktop_app.adapters.pdf.typeface import Subset, Typeface
from desktop_app.domain.errors import Unavailable
from desktop_app.domain.forms import Text
from tests.helpers.font_coverage import describe
from tests.helpers.previews import FONTS

FACES = PaperFaces(FONTS)
REGULAR = FACES.measure("regular")


def test_coverage_table_matches_the_fonts() -> None:
    """When it does not: python -m tests.helpers.font_coverage."""
    assert (FONTS / TABLE).read_text("ascii") == describe(FONTS)


@pytest.mark.parametrize("face", FILES)
def test_what_the_table_promises_reportlab_draws(face: FaceName) -> None:
    """And nothing else, but for the no-break space that ReportLab takes for a space."""
    typeface = FACES.typeface(face)
    drawn = {code for code in range(0x20, 0x33480) if typeface.glyph(chr(code))}
    promised = {
        code
        for first, last in FACES.coverage.runs(FILES[face])
        for code in range(first, last + 1)
        if code < 0x33480
    }
    assert drawn - {0xA0} == promised - {0xA0}


def test_screen_and_paper_faces_cover_the_same() -> None:
    """But for the 26 newest ideographs of the BMP, which the screen borrows from another face."""
    coverage = FACES.coverage
    assert coverage.runs(FILES["bold"]) == coverage.runs(FILES["regular"])
    ideographs = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    for sans in ("NotoSansSC_400Regular.ttf", "NotoSansSC_500Medium.ttf"):
        differ = [
            char
            for char in ideographs
            if coverage.covers(sans, char) != coverage.covers(FILES["regular"], char)
        ]
        assert differ == list(map(chr, [*range(0x4DB6, 0x4DC0), *range(0x9FF0, 0xA000)]))


def test_gb18030_level_2_is_drawn_by_the_main_face() -> None:
    unified = "".join(map(chr, [*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6)]))
    assert FACES.missing(unified) == ()
    assert FACES.borrowed(unified) == ()


@pytest.mark.parametrize("dot", ["·"])
def test_separator_of_minority_names_is_drawn(dot: str) -> None:
    assert FACES.borrowed(dot) == FACES.missing(dot) == ()


def test_damaged_or_missing_fonts_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="字符覆盖表读不出"):
        Coverage.load(tmp_path)
    with pytest.raises(Unavailable, match="打不开"):
        Typeface(tmp_path / "none.ttf")
    (tmp_path / "otto.ttf").write_bytes(b"OTTO" + bytes(200))
    with pytest.raises(Unavailable, match="不是可嵌入"):
        Typeface(tmp_path / "otto.ttf")


@pytest.mark.parametrize("face", FILES)
def test_embedded_outlines_are_those_of_the_font(face: FaceName) -> None:
    """Every embedded glyph, drawn by fontTools, equals the font's own and is not .notdef."""
    ideographs = [code for code in range(0x2E80, 0x33480) if FACES.typeface(face).glyph(chr(code))]
    chars = [chr(code) for code in random.Random(7).sample(ideographs, 80)]
    subset = FACES.typeface(face).subset(chars)
    program = io.BytesIO(zlib.decompress(subset.program))
    with TTFont(program) as embedded, TTFont(FONTS / FILES[face], lazy=True) as original:
        names = original.getBestCmap()
        notdef = _drawn(original, ".notdef")
        for code, char in enumerate(chars, start=1):
            name = embedded.getGlyphName(_glyph_of(subset, code))
            drawn = _drawn(embedded, name)
            assert drawn == _drawn(original, names[ord(char)])
            assert drawn != notdef
            assert embedded["hmtx"][name][0] == original["hmtx"][names[ord(char)]][0]


def test_two_characters_of_one_glyph_keep_their_own_codes() -> None:
    """⼀ (Kangxi radical) and 一 look the same; the text layer must still tell which it was."""
    subset = FACES.typeface("regular").subset(["一", "⼀", "二"])
    assert [_glyph_of(subset, code) for code in (1, 2, 3)] == [1, 1, 2]
    to_unicode = zlib.decompress(subset.to_unicode)
    assert b"<0001> <4E00>" in to_unicode
    assert b"<0002> <2F00>" in to_unicode


def _glyph_of(subset: Subset, code: int) -> int:
    if not subset.glyphs:
        return code
    return int.from_bytes(subset.glyphs[2 * code : 2 * code + 2], "big")


def _drawn(font: TTFont, name: str) -> list[object]:
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return list(pen.value)


def area(**given: object) -> Text:
    settings: dict[str, object] = {
        "x": 10.0,
        "y": 20.0,
        "width": 40.0,
        "height": 20.0,
        "text": "",
        "size": 10.0,
        "min_size": 6.0,
        **given,
    }
    return Text(**settings)  # type: ignore[arg-type]  # a short way to write areas in tests


def test_words_shrink_in_half_points_to_fit_one_line() -> None:
    setting = fit("长" * 15, area(), REGULAR)
    assert setting is not None
    assert setting.size == 7.5
    assert len(setting.lines) == 1


def test_words_that_do_not_fit_are_refused() -> None:
    assert fit("长" * 20, area(), REGULAR) is None
    assert fit("长" * 200, area(wrap=True), REGULAR) is None
    assert fit("长" * 20, area(wrap=True, lines=1), REGULAR) is None
    assert fit("长", area(width=1.0, wrap=True), REGULAR) is None


def test_wrapping_keeps_the_largest_size_that_fits() -> None:
    setting = fit("长" * 20, area(wrap=True), REGULAR)
    assert setting is not None
    assert (setting.size, [len(line.text) for line in setting.lines]) == (10, [11, 9])


def test_punctuation_never_begins_a_line_nor_number_breaks() -> None:
    text = "经核对所填内容和材料，公民身份号码210281197803150011，于（二）三(十)办理。"
    setting = fit(text, area(wrap=True, height=60.0), REGULAR)
    assert setting is not None
    lines = [line.text for line in setting.lines]
    assert "".join(lines) == text
    assert not any(line[0] in "，。）" or line[-1] in "（" for line in lines)
    assert any("210281197803150011" in line for line in lines)
    assert any("三(十)" in line for line in lines)


def test_number_stays_with_its_unit() -> None:
    box = area(wrap=True, width=9 * 10 / MM, height=60.0, size=10.0)
    setting = fit("现住大连市示范128号大连湾", box, REGULAR)
    assert setting is not None
    assert [line.text for line in setting.lines] == ["现住大连市示范", "128号大连湾"]


@pytest.mark.parametrize("ending", ["内", "内。", "内）。"])
def test_no_paragraph_ends_in_a_line_of_one_character(ending: str) -> None:
    text = "字" * 21 + ending
    box = area(align="justify", wrap=True, width=7 * 10 / MM, height=60.0)
    setting = fit(text, box, REGULAR)
    assert setting is not None
    assert [len(line.text) for line in setting.lines] == [7, 7, 6, 1 + len(ending)]
    assert setting.lines[2].spacing == 0  # one em over five gaps would tear the line


def test_alignments() -> None:
    right = fit("长", area(align="right"), REGULAR)
    middle = fit("长", area(align="center"), REGULAR)
    spread = fit("姓名", area(align="spread"), REGULAR)
    assert right is not None and middle is not None and spread is not None
    assert right.lines[0].x == pytest.approx(50 * MM - 10)
    assert middle.lines[0].x == pytest.approx(30 * MM - 5)
    assert spread.lines[0].spacing == pytest.approx(40 * MM - 20)


def test_indent_and_justified_lines_end_at_the_edge() -> None:
    setting = fit(
        "字" * 23 + "，" + "字" * 12,
        area(align="justify", indent=2.0, wrap=True, width=41.0, height=40.0),
        REGULAR,
    )
    assert setting is not None
    first, *_, last = setting.lines
    assert first.x == pytest.approx(10 * MM + 20)
    assert last.spacing == 0
    for line in setting.lines[:-1]:
        end = line.x + REGULAR(line.text) / 100 + line.spacing * (len(line.text) - 1)
        assert end == pytest.approx(51 * MM, abs=0.05) or line.spacing == 0


@given(
    st.text(st.sampled_from("长字，。（）(二) 0123AZ·、“”"), min_size=1, max_size=60),
    st.floats(8, 80),
    st.floats(5, 60),
)
def test_set_words_are_whole_and_inside(text: str, width: float, height: float) -> None:
    box = area(width=width, height=height, wrap=True)
    setting = fit(text, box, REGULAR)
    if setting is None:
        return
    assert "".join(line.text for line in setting.lines) == text
    assert box.min_size <= setting.size <= box.size
    for line in setting.lines:
        assert line.x >= 10 * MM - 0.05
        assert (
            line.x + REGULAR(line.text.rstrip(" ")) * setting.size / 1000
            <= (10 + width) * MM + 0.05
        )
    assert setting.lines[-1].y <= (20 + height) * MM
