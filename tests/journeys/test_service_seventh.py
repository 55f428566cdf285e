"""A seventh way to settle is data only: files are added, and it walks from guide to paper."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from desktop_app.adapters.policy import load_policy
from desktop_app.domain.case import Status
from tests.helpers.people import answers_for
from tests.helpers.world import ROOT, open_world

SEVENTH = """
id = "fishing_village"
title = "渔村整体落户"
short = "渔村"
summary = "演练用：渔村居民在新区有合法稳定职业"
order = 7
since = 2017-06-01
cite = ["dazhengbanfa-2017-61#2.1"]
chain = "on_the_spot"
decides = "supervisor"
priority = false
one_screen = true
rights_notice = "落户不与土地承包、宅基地、集体收益分配三项权益挂钩"

[time_limit]
working_days = 3
source = "演练"

[register]
act = "address_change"
reason_code = "0599"
household = "family"
urbanisation_reason = "14"

[[step]]
id = "person"
title = "申请人"
fields = ["applicant.citizen_id", "applicant.name", "applicant.sex", "applicant.ethnicity",
          "applicant.birth_date", "applicant.hukou_region", "applicant.hukou_address"]

[[step]]
id = "place"
title = "迁入"
fields = ["residence.sub_district", "residence.address", "occupation.lawful_stable",
          "household.mode", "household.number", "household.relation"]

[[rule]]
id = "lawful_occupation"
says = "有合法稳定职业"
when = { fact = "occupation.lawful_stable", equals = true }
unmet = "blocks"
cite = ["dazhengbanfa-2017-61#2.1"]
remedy = "补劳动合同或营业执照"
since = 2017-06-01

[[rule]]
id = "consent"
says = "申请人知情后自愿落户"
when = { fact = "consent.given", equals = true }
unmet = "blocks"
cite = ["dazhengbanfa-2017-61#1.2.4"]
remedy = "签署自愿落户确认书"
since = 2017-06-01

[[material]]
id = "household_book"
name = "居民户口簿"
kind = "original"
cite = ["dazhengbanfa-2017-61#2.1"]
note = ""
source = "演练"

[[paper]]
form = "consent"
moment = "consent"

[[paper]]
form = "receipt"
moment = "receipt"

[[paper]]
form = "person_register"
moment = "registration"
"""
ID = "fishing_village"


def test_a_way_added_as_data_walks_from_the_guide_to_the_paper(tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    for folder in ("policy", "codes"):
        shutil.copytree(ROOT / "resources" / folder, resources / folder)
    (resources / "policy" / "procedures" / f"{ID}.toml").write_text(SEVENTH, encoding="utf-8")
    world = open_world(tmp_path / "data")
    world.book = load_policy(resources, ROOT / "forms")
    given = {
        key: value for key, value in answers_for("zero_threshold").items()
        if key not in ("residence.lawful_stable", "residence.tenure", "applicant.hukou_kind")
    } | {"occupation.lawful_stable": "true"}

    desk = world.desk()
    first = desk.guide(given)[0]
    assert ID in {line.procedure.id for line in desk.guide({})}
    assert first.assessment.missing == ("consent.given",)
    case_id = world.approved(ID, given).case.id
    sheet = desk.sheet(case_id)
    assert sheet.case.due == date(2017, 6, 6)
    entered = world.register().enter(case_id)
    assert entered.stays[-1].reason == "0599"
    world.certificates().issue(case_id, "person_register")
    assert desk.sheet(case_id).case.status is Status.ISSUED
    assert {c.form for c in world.certificates().choices(case_id)} == {
        "consent", "receipt", "person_register",
    }
    world.store.close()


def test_before_its_day_it_is_not_there(tmp_path: Path) -> None:
    resources = tmp_path / "resources"
    for folder in ("policy", "codes"):
        shutil.copytree(ROOT / "resources" / folder, resources / folder)
    later = SEVENTH.replace("since = 2017-06-01", "since = 2017-07-01")
    (resources / "policy" / "procedures" / f"{ID}.toml").write_text(later, encoding="utf-8")
    world = open_world(tmp_path / "data")
    world.book = load_policy(resources, ROOT / "forms")
    assert ID not in {line.procedure.id for line in world.desk().guide({})}
    world.clock.advance(days=30)
    assert ID in {line.procedure.id for line in world.desk().guide({})}
    world.store.close()
