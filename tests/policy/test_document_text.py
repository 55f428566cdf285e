"""Documents' own words: split by numbering, kept whole, found by clause. All invented."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.policy.document_text import (
    ClauseText,
    Imported,
    chinese_to_int,
    import_text,
    split_clauses,
)
from desktop_app.domain.errors import InputError, Unavailable
from desktop_app.domain.legal import (
    ARTICLES,
    SECTIONS,
    Citation,
    Clause,
    Document,
    chinese_number,
)
from desktop_app.domain.policy_book import PolicyBook

NOTICE = """演练通知

演练字〔2000〕1号

一、总则

　　(一)甲。甲的话。

(二)乙。

1. 乙一的话。
2．乙二的话，见 3.5 米处。

（三）丙。
一段没有编号的话。

二、分则
(一)丁。
(十)戊。

演练办公室

2000年1月1日
"""
STATUTE = """演练条例
第一章 总则
第一条 甲的话。
第二条　乙的话。
第二款的话。
第二章 分则
第十二条 丙的话，依照第一条。
第一百零五条 丁的话。
"""
PLAIN = Document("notice", "演练通知", "演练字〔2000〕1号", date(2000, 1, 1), style=SECTIONS)
LAW = Document("law", "演练条例", "", date(2000, 1, 1), style=ARTICLES)
DOCUMENTS = {"notice": PLAIN, "law": LAW}


def keep(path: Path, content: bytes) -> None:
    """A plain writer for tests; the atomic one has its own."""
    path.write_bytes(content)


def taken(tmp_path: Path, raw: bytes, document: Document = PLAIN) -> Imported:
    """The result of importing these bytes."""
    source = tmp_path / "source.txt"
    source.write_bytes(raw)
    return import_text(source, document, frozenset({"1.2.1", "2.10", "3"}), tmp_path, keep)


def test_sections() -> None:
    clauses = split_clauses(NOTICE, SECTIONS)
    assert clauses["1.1"] == "(一)甲。甲的话。"
    assert clauses["1.2.2"] == "2．乙二的话，见 3.5 米处。"
    assert clauses["1.2"] == "(二)乙。\n1. 乙一的话。\n2．乙二的话，见 3.5 米处。"
    assert clauses["1.3"] == "（三）丙。\n一段没有编号的话。"
    assert clauses["2.10"] == "(十)戊。"
    assert set(clauses) == {"1", "1.1", "1.2", "1.2.1", "1.2.2", "1.3", "2", "2.1", "2.10"}


def test_the_signature_belongs_to_no_clause() -> None:
    assert "演练办公室" not in split_clauses(NOTICE, SECTIONS)["2"]


def test_articles() -> None:
    clauses = split_clauses(STATUTE, ARTICLES)
    assert clauses["2"] == "第二条　乙的话。\n第二款的话。"
    assert clauses["2.2"] == "第二款的话。"
    assert clauses["12"] == "第十二条 丙的话，依照第一条。"
    assert clauses["105"] == "第一百零五条 丁的话。"
    assert "第二章" not in clauses["2"]


@given(st.integers(1, 999))
def test_numbers_read_back(number: int) -> None:
    assert chinese_to_int(chinese_number(number)) == number


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_import_says_what_it_found_and_what_not(tmp_path: Path, encoding: str) -> None:
    found = taken(tmp_path, NOTICE.encode(encoding))
    assert found.document == "notice"
    assert found.found == ("1.2.1", "2.10")
    assert found.missing == ("3",)
    clauses = ClauseText(tmp_path, DOCUMENTS)
    assert clauses.clause(Citation("notice", "1.2.1")) == "1. 乙一的话。"


def test_windows_line_ends(tmp_path: Path) -> None:
    taken(tmp_path, NOTICE.replace("\n", "\r\n").encode())
    clause = ClauseText(tmp_path, DOCUMENTS).clause(Citation("notice", "1.3"))
    assert clause == "（三）丙。\n一段没有编号的话。"


def test_what_is_not_imported_has_no_words(tmp_path: Path) -> None:
    clauses = ClauseText(tmp_path, DOCUMENTS)
    assert clauses.clause(Citation("law", "1")) is None
    assert clauses.clause(Citation("unheard", "1")) is None


def test_importing_again_replaces(tmp_path: Path) -> None:
    taken(tmp_path, NOTICE.encode())
    taken(tmp_path, NOTICE.replace("甲的话", "新的话").encode())
    assert ClauseText(tmp_path, DOCUMENTS).clause(Citation("notice", "1.1")) == "(一)甲。新的话。"


INDEXED = replace(PLAIN, clauses=tuple(Clause(n, "题") for n in ("1.1", "1.2", "2.1")))


@pytest.mark.parametrize(("old", "new", "lost"), [
    ("(一)甲。甲的话。", "一段话，没有编号。", "一(一)"),
    ("(一)甲。甲的话。", "(一)甲", "一(一)"),
    ("(一)丁。\n", "", "二(一)"),
])
def test_a_text_with_less_does_not_replace_one_with_more(
    tmp_path: Path, old: str, new: str, lost: str
) -> None:
    taken(tmp_path, NOTICE.encode(), INDEXED)
    with pytest.raises(InputError, match=re.escape(f"比已导入的原文少：{lost}")):
        taken(tmp_path, NOTICE.replace(old, new).encode(), INDEXED)
    assert ClauseText(tmp_path, DOCUMENTS).clause(Citation("notice", "1.1")) == "(一)甲。甲的话。"
    (tmp_path / "documents" / "notice.txt").unlink()
    taken(tmp_path, NOTICE.replace(old, new).encode(), INDEXED)


def test_a_text_that_nobody_can_read_any_more_is_replaced(tmp_path: Path) -> None:
    taken(tmp_path, NOTICE.encode(), INDEXED)
    (tmp_path / "documents" / "notice.txt").write_bytes(b"\xff\xff")
    assert taken(tmp_path, NOTICE.encode(), INDEXED).characters == len(NOTICE)


@pytest.mark.parametrize("source", ["/dev/zero", "/"])
def test_a_device_or_a_folder_is_no_text(tmp_path: Path, source: str) -> None:
    with pytest.raises(InputError, match="不是文件"):
        import_text(Path(source), PLAIN, frozenset(), tmp_path, keep)


@pytest.mark.parametrize(("raw", "message"), [
    (b"\x00\x01\x02PK", "source.txt 不是 UTF-8 或 GB 18030 文本"),
    (b"\xff\xff\xff\xff", "source.txt 不是 UTF-8 或 GB 18030 文本"),
    ("没有编号的话。".encode(), "source.txt 里找不到条款编号"),
    (b"", "source.txt 里找不到条款编号"),
])
def test_what_is_no_text_is_refused_and_nothing_is_kept(
    tmp_path: Path, raw: bytes, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        taken(tmp_path, raw)
    assert caught.value.message == message
    assert caught.value.remedy
    assert not (tmp_path / "documents").exists()


def test_a_file_beyond_reason_is_refused_unread(tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    with source.open("wb") as file:
        file.truncate(6_000_000)
    with pytest.raises(InputError, match="太大"):
        import_text(source, PLAIN, frozenset(), tmp_path, keep)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"读不了 nowhere\.txt"):
        import_text(tmp_path / "nowhere.txt", PLAIN, frozenset(), tmp_path, keep)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("in the way")
    with pytest.raises(Unavailable, match="建不了文件夹 documents"):
        taken(tmp_path, NOTICE.encode())


def test_a_kept_text_that_was_spoilt_is_told(tmp_path: Path) -> None:
    taken(tmp_path, NOTICE.encode())
    (tmp_path / "documents" / "notice.txt").write_bytes(b"\xff\xff")
    with pytest.raises(Unavailable, match="读不了文件原文 notice"):
        ClauseText(tmp_path, DOCUMENTS).clause(Citation("notice", "1"))


def test_f1_opens_the_clause_of_every_rule_once_the_document_is_imported(
    book: PolicyBook, tmp_path: Path
) -> None:
    rules = [rule for procedure in book.procedures for rule in procedure.rules]
    before = ClauseText(tmp_path, book.documents)
    assert {before.clause(cite) for rule in rules for cite in rule.cites} == {None}
    for document in book.documents.values():
        source = tmp_path / f"{document.id}.txt"
        source.write_text(invented(document), "utf-8")
        found = import_text(source, document, book.cited_clauses(document.id), tmp_path, keep)
        assert found.missing == ()
    after = ClauseText(tmp_path, book.documents)
    for rule in rules:
        for cite in rule.cites:
            assert f"演练文字 {cite.clause}" in (after.clause(cite) or "")


def invented(document: Document) -> str:
    """A text with the numbering of the document and none of its words."""
    lines = []
    for clause in document.clauses:
        *_, last = parts = [int(part) for part in clause.number.split(".")]
        if document.style == ARTICLES:
            mark = f"第{chinese_number(last)}条　"
        else:
            words = chinese_number(last)
            mark = (f"{words}、", f"({words})", f"{last}. ")[len(parts) - 1]
        lines.append(f"{mark}演练文字 {clause.number}")
    return "\n".join(lines)
