"""The screens of freshers' day and graduation as pictures; called by ``screenshots``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.ui.pages.roster_rooms import RosterRooms
from desktop_app.ui.pages.roster_take import RosterTakePage
from desktop_app.ui.pages.shell import CounterShell
from tests.helpers.rosters import HEADINGS, faulty, write_roster

Save = Callable[[str], None]
PEOPLE = 400
_HOME = "辽宁省沈阳市和平区演练路18号"


def draw(
    shell: CounterShell, save: Save, tag: str, folder: Path, people: int = PEOPLE
) -> None:
    """The screens in the order of the day; the batch is taken, printed and partly moved out."""
    rooms = shell.rooms.students
    _check(shell, rooms, save, tag, folder, people)
    _batch(shell, rooms, save, tag)
    _graduation(shell, rooms, save, tag)


def _check(
    shell: CounterShell, rooms: RosterRooms, save: Save, tag: str, folder: Path, people: int
) -> None:
    shell.go.to("roster")
    save(f"roster-start-{tag}")
    unknown = write_roster(
        folder / f"外文表头-{tag}.xlsx", faulty(60),
        ("Student", "Gender", "ID", "Nation", *HEADINGS[4:]),
    )
    rooms.roster.read(unknown)
    save(f"roster-columns-{tag}")
    shell.go.to("roster")
    rooms.roster.read(write_roster(folder / f"2017级新生名册-{tag}.xlsx", faulty(people)))
    save(f"roster-check-{tag}")
    page = shell.rooms.page("roster_check")
    page.bar.trigger("correct")
    save(f"roster-correct-{tag}")
    page.bar.trigger("back")
    page.bar.trigger("adopt_all")
    page.bar.trigger("submit")
    save(f"roster-take-{tag}")


def _batch(shell: CounterShell, rooms: RosterRooms, save: Save, tag: str) -> None:
    take = shell.rooms.page("roster_take")
    assert isinstance(take, RosterTakePage)
    take.signed.click()
    take.documents.click()
    take.bar.trigger("submit")
    save(f"roster-batch-{tag}")
    batch = shell.rooms.page("roster_batch")
    batch.bar.trigger("decide")
    batch.bar.trigger("enter")
    save(f"roster-registered-{tag}")
    batch.bar.trigger("batch_print")
    save(f"roster-papers-{tag}")
    papers = shell.rooms.page("roster_papers")
    papers.bar.trigger("reconcile")
    save(f"roster-reconciliation-{tag}")
    papers.bar.trigger("back")
    save(f"roster-done-{tag}")


def _graduation(shell: CounterShell, rooms: RosterRooms, save: Save, tag: str) -> None:
    shell.go.to("roster")
    shell.go.place("graduation")
    rooms.graduation.choose("", "", "演练1班")
    rooms.graduation.send_all_to(_HOME)
    save(f"graduation-{tag}")
    rooms.graduation.move_out("121")
    page = shell.rooms.page("departure")
    page.bar.trigger("mark")
    save(f"graduation-left-{tag}")
    page.bar.trigger("batch_print")
    save(f"graduation-papers-{tag}")

