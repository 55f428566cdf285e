"""``form list`` and ``form render``: what a person with only the command line can do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.adapters.pdf.raster import page_count
from tests.admin.conftest import Run, Said
from tests.helpers.pdf_pages import page_text

CARD: dict[str, Any] = {
    "person": {
        "name": "𠮷田", "sex": "女", "relation": "户主", "ethnicity": "汉族",
        "birth_date": "1978-03-15", "citizen_id": "210281197803150011",
        "moved_to_address": "2017年06月02日因购房从示范镇迁来",
    },
    "person.registrar": "张示范",
    "person.registered_on": "2017-06-02",
}


def data(folder: Path, value: object) -> Path:
    file = folder / "data.json"
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return file


def problems(said: Said) -> list[dict[str, Any]]:
    assert said.code == 1
    found = json.loads(said.out)
    assert isinstance(found, dict)
    return list(found["problems"])


def test_list_tells_enough_to_write_a_record(run: Run, tmp_path: Path) -> None:
    """Each form is rendered from the samples of its list alone."""
    listed = run("--json", "form", "list").value
    assert isinstance(listed, list) and len(listed) >= 13
    for form in listed:
        record: dict[str, Any] = {}
        for value in form["values"]:
            table, _, column = value["id"].partition("[].")
            if column and column != "row":
                record[table][0][column] = value["sample"]
            elif not column:
                record[table] = [{}] if value["kind"] == "table" else value["sample"]
        out = tmp_path / f"{form['id']}.pdf"
        said = run("--json", "form", "render", form["id"], data(tmp_path, record), "-o", out)
        assert said.code == 0, said.out
        assert page_count(out.read_bytes()) == said.member("pages")


def test_list_in_words(run: Run) -> None:
    assert "settlement_certificate  落户证明" in run("form", "list").out
    one = run("form", "list", "book_member").out
    assert "必填  person.name  姓名" in one
    assert "可空  person.blood  血型" in one
    unknown = run("form", "list", "book")
    assert unknown.code == 1 and "没有名为 book 的表单" in unknown.err


def test_records_become_pages_in_order(run: Run, tmp_path: Path) -> None:
    people = [{**CARD, "person.name": name} for name in ("甲一", "乙二", "丙三")]
    for person in people:
        person["person"] = {k: v for k, v in CARD["person"].items() if k != "name"}
    out = tmp_path / "cards.pdf"
    said = run("--json", "form", "render", "book_member", data(tmp_path, people), "-o", out)
    assert (said.code, said.member("records"), said.member("pages")) == (0, 3, 3)
    texts = [page_text(out.read_bytes(), page) for page in range(3)]
    assert ["甲一" in texts[0], "乙二" in texts[1], "丙三" in texts[2]] == [True, True, True]
    assert "未编号" in texts[0]


def test_overprint_prints_values_only(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    file = data(tmp_path, CARD)
    assert run("form", "render", "book_member", file, "-o", out, "--overprint").code == 0
    text = page_text(out.read_bytes())
    assert "𠮷田" in text and "姓名" not in text
    refused = run("--json", "form", "render", "wrong_door", data(tmp_path, {
        "station.name": "甲所", "door.station": "乙所", "door.reason": "丙", "door.place": "丁",
        "door.bring": ["戊"], "notice.issued_on": "2017-06-01",
    }), "-o", out, "--overprint")
    assert [problem["reason"] for problem in problems(refused)] == ["没有套打版式"]


def test_everything_wrong_with_every_record_is_told(run: Run, tmp_path: Path) -> None:
    records = [{"person": {"nmae": "甲"}}, {**CARD, "person.registered_on": "2017-02-30"}]
    out = tmp_path / "card.pdf"
    said = run("--json", "form", "render", "book_member", data(tmp_path, records), "-o", out)
    found = problems(said)
    assert {"record": 1, "value": "person.nmae",
            "reason": "没有名为 person.nmae 的内容，最接近的是 person.name"} in found
    assert any(p["record"] == 1 and p["reason"] == "缺少姓名" for p in found)
    assert any(p["record"] == 2 and "没有这个日期" in p["reason"] for p in found)
    assert not out.exists()


@pytest.mark.parametrize(("name", "words"), [
    ("王\U00031350", "没有字形"), ("王" * 400, "放不下"), ("王\u202e五", "看不见"),
])
def test_refused_in_chinese_words(name: str, words: str, run: Run, tmp_path: Path) -> None:
    record = {**CARD, "person": {**CARD["person"], "name": name}}
    said = run("form", "render", "book_member", data(tmp_path, record), "-o", tmp_path / "x.pdf")
    assert said.code == 1
    assert words in said.out + said.err


@pytest.mark.parametrize(("name", "words"), [
    ("　 ", "缺少姓名"), ("", "缺少姓名"), (None, "缺少姓名"), (True, "姓名应为文字"),
    (["王", "五"], "姓名应为文字"),
])
def test_a_name_that_is_none_is_refused(
    name: object, words: str, run: Run, tmp_path: Path
) -> None:
    record = {**CARD, "person": {**CARD["person"], "name": name}}
    out = tmp_path / "x.pdf"
    said = run("--json", "form", "render", "book_member", data(tmp_path, record), "-o", out)
    assert said.code == 1
    assert problems(said) == [{"record": 1, "value": "person.name", "reason": words}]
    assert not out.exists()


def test_what_cannot_be_drawn_names_its_record_and_its_value(run: Run, tmp_path: Path) -> None:
    bad = {**CARD, "person": {**CARD["person"], "name": "王\U00031350"}}
    file, out = data(tmp_path, [CARD, bad]), tmp_path / "x.pdf"
    said = run("--json", "form", "render", "book_member", file, "-o", out)
    assert said.code == 1
    (found,) = problems(said)
    assert (found["record"], found["value"]) == (2, "person.name")


def test_a_key_written_twice_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    file.write_text('{"person.name": "王", "person.name": "李"}', "utf-8")
    said = run("form", "render", "book_member", file, "-o", tmp_path / "x.pdf")
    assert said.code == 1
    assert "person.name 写了两次" in said.err


def test_same_record_same_bytes(run: Run, tmp_path: Path) -> None:
    file = data(tmp_path, CARD)
    for name in ("a.pdf", "b.pdf"):
        run("form", "render", "book_member", file, "-o", tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(("content", "code"), [
    (b"{", 1), (b"\xff\xfe", 1), (b"[]", 1), (b"[1]", 1), (b'"x"', 1), (None, 2),
])
def test_data_file_that_is_none(
    content: bytes | None, code: int, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "data.json"
    if content is not None:
        file.write_bytes(content)
    said = run("form", "render", "book_member", file, "-o", tmp_path / "x.pdf")
    assert said.code == code
    assert "data.json" in said.err


def test_edition_goes_by_the_day(run: Run, tmp_path: Path) -> None:
    file, out = data(tmp_path, CARD), tmp_path / "x.pdf"
    before = run("form", "render", "book_member", file, "-o", out, "--on", "2017-05-08")
    assert before.code == 1 and "没有可用的版式" in before.err
    on_the_day = run("form", "render", "book_member", file, "-o", out, "--on", "2017-05-09")
    assert on_the_day.code == 0
    assert run("form", "render", "book_member", file, "-o", out, "--on", "昨天").code == 2


def test_a_folder_in_place_of_the_file(run: Run, tmp_path: Path) -> None:
    said = run("form", "render", "book_member", data(tmp_path, CARD), "-o", tmp_path)
    assert said.code == 2
    assert f"{tmp_path} 是文件夹" in said.err


def test_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    said = run("form", "render", "book_member", data(tmp_path, CARD), "-o",
               tmp_path / "none" / "x.pdf")
    assert said.code == 2
    assert "文件夹不存在" in said.err
