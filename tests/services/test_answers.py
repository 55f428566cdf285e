"""Words in, codes kept, words out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import fields
from desktop_app.domain.errors import InputError
from desktop_app.services.answers import Option, options, resolve, show
from tests.helpers.world import DAY, policy_book

BOOK = policy_book()


@pytest.mark.parametrize(
    ("field", "typed", "canonical"),
    [
        ("applicant.ethnicity", "汉族", "01"),
        ("applicant.ethnicity", "01", "01"),
        ("applicant.ethnicity", "mzg", ""),
        ("applicant.sex", "女", "2"),
        ("applicant.hukou_region", "210283", "210283"),
        ("applicant.hukou_region", "２１０２８３", "210283"),
        ("applicant.hukou_region", "庄河市", "210283"),
        ("residence.sub_district", "城关街道", "210283001"),
        ("household.relation", "户主", "02"),
        ("household.mode", "dl", "new"),
        ("residence.tenure", "租赁", "rented"),
        ("applicant.name", "  试甲•样 ", "试甲·样"),
        ("case.note", "", ""),
    ],
)
def test_resolves_value_words_and_initials(field: str, typed: str, canonical: str) -> None:
    definition = fields.field(field)
    if canonical or not typed:
        assert resolve(definition, typed, BOOK, DAY) == canonical
    else:
        with pytest.raises(InputError) as refused:
            resolve(definition, typed, BOOK, DAY)
        assert refused.value.field == field


def test_several_matches_are_named_and_none_is_taken() -> None:
    with pytest.raises(InputError) as refused:
        resolve(fields.field("applicant.ethnicity"), "zz", BOOK, DAY)
    assert "藏族" in refused.value.remedy
    assert "壮族" in refused.value.remedy


@pytest.mark.parametrize(
    "field",
    ["applicant.ethnicity", "household.relation", "applicant.education", "residence.tenure",
     "applicant.left_active_service", "residence.sub_district"],
)
def test_whatever_can_be_picked_is_shown_in_its_words(field: str) -> None:
    definition = fields.field(field)
    offered = options(definition, BOOK, DAY)
    assert offered
    for option in offered:
        assert resolve(definition, option.value, BOOK, DAY) == option.value
        assert show(definition, option.value, BOOK) == option.label


def test_places_tell_their_district_and_zone() -> None:
    offered = options(fields.field("residence.sub_district"), BOOK, DAY)
    assert Option("210283001", "城关街道", "cgjd", "庄河市 新区") in offered


def test_a_code_that_no_table_knows_is_shown_as_it_is() -> None:
    assert show(fields.field("applicant.ethnicity"), "77", BOOK) == "77"
    assert show(fields.field("applicant.citizen_id"), "210283197803150010", BOOK).count(" ") == 2


@given(st.text(max_size=20))
def test_any_typing_is_resolved_or_refused_by_name(typed: str) -> None:
    definition = fields.field("applicant.ethnicity")
    try:
        canonical = resolve(definition, typed, BOOK, DAY)
    except InputError as error:
        assert error.field == "applicant.ethnicity"
    else:
        assert canonical == "" or canonical in BOOK.codes["ethnicity"].by_value
