"""Answers in words and in codes: what a clerk types, what a case keeps, what a screen shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain import fields
from desktop_app.domain.citizen_id import CitizenId
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FieldDef, FieldKind
from desktop_app.domain.policy_book import PolicyBook

REGIONS = "region"
#: The remark of a code that was abolished: it is understood, but never chosen over a present one.
HISTORIC = "historic"
_REGION_CODE = re.compile(r"[1-9][0-9]{5}")
_SHOWN = 6
_YES_NO = {"true": "是", "false": "否"}


@dataclass(frozen=True)
class Option:
    """One thing that can be picked: its canonical value, its words, initials and a remark."""

    value: str
    label: str
    initials: str
    note: str = ""


def options(field: FieldDef, book: PolicyBook, on: date) -> tuple[Option, ...]:
    """What can be picked for a field on a day; empty for a field of free text."""
    if field.kind is FieldKind.CHOICE:
        return tuple(Option(*choice) for choice in field.choices)
    if field.kind is FieldKind.BOOL:
        return (Option("true", "是", "s"), Option("false", "否", "f"))
    if field.kind is FieldKind.SUB_DISTRICT:
        return tuple(_place_options(book, on))
    table = REGIONS if field.kind is FieldKind.REGION else field.table
    if not table:
        return ()
    return tuple(Option(row.value, row.label, row.initials, row.note) for row in book.table(table))


def _place_options(book: PolicyBook, on: date) -> Iterable[Option]:
    for place in book.sub_districts(on):
        area = book.area(place.area, on)
        zone = place.zone.label if place.zone is not None else "待核"
        where = area.name if area is not None else ""
        yield Option(place.id, place.name, place.initials, f"{where} {zone}".strip())


def resolve(field: FieldDef, text: str, book: PolicyBook, on: date) -> str:
    """The canonical text of what was typed: a value, its words, or its pinyin initials.

    Raises InputError naming the field, and the options that fit when there are several.
    """
    typed = fields.parse(field, text)
    if not typed or field.kind not in _PICKED:
        return typed
    if field.kind is FieldKind.REGION:
        code = unicodedata.normalize("NFKC", typed)
        if _REGION_CODE.fullmatch(code):
            return code
    return _pick(field, typed, options(field, book, on)).value


def resolve_id(field_id: str, text: str, book: PolicyBook, on: date) -> str:
    """``resolve`` by the id of a field or fact. Raises InputError for an id that is neither."""
    if field_id not in fields.FIELDS and field_id not in FACTS:
        raise InputError(f"没有 {field_id} 这一项", "核对项目编号", field=field_id)
    return resolve(fields.field(field_id), text, book, on)


_PICKED = frozenset({FieldKind.CODE, FieldKind.REGION, FieldKind.SUB_DISTRICT})


def _pick(field: FieldDef, typed: str, offered: tuple[Option, ...]) -> Option:
    """The one option meant; between streets of one name in two districts it never guesses."""
    plain = unicodedata.normalize("NFKC", typed).lower()
    ways: tuple[Callable[[Option], bool], ...] = (
        lambda option: option.value == plain,
        lambda option: option.label == typed,
        lambda option: option.initials == plain,
        lambda option: typed in option.label,
    )
    found = next(
        (fits for way in ways if (fits := [option for option in offered if way(option)])), []
    )
    current = [option for option in found if option.note != HISTORIC]
    if len(found) == 1 or len(current) == 1:
        return (current or found)[0]
    near = found or [option for option in offered if option.initials.startswith(plain)]
    if not near and len(offered) > _SHOWN:
        raise InputError(
            f"{field.label}没有“{typed}”这一项", "录名称或拼音首字母再选", field=field.id
        )
    raise InputError(
        f"{field.label}有 {len(near)} 项相近" if near else f"{field.label}没有“{typed}”这一项",
        f"可选：{_named(near or offered)}",
        field=field.id,
    )


_SEXES = ("1", "2")
"""Codes that the note of a kinship has; they tell a person nothing."""


def _named(found: Sequence[Option]) -> str:
    shown = "、".join(
        " ".join(filter(None, (o.value, o.label, "" if o.note in _SEXES else o.note)))
        for o in found[:_SHOWN]
    )
    return shown + ("…" if len(found) > _SHOWN else "")


def show(field: FieldDef, canonical: str, book: PolicyBook) -> str:
    """The words for a canonical text; a code that no table knows is shown as it is."""
    if field.kind is FieldKind.CITIZEN_ID and len(canonical) == 18:
        return CitizenId(canonical).grouped
    if field.kind is FieldKind.BOOL:
        return _YES_NO.get(canonical, canonical)
    if field.kind is FieldKind.CHOICE:
        return next((words for value, words, _ in field.choices if value == canonical), canonical)
    if field.kind is FieldKind.SUB_DISTRICT:
        return next((p.name for p in reversed(book.places) if p.id == canonical), canonical)
    table = REGIONS if field.kind is FieldKind.REGION else field.table
    return code_words(book, table, canonical) if table else canonical


def code_words(book: PolicyBook, table: str, value: str) -> str:
    """The label of a code, or the code itself when the table does not have it."""
    found = book.codes[table].by_value.get(value) if table in book.codes else None
    return found.label if found is not None else value


def show_answer(field_id: str, canonical: str, book: PolicyBook) -> str:
    """``show`` by the id of the field."""
    return show(fields.field(field_id), canonical, book)


def field_label(field_id: str) -> str:
    """The words for a field or a fact."""
    return fields.field(field_id).label
