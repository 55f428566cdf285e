"""The guide: facts from others are checked, and every way is judged at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.adapters.policy import load_policy
from desktop_app.domain.errors import InputError, Missing
from desktop_app.domain.policy_book import PolicyGap
from desktop_app.domain.rules import Outcome
from desktop_app.services.guide import Guide, nearest_key

DAY = date(2017, 6, 1)
RURAL = {
    "applicant.hukou_region": "210283", "applicant.hukou_kind": "rural",
    "residence.zone": "new_district", "residence.in_town": True,
    "residence.lawful_stable": True,
}


@pytest.fixture(scope="module")
def guide() -> Guide:
    """A guide by the policy as shipped."""
    return Guide(load_policy(Path(__file__).parents[2] / "resources"))


def test_every_way_is_judged_in_order(guide: Guide) -> None:
    outcomes = {a.procedure: a.outcome for a in guide.assess_all(guide.read_facts(RURAL), DAY)}
    assert next(iter(outcomes)) == "zero_threshold"
    assert outcomes["zero_threshold"] is Outcome.INCOMPLETE
    assert outcomes["points"] is Outcome.INELIGIBLE


def test_consent_makes_the_guided_way_eligible_and_first(guide: Guide) -> None:
    facts = guide.read_facts({**RURAL, "consent.given": True})
    assert guide.assess_one("zero_threshold", facts, DAY).outcome is Outcome.ELIGIBLE
    assert guide.recommended(facts, DAY)[:2] == ("zero_threshold", "new_district_open")


def test_the_answer_names_the_law_that_was_applied(guide: Guide) -> None:
    assessment = guide.assess_one("veteran", {}, DAY)
    assert assessment.day == DAY
    assert len(assessment.policy_digest) == 64


def test_answers_of_a_case_become_facts(guide: Guide) -> None:
    facts = guide.facts({"residence.sub_district": "210283101", "applicant.name": "演练"}, DAY)
    assert facts == {"residence.zone": "new_district", "residence.in_town": True}


def test_gaps_and_unknown_ways(guide: Guide) -> None:
    with pytest.raises(PolicyGap):
        guide.assess_all({}, date(2017, 5, 8))
    with pytest.raises(Missing):
        guide.assess_one("nothing", {}, DAY)


@pytest.mark.parametrize(("key", "near"), [
    ("applicant.hukou_kid", "applicant.hukou_kind"),
    ("residence.lawfull_stable", "residence.lawful_stable"),
    ("consent", "consent.given"),
    ("insurance.year", "insurance.years"),
])
def test_a_mistyped_key_names_the_nearest(guide: Guide, key: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        guide.read_facts({key: True})
    assert caught.value.message == f"没有事实 {key}"
    assert caught.value.remedy == f"最接近的是 {near}"
    assert nearest_key(key) == near


def test_a_key_like_no_other(guide: Guide) -> None:
    assert nearest_key("@@@") is None
    with pytest.raises(InputError) as caught:
        guide.read_facts({"@@@": 1})
    assert caught.value.remedy == "用 policy list 查看全部事实"


def test_land_rights_are_no_facts(guide: Guide) -> None:
    with pytest.raises(InputError, match="农村土地权益不得作为落户条件"):
        guide.read_facts({"land.surrendered": True})


@pytest.mark.parametrize(("key", "value", "message"), [
    ("residence.in_town", "true", "residence.in_town 的值不能加引号：true"),
    ("insurance.years", "3", "insurance.years 的值不能加引号：3"),
    ("residence.in_town", 1, "residence.in_town：住所在城镇的值不对：1"),
    ("residence.in_town", None, "residence.in_town：住所在城镇的值不对：null"),
    ("residence.zone", "suburb", "residence.zone：住所分区的值不对：suburb"),
    ("insurance.years", -1, "insurance.years：社会保险年限的值不对：-1"),
    ("applicant.hukou_region", "21028", "applicant.hukou_region：现户籍地的值不对：21028"),
    ("applicant.hukou_region", "210299", "applicant.hukou_region：没有行政区划代码 210299"),
])
def test_values_that_do_not_fit(guide: Guide, key: str, value: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        guide.read_facts({key: value})
    assert caught.value.message == message
    assert caught.value.remedy
    assert caught.value.field == key


@pytest.mark.parametrize("region", ["210283", "219010", "210222", "110000", "650100"])
def test_present_and_historic_regions_are_known(guide: Guide, region: str) -> None:
    assert guide.read_facts({"applicant.hukou_region": region})
