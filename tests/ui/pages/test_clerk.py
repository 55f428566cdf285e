"""A clerk who is interrupted, skips and comes back: nothing is lost, mixed or asked in vain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.domain.case import Status
from desktop_app.ui.pages.intake import IntakePage
from desktop_app.ui.pages.workbench import WorkbenchPage
from tests.helpers.people import answers_for
from tests.helpers.screens import words_in_sight
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import CLERK, STATION, SUPERVISOR, open_world


def half_way(walk: Journey) -> None:
    """The guide with card, region, kind and service answered; the street is asked."""
    walk.lay_card()
    walk.press("F2", "F4", "Return")
    for answer in ("1", "2"):
        walk.type(answer)
        walk.press("Return")
    assert walk.field == "residence.sub_district"


def to_intake(walk: Journey) -> str:
    """From the guide by the recommended way; the id of the case."""
    half_way(walk)
    for answer in ("cgjd", "1"):
        walk.type(answer)
        walk.press("Return")
    walk.press("Return")
    assert walk.where == "intake"
    return walk.case.case.id


def asking(walk: Journey) -> str:
    """The field that is asked now."""
    return walk.field


def answers(walk: Journey) -> dict[str, str]:
    return walk.shell.rooms.guide_model.answers


def drafts(walk: Journey) -> list[str]:
    return [row.id for row in walk.counter.desk.workbench().drafts]


def test_the_guide_is_as_it_was_after_a_search(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        half_way(walk)
        before = dict(answers(walk))
        walk.press("F3", "Esc")
        assert (walk.where, walk.field) == ("guide", "residence.sub_district")
        walk.press("F3", "Alt+1", "Alt+2")
        assert (walk.where, walk.field) == ("guide", "residence.sub_district")
        assert answers(walk) == before


def test_answers_put_aside_by_the_next_person_come_back(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        half_way(walk)
        before = dict(answers(walk))
        walk.press("F2")
        assert not answers(walk)
        assert "可取回" in walk.said()
        walk.page.bar.trigger("take_back")
        assert answers(walk) == before
        assert walk.field == "residence.sub_district"
        assert walk.page.bar.button("take_back").isHidden()


def test_a_case_that_was_opened_leaves_nothing_to_take_back(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        to_intake(walk)
        walk.press("F2")
        assert walk.page.bar.button("take_back").isHidden()
        assert walk.said() == ""


def test_the_card_of_another_person_begins_anew(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        half_way(walk)
        walk.lay_card(serial=2)
        walk.press("F4")
        assert answers(walk)["applicant.citizen_id"] == walk.reader.read().citizen_id
        assert "applicant.hukou_kind" not in answers(walk)
        assert "可取回" in walk.said()
        walk.press("F4")
        assert "applicant.name" in answers(walk)


def test_back_in_the_guide_another_way_goes_on_with_the_same_case(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        case_id = to_intake(walk)
        assert walk.case.case.procedure == "zero_threshold"
        walk.press("Esc")
        assert walk.where == "guide"
        walk.shell.rooms.guide.ways.setFocus()
        walk.press("Down", "Return")
        assert walk.where == "intake"
        assert walk.case.case.id == case_id
        assert walk.case.case.procedure == "new_district_open"
        assert drafts(walk) == [case_id]


def test_what_was_changed_in_the_guide_reaches_its_case(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        case_id = to_intake(walk)
        walk.press("Esc")
        walk.shell.rooms.guide_model.put("applicant.name", "试改名")
        walk.shell.rooms.guide.ways.setFocus()
        walk.press("Return")
        assert walk.case.case.id == case_id
        assert walk.case.case.answers["applicant.name"] == "试改名"


def test_a_question_left_open_closes_what_hangs_on_it(tmp_path: Path, qtbot: QtBot) -> None:
    """Enter on an empty question passes it over, and the rest of the ways that need it."""
    with journey(tmp_path) as walk:
        half_way(walk)
        asked = []
        while walk.field:
            asked.append(walk.field)
            walk.press("Return")
            assert len(asked) < 9, asked
        assert asked == ["residence.sub_district", "student.newly_admitted"]
        assert walk.focus_words() == "落户通道"
        walk.shell.rooms.guide.grid.focus_field("residence.sub_district")
        walk.type("cgjd")
        walk.press("Return")
        assert asking(walk) == "residence.lawful_stable", "it may still be answered"


def test_enter_stops_only_where_the_case_lacks_something(tmp_path: Path, qtbot: QtBot) -> None:
    """二(一) asks no kind of registration and, with a residence, no occupation."""
    with journey(tmp_path) as walk:
        given = answers_for("new_district_open", 3)
        given = {k: v for k, v in given.items() if not k.startswith("household.")}
        walk.shell.go.intake(walk.counter.desk.open("new_district_open", given).case.id)
        assert walk.field == "household.mode"
        assert "applicant.hukou_kind" not in walk.case.case.answers
        walk.type("1")
        walk.press("Return")
        assert walk.field == ""


def test_block_by_block_begins_at_what_is_due_and_goes_on(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        given = answers_for("policy_approval", 3)
        for field_id in ("residence.address", "approval.ground", "household.mode"):
            del given[field_id]
        walk.shell.go.intake(walk.counter.desk.open("policy_approval", given).case.id)
        page = walk.page
        assert isinstance(page, IntakePage)
        steps = []
        for words in ("大连市中山区演练街1号", "夫妻投靠", ""):
            steps.append((page.form.guided, walk.field))
            assert page.state_label.text().startswith(f"第 {(page.form.guided or 0) + 1} /")
            walk.write(words) if words else walk.type("1")
            walk.press("Return")
        assert [field for _, field in steps] == [
            "residence.address", "approval.ground", "household.mode"
        ]
        assert len({block for block, _ in steps}) == 3
        assert walk.field == "", "papers come after the last block"


def test_faults_are_told_without_leaving_block_by_block(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        given = answers_for("policy_approval", 3)
        del given["approval.ground"]
        walk.shell.go.intake(walk.counter.desk.open("policy_approval", given).case.id)
        page = walk.page
        assert isinstance(page, IntakePage)
        walk.press("Ctrl+Return", "F8")
        assert page.form.guided is not None
        walk.press("Return")
        assert walk.field == "approval.ground"


def test_the_case_put_aside_is_one_key_away(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        case_id = to_intake(walk)
        walk.write("大连市庄河市")
        walk.press("F2", "Alt+1")
        walk.press("Return")
        assert walk.where == "intake"
        assert walk.case.case.id == case_id
        editor = walk.shell.rooms.intake.form.editor("residence.address")
        assert editor is not None
        assert editor.text() == "大连市庄河市"


def test_a_second_case_of_one_person_is_told_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        first = walk.world.accepted("zero_threshold", answers_for("zero_threshold", 3)).case
        again = walk.counter.desk.open("zero_threshold", answers_for("zero_threshold", 3)).case
        walk.shell.go.intake(again.id)
        assert first.number in walk.said()
        assert walk.status() is Status.DRAFT


def test_the_verdict_names_what_is_lacking_and_leads_there(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        given = answers_for("zero_threshold", 2)
        del given["applicant.ethnicity"]
        walk.shell.go.intake(walk.counter.desk.open("zero_threshold", given).case.id)
        panel = walk.shell.rooms.intake.verdict
        assert [line.text for line in panel.findings()][:2] == ["未填：民族", "未核材料 3 份"]
        panel.list.setFocus()
        walk.press("Return")
        assert walk.field == "applicant.ethnicity"
        panel.list.setFocus()
        walk.press("Down", "Return")
        assert walk.focus_words().startswith("居民户口簿")
        walk.press("F7")
        told = words_in_sight(walk.shell)
        assert "填写民族" in told
        assert "核验居民户口簿" in told


def test_the_keyboard_stays_on_the_act_that_follows(tmp_path: Path, qtbot: QtBot) -> None:
    """After each decision the next act has the keyboard, never the lock."""
    with journey(tmp_path) as walk:
        case = walk.world.accepted("zero_threshold", answers_for("zero_threshold", 3)).case
        walk.shell.go.done(case.id)
        for key in ("A", "E", "P"):
            walk.press(key)
            assert "锁屏" not in walk.focus_words(), key
        walk.press("Esc", "Esc")
        assert "锁屏" not in walk.focus_words()


def test_a_head_who_leaves_names_who_becomes_head(tmp_path: Path, qtbot: QtBot) -> None:
    way, world = "zero_threshold", open_world(tmp_path, replace(STATION, one_person=True))
    _, head = world.registered(way, answers_for(way, 1))
    assert head.household is not None
    number = head.household.number
    wife, son = (
        world.registered(way, answers_for(
            way, order, household__mode="join", household__number=number,
            household__relation=relation,
        ))[1]
        for order, relation in ((2, "12"), (3, "20"))
    )
    elsewhere = "大连市庄河市演练街道演练路99号"
    case = world.approved(way, answers_for(way, 1, residence__address=elsewhere)).case
    with journey(tmp_path, world=world) as walk:
        walk.shell.go.done(case.id)
        walk.ask.answers.append(None)
        walk.press("E")
        assert walk.counter.desk.sheet(case.id).case.status is Status.APPROVED
        walk.ask.answers.extend((son.person.id, "母亲"))
        walk.press("E")
        assert walk.counter.desk.sheet(case.id).case.status is Status.REGISTERED
        members = walk.counter.register.person(son.person.id).members
        assert [(stay.relation, person.id) for stay, person in members] == [
            ("02", son.person.id), ("52", wife.person.id),
        ]


def test_a_case_past_its_day_says_by_how_much(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        case = walk.world.accepted("zero_threshold", answers_for("zero_threshold", 3)).case
        walk.world.clock.advance(days=1)
        walk.shell.go.done(case.id)
        assert "已超期 1 个工作日" in "".join(words_in_sight(walk.shell))
        walk.shell.go.case(case.id)
        assert "已超期 1 个工作日" in "".join(words_in_sight(walk.shell))


def test_a_case_sent_back_says_by_whom_and_why(tmp_path: Path, qtbot: QtBot) -> None:
    world = open_world(tmp_path, replace(STATION, one_person=False, training=True))
    case = world.accepted("zero_threshold", answers_for("zero_threshold", 3)).case
    with journey(tmp_path, SUPERVISOR, world=world) as walk:
        walk.press("Alt+5")
        walk.ask.answers.append("缺住所证明原件")
        walk.press("R")
        assert walk.focus_words() == "返回，Esc"
    with journey(tmp_path, CLERK, world=world) as walk:
        assert "1 件退回更改" in words_in_sight(walk.shell)
        page = walk.page
        assert isinstance(page, WorkbenchPage)
        states = [page.drafts.model().index(0, n).data() for n in range(5)]
        assert "退回更改" in states
        walk.press("Return")
        assert walk.case.case.id == case.id
        assert "退回：缺住所证明原件" in walk.said()
        assert SUPERVISOR.name in walk.said()
        walk.press("F8", "F9")
        assert walk.status() is Status.ACCEPTED, walk.page.bar.reason_text()
    world.store.close()


def test_every_item_of_the_register_can_be_corrected(tmp_path: Path, qtbot: QtBot) -> None:
    """A few at a time, the others behind 其他项: none is out of reach."""
    with journey(tmp_path) as walk:
        case_id, _ = walk.world.registered("zero_threshold", answers_for("zero_threshold", 5))
        walk.shell.go.case(case_id)
        last = walk.shell.rooms.history_model.correctable()[-1]
        pages = (len(walk.shell.rooms.history_model.correctable()) - 1) // 4
        walk.ask.answers += [*["further"] * pages, last.id, "无", "演练：核对证件后更正"]
        walk.press("C")
        assert f"{last.label}已更正" in walk.said()


def test_f1_in_the_guide_opens_the_clause_of_the_way_under_the_eye(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        half_way(walk)
        ways = walk.shell.rooms.guide.ways
        for move in ("", "Down"):
            ways.setFocus()
            if move:
                walk.press(move)
            wanted = ways.clause()
            walk.press("F1")
            assert walk.where == "policy"
            current = walk.shell.rooms.policy_model.current
            assert current is not None
            assert current.ref == wanted
            walk.press("Esc")
        walk.shell.rooms.guide.grid.focus_field("applicant.name")
        walk.press("F1")
        current = walk.shell.rooms.policy_model.current
        assert current is not None
        assert current.ref == wanted
