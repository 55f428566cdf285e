"""Every component in its states, for the gallery and the tests of the look. All made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.key_table import Scope, printed
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.widgets.action_bar import ActionBar, ActionSpec
from desktop_app.ui.widgets.ask_dialog import AskDialog
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.draft_badge import DraftBadge, DraftState
from desktop_app.ui.widgets.frames import Banner, Card, EmptyState
from desktop_app.ui.widgets.icons import PATHS, IconMark
from desktop_app.ui.widgets.job_progress import JobProgress
from desktop_app.ui.widgets.key_sheet import KeySheet
from desktop_app.ui.widgets.lock_cover import LockCover
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.notice_sheet import NoticeItem, NoticeSheet, NoticeView
from desktop_app.ui.widgets.page_preview import PagePreview
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.policy_quote import ClauseView, PolicyQuote
from desktop_app.ui.widgets.rail_nav import RailEntry, RailNav
from desktop_app.ui.widgets.reauth_dialog import ReAuthDialog
from desktop_app.ui.widgets.record_table import Column, RecordTable
from desktop_app.ui.widgets.result_panel import ResultPanel, ResultView
from desktop_app.ui.widgets.status_bar import StatusBar, StatusView
from desktop_app.ui.widgets.toast_log import ToastLog
from desktop_app.ui.widgets.training_frame import TrainingFrame
from desktop_app.ui.widgets.verdict_panel import (
    FindingLine,
    Standing,
    VerdictPanel,
    VerdictView,
)
from tests.helpers.sample_fields import answers, fields, form, materials, summary

PLACES = (
    ("工作台", "home"), ("受理", "intake"), ("查询", "search"), ("导入", "import"),
    ("审批", "approve"), ("日志", "log"), ("统计", "chart"), ("设置", "gear"), ("管理", "shield"),
)
Sample = Callable[[], QWidget]
Row = tuple[str, str, str, str, str]
ROWS: tuple[Row, ...] = (
    ("DL-0317-170601-0123", "王示例", "零门槛落户", "已受理", "ok"),
    ("DL-0317-170601-0124", "李𠮷", "积分落户", "待补材料", "warn"),
    ("DL-0317-170601-0125", "欧阳示范", "新生集体户", "待审批", "hint"),
    ("DL-0317-170601-0126", "阿依古丽·买买提", "退役落户", "已办结", "ok"),
)


def verdict(standing: Standing, headline: str, summary: str = "") -> VerdictPanel:
    """A panel with findings of every kind."""
    panel = VerdictPanel()
    met = FindingLine(Standing.ELIGIBLE, "现户籍在本市乡村", citation="大政办发〔2017〕61号 二(三)")
    missing = FindingLine(
        Standing.INCOMPLETE, "合法稳定住所证明未核验", "核对原件后勾选材料 3",
        "大政办发〔2017〕61号 二(三)", "proof", "dazhengbanfa-2017-61#2.3",
    )
    ask = FindingLine(Standing.SUPERVISOR, "材料日期早于入住日期", "由主管核定", "派出所内部规定")
    other = FindingLine(Standing.OTHER_WAY, "住所不在新区城镇", "转积分落户或政策性审批")
    findings = {
        Standing.ELIGIBLE: (met, met), Standing.INCOMPLETE: (met, missing, missing),
        Standing.SUPERVISOR: (met, ask), Standing.OTHER_WAY: (met, other),
    }[standing]
    panel.show_view(VerdictView(standing, headline, "零门槛落户", summary, findings))
    return panel


def verdicts() -> QWidget:
    """All four standings beside each other."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    for panel in (
        verdict(Standing.INCOMPLETE, "还差 2 项", "补齐后自动判定"),
        verdict(Standing.ELIGIBLE, "可办"),
        verdict(Standing.SUPERVISOR, "须主管核定"),
        verdict(Standing.OTHER_WAY, "转其他通道", "已填内容保留"),
    ):
        row.addWidget(panel, 1)
    return whole


def buttons() -> QWidget:
    """Every kind of button, and the bar with a blocked one."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    row = QHBoxLayout()
    for text, key, kind in (
        ("提交并打印", "F9", Kind.PRIMARY), ("核对", "F8", Kind.PLAIN),
        ("删除草稿", "Y", Kind.DANGER),
        ("返回", "Esc", Kind.QUIET), ("保存", "", Kind.PLAIN),
    ):
        row.addWidget(KeyButton(text, key, kind=kind))
    blocked = KeyButton("提交并打印", "F9", kind=Kind.PRIMARY)
    blocked.block(["住所证明"])
    row.addWidget(blocked)
    row.addStretch(1)
    column.addLayout(row)
    column.addWidget(action_bar())
    return whole


def action_bar() -> ActionBar:
    """The bar of the intake page, its reasons on show."""
    bar = ActionBar()
    bar.set_actions([
        ActionSpec("read", "读证", "F4"), ActionSpec("assess", "判定", "F7"),
        ActionSpec("notice", "告知单", "Ctrl+T"), ActionSpec("review", "核对", "F8"),
        ActionSpec("submit", "提交并打印", "F9", Kind.PRIMARY),
    ], ActionSpec("back", "返回", "Esc", Kind.QUIET))
    bar.block("submit", ["住所证明", "迁入区域"])
    bar.trigger("submit")
    return bar


def status_bar() -> StatusBar:
    """The bar on top, in training."""
    bar = StatusBar()
    bar.show_view(StatusView(
        "庄河市示范派出所", "3 号窗口", "张示例（受理员）", "备份 8 分钟前", Level.OK, True
    ))
    bar.draft.show_state(DraftState.SAVED, "10:23:05")
    return bar


def rail() -> RailNav:
    """The nine places, two with something waiting."""
    nav = RailNav([
        RailEntry(f"place{number}", label, icon, f"Alt+{number}")
        for number, (label, icon) in enumerate(PLACES, start=1)
    ])
    nav.set_current("place2")
    nav.set_count("place5", 6)
    nav.set_count("place6", 128)
    return nav


def rail_row() -> QWidget:
    """The rail at its natural width."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(rail())
    row.addStretch(1)
    whole.setMinimumHeight(460)
    return whole


def banners() -> QWidget:
    """All levels."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    for level, text in (
        (Level.HINT, "读卡器未连接，可直接手录。接好后按 F4 重试"),
        (Level.OK, "备份已完成，10:41"),
        (Level.WARN, "磁盘剩余 2.1 GB，低于 1 GB 时暂停新受理"),
        (Level.ERROR, "打印机缺纸，受理单未打印。补纸后按 Ctrl+P"),
    ):
        column.addWidget(Banner(level, text))
    return whole


def result() -> ResultPanel:
    """A case accepted."""
    panel = ResultPanel()
    panel.show_result(ResultView(
        Level.OK, "已受理", "DL-0317-170601-0123",
        ("受理单正在打印", "零门槛当场办结，下一步签发证件", "按 F2 办下一件"),
    ))
    return panel


def result_warn() -> ResultPanel:
    """A case accepted without a print."""
    panel = ResultPanel()
    panel.show_result(ResultView(
        Level.WARN, "已受理，受理单未打印：打印机缺纸", "DL-0317-170601-0123", ("补纸后按 Ctrl+P",)
    ))
    return panel


def notice() -> NoticeSheet:
    """A notice with two things to bring."""
    sheet = NoticeSheet()
    sheet.show_notice(NoticeView(
        "一次性告知单", "庄河市示范派出所", "王*", "零门槛落户",
        (
            NoticeItem(
                "合法稳定住所证明", "不动产权证书原件，或已备案的租赁合同",
                "依据：居住证暂行条例 第九条",
            ),
            NoticeItem("居民户口簿", "带原件"),
        ),
        "2017-06-01", "材料补齐后，带本单到窗口办理。",
    ))
    return sheet


def table() -> CaseTable:
    """Cases of the day."""
    return CaseTable("今日受理件", case_model(), empty="今天还没有受理件。按 F2 新建。")


def case_model() -> RecordTable[Row]:
    """A model over ROWS."""
    model: RecordTable[Row] = RecordTable([
        Column("number", "编号", lambda row: row[0], 11),
        Column("name", "姓名", lambda row: row[1], 8),
        Column("way", "通道", lambda row: row[2], 8, stretch=True),
        Column("status", "状态", lambda row: row[3], 6, level=lambda row: row[4]),
    ])
    model.set_rows(ROWS)
    return model


def empty_table() -> CaseTable:
    """No cases yet."""
    model: RecordTable[Row] = RecordTable([Column("number", "编号", lambda row: row[0])])
    return CaseTable("今日受理件", model, empty="今天还没有受理件。按 F2 新建。")


def progress() -> JobProgress:
    """An import under way."""
    clock = iter((0, 8000, 8000, 8000))
    bar = JobProgress(lambda: next(clock))
    bar.start("正在导入 新生名册.xlsx")
    bar.report(1380, 2000)
    bar.show_bar()
    return bar


def quote() -> QWidget:
    """A clause, imported and not."""
    whole = Card("政策依据")
    for text in ("", "此处显示本所导入文件的条文原文。"):
        view = PolicyQuote()
        view.show_clause(ClauseView(
            "大政办发〔2017〕61号", "二(三)", "2017-05-09 起施行",
            "乡村户籍的本市人，住所在新区城镇且合法稳定的，可以落户。", text,
        ))
        whole.body.addWidget(view)
    return whole


def preview() -> PagePreview:
    """Two drawn pages."""
    view = PagePreview()
    view.set_pages([page_png(1), page_png(2)])
    view.setMinimumHeight(420)
    return view


def page_png(number: int, size: tuple[int, int] = (620, 877)) -> bytes:
    """A sheet of paper with a line of words, as PNG."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    font = painter.font()
    font.setPixelSize(26)
    painter.setFont(font)
    painter.drawText(60, 90, f"常住人口登记表 第 {number} 页")
    for line in range(12):
        painter.drawRect(60, 130 + 48 * line, size[0] - 120, 48)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def badges() -> QWidget:
    """Draft states, roles of words, all icons."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    row = QHBoxLayout()
    for state in DraftState:
        badge = DraftBadge()
        badge.show_state(state, "10:23:05")
        row.addWidget(badge)
        if state is DraftState.NONE:
            badge.setVisible(False)
    row.addStretch(1)
    column.addLayout(row)
    words = QHBoxLayout()
    for role in ("body", "label", "small", "hint", "strong", "heading", "title", "number",
                 "verdict", "key", "badge", "chip", "training"):
        words.addWidget(PlainLabel("落户 F9", role=role), 0, Qt.AlignmentFlag.AlignVCenter)
    words.addStretch(1)
    column.addLayout(words)
    icons = QHBoxLayout()
    for name in PATHS:
        icons.addWidget(IconMark(name, factor=1.5))
    icons.addStretch(1)
    column.addLayout(icons)
    return whole


def dialog() -> QWidget:
    """A question that cannot be undone."""
    return AskDialog(
        "删除这份草稿", "王* 的草稿，10:23 保存，第 2 步。\n删除后不能恢复。",
        (("yes", "删除草稿", "Y", True),), "返回",
    )


def reason_dialog() -> QWidget:
    """A question for a reason."""
    return AskDialog(
        "退回此件", "写明退回原因，受理员会看到。", (("ok", "记录原因", "Ctrl+Enter", False),),
        "返回", reason_label="原因",
    )


def reauth() -> QWidget:
    """The password once more."""
    made = ReAuthDialog("李示例（主管）", "批准 DL-0317-170601-0123 之前，再次验证口令")
    made.refuse("口令不对，还可再试 4 次")
    return made


def lock() -> QWidget:
    """A locked window."""
    window = _window()
    cover = LockCover(window, form())
    cover.lock("张示例", "10:41")
    return window


def keys() -> QWidget:
    """The key sheet."""
    window = _window()
    sheet = KeySheet(window)
    table_of_keys = KeyMap()
    sheet.show_groups([
        (scope.words, [(b.printed(), b.label) for b in table_of_keys.bindings(scope)])
        for scope in Scope
    ])
    return window


def training() -> QWidget:
    """The frame over a form."""
    window = _window()
    column = QVBoxLayout(window)
    column.addWidget(form())
    frame = TrainingFrame(window)
    frame.cover()
    toast = ToastLog(window, lambda: "10:41")
    toast.say(Level.OK, f"草稿已保存。{printed('F2')} 办下一件")
    return window


def _window() -> QWidget:
    window = QWidget()
    window.setObjectName("window")
    window.resize(1100, 620)
    window.setMinimumHeight(620)
    return window


def empty() -> QWidget:
    """Nothing here yet."""
    return EmptyState("今天还没有受理件。按 F2 新建。")


#: Every component by name; each call makes a new one.
SAMPLES: Mapping[str, Sample] = {
    "form": form, "fields": fields, "verdicts": verdicts, "buttons": buttons,
    "action_bar": action_bar, "status_bar": status_bar, "rail": rail_row, "materials": materials,
    "summary": summary, "banners": banners, "answers": answers, "result": result,
    "result_warn": result_warn, "notice": notice, "table": table, "empty_table": empty_table,
    "progress": progress, "quote": quote, "preview": preview, "badges": badges,
    "dialog": dialog, "reason_dialog": reason_dialog, "reauth": reauth, "lock": lock, "keys": keys,
    "training": training, "empty": empty,
}
