"""Searching, clauses, preferences, and the care of the data."""

from __future__ import annotations

import pytest

from desktop_app.domain.errors import InputError, Missing, NotAllowed
from desktop_app.domain.legal import Citation
from desktop_app.services.clauses import Clauses
from desktop_app.services.keeping import Keeping
from desktop_app.services.search import Finder
from desktop_app.services.settings import Preferences
from desktop_app.services.words import listing, need_reason, with_region
from tests.helpers.people import answers_for
from tests.helpers.world import CLERK, SUPERVISOR, World, policy_book

ZERO = "zero_threshold"


def test_a_search_finds_and_leaves_a_trace_that_tells_nobody(world: World) -> None:
    given = answers_for(ZERO)
    case_id, sheet = world.registered(ZERO, given)
    finder = Finder(world.store, world.clock, CLERK)
    hits = finder.find(given["applicant.citizen_id"])
    assert [row.id for row in hits.persons] == [sheet.person.id]
    assert [row.id for row in hits.cases] == [case_id]
    with world.store.read() as uow:
        last = uow.journal.last()
        assert last is not None
        assert (last.action, last.detail["persons"], last.detail["cases"]) == ("search", 1, 1)
        assert given["applicant.citizen_id"] not in f"{last}"
        assert last.detail["words"] == uow.journal.keyed_digest(given["applicant.citizen_id"])


@pytest.mark.parametrize("text", ["%", "_", "'", '"', "\\", "\x00", "\ud800", "张\udc00", "²", "ü"])
def test_a_search_for_odd_characters_finds_nobody_and_breaks_nothing(
    world: World, text: str
) -> None:
    world.registered(ZERO, answers_for(ZERO))
    hits = Finder(world.store, world.clock, CLERK).find(text)
    assert (hits.persons, hits.cases) == ((), ())


def test_searching_for_nothing_finds_and_writes_nothing(world: World) -> None:
    finder = Finder(world.store, world.clock, CLERK)
    assert world.wrote(lambda: finder.find("  ")) == []
    assert finder.find("没有此人") == type(finder.find(" "))((), ())


def test_every_clause_opens_with_our_words_and_the_text_if_imported() -> None:
    book = policy_book()
    imported = {Citation("dazhengbanfa-2017-61", "2.3"): "本所导入的条文"}
    clauses = Clauses(book, imported.get)
    sheet = clauses.sheet("dazhengbanfa-2017-61#2.3")
    assert sheet.label == "大政办发〔2017〕61号 二(三)"
    assert sheet.text == "本所导入的条文"
    assert any("乡村户籍" in rule for rule in sheet.rules)
    assert clauses.sheet("dazhengbanfa-2017-61#3.5").text is None
    shown = {sheet.ref for sheet in clauses.all()}
    assert {c.ref for p in book.procedures for r in p.rules for c in r.cites} <= shown
    for ref in ("二(三)", "no-such#1"):
        with pytest.raises(Missing):
            clauses.sheet(ref)


def test_preferences_are_each_persons_own(world: World) -> None:
    mine, others = Preferences(world.store, CLERK), Preferences(world.store, SUPERVISOR)
    assert (mine.text_size(), mine.density(), mine.idle_minutes()) == (16, "normal", 5)
    mine.set_text_size(20)
    mine.set_density("compact")
    mine.set_idle_minutes(15)
    assert (mine.text_size(), mine.density(), mine.idle_minutes()) == (20, "compact", 15)
    assert (others.text_size(), others.density(), others.idle_minutes()) == (16, "normal", 5)
    for size, density, minutes in ((11, "huge", 0), (17, "", 16)):
        with pytest.raises(InputError):
            mine.set_text_size(size)
        with pytest.raises(InputError):
            mine.set_density(density)
        with pytest.raises(InputError):
            mine.set_idle_minutes(minutes)
    assert mine.text_size() == 20


def test_keys_are_each_persons_own_and_nonsense_is_the_standard_table(world: World) -> None:
    mine, others = Preferences(world.store, CLERK), Preferences(world.store, SUPERVISOR)
    mine.set_keys({"assess": "Ctrl+J"})
    assert dict(mine.keys()) == {"assess": "Ctrl+J"}
    assert dict(others.keys()) == {}
    for kept in ("no json", "[1]", '{"assess": 7}'):
        with world.store.write() as uow:
            uow.settings.put(f"preference.{CLERK.login}.keys", kept)
            uow.commit()
        assert dict(mine.keys()) == {}


def test_a_backup_is_noted_with_its_moment(world: World) -> None:
    keeping = Keeping(world.store, world.clock, SUPERVISOR)
    assert keeping.last_backup() is None
    with pytest.raises(NotAllowed):
        Keeping(world.store, world.clock, CLERK).note_backup(7)
    keeping.note_backup(7)
    assert Keeping(world.store, world.clock, CLERK).last_backup() == world.clock.now()
    assert world.entries()[-1] == "keeping.backup"


def test_the_check_follows_the_whole_journal(world: World) -> None:
    world.registered(ZERO, answers_for(ZERO))
    keeping = Keeping(world.store, world.clock, SUPERVISOR)
    health = keeping.check()
    assert health.sound
    assert health.journal_entries == len(world.entries()) - 1
    assert world.entries()[-1] == "keeping.check"


@pytest.mark.parametrize(
    ("region", "address", "whole"),
    [
        ("辽宁省庄河市", "演练镇1号", "辽宁省庄河市演练镇1号"),
        ("辽宁省庄河市", "大连市庄河市演练镇1号", "大连市庄河市演练镇1号"),
        ("辽宁省大连市金州区", "金州区演练街1号", "金州区演练街1号"),
        ("辽宁省沈阳市和平区", "沈阳市演练街1号", "辽宁省沈阳市和平区演练街1号"),
        ("北京市", "北京市演练街1号", "北京市演练街1号"),
        ("辽宁省庄河市", "", "辽宁省庄河市"),
        ("", "演练街1号", "演练街1号"),
    ],
)
def test_a_region_is_said_once(region: str, address: str, whole: str) -> None:
    assert with_region(region, address) == whole


def test_lists_are_cut_with_their_count() -> None:
    assert listing(["甲", "乙"]) == "甲、乙"
    assert listing(["甲", "乙", "丙", "丁"]) == "甲、乙、丙等 4 项"


@pytest.mark.parametrize("reason", ["缺\u202e材料", "缺\x00", "第一行\u2028第二行", "长" * 201])
def test_a_reason_can_be_seen_and_printed(reason: str) -> None:
    with pytest.raises(InputError):
        need_reason(reason, "退回")
    assert need_reason(" 第一行\r\n第二行 ", "退回") == "第一行\n第二行"
    assert need_reason("长" * 200, "退回") == "长" * 200


def test_a_reason_has_words() -> None:
    assert need_reason(" 卡纸 ", "补打") == "卡纸"
    with pytest.raises(InputError) as told:
        need_reason(" \n", "补打")
    assert told.value.field == "reason"
