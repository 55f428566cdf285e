"""Before any data entry: ways, remarks on a field, the competent station."""

from __future__ import annotations

import pytest

from desktop_app.domain.rules import Outcome
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.synthetic import RARE, number
from tests.helpers.world import World


def test_the_guide_puts_the_open_way_first_and_shows_every_way(world: World) -> None:
    lines = world.desk().guide(answers_for("zero_threshold"))
    assert {line.procedure.id for line in lines} == set(PROCEDURES)
    assert lines[0].procedure.id == "zero_threshold"
    assert [line.recommended for line in lines].count(True) == 1
    assert lines[0].recommended


def test_the_guide_recommends_nothing_while_nothing_is_known(world: World) -> None:
    assert not any(line.recommended for line in world.desk().guide({}))


def test_guidance_writes_nothing(world: World) -> None:
    desk = world.desk()
    desk.guide({})
    desk.judge("zero_threshold", {})
    desk.check("applicant.name", "试甲样")
    desk.wrong_door({"residence.sub_district": "210202001"})
    assert world.entries() == []


def test_an_otherwise_open_way_waits_for_consent(world: World) -> None:
    judged = world.desk().judge("zero_threshold", answers_for("zero_threshold"))
    assert judged.outcome is Outcome.INCOMPLETE
    assert judged.missing == ("consent.given",)


def test_consent_cannot_be_slipped_in_as_an_answer(world: World) -> None:
    given = {**answers_for("zero_threshold"), "consent.given": "true"}
    assert world.desk().judge("zero_threshold", given).outcome is Outcome.INCOMPLETE


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_each_way_is_open_for_those_it_is_made_for(world: World, procedure: str) -> None:
    judged = world.desk().judge(procedure, answers_for(procedure))
    assert judged.outcome is not Outcome.INELIGIBLE
    assert judged.missing[-1] == "consent.given"


def test_a_wrong_number_says_which_position(world: World) -> None:
    right = number(0).text
    wrong = right[:17] + ("1" if right[17] != "1" else "2")
    canonical, problem = world.desk().check("applicant.citizen_id", wrong)
    assert canonical == ""
    assert problem is not None
    assert problem.blocks
    assert "第 18 位" in problem.message


def test_an_unknown_region_in_a_number_is_only_remarked(world: World) -> None:
    canonical, problem = world.desk().check(
        "applicant.citizen_id", number(0, region="999999").text
    )
    assert canonical
    assert problem is not None
    assert problem.code == "unknown_region"
    assert not problem.blocks


def test_an_abolished_region_in_a_number_is_in_order(world: World) -> None:
    assert world.desk().check("applicant.citizen_id", number(0, region="219001").text)[1] is None


def test_rare_characters_are_remarked_at_entry(world: World) -> None:
    _, problem = world.desk().check("applicant.name", f"试{RARE[0]}样")
    assert problem is not None
    assert problem.code == "fallback_glyph"
    assert not problem.blocks


def test_a_character_without_any_glyph_is_an_alert(world: World) -> None:
    _, problem = world.desk().check("applicant.name", "试\U0003134b样")
    assert problem is not None
    assert problem.code == "no_glyph:applicant.name"
    assert "U+3134B" in problem.message


def test_a_number_gives_sex_birth_date_and_a_region(world: World) -> None:
    assert world.desk().derived("applicant.citizen_id", number(0).text) == {
        "applicant.sex": "1",
        "applicant.birth_date": "1978-03-15",
        "applicant.hukou_region": "210283",
    }


@pytest.mark.parametrize(
    ("answers", "elsewhere"),
    [
        ({"residence.sub_district": "210202001"}, True),
        ({"residence.sub_district": "210283001"}, False),
        ({"school.code": "10000"}, True),
        ({"school.code": "19999"}, False),
        ({"school.code": "大连演练大学"}, False),
        ({}, False),
    ],
)
def test_the_wrong_door_is_told_at_once(
    world: World, answers: dict[str, str], elsewhere: bool
) -> None:
    told = world.desk().wrong_door(answers)
    assert (told is not None) is elsewhere
