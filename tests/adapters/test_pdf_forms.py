"""Reading form files: every fault at once, each with its file, line, id and reason."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from desktop_app.adapters.pdf.book import FormBook, load_forms
from desktop_app.adapters.pdf.faults import Fault, FormFaults
from desktop_app.adapters.pdf.form_file import read_form
from desktop_app.adapters.pdf.grid import Grid, rules
from desktop_app.domain.errors import Missing
from desktop_app.domain.forms import Box, FormDefinition, When

HEAD = """id = "slip"
title = "试验单"
since = 2017-05-09
source = "版式：待核"

[[page]]
width = 100
height = 60
"""
BOX = """
[[page.box]]
id = "name"
value = "person.name"
x = 10
y = 10
width = 50
height = 8
"""


def read(text: str) -> tuple[FormDefinition | None, list[Fault]]:
    faults: list[Fault] = []
    return read_form(text, "slip/2017-05-09.toml", faults), faults


def reasons(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.reason) for fault in read(text)[1]]


def write(
    folder: Path,
    text: str = HEAD + BOX,
    *,
    day: str = "2017-05-09",
    form: str = "slip",
    sample: str | None = "",
) -> Path:
    target = folder / form
    target.mkdir(exist_ok=True)
    (target / f"{day}.toml").write_text(text, "utf-8")
    if sample is not None:
        (target / "sample.toml").write_text(sample, "utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(FormFaults) as found:
        load_forms(folder)
    return [str(fault) for fault in found.value.faults]


def test_a_sound_form_is_read_whole() -> None:
    form, faults = read(HEAD + BOX + 'when = { value = "case.mode", equals = ["单独立户"] }\n')
    assert faults == [] and form is not None
    assert (form.id, form.since, form.until, form.stock) == (
        "slip",
        date(2017, 5, 9),
        None,
        "plain",
    )
    assert form.pages[0].boxes == (
        Box(10, 10, 50, 8, "{person.name}", id="name", when=When("case.mode", ("单独立户",))),
    )
    assert form.pages[0].boxes[0].value == "person.name"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        (
            '"person.name"',
            '"person.nmae"',
            12,
            "没有名为 person.nmae 的内容，最接近的是 person.name",
        ),
        ('value = "person.name"', 'text = "{person.name|upper}"', 12, "没有名为 upper 的写法"),
        ('value = "person.name"', 'text = "{person.name"', 12, "花括号没有成对"),
        (
            'value = "person.name"',
            'text = "固定"',
            12,
            "没有写任何内容名称：固定文字用 text 项或 label",
        ),
        ("width = 50", "width = 95", 6, "name 超出纸边"),
        ("width = 50", 'width = "宽"', 15, "width 应是数字"),
        ("width = 50\n", "", 10, "缺少 width"),
        ("width = 50", "width = 50\nszie = 9", 16, "不认识的项 szie"),
        ("width = 50", "width = 50\nsize = 8\nmin_size = 9", 17, "min_size 应大于 0 且不超过 size"),
        (
            "width = 50",
            'width = 50\nalign = "middle"',
            16,
            "align 只能是 left、center、right、justify、spread",
        ),
        ("width = 50", "width = 50\nwrap = 1", 16, "wrap 应是true 或 false"),
        ("width = 50", "width = 50\nlines = -1", 16, "lines 应是整数"),
        ("width = 50", 'width = 50\nwhen = "x"', 16, "when 应是 { value = …, equals = […] }"),
        (
            "width = 50",
            'width = 50\nwhen = { value = "case.x" }',
            16,
            "没有名为 case.x 的内容，最接近的是 case.due",
        ),
    ],
)
def test_each_fault_stands_at_its_line(old: str, new: str, line: int, reason: str) -> None:
    text = (HEAD + BOX).replace(old, new)
    found = reasons(text)
    assert any(at == line and words.startswith(reason[:24]) for at, words in found), found


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("id = 1 =", 1, "不是有效的 TOML"),
        ('id = "slip"\nid = "slip"\n', 2, "不是有效的 TOML"),
        (HEAD.replace("2017-05-09", '"昨天"'), 3, "since 应是日期"),
        (HEAD.replace("source", "until = 2016-01-01\nsource"), 4, "until 应晚于 since"),
        (HEAD.replace("source", 'cites = ["61号"]\nsource'), 4, "依据 61号 应写成 文件#条款"),
        (HEAD.replace("source", 'stock = "gold"\nsource'), 4, "stock 只能是 plain、preprinted"),
        (HEAD.split("[[page]]")[0], 1, "没有一页"),
    ],
)
def test_faults_of_the_form_itself(text: str, line: int, reason: str) -> None:
    found = reasons(text)
    assert any(at == line and words.startswith(reason) for at, words in found), found


def test_all_faults_are_told_at_once() -> None:
    broken = BOX.replace("person.name", "person.x").replace("width = 50", "width = 500")
    assert len(reasons(HEAD + broken + broken.replace('"name"', '"again"'))) >= 4


def test_boxes_that_print_over_one_another_are_refused() -> None:
    assert (6, "name 与 other 重叠") in reasons(HEAD + BOX + BOX.replace('"name"', '"other"'))
    apart = BOX.replace('"name"', '"other"').replace("y = 10", "y = 18")
    assert reasons(HEAD + BOX + apart) == []


TABLE = """
[[page.table]]
x = 5
y = 5
columns = [20, 30]
rows = [8, 8]
cells = [
  { at = [1, 1], label = "姓名" },
  { at = [1, 2], value = "person.name" },
  { at = [2, 1], span = [1, 2], value = "person.address" },
]
"""


def test_table_gives_words_boxes_and_rules() -> None:
    form, faults = read(HEAD + TABLE)
    assert faults == [] and form is not None
    page = form.pages[0]
    assert [text.text for text in page.texts] == ["姓名"]
    assert [(box.id, box.width) for box in page.boxes] == [
        ("person.name", 28),
        ("person.address", 48),
    ]
    inner = [line for line in page.lines if line.weight == 0.35]
    assert [(line.x1, line.y1, line.x2, line.y2) for line in inner] == [
        (5, 13, 55, 13),
        (25, 5, 25, 13),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("at = [2, 1]", "at = [3, 1]", 18, "单元格第 3 行第 1 列不在表内"),
        ("at = [2, 1]", "at = [1, 1]", 18, "单元格与前面的单元格重叠"),
        ("person.address", "person.adress", 18, "没有名为 person.adress 的内容"),
        ('label = "姓名"', 'label = "姓名", tint = 1', 16, "不认识的项 tint"),
        ("columns = [20, 30]", 'columns = "20"', 13, "columns 应是若干个数字的列表"),
    ],
)
def test_faults_in_cells_stand_at_their_line(old: str, new: str, line: int, reason: str) -> None:
    found = reasons(HEAD + TABLE.replace(old, new))
    assert any(at == line and words.startswith(reason) for at, words in found), found


REPEAT = """
[[page.repeat]]
over = "members"
x = 5
y = 25
columns = [20, 30]
row_height = 8
rows = 3
blank = "以下空白"
cells = [
  { column = 1, value = "row" },
  { column = 2, value = "name" },
]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"members"', '"person.name"', 11, "person.name 不是一张表"),
        ("column = 2", "column = 3", 20, "没有第 3 列"),
        ('value = "name"', 'value = "shoe"', 20, "没有名为 members[].shoe 的内容"),
        ("rows = 3", "rows = 9", 6, "row 超出纸边"),
    ],
)
def test_faults_in_rows(old: str, new: str, line: int, reason: str) -> None:
    assert reasons(HEAD + REPEAT) == []
    found = reasons(HEAD + REPEAT.replace(old, new))
    assert any(at == line and words.startswith(reason) for at, words in found), found


def test_code_box_takes_only_codes() -> None:
    code = '\n[[page.qr]]\nid = "c"\nvalue = "person.name"\nx = 5\ny = 5\nsize = 20\n'
    assert (12, "person.name 不是二维码内容") in reasons(HEAD + code)
    assert reasons(HEAD + code.replace("person.name", "case.code")) == []


def test_folder_and_file_names_must_agree(tmp_path: Path) -> None:
    write(tmp_path, (HEAD + BOX).replace('"slip"', '"slap"'), day="2018-01-01")
    found = faults_of(tmp_path)
    assert any("id 应与文件夹同名：slip" in fault for fault in found)
    assert any("since 应与文件同名：2018-01-01" in fault for fault in found)


def test_missing_or_wrong_sample_is_refused(tmp_path: Path) -> None:
    assert any("缺少样例文件" in fault for fault in faults_of(write(tmp_path, sample=None)))
    wrong = faults_of(write(tmp_path, sample="[person]\nnmae = '甲'\n"))
    assert any("person.nmae 不在内容表中，最接近的是 person.name" in fault for fault in wrong)
    empty = faults_of(write(tmp_path, sample="[person]\nname = ''\n"))
    assert any("缺少姓名" in fault for fault in empty)
    assert any("不是有效的 TOML" in fault for fault in faults_of(write(tmp_path, sample="=")))


def test_two_editions_in_force_on_one_day_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    later = (HEAD + BOX).replace("2017-05-09", "2022-05-26")
    assert any("同日生效" in fault for fault in faults_of(write(tmp_path, later, day="2022-05-26")))


def test_edition_goes_by_the_day(tmp_path: Path) -> None:
    write(tmp_path, HEAD.replace("source", "until = 2022-05-26\nsource") + BOX)
    write(tmp_path, (HEAD + BOX).replace("2017-05-09", "2022-05-26"), day="2022-05-26")
    book = load_forms(tmp_path)
    assert book.edition("slip", date(2022, 5, 25)).since == date(2017, 5, 9)
    assert book.edition("slip", date(2022, 5, 26)) is book.latest("slip")
    with pytest.raises(Missing, match="没有可用的版式"):
        book.edition("slip", date(2017, 5, 8))
    with pytest.raises(Missing, match="没有名为 slap 的表单"):
        book.edition("slap", date(2022, 5, 26))


def test_empty_and_absent_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    assert any("没有一个版式文件" in fault for fault in faults_of(tmp_path))
    assert any("没有表单文件夹" in fault for fault in faults_of(tmp_path / "nowhere"))
    (tmp_path / "void" / "2017-05-09.toml").write_bytes(b"\xff\xfe")
    assert any("不是 UTF-8 文件" in fault for fault in faults_of(tmp_path))


def test_what_is_no_ordinary_file_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    edition = tmp_path / "slip" / "2017-05-09.toml"
    words = edition.read_text("utf-8")
    for spoil, reason in (
        (edition.mkdir, "这不是文件"),
        (lambda: os.mkfifo(edition), "这不是文件"),
        (lambda: edition.symlink_to("/nowhere"), "文件读不了"),
        (lambda: edition.write_bytes(b"#" * 2_000_000), "文件太大"),
        (lambda: edition.write_text("x = " + "[" * 100_000), "括号套得太深"),
    ):
        if edition.is_dir() and not edition.is_symlink():
            shutil.rmtree(edition)
        else:
            edition.unlink(missing_ok=True)
        spoil()
        assert any(reason in fault for fault in faults_of(tmp_path)), reason
    edition.write_bytes(b"\xef\xbb\xbf" + words.encode())
    assert load_forms(tmp_path).ids() == ("slip",)


@pytest.mark.parametrize(("words", "refused"), [
    ("须交回承包地", True), ("自愿放弃宅基地", True), ("土地证编号", True),
    ("落户不以放弃承包地为条件", False), ("宅基地使用权仍然依法归你", False),
])
def test_fixed_words_name_land_only_as_kept(tmp_path: Path, words: str, refused: bool) -> None:
    text = (
        f'[[page.text]]\nx = 1\ny = 40\nwidth = 50\nheight = 5\ntext = "{words}"\n'
    )
    write(tmp_path, HEAD + BOX + text)
    if refused:
        assert any("61号 三(五)" in fault for fault in faults_of(tmp_path))
    else:
        assert load_forms(tmp_path).ids() == ("slip",)


def test_a_form_added_as_data_is_there(tmp_path: Path) -> None:
    book = load_forms(write(tmp_path, sample="[person]\nname = '甲'\n"))
    assert isinstance(book, FormBook)
    assert book.ids() == ("slip",)
    assert book.sample("slip") == {"person.name": "甲"}


def test_rules_of_a_grid_without_merged_cells_are_one_line_each() -> None:
    lines = rules(Grid(0, 0, (10, 10, 10), (5, 5)), [], outer=0, weight=0.35)
    assert [(line.x1, line.y1, line.x2, line.y2) for line in lines] == [
        (0, 5, 30, 5),
        (10, 0, 10, 10),
        (20, 0, 20, 10),
    ]
    assert len(rules(Grid(0, 0, (10,), (5,)), [], outer=0.7, weight=0)) == 4
