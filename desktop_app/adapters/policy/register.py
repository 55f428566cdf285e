"""Reading ``register.toml``: what asks for each field that has to be filled in."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.adapters.policy.entry import Entry, nearest, refuse_twins
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.legal import Document
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.register_items import RegisterItem


def read_register(
    top: Entry, documents: Mapping[str, Document] | None
) -> dict[str, RegisterItem]:
    """The register's items by field id. A field that is always needed and has none is a fault."""
    top.only("item", "material")
    entries = list(top.children("item"))
    refuse_twins(entries, "登记项目")
    items = {entry.id: _item(entry, documents) for entry in entries}
    for field in FIELDS.values():
        if field.needed and field.id not in items:
            top.fault(f"必填的{field.label}（{field.id}）没有写明依据")
    return items


def read_material_reasons(top: Entry) -> dict[str, str]:
    """Why a material is looked at, by its id: one line for the notice."""
    entries = list(top.children("material"))
    refuse_twins(entries, "材料")
    for entry in entries:
        entry.only("id", "why")
    return {entry.text("id"): entry.text("why") for entry in entries}


def _item(entry: Entry, documents: Mapping[str, Document] | None) -> RegisterItem:
    entry.only("id", "cite", "decides", "why", "source")
    field_id = entry.text("id")
    if field_id and field_id not in FIELDS:
        entry.fault(f"没有字段 {field_id}{nearest(field_id, FIELDS)}")
    decides = entry.texts("decides", required=False)
    for fact in decides:
        if fact not in FACTS:
            entry.fault(f"没有条件 {fact}{nearest(fact, FACTS)}", "decides")
    cites = entry.cites(documents, required=False)
    if not cites and not decides:
        entry.fault("cite 和 decides 都没有写：没有依据的项目不能必填", "cite")
    return RegisterItem(field_id, cites, decides, entry.text("why"), entry.text("source"))


def refuse_groundless(
    top: Entry, procedure: Procedure, items: Mapping[str, RegisterItem]
) -> None:
    """A fault for every needed field that the steps ask and nothing in the procedure asks for."""
    read = {fact for rule in procedure.rules for fact in rule.facts}
    for field_id in procedure.fields:
        field, item = FIELDS.get(field_id), items.get(field_id)
        if field is None or item is None or not field.needed:
            continue
        if not item.cites and not read.intersection(item.decides):
            top.fault(f"步骤要填“{field.label}”，但没有规则问到它，登记项目也没有依据")
