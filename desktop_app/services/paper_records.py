"""From a case and the register to the values that papers print (``domain.form_values``).

Every value that is known is given; which of them a paper prints is the paper's own affair.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop_app.domain.case import Action, Case, Decision
from desktop_app.domain.legal import Citation, clause_label
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.rules import Gravity, Verdict
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station
from desktop_app.services import answers as words
from desktop_app.services.case_facts import GUARDIAN, SELF, is_minor
from desktop_app.services.notice_lines import NoticeLines
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.public_services import PUBLIC_SERVICES, service_rows
from desktop_app.services.register_values import RegisterValues, Values
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import cites, full_cites, local, with_region

_KINDS = {"original": "原件", "copy": "复印件", "system": "系统核验"}
_LATER = {"original": "当场退还", "copy": "留存", "system": "不收纸质"}
_PICKUP = "本窗口领取"
_REVIEWED = "材料齐全，条件相符，同意上报"
_APPROVED = "符合规定，同意落户"
_REJECTED = "不予批准"
#: The station's profile and the policy data hold no addresses; the paper says where they stand.
_PUBLISHED = "以派出所公示为准"
#: Working days to bring what is missing; the policy names none. 来源：待核
_DAYS_TO_SUPPLEMENT = 10


@dataclass(frozen=True)
class Records:
    """Puts together the values of one case's papers, as of today."""

    uow: UnitOfWork
    book: PolicyBook
    station: Station
    by: Operator
    today: date

    def of(self, sheet: CaseSheet, copy_number: str, wrong_door: str = "") -> Values:
        """All values known for this case; ``copy_number`` numbers notices and certificates."""
        case = sheet.case
        values: Values = {
            **self._station(),
            **self._case(sheet),
            **self._decisions(case),
            **self._applicant(case),
            **self._guardian(case),
            **self._notice(sheet, copy_number),
            **self._door(sheet, wrong_door),
            "members": [],
            "materials": [self._material(row.material.id, sheet) for row in sheet.materials],
            "missing": self._missing(sheet),
            "services": service_rows({s.clause: clause_label(s.clause) for s in PUBLIC_SERVICES}),
        }
        register = RegisterValues(self.uow, self.book, self.station, self.by, self.today)
        values |= register.of(sheet, copy_number)
        return {key: value for key, value in values.items() if value is not None and value != ""}

    def _station(self) -> Values:
        return {
            "station.name": self.station.name,
            "station.authority": self.station.name,
            "station.code": self.station.code,
            "station.address": _PUBLISHED,
            "station.phone": _PUBLISHED,
        }

    def _case(self, sheet: CaseSheet) -> Values:
        case, answers = sheet.case, sheet.case.answers
        opened = local(case.opened_at)
        accepted = local(case.accepted_at) if case.accepted_at else None
        return {
            "case.number": case.number,
            "case.procedure": sheet.procedure.title,
            "case.basis": cites(self.book, sheet.procedure.cites),
            "case.apply_date": answers.get("case.apply_date") or opened.date(),
            "case.accepted_on": accepted.date() if accepted else None,
            "case.accepted_at": f"{accepted:%Y-%m-%d %H:%M}" if accepted else None,
            "case.due": case.due,
            "case.grounds": answers.get("approval.ground") or sheet.procedure.summary,
            "case.zone": self._words("residence.zone", str(sheet.facts.get("residence.zone", ""))),
            "case.destination": self._destination(case),
            "case.origin": self._origin(case),
            "case.proof": self._proof(case),
            "case.mode": self._answer(case, "household.mode"),
            "case.whole_family": answers.get("household.whole_family"),
            "case.resume_code": case.supplement.resume_code if case.supplement else "",
            "case.pickup": _PICKUP,
            "case.receiver": self._name(case.accepted_by) or self.by.name,
            "case.note": answers.get("case.note"),
            "case.code": f"LUOHU:{case.number}" if case.number else "",
        }

    def _words(self, field_id: str, value: str) -> str:
        return words.show_answer(field_id, value, self.book) if value else ""

    def _answer(self, case: Case, field_id: str) -> str:
        return self._words(field_id, case.answers.get(field_id, ""))

    def _name(self, login: str) -> str:
        if not login:
            return ""
        operator = self.uow.staff.get(login)
        return operator.name if operator is not None else login

    def _origin(self, case: Case) -> str:
        region = words.code_words(
            self.book, words.REGIONS, case.answers.get("applicant.hukou_region", "")
        )
        return with_region(region, case.answers.get("applicant.hukou_address", ""))

    def _destination(self, case: Case) -> str:
        school = case.answers.get("school.code", "")
        named = next((s.name for s in self.station.schools if school in (s.code, s.name)), school)
        return case.answers.get("residence.address") or named

    def _proof(self, case: Case) -> str:
        kind = self._answer(case, "residence.tenure")
        number = case.answers.get("residence.proof_number", "")
        return " ".join(part for part in (kind, number) if part)

    def _decisions(self, case: Case) -> Values:
        case = replace(case, decisions=_standing(case))
        review = _last(case, Action.REVIEW)
        final = _last(case, Action.APPROVE) or _last(case, Action.REJECT)
        values: Values = {}
        if review is not None:
            values |= {
                "case.reviewer": self._name(review.by),
                "case.review_opinion": _REVIEWED,
                "case.reviewed_on": local(review.at).date(),
            }
        if final is not None:
            approved = final.action is Action.APPROVE
            values |= {
                "case.decider": self._name(final.by),
                "case.decision_opinion": _APPROVED if approved else final.reason or _REJECTED,
                "case.decided_on": local(final.at).date(),
            }
        return values

    def _applicant(self, case: Case) -> Values:
        tails = ("name", "sex", "ethnicity", "phone")
        return {
            **{f"applicant.{tail}": self._answer(case, f"applicant.{tail}") for tail in tails},
            "applicant.hukou_address": self._origin(case),
            "applicant.birth_date": case.answers.get("applicant.birth_date"),
            "applicant.citizen_id": case.answers.get("applicant.citizen_id"),
        }

    def _guardian(self, case: Case) -> Values:
        return {
            "guardian.name": case.answers.get("guardian.name"),
            "guardian.citizen_id": case.answers.get("guardian.citizen_id"),
            "guardian.relation": self._answer(case, "guardian.relation"),
        }

    def _notice(self, sheet: CaseSheet, copy_number: str) -> Values:
        case = sheet.case
        ended = _last(case, Action.REJECT) or _last(case, Action.REFUSE)
        unmet = [
            f for f in sheet.assessment.findings
            if f.verdict is Verdict.UNMET and f.gravity is not Gravity.ADVICE
        ]
        reasons = [ended.reason] if ended is not None else []
        reasons += [f"未达到的条件：{finding.says}" for finding in unmet]
        refs = ended.clauses if ended is not None and ended.clauses else tuple(
            cite.ref for cite in sheet.procedure.cites
        )
        told = local(case.supplement.at).date() if case.supplement else self.today
        signer = case.consent.signer if case.consent else (
            GUARDIAN if is_minor(case.answers, self.today) else SELF
        )
        return {
            "notice.number": copy_number,
            "notice.issued_on": self.today,
            "notice.deadline": self.book.add_working_days(told, _DAYS_TO_SUPPLEMENT),
            "notice.reasons": reasons or None,
            "notice.clauses": full_cites(self.book, [Citation.parse(ref) for ref in refs]),
            "notice.remedy": [finding.remedy for finding in unmet] or None,
            "notice.read_aloud_by": self._name(case.consent.by) if case.consent else self.by.name,
            "notice.signer": signer,
        }

    def _material(self, material_id: str, sheet: CaseSheet) -> Values:
        row = next(row for row in sheet.materials if row.material.id == material_id)
        return {
            "name": row.material.name, "kind": _KINDS.get(row.material.kind, ""), "copies": "1",
            "checked": "已核验" if row.seen else "未交", "note": _LATER.get(row.material.kind, ""),
        }

    def _missing(self, sheet: CaseSheet) -> list[Values]:
        notice = sheet.case.supplement
        lines = NoticeLines.of(self.book, sheet.procedure, sheet.case, self.today)
        return [
            {"what": line.what, "why": line.why, "where": line.where, "clause": line.basis}
            for line in lines.given(notice.items if notice else ())
        ]

    def _door(self, sheet: CaseSheet, wrong_door: str) -> Values:
        if not wrong_door:
            return {}
        answers = sheet.case.answers
        place = self.book.sub_district(answers.get("residence.sub_district", ""), self.today)
        area = self.book.area(place.area, self.today) if place is not None else None
        where = f"{area.name if area else ''}{place.name}" if place is not None else ""
        return {
            "door.station": f"管辖{where}的派出所" if where else "学校属地派出所",
            "door.address": _PUBLISHED,
            "door.phone": _PUBLISHED,
            "door.hours": _PUBLISHED,
            "door.reason": f"迁入地属{where}辖区" if where else "学校不在本所辖区",
            "door.place": self._destination(sheet.case) or where,
            "door.bring": [row.material.name for row in sheet.materials],
        }


def _standing(case: Case) -> tuple[Decision, ...]:
    """The decisions since the case was last sent back or corrected: either voids a review."""
    undoing = (Action.SEND_BACK, Action.CORRECT)
    ends = [place for place, one in enumerate(case.decisions, 1) if one.action in undoing]
    return case.decisions[ends[-1] if ends else 0:]


def _last(case: Case, action: Action) -> Decision | None:
    return next((d for d in reversed(case.decisions) if d.action is action), None)


def kept(values: Mapping[str, object]) -> str:
    """The values as text, to be kept beside the paper so that it can be printed again."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
