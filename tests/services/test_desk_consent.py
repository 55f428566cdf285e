"""Who agrees to a settlement: the applicant or a guardian, signed for what the case says."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.case import Action, Status
from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.services.case_sheets import DECLINED
from tests.helpers.people import answers_for
from tests.helpers.world import World

ZERO = "zero_threshold"


def test_a_minor_needs_a_guardian_who_signs(world: World) -> None:
    desk = world.desk()
    born = date(2005, 4, 1)
    sheet = desk.open(ZERO, answers_for(ZERO, birth=born))
    assert sheet.missing_fields == ("guardian.name", "guardian.relation")
    with pytest.raises(InputError) as refused:
        desk.consent(
            sheet.case.id, given=True, read_aloud=True, signed_sheet=True, signer="本人"
        )
    assert refused.value.field == "signer"
    desk.answer(sheet.case.id, {
        "guardian.name": "试长样", "guardian.relation": "51",
        "guardian.citizen_id": synthetic("210283", date(1980, 1, 1), 5).text,
    })
    desk.see(sheet.case.id)
    ready = desk.consent(
        sheet.case.id, given=True, read_aloud=True, signed_sheet=True, signer="监护人"
    )
    assert ready.allowed[Action.SUBMIT] == ""


def test_who_declines_is_not_settled(world: World) -> None:
    desk = world.desk()
    sheet = desk.open(ZERO, answers_for(ZERO))
    desk.see(sheet.case.id)
    declined = desk.consent(
        sheet.case.id, given=False, read_aloud=True, signed_sheet=False, signer="本人"
    )
    assert declined.allowed[Action.SUBMIT] == DECLINED
    assert declined.allowed[Action.WITHDRAW] == ""
    assert declined.allowed[Action.REFUSE] == ""
    with pytest.raises(NotAllowed):
        desk.submit(sheet.case.id)
    with pytest.raises(NotAllowed):
        desk.consent(sheet.case.id, given=True, read_aloud=True, signed_sheet=True, signer="本人")
    with pytest.raises(NotAllowed):
        desk.answer(sheet.case.id, {"applicant.phone": "13900000000"})
    with pytest.raises(NotAllowed):
        desk.supplement(sheet.case.id)
    assert desk.withdraw(sheet.case.id, "本人不愿落户").case.status is Status.WITHDRAWN


@pytest.mark.parametrize(("read_aloud", "signed"), [(False, True), (True, False), (False, False)])
def test_consent_without_reading_or_signature_does_not_count(
    world: World, read_aloud: bool, signed: bool
) -> None:
    desk = world.desk()
    sheet = desk.open(ZERO, answers_for(ZERO))
    desk.see(sheet.case.id)
    desk.consent(
        sheet.case.id, given=True, read_aloud=read_aloud, signed_sheet=signed, signer="本人"
    )
    with pytest.raises(NotAllowed):
        desk.submit(sheet.case.id)


@pytest.mark.parametrize(
    "change",
    [{"residence.address": "大连市庄河市演练街道别处1号"}, {"applicant.name": "试丙样"}],
)
def test_another_place_or_person_is_signed_for_anew(world: World, change: dict[str, str]) -> None:
    desk = world.desk()
    sheet = world.ready(ZERO, answers_for(ZERO))
    assert desk.answer(sheet.case.id, change).case.consent is None
    with pytest.raises(NotAllowed):
        desk.submit(sheet.case.id)


def test_another_guardian_signs_anew(world: World) -> None:
    desk = world.desk()
    given = answers_for(ZERO, birth=date(2010, 1, 2)) | {
        "guardian.name": "试丁样", "guardian.relation": "51",
    }
    sheet = world.ready(ZERO, given, "监护人")
    assert desk.answer(sheet.case.id, {"guardian.relation": "52"}).case.consent is not None
    assert desk.answer(sheet.case.id, {"guardian.name": "试戊样"}).case.consent is None


def test_switching_the_way_keeps_every_answer_and_asks_consent_again(world: World) -> None:
    desk = world.desk()
    sheet = world.ready(ZERO, answers_for(ZERO))
    switched = desk.switch(sheet.case.id, "new_district_open")
    assert switched.case.answers == sheet.case.answers
    assert switched.case.consent is None
    assert switched.procedure.id == "new_district_open"
