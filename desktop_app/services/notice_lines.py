"""The one-time notice (一次性补正告知书) line by line: what is lacking, why, where, which clause.

Every line cites what asks for that very thing: the material's own clause, the rule that reads the
fact, or the register item's own (``PolicyBook.grounds``). Nothing borrows another's clause; what
has no source says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.case import Case
from desktop_app.domain.facts import FACTS
from desktop_app.domain.legal import Citation
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Material, Procedure
from desktop_app.services.answers import field_label
from desktop_app.services.case_facts import GUARDIAN_FIELDS, law_day
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import cites

#: What stands where a clause would, for a material whose source nobody has found.
UNVERIFIED = "来源：待核"
#: What stands there for words the clerk added.
BY_THE_COUNTER = "窗口补充"
_AT_THE_COUNTER = "本窗口当面填写"
_TO_THE_COUNTER = "交本窗口"
_EXPLAINED = "由受理人当面说明"
_BROUGHT = {
    "original": "窗口验原件", "copy": "窗口收复印件", "system": "窗口联网核查",
}
_SEEN = "本窗口查验用"
_ASKED_BY_RULE = "用来判断是否符合条件"


@dataclass(frozen=True)
class NoticeLine:
    """One thing that is lacking. ``field`` is its id when it is filled in and not brought.

    ``cites`` is empty when no clause is known to ask for it; ``basis`` then says so in words.
    """

    what: str
    why: str
    where: str
    cites: tuple[Citation, ...]
    basis: str
    field: str = ""


@dataclass(frozen=True)
class NoticeLines:
    """Makes the lines of one procedure's notices, by the law of a day."""

    book: PolicyBook
    procedure: Procedure
    on: date

    @classmethod
    def of(cls, book: PolicyBook, procedure: Procedure, case: Case, today: date) -> NoticeLines:
        """The lines of a case: by the law of its acceptance, else of today."""
        return cls(book, procedure, law_day(case, today))

    def lacking(self, sheet: CaseSheet) -> tuple[NoticeLine, ...]:
        """Everything lacking now: materials first, then what has to be filled in."""
        return (
            *(self.material(row.material) for row in sheet.materials if not row.seen),
            *(self.field(field_id) for field_id in sheet.missing_fields),
        )

    def given(self, items: tuple[str, ...]) -> tuple[NoticeLine, ...]:
        """The lines of a notice that was given, from the words that were kept of it."""
        known = {line.what: line for line in self._all()}
        return tuple(known.get(item) or self.added(item) for item in items)

    def _all(self) -> Iterator[NoticeLine]:
        rules = (fact for rule in self.procedure.rules for fact in rule.facts)
        fields = dict.fromkeys((*self.procedure.fields, *GUARDIAN_FIELDS, *rules))
        yield from (self.field(field_id) for field_id in fields)
        yield from (self.material(material) for material in self.procedure.materials)

    def material(self, material: Material) -> NoticeLine:
        """The line of a material that was not seen yet."""
        where = _BROUGHT.get(material.kind, _TO_THE_COUNTER)
        return NoticeLine(
            material.name, self.book.material_reasons.get(material.id, _SEEN),
            f"{where}：{material.note}" if material.note else where,
            material.cites, self._basis(material.cites),
        )

    def field(self, field_id: str) -> NoticeLine:
        """The line of a field or fact that has no answer yet."""
        item = self.book.register_items.get(field_id)
        clauses = self.book.grounds(self.procedure, field_id, self.on)
        why = item.why if item is not None else self._rule_words(field_id)
        return NoticeLine(
            blank(field_id), why, _AT_THE_COUNTER, clauses, self._basis(clauses), field_id
        )

    def _basis(self, found: tuple[Citation, ...]) -> str:
        return cites(self.book, found) or UNVERIFIED

    def _rule_words(self, fact_id: str) -> str:
        rules = (rule for rule in self.procedure.rules if rule.in_force.covers(self.on))
        says = next((rule.says for rule in rules if fact_id in rule.facts), "")
        return f"核对条件：{says}" if says else _ASKED_BY_RULE

    def added(self, words: str) -> NoticeLine:
        """The line of what the clerk added in words of their own."""
        return NoticeLine(words, _EXPLAINED, _TO_THE_COUNTER, (), BY_THE_COUNTER)


def blank(field_id: str) -> str:
    """What a notice says of a field that is not filled in."""
    return f"{'说明' if field_id in FACTS else '填写'}{field_label(field_id)}"
