"""Fields, forms and what belongs to them, in every state. All made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.address_edit import AddressEdit
from desktop_app.ui.widgets.check_answers import AnswerBlock, CheckAnswers
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.date_text_edit import DateTextEdit
from desktop_app.ui.widgets.error_summary import ErrorSummary, Problem
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.id_number_edit import IdNumberEdit
from desktop_app.ui.widgets.material_list import MaterialLine, MaterialList
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.name_edit import NameEdit
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.password_edit import PasswordEdit
from desktop_app.ui.widgets.phone_edit import PhoneEdit
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.section import Progress
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.twice_edit import TwiceEdit
from desktop_app.ui.widgets.yes_no import YesNo

REGIONS = (
    Choice("210202", "中山区", "zsq", "zhongshanqu", note="主城区"),
    Choice("210203", "西岗区", "xgq", "xigangqu", note="主城区"),
    Choice("210211", "甘井子区", "gjzq", "ganjingziqu", note="主城区"),
    Choice("210213", "金州区", "jzq", "jinzhouqu", note="新市区"),
    Choice("210283", "庄河市", "zhs", "zhuangheshi", note="新区"),
)


#: One of each editor, made when called.
EDITORS: Mapping[str, Callable[[], FieldEditor]] = {
    "IdNumberEdit": lambda: IdNumberEdit("sample.id", "公民身份号码"),
    "NameEdit": lambda: NameEdit("sample.name", "姓名"),
    "DateTextEdit": lambda: DateTextEdit("sample.date", "出生日期"),
    "PickEdit": lambda: PickEdit("sample.region", "迁入区域", REGIONS),
    "AddressEdit": lambda: AddressEdit("sample.address", "现户籍地址"),
    "PhoneEdit": lambda: PhoneEdit("sample.phone", "联系电话"),
    "TwiceEdit": lambda: TwiceEdit("sample.twice", "证明文件号"),
    "NumberEdit": lambda: NumberEdit("sample.years", "居住年限", unit="年"),
    "YesNo": lambda: YesNo("sample.town", "住所在城镇"),
    "TextEdit": lambda: TextEdit("sample.note", "备注", optional=True),
    "PasswordEdit": lambda: PasswordEdit("sample.password", "口令"),
}


def form() -> QWidget:
    """The blocks of a case with every kind of message."""
    grid = FormGrid()
    grid.begin_section("applicant", "申请人", number="1").set_progress(Progress.DONE)
    grid.add(IdNumberEdit("id", "公民身份号码"), span=3).set_text("210213197803154219")
    grid.add(NameEdit("name", "姓名"), span=3).set_text("李𠮷")
    grid.add(YesNo("left", "退役"), span=2).set_text("false")
    grid.add(DateTextEdit("birth", "出生日期"), span=2).set_text("1978-03-15")
    grid.add(PhoneEdit("phone", "联系电话", optional=True), span=2).set_text("13900001234")
    grid.add(AddressEdit("from", "现户籍地址"), span=6).set_text("大连市金州区示范街道示例村 12 号")
    grid.begin_section("in", "迁入", number="2").set_progress(Progress.WRONG)
    grid.add(PickEdit("region", "迁入区域", REGIONS), span=2)
    grid.add(NumberEdit("years", "居住年限", unit="年"), span=2).set_text("5")
    grid.add(DateTextEdit("day", "申请日期"), span=2).set_text("2017-06-01")
    grid.add(TwiceEdit("proof", "证明文件号"), span=3)
    grid.add(TextEdit("note", "备注", optional=True), span=3)
    grid.editor("day").set_read_only(True)
    grid.set_message("id", Level.OK, "大连市金州区，男，1978-03-15")
    grid.set_message("name", Level.WARN, "“𠮷”用补充字库显示和打印，对照证件核对字形")
    grid.set_message("phone", Level.HINT, "读给申请人听一遍")
    grid.set_message("region", Level.ERROR, "填写迁入区域")
    return grid


def materials() -> MaterialList:
    """Papers seen, not seen, vouched for by the machine, one with a long name."""
    papers = MaterialList()
    papers.show_lines([
        MaterialLine("id", "居民身份证", True), MaterialLine("book", "居民户口簿", True),
        MaterialLine(
            "home", "合法稳定住所证明（不动产权证书，或已备案的房屋租赁合同）", note="两样选一样"
        ),
        MaterialLine("form", "落户申请表", True, "系统打印，本人签字", fixed=True),
    ])
    return papers


def summary() -> ErrorSummary:
    """Two things to change."""
    box = ErrorSummary()
    box.show_problems([
        Problem("birth", "出生日期与身份号码不一致：号码为 1978-03-15"),
        Problem("proof", "填写住所证明的文件号"),
    ], focus=False)
    return box


def answers() -> CheckAnswers:
    """All answers before submitting."""
    view = CheckAnswers()
    view.show_blocks([
        AnswerBlock("applicant", "申请人", (
            ("姓名", "王示例"), ("公民身份号码", "210213********4219"), ("性别", "男"),
            ("出生日期", "1978-03-15"), ("现户籍地址", "大连市金州区示范街道示例村 12 号"),
            ("联系电话", ""),
        )),
        AnswerBlock("in", "迁入", (
            ("迁入区域", "庄河市"), ("住所类型", "自有产权住房"), ("证明文件号", "2017001234"),
            ("迁入地址", "大连市庄河市示范街道样板路 12 号 3-1-2"),
        )),
        AnswerBlock("papers", "材料", (("已核原件", "4 / 4"), ("核验人", "张示例 10:26"))),
    ])
    return view


def fields() -> QWidget:
    """One of each editor on its own."""
    grid = FormGrid()
    for make in EDITORS.values():
        grid.add(make(), span=3)
    return grid
