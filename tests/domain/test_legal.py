"""Citations, documents and the days on which they hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.legal import (
    ARTICLES,
    Citation,
    Clause,
    Document,
    InForce,
    chinese_number,
    cite_label,
    clause_label,
)

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
SPANS = st.tuples(DAYS, st.none() | st.integers(1, 4000)).map(
    lambda pair: InForce(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
)
OPINION = Document("d-61", "实施意见", "大政办发〔2017〕61号", date(2017, 5, 9),
                   clauses=(Clause("2.3", "零门槛"),))
STATUTE = Document("s", "居住证暂行条例", "", date(2015, 11, 26), style=ARTICLES)


def test_a_citation_reads_back() -> None:
    citation = Citation.parse("dazhengbanfa-2017-61#2.3")
    assert (citation.document, citation.clause) == ("dazhengbanfa-2017-61", "2.3")
    assert citation.ref == "dazhengbanfa-2017-61#2.3"


@pytest.mark.parametrize("text", ["", "61号", "a#", "#2", "a#2.", "a#0", "a#2.0", "A#2", "a#二"])
def test_what_is_not_a_citation(text: str) -> None:
    with pytest.raises(ValueError, match="不是条款引用"):
        Citation.parse(text)


@pytest.mark.parametrize(("clause", "label"), [
    ("1", "一"), ("2.3", "二(三)"), ("1.2.4", "一(二)4"), ("3.10", "三(十)"), ("3.5", "三(五)"),
])
def test_clauses_counted_by_sections(clause: str, label: str) -> None:
    assert cite_label(Citation("d-61", clause), OPINION) == f"大政办发〔2017〕61号 {label}"


@pytest.mark.parametrize(("clause", "label"), [
    ("9", "第九条"), ("12", "第十二条"), ("51.2", "第五十一条第二款"),
    ("10.1.3", "第十条第一款第三项"),
])
def test_clauses_counted_by_articles(clause: str, label: str) -> None:
    assert clause_label(clause, ARTICLES) == label


def test_a_law_without_a_number_is_cited_by_title() -> None:
    assert cite_label(Citation("s", "9"), STATUTE) == "《居住证暂行条例》 第九条"


@pytest.mark.parametrize(("number", "words"), [
    (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (53, "五十三"), (100, "一百"),
    (105, "一百零五"), (110, "一百一十"), (999, "九百九十九"),
])
def test_numbers_in_words(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_without_words(number: int) -> None:
    with pytest.raises(ValueError, match="1 到 999"):
        chinese_number(number)


def test_the_clause_of_a_document() -> None:
    assert OPINION.clause("2.3") == Clause("2.3", "零门槛")
    assert OPINION.clause("9.9") is None


def test_a_span_holds_on_its_first_day_and_not_on_its_last() -> None:
    span = InForce(date(2017, 5, 9), date(2022, 5, 26))
    assert not span.covers(date(2017, 5, 8))
    assert span.covers(date(2017, 5, 9))
    assert span.covers(date(2022, 5, 25))
    assert not span.covers(date(2022, 5, 26))


@given(SPANS, SPANS)
def test_spans_overlap_exactly_when_they_share_a_day(one: InForce, other: InForce) -> None:
    shared = max(one.since, other.since)
    assert one.overlaps(other) == (one.covers(shared) and other.covers(shared))
    assert one.overlaps(other) == other.overlaps(one)
