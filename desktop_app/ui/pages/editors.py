"""From what a field is to the editor that fits it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QWidget

from desktop_app.domain.fields import FieldDef, FieldKind
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.services.answers import Option, code_words
from desktop_app.services.desk import Desk
from desktop_app.ui.widgets.address_edit import AddressEdit
from desktop_app.ui.widgets.choices import Choice, matching
from desktop_app.ui.widgets.date_text_edit import DateTextEdit
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.id_number_edit import IdNumberEdit
from desktop_app.ui.widgets.messages import Check, Level, Message
from desktop_app.ui.widgets.name_edit import NameEdit
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.phone_edit import PhoneEdit
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.twice_edit import TwiceEdit
from desktop_app.ui.widgets.yes_no import YesNo

PICKED = (FieldKind.CODE, FieldKind.CHOICE, FieldKind.REGION, FieldKind.SUB_DISTRICT)
OPTIONAL = "选填"
_SEX_NOTES = ("1", "2")


class EditorMaker:
    """Makes editors; knows the desk's checks and the policy book's tables."""

    def __init__(
        self, desk: Desk, book: PolicyBook, options: Callable[[str], Sequence[Option]],
        rare: Callable[[str], Sequence[str]],
    ) -> None:
        """``options`` gives what a pick field offers, ``rare`` the characters of a name that only
        the fallback face has."""
        self._desk, self._book, self._options, self._rare = desk, book, options, rare
        self._regions: tuple[Choice, ...] = ()
        self._spare: dict[FieldDef, FieldEditor] = {}
        self._clock = QElapsedTimer()
        self._clock.start()

    def prepare(self, field: FieldDef, shelf: QWidget) -> None:
        """Have an editor of a field at hand, for the next ``make``; it goes with its shelf."""
        if field not in self._spare:
            self._spare[field] = self._new(field)
            self._spare[field].setParent(shelf)

    def make(self, field: FieldDef) -> FieldEditor:
        """The editor of a field."""
        return self._spare.pop(field, None) or self._new(field)

    def _new(self, field: FieldDef) -> FieldEditor:
        editor = self._bare(replace(field, optional=False))
        editor.setObjectName(f"editor:{field.id}")
        if field.optional:
            # said inside the field: labels of a dense form have no room for it
            editor.hint = f"{OPTIONAL}，{editor.hint}" if editor.hint else OPTIONAL
            editor.line.setPlaceholderText(OPTIONAL)
            editor.clear_message()
        return editor

    def _bare(self, field: FieldDef) -> FieldEditor:
        check, optional, hint = self._check(field), field.optional, field.hint
        if field.kind in PICKED:
            pick_hint = "" if hint.endswith("？") else hint
            return PickEdit(
                field.id, field.label, self._choices(field), check=check, hint=pick_hint,
                optional=optional,
            )
        if field.kind is FieldKind.BOOL:
            return YesNo(field.id, field.label, check=check, optional=optional)
        if field.kind is FieldKind.CITIZEN_ID:
            return IdNumberEdit(
                field.id, field.label, check=check, told=self._told, optional=optional
            )
        if field.kind is FieldKind.DOCUMENT_NUMBER:
            return TwiceEdit(
                field.id, field.label, ticks=self._clock.elapsed, check=check, optional=optional
            )
        if field.kind is FieldKind.ADDRESS:
            return AddressEdit(
                field.id, field.label, suggest=self._suggest, check=check, hint=hint,
                optional=optional,
            )
        return self._by_kind(field, check)

    def _by_kind(self, field: FieldDef, check: Check) -> FieldEditor:
        hint = "" if field.hint.endswith("？") else field.hint
        if field.kind is FieldKind.NAME:
            return NameEdit(
                field.id, field.label, check=check, hint=hint, optional=field.optional,
                rare=self._rare_words,
            )
        if field.kind is FieldKind.DATE:
            return DateTextEdit(
                field.id, field.label, check=check, hint=hint, optional=field.optional
            )
        if field.kind is FieldKind.PHONE:
            return PhoneEdit(field.id, field.label, check=check, optional=field.optional)
        if field.kind is FieldKind.NUMBER:
            return NumberEdit(
                field.id, field.label, check=check, hint=hint, optional=field.optional
            )
        return TextEdit(field.id, field.label, check=check, hint=hint, optional=field.optional)

    def _choices(self, field: FieldDef) -> tuple[Choice, ...]:
        if field.kind is not FieldKind.REGION:
            return tuple(choice_of(option) for option in self._options(field.id))
        # the national table has thousands of rows, and several fields offer it
        if not self._regions:
            self._regions = tuple(choice_of(option) for option in self._options(field.id))
        return self._regions

    def _check(self, field: FieldDef) -> Check:
        def check(text: str) -> Message | None:
            _, problem = self._desk.check(field.id, text)
            if problem is None:
                return None
            words = f"{problem.message}。{problem.remedy}" if problem.remedy else problem.message
            return Message(Level.ERROR if problem.blocks else Level.WARN, words)
        return check

    def _told(self, number: str) -> str:
        """What a citizen number tells: region, sex, birth date."""
        derived = self._desk.derived("applicant.citizen_id", number)
        region = derived.get("applicant.hukou_region", "")
        sex = derived.get("applicant.sex", "")
        words = (
            "校验通过",
            code_words(self._book, "region", region) if region else "",
            code_words(self._book, "sex", sex) if sex else "",
        )
        return " · ".join(word for word in words if word)

    def _rare_words(self, name: str) -> str:
        return "".join(self._rare(name))

    def _suggest(self, typed: str) -> Sequence[Choice]:
        """Standard beginnings of an address in the city, by initials."""
        places = [choice_of(option) for option in self._options("residence.sub_district")]
        found = matching(places, typed)
        return [
            Choice(c.key, f"大连市{c.note.split(' ')[0]}{c.label}", c.initials) for c in found
        ]


def choice_of(option: Option) -> Choice:
    """An option of the policy book as a choice of a pick field."""
    code = option.value if option.value.isascii() and option.value.isdigit() else ""
    note = {"historic": "旧代码"}.get(option.note, option.note)
    return Choice(
        option.value, option.label, option.initials, code=code,
        note="" if note in _SEX_NOTES else note,
    )
