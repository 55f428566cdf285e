"""R47 and R52: a name is words, whatever is written in it, in every place that shows words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.ask_dialog import AskDialog
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.check_answers import AnswerBlock, CheckAnswers
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.error_summary import ErrorSummary, Problem
from desktop_app.ui.widgets.frames import Banner, Card, EmptyState
from desktop_app.ui.widgets.job_progress import JobProgress
from desktop_app.ui.widgets.key_sheet import KeySheet
from desktop_app.ui.widgets.lock_cover import LockCover
from desktop_app.ui.widgets.material_list import MaterialLine, MaterialList
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.name_edit import NameEdit
from desktop_app.ui.widgets.notice_sheet import NoticeItem, NoticeSheet, NoticeView
from desktop_app.ui.widgets.page_preview import PagePreview
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.plain import PlainLabel, set_tip
from desktop_app.ui.widgets.policy_quote import ClauseView, PolicyQuote
from desktop_app.ui.widgets.rail_nav import RailEntry, RailNav
from desktop_app.ui.widgets.reauth_dialog import ReAuthDialog
from desktop_app.ui.widgets.record_table import Column, RecordTable
from desktop_app.ui.widgets.result_panel import ResultPanel, ResultView
from desktop_app.ui.widgets.status_bar import StatusBar, StatusView
from desktop_app.ui.widgets.toast_log import ToastLog
from desktop_app.ui.widgets.verdict_panel import FindingLine, Standing, VerdictPanel, VerdictView
from desktop_app.ui.widgets.words import hidden_at, shown

Show = Callable[..., QWidget]
RED = QColor(255, 0, 0)


def _status(text: str) -> QWidget:
    bar = StatusBar()
    bar.show_view(StatusView(text, text, text, text))
    return bar


def _summary(text: str) -> QWidget:
    box = ErrorSummary()
    box.show_problems([Problem("f", text)])
    return box


def _verdict(text: str) -> QWidget:
    panel = VerdictPanel()
    line = FindingLine(Standing.INCOMPLETE, text, text, text)
    panel.show_view(VerdictView(Standing.INCOMPLETE, text, text, text, (line,)))
    return panel


def _answers(text: str) -> QWidget:
    view = CheckAnswers()
    view.show_blocks([AnswerBlock("b", text, ((text, text),))])
    return view


def _result(text: str) -> QWidget:
    panel = ResultPanel()
    panel.show_result(ResultView(Level.OK, text, text, (text,)))
    return panel


def _notice(text: str) -> QWidget:
    sheet = NoticeSheet()
    sheet.show_notice(
        NoticeView(text, text, text, text, (NoticeItem(text, text, text),), text, text)
    )
    return sheet


def _quote(text: str) -> QWidget:
    view = PolicyQuote()
    view.show_clause(ClauseView(text, text, text, text, text))
    return view


def _materials(text: str) -> QWidget:
    papers = MaterialList()
    papers.show_lines([MaterialLine("m", text, note=text)])
    return papers


def _table(text: str) -> QWidget:
    model: RecordTable[str] = RecordTable([Column("a", text, lambda row: row, 30)])
    model.set_rows([text])
    return CaseTable(text, model, empty=text)


def _empty_table(text: str) -> QWidget:
    model: RecordTable[str] = RecordTable([Column("a", "甲", lambda row: row)])
    return CaseTable("表", model, empty=text)


def _progress(text: str) -> QWidget:
    bar = JobProgress(lambda: 0)
    bar.start(text)
    bar.report(1, 2, text)
    bar.show_bar()
    return bar


def _dialog(text: str) -> QWidget:
    return AskDialog(text, text, (("yes", text, "Y", True),), text, reason_label=text)


def _lock(text: str) -> QWidget:
    window = QWidget()
    window.resize(800, 500)
    window.setMinimumHeight(500)
    cover = LockCover(window, QWidget(window))
    cover.lock(text, text)
    cover.refuse(text)
    return window


def _keys(text: str) -> QWidget:
    window = QWidget()
    window.setMinimumHeight(300)
    KeySheet(window).show_groups([(text, [(text, text)])])
    return window


def _toast(text: str) -> QWidget:
    window = QWidget()
    window.setMinimumHeight(300)
    ToastLog(window, lambda: text).say(Level.OK, text)
    return window


def _field(text: str) -> QWidget:
    field = NameEdit("n", text, hint=text)
    field.set_text(text)
    field.set_message(Level.ERROR, text)
    return field


def _pick(text: str) -> QWidget:
    field = PickEdit("p", text, [Choice("k", text, note=text)])
    field.set_text("k")
    return field


def _tipped(text: str) -> QWidget:
    label = PlainLabel(text)
    set_tip(label, text)
    return label


#: Everything that shows words.
SINKS: dict[str, Callable[[str], QWidget]] = {
    "label": PlainLabel, "tip": _tipped, "button": KeyButton,
    "button with key": lambda text: KeyButton("是", text),
    "card": lambda text: Card(text, note=text),
    "banner": lambda text: Banner(Level.WARN, text), "empty": EmptyState, "status": _status,
    "summary": _summary, "verdict": _verdict, "answers": _answers, "result": _result,
    "notice": _notice, "quote": _quote, "materials": _materials, "table": _table,
    "empty table": _empty_table, "progress": _progress, "dialog": _dialog,
    "reauth": lambda text: ReAuthDialog(text, text), "lock": _lock, "keys": _keys,
    "toast": _toast, "field": _field, "pick": _pick, "preview": lambda _: PagePreview(),
    "rail": lambda text: RailNav([RailEntry("a", text, "home", "Alt+1")]),
}


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """A pure red picture that markup would load."""
    path = tmp_path / "red.png"
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(RED)
    assert image.save(str(path))
    return path


def _red_pixels(image: QImage) -> int:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(plain.constBits()).cast("B").cast("I").tolist().count(RED.rgb())


def test_the_canary_would_be_seen(red: Path, show: Show) -> None:
    from PySide6.QtWidgets import QLabel

    rich = QLabel(f'<img src="{red}">')
    window = show(rich)
    assert _red_pixels(window.grab().toImage()) > 1000


@pytest.mark.parametrize("sink", SINKS)
def test_markup_in_a_name_is_shown_as_words(sink: str, red: Path, show: Show) -> None:
    widget = SINKS[sink](f'<img src="{red}">')
    widget.setWindowFlags(Qt.WindowType.Widget)
    window = show(widget)
    assert _red_pixels(window.grab().toImage()) == 0


@pytest.mark.parametrize("sink", SINKS)
def test_no_text_of_a_widget_holds_hidden_characters(sink: str, show: Show) -> None:
    widget = SINKS[sink]("王\u202e示\u200b例\u2066")
    widget.setWindowFlags(Qt.WindowType.Widget)
    show(widget)
    for part in [widget, *widget.findChildren(QWidget)]:
        words = [part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, PlainLabel):
            words.append(part.text())
        for text in words:
            assert hidden_at(text.replace("\n", "")) is None, (type(part).__name__, text)


def test_a_table_shows_hidden_characters() -> None:
    model: RecordTable[str] = RecordTable([Column("a", "甲", lambda row: row)])
    model.set_rows(["王\u202e例\n"])
    assert model.data(model.index(0, 0)) == "王⟨U+202E⟩例⟨U+000A⟩"


def test_a_name_with_a_hidden_character_is_refused_with_its_place(show: Show) -> None:
    field = NameEdit("n", "姓名")
    show(field)
    field.line.setText("王\u202e例")
    message = field.message()
    assert message is not None
    assert message.text == "姓名第 2 个字符看不见：⟨U+202E⟩。删去后重新录入"


@pytest.mark.parametrize("code", [
    0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200B, 0x200C,
    0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD, 0x0000, 0x0007, 0x000D, 0x2028, 0x2029,
    0xE000, 0xE0001,
])
def test_each_hidden_character_is_written_out(code: int) -> None:
    assert shown(f"王{chr(code)}例") == f"王⟨U+{code:04X}⟩例"


@given(st.text())
def test_nothing_hidden_is_left_and_nothing_visible_is_changed(text: str) -> None:
    out = shown(text, lines=False)
    assert hidden_at(out) is None
    if hidden_at(text) is None:
        assert out == text


@given(st.text(alphabet=st.characters(categories=["Lo"])))
def test_names_of_any_script_stay_as_they_are(text: str) -> None:
    assert shown(text) == text == unicodedata.normalize("NFD", text) or shown(text) == text


def test_line_feeds_stay_in_a_label_that_has_lines() -> None:
    assert shown("一\n二") == "一\n二"
    assert PlainLabel("一\n二").text() == "一\n二"


def test_a_tip_cannot_become_markup(red: Path) -> None:
    label = PlainLabel("x")
    set_tip(label, f'<img src="{red}"> & <b>')
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
    set_tip(label, "")
    assert label.toolTip() == ""
