"""Where one can go: the ids of the pages, and the places on the rail."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.staff import Operator, Permission
from desktop_app.ui.key_table import Binding, Scope
from desktop_app.ui.pages.roster_rooms import ROSTER_PAGES
from desktop_app.ui.shortcuts import KeyMap

WORKBENCH, INTAKE, SEARCH, APPROVAL = "workbench", "intake", "search", "approval"
GUIDE, OUTCOME, CHECK, NOTICE, DONE = "guide", "outcome", "check", "notice", "done"
CASE, PAPERS, POLICY, SETTINGS = "case", "papers", "policy", "settings"
ROSTER = "roster"
#: The pages that show a draft in hand.
WITH_DRAFT = frozenset({INTAKE, OUTCOME, CHECK, NOTICE})
_HOMES = {
    GUIDE: INTAKE, OUTCOME: INTAKE, CHECK: INTAKE, NOTICE: INTAKE, DONE: INTAKE,
    CASE: SEARCH, PAPERS: "", **dict.fromkeys(ROSTER_PAGES, ROSTER),
}


@dataclass(frozen=True)
class Place:
    """One entry of the rail. ``key`` is the act of the key map that leads there."""

    id: str
    label: str
    icon: str
    key: str
    permission: Permission | None = None


PLACES = (
    Place(WORKBENCH, "工作台", "home", "place_1"),
    Place(INTAKE, "受理", "intake", "place_2", Permission.HANDLE_CASES),
    Place(SEARCH, "查询", "search", "place_3", Permission.SEARCH),
    Place(ROSTER, "导入", "import", "place_4", Permission.HANDLE_CASES),
    Place(APPROVAL, "审批", "approve", "place_5", Permission.DECIDE),
    Place(SETTINGS, "设置", "gear", "place_8"),
    Place(POLICY, "政策依据", "book", "help"),
)


def places_for(operator: Operator) -> tuple[Place, ...]:
    """The places this person may go to, in the order of the rail."""
    return tuple(p for p in PLACES if p.permission is None or operator.may(p.permission))


def acts_for(operator: Operator, keys: KeyMap, scope: Scope) -> tuple[Binding, ...]:
    """The acts of a scope that do something for this person, for lists of keys."""
    open_to = {place.key for place in places_for(operator)}
    return tuple(b for b in keys.bindings(scope) if scope is not Scope.PLACE or b.id in open_to)


def home_of(page_id: str) -> str:
    """The place on the rail a page belongs to; empty when it belongs to several."""
    return _HOMES.get(page_id, page_id)
