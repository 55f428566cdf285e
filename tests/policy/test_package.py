"""What the shipped package holds: documents, zones, calendar, codes, open points, six ways."""

from __future__ import annotations

import re
from datetime import date, timedelta

import chinese_calendar
import pytest

from desktop_app.domain.errors import Missing
from desktop_app.domain.facts import FACTS, derive
from desktop_app.domain.land_rights import demands_land_rights
from desktop_app.domain.legal import Citation
from desktop_app.domain.people import FEMALE_RELATIONS, MALE_RELATIONS
from desktop_app.domain.policy_book import PolicyBook, PolicyGap
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.rules import CONSENT, Gravity
from desktop_app.domain.zones import Settlement, Zone
from tests.policy.conftest import Package

DAY = date(2017, 6, 1)
SIX = ("zero_threshold", "student_collective", "veteran", "new_district_open", "points",
       "policy_approval")
CONTRACT_FACTS = """
applicant.hukou_region applicant.hukou_kind applicant.left_active_service residence.zone
residence.in_town residence.lawful_stable residence.tenure residence.continuous_years
insurance.years residence.permit_held occupation.lawful_stable school.regular_higher_education
school.in_dalian school.enrolment_qualified student.newly_admitted station.serves_school
consent.given
""".split()
BANNED = re.compile("(?<!申)请|抱歉|非法|无效|失败|[！!]|您|登陆|其它|帐号")


def rules_of(procedure: Procedure) -> set[str]:
    """The facts that a procedure's rules read."""
    return {leaf.fact for rule in procedure.rules for leaf in rule.when.leaves()}


def test_the_six_ways_are_in_force_in_order(book: PolicyBook) -> None:
    assert tuple(procedure.id for procedure in book.procedures_on(DAY)) == SIX


def test_before_the_document_there_is_a_gap_and_no_guess(book: PolicyBook) -> None:
    with pytest.raises(PolicyGap, match="2017-05-08 没有现行的落户政策"):
        book.procedures_on(date(2017, 5, 8))
    with pytest.raises(PolicyGap, match="零门槛落户"):
        book.procedure("zero_threshold", date(2017, 5, 8))


def test_an_unknown_way_is_missing(book: PolicyBook) -> None:
    with pytest.raises(Missing, match="没有“zero”这个通道"):
        book.procedure("zero", DAY)


def test_zero_threshold_asks_nothing_else(book: PolicyBook) -> None:
    """61号 二(三): origin, town of a new district, lawful stable residence; and the own will."""
    assert rules_of(book.procedure("zero_threshold", DAY)) == {
        "applicant.hukou_region", "applicant.hukou_kind", "residence.zone", "residence.in_town",
        "residence.lawful_stable", CONSENT,
    }


@pytest.mark.parametrize("name", [name for name in SIX if name != "zero_threshold"])
def test_where_somebody_comes_from_makes_no_difference(book: PolicyBook, name: str) -> None:
    """61号 一(二)1: those from Dalian and those from elsewhere are treated alike."""
    origin = {"applicant.hukou_region", "applicant.hukou_kind"}
    assert not origin & rules_of(book.procedure(name, DAY))


def test_what_points_rest_on_is_weighed_and_does_not_block(book: PolicyBook) -> None:
    """61号 二(一): work, home, insurance and years are what it mainly goes by, no more."""
    blocking = {
        fact for rule in book.procedure("points", DAY).rules if rule.gravity is Gravity.BLOCKS
        for fact in rule.facts
    }
    assert blocking == {"residence.zone", "residence.permit_held", CONSENT}


def test_no_rule_rests_on_a_document_of_a_later_day(book: PolicyBook) -> None:
    for procedure in book.procedures:
        for rule in procedure.rules:
            for cite in rule.cites:
                assert book.document(cite.document).issued <= rule.in_force.since


def test_the_veterans_letter_rests_on_the_law_of_its_day(book: PolicyBook) -> None:
    """退役军人安置条例 took effect on 2024-09-01; before, the regulation of 1958 stands alone."""
    def cites(day: date) -> tuple[Citation, ...]:
        materials = book.procedure("veteran", day).materials
        return next(m.cites for m in materials if m.id == "settlement_letter")

    assert cites(date(2024, 8, 31)) == (Citation("hukou-registration-1958", "13"),)
    assert cites(date(2024, 9, 1)) == (Citation("veterans-settlement-2024", "53"),)


@pytest.mark.parametrize("name", SIX)
def test_consent_blocks_everywhere_and_cites_its_clause(book: PolicyBook, name: str) -> None:
    (rule,) = [r for r in book.procedure(name, DAY).rules if r.id == "consent"]
    assert rule.gravity is Gravity.BLOCKS
    assert rule.cites == (Citation("dazhengbanfa-2017-61", "1.2.4"),)


def test_only_veterans_have_priority(book: PolicyBook) -> None:
    assert [p.id for p in book.procedures_on(DAY) if p.priority] == ["veteran"]


def test_every_rule_has_cites_remedy_and_plain_words(book: PolicyBook) -> None:
    for procedure in book.procedures:
        for rule in procedure.rules:
            assert rule.cites
            assert rule.remedy
            for cite in rule.cites:
                assert book.label(cite)
        texts = [procedure.title, procedure.summary, *(m.name for m in procedure.materials)]
        texts += [m.note for m in procedure.materials]
        texts += [words for rule in procedure.rules for words in (rule.says, rule.remedy)]
        for words in texts:
            assert not BANNED.search(words), words
            assert demands_land_rights(words) is None, words
            for sentence in re.split("[。；：，]", words):
                assert len(sentence) <= 30, sentence


def test_every_material_and_limit_names_its_source(book: PolicyBook) -> None:
    for procedure in book.procedures:
        assert procedure.time_limit.source
        assert all(material.source for material in procedure.materials)


def test_the_vocabulary_holds_what_the_contract_fixes() -> None:
    assert set(CONTRACT_FACTS) <= set(FACTS)
    further = {fact.id for fact in FACTS.values()} - set(CONTRACT_FACTS)
    assert all(FACTS[fact].asked_of == "supervisor" for fact in further)


def test_facts_ask_in_one_short_sentence() -> None:
    for fact in FACTS.values():
        assert fact.question.endswith("？")
        assert len(fact.question) <= 30
        assert len(fact.label) <= 8
        assert not BANNED.search(fact.question)


def test_the_clause_index_of_61(book: PolicyBook) -> None:
    numbers = {clause.number for clause in book.document("dazhengbanfa-2017-61").clauses}
    assert {"1.2.4", "2.1", "2.2", "2.3", "3.5", "3.10", "4.4"} <= numbers
    label = book.label(Citation("dazhengbanfa-2017-61", "2.3"))
    assert label == "大政办发〔2017〕61号 二(三)"


@pytest.mark.parametrize(("place", "zone"), [
    ("210202001", Zone.MAIN_URBAN),     # 中山区海军广场街道
    ("210212003", Zone.MAIN_URBAN),     # 旅顺口区得胜街道
    ("210211021", Zone.MAIN_URBAN),     # 高新园区七贤岭街道
    ("210213005", Zone.NEW_URBAN),      # 金州区海青岛街道
    ("210281009", Zone.NEW_DISTRICT),   # 长兴岛街道
    ("210283101", Zone.NEW_DISTRICT),   # 庄河市青堆镇
    ("210283005", Zone.NEW_DISTRICT),   # 花园口明阳街道
    ("210224100", Zone.NEW_DISTRICT),   # 长海县大长山岛镇
    ("210214001", None),                # 普兰店区：待核
    ("210213027", None),                # 原普湾新区炮台街道：待核
    ("999999999", None),
])
def test_zone_of_a_sub_district(book: PolicyBook, place: str, zone: Zone | None) -> None:
    found = book.sub_district(place, DAY)
    assert (found.zone if found else None) is zone


def test_areas_without_a_region_code_stand_on_their_own(book: PolicyBook) -> None:
    areas = {area.id: area for area in book.areas}
    assert {"gaoxin", "baoshui", "changxingdao", "huayuankou"} <= set(areas)
    assert all(area.basis and area.source for area in book.areas)
    assert book.area("baoshui", DAY) is areas["baoshui"]
    assert book.area("baoshui", date(2016, 1, 1)) is None


def test_every_sub_district_has_its_parts(book: PolicyBook) -> None:
    places = book.sub_districts(DAY)
    assert len(places) == 152
    regions = {row.value for row in book.table("dalian")}
    for place in places:
        assert re.fullmatch(r"\d{9}", place.id)
        assert re.fullmatch(r"[a-z]+", place.initials)
        assert place.region in regions
        assert place.id.startswith(place.region)
    assert {place.settlement for place in places} == set(Settlement)


def test_before_the_zones_were_fixed_nothing_is_known(book: PolicyBook) -> None:
    assert book.sub_districts(date(2017, 3, 31)) == ()
    assert book.sub_district("210202001", date(2017, 3, 31)) is None


def test_derivation_from_a_sub_district(book: PolicyBook) -> None:
    assert derive({"residence.sub_district": "210283101"}, book, DAY) == {
        "residence.zone": "new_district", "residence.in_town": True,
    }
    assert derive({"residence.sub_district": "210283204"}, book, DAY) == {
        "residence.zone": "new_district", "residence.in_town": False,
    }


def test_an_unverified_area_derives_no_zone(book: PolicyBook) -> None:
    assert "residence.zone" not in derive({"residence.sub_district": "210214001"}, book, DAY)


@pytest.mark.parametrize(("option", "town", "township"), [
    ("street_and_town", True, False), ("street_only", None, None), ("always_ask", None, None),
])
def test_the_reading_of_town_feeds_the_derivation(
    package: Package, option: str, town: bool | None, township: bool | None
) -> None:
    package.choose("new_district_town", option)
    book = package.load()
    for place, expected in (("210283101", town), ("210283204", township)):
        facts = derive({"residence.sub_district": place}, book, DAY)
        assert facts.get("residence.in_town") is expected
    street = derive({"residence.sub_district": "210283001"}, book, DAY)
    assert street.get("residence.in_town") is (None if option == "always_ask" else True)


@pytest.mark.parametrize(("option", "zone"), [
    ("ask", None), ("new_urban", "new_urban"), ("new_district", "new_district"),
])
def test_the_reading_of_pulandian_feeds_the_zone(
    package: Package, option: str, zone: str | None
) -> None:
    package.choose("pulandian_zone", option)
    facts = derive({"residence.sub_district": "210214001"}, package.load(), DAY)
    assert facts.get("residence.zone") == zone


def test_the_reading_of_rural_origin_feeds_the_hukou_kind(package: Package) -> None:
    kinds = {"220": "rural", "210": "rural", "111": "urban", "122": "urban"}
    book = package.load()
    for code, kind in kinds.items():
        facts = derive({"applicant.origin_code": code}, book, DAY)
        assert facts == {"applicant.hukou_kind": kind}
    package.choose("rural_origin", "ask")
    assert derive({"applicant.origin_code": "220"}, package.load(), DAY) == {}


def test_a_reading_changes_the_digest(package: Package) -> None:
    before = package.load().digest
    package.choose("rent_under_2_3", "not_counted")
    assert package.load().digest != before


def test_comments_do_not_change_the_digest(package: Package, book: PolicyBook) -> None:
    path = package.path("policy/zones.toml")
    path.write_text("# 注\n" + path.read_text("utf-8"), "utf-8")
    assert package.load().digest == book.digest


def test_every_open_point_says_who_decided_and_why(book: PolicyBook) -> None:
    for switch in book.switches:
        assert len(switch.options) >= 2
        assert switch.decided_by
        assert switch.basis
        assert switch.cites
        assert switch.choice.label
    chosen = {switch.id: switch.chosen for switch in book.switches}
    assert chosen["rent_under_2_3"] == "counted"


def test_points_without_a_value_are_there_and_disabled(book: PolicyBook) -> None:
    assert book.thresholds == {Zone.MAIN_URBAN: 150, Zone.NEW_URBAN: 100}
    rows = {row.id: row for row in book.points}
    assert rows["education_bachelor_degree"].points == 70
    assert not rows["insurance"].enabled
    assert all(row.source == "待核" for row in book.points if not row.enabled)


@pytest.mark.parametrize("year", range(2017, 2027))
def test_the_calendar_agrees_with_an_independent_one(book: PolicyBook, year: int) -> None:
    day = date(year, 1, 1)
    assert book.calendar.covers(day)
    while day.year == year:
        assert book.calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_every_year_names_its_notice(book: PolicyBook) -> None:
    for plan in book.calendar.years.values():
        assert re.match(rf"国办发明电〔{plan.year - 1}〕\d+号", plan.notice)


def test_every_table_names_its_standard_and_source(book: PolicyBook) -> None:
    for table in book.codes.values():
        assert table.standard
        assert table.source
        assert table.rows


@pytest.mark.parametrize(("table", "value", "label"), [
    ("region", "210200", "辽宁省大连市"),
    ("region", "210211", "辽宁省大连市甘井子区"),
    ("region", "210283", "辽宁省庄河市"),
    ("region", "210224", "辽宁省长海县"),
    ("region", "219010", "辽宁省庄河市"),
    ("region", "110101", "北京市东城区"),
    ("region", "220281", "吉林省蛟河市"),
    ("ethnicity", "11", "满族"),
    ("ethnicity", "56", "基诺族"),
    ("sex", "2", "女"),
    ("marriage", "20", "已婚"),
    ("education", "31", "大学专科毕业"),
    ("relation", "02", "户主"),
    ("change_reason", "0595", "市内迁居"),
    ("urbanisation_reason", "16", "购(租)房"),
])
def test_codes(book: PolicyBook, table: str, value: str, label: str) -> None:
    assert book.code(table, value) == label


def test_unknown_codes_and_tables_are_told(book: PolicyBook) -> None:
    with pytest.raises(Missing, match="民族没有代码 57"):
        book.code("ethnicity", "57")
    with pytest.raises(Missing, match="没有代码表 nation"):
        book.table("nation")


def test_dalian_has_its_historic_and_provincial_codes(book: PolicyBook) -> None:
    codes = {row.value: row for row in book.table("dalian")}
    assert {"210219", "210220", "210221", "210222", "210223", "210225", "210282",
            "219001", "219008", "219010"} <= set(codes)
    assert codes["210282"].note == "historic"
    assert codes["210214"].note == ""
    assert "219002" not in codes  # 海城, counted with the province in those years too


def test_the_sexes_of_kinship_agree_with_the_register(book: PolicyBook) -> None:
    rows = book.table("relation")
    assert {row.value for row in rows if row.note == "1"} == MALE_RELATIONS
    assert {row.value for row in rows if row.note == "2"} == FEMALE_RELATIONS


def test_initials_are_there_to_pick_by(book: PolicyBook) -> None:
    picks = {row.value: row.initials for row in book.table("dalian")}
    assert picks["210224"] == "chx"
    assert picks["210211"] == "gjzq"
    for table in book.codes.values():
        assert all(re.fullmatch(r"[a-z0-9]+", row.initials) for row in table.rows), table.id


def test_cited_clauses_are_gathered(book: PolicyBook) -> None:
    assert {"1.2.4", "2.1", "2.2", "2.3", "3.10"} <= book.cited_clauses("dazhengbanfa-2017-61")
