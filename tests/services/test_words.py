"""Wording that services share: citations as a clerk reads them and as a decision prints them."""

from __future__ import annotations

import pytest

from desktop_app.domain.legal import Citation
from desktop_app.services.words import cites, full_cites
from tests.helpers.world import policy_book

POLICY = "《大连市人民政府办公厅关于推动非户籍人口在城市落户的实施意见》（大政办发〔2017〕61号）"


@pytest.mark.parametrize(("refs", "short", "full"), [
    ((), "", []),
    (("dazhengbanfa-2017-61#2.3",), "大政办发〔2017〕61号 二(三)", [f"{POLICY}二(三)"]),
    (("dazhengbanfa-2017-61#2.3", "dazhengbanfa-2017-61#1.2.4"),
     "大政办发〔2017〕61号 二(三)、一(二)4", [f"{POLICY}二(三)、一(二)4"]),
    (("hukou-registration-1958#13",), "《中华人民共和国户口登记条例》第十三条",
     ["《中华人民共和国户口登记条例》第十三条"]),
    (("residence-permit-2015#9", "gongtongzi-1995-91#1"),
     "《居住证暂行条例》第九条；公通字〔1995〕91号 一",
     ["《居住证暂行条例》（国务院令第663号）第九条",
      "《公安部关于启用新的常住人口登记表和居民户口簿有关事项的通知》（公通字〔1995〕91号）一"]),
])
def test_each_document_is_named_once(
    refs: tuple[str, ...], short: str, full: list[str]
) -> None:
    citations = [Citation.parse(ref) for ref in refs]
    assert cites(policy_book(), citations) == short
    assert full_cites(policy_book(), citations) == full


def test_a_clause_cited_twice_is_printed_once() -> None:
    twice = [Citation("dazhengbanfa-2017-61", "2.3")] * 2
    assert full_cites(policy_book(), twice) == [f"{POLICY}二(三)"]
    assert cites(policy_book(), twice) == "大政办发〔2017〕61号 二(三)"
