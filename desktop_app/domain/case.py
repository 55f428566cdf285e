"""A case (受理件): its state, and the one table of what may happen next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from desktop_app.domain.errors import NotAllowed


class Status(Enum):
    """Where a case stands; the value is kept in the store."""

    DRAFT = "draft"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REGISTERED = "registered"
    ISSUED = "issued"
    ARCHIVED = "archived"
    NOT_ACCEPTED = "not_accepted"
    NOT_APPROVED = "not_approved"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in the words of the counter."""
        return _STATUS_WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether the case still waits for somebody."""
        return self in OPEN


_STATUS_WORDS = {
    Status.DRAFT: "草稿",
    Status.SUPPLEMENT: "待补正",
    Status.ACCEPTED: "已受理",
    Status.REVIEWED: "已审核",
    Status.APPROVED: "已批准",
    Status.REGISTERED: "已登记",
    Status.ISSUED: "已制证",
    Status.ARCHIVED: "已归档",
    Status.NOT_ACCEPTED: "不予受理",
    Status.NOT_APPROVED: "不予批准",
    Status.WITHDRAWN: "已撤回",
}

OPEN = frozenset(
    {Status.DRAFT, Status.SUPPLEMENT, Status.ACCEPTED, Status.REVIEWED, Status.APPROVED}
)


class Action(Enum):
    """What a person can do to a case."""

    ANSWER = "answer"
    CONSENT = "consent"
    SUBMIT = "submit"
    SUPPLEMENT = "supplement"
    RESUME = "resume"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REJECT = "reject"
    CORRECT = "correct"
    REGISTER = "register"
    ISSUE = "issue"
    ARCHIVE = "archive"

    @property
    def label(self) -> str:
        """The act as a verb and its object."""
        return _ACTION_WORDS[self]


_ACTION_WORDS = {
    Action.ANSWER: "填写",
    Action.CONSENT: "记录自愿确认",
    Action.SUBMIT: "提交受理",
    Action.SUPPLEMENT: "开一次性告知",
    Action.RESUME: "续办",
    Action.REFUSE: "不予受理",
    Action.WITHDRAW: "撤回申请",
    Action.REVIEW: "审核通过",
    Action.SEND_BACK: "退回更改",
    Action.APPROVE: "批准",
    Action.REJECT: "不予批准",
    Action.CORRECT: "更正",
    Action.REGISTER: "登记入户",
    Action.ISSUE: "发证",
    Action.ARCHIVE: "归档",
}

_A = Action
ALLOWED: Mapping[Status, frozenset[Action]] = {
    Status.DRAFT: frozenset(
        {_A.ANSWER, _A.CONSENT, _A.SUBMIT, _A.SUPPLEMENT, _A.REFUSE, _A.WITHDRAW}
    ),
    Status.SUPPLEMENT: frozenset({_A.RESUME, _A.WITHDRAW}),
    Status.ACCEPTED: frozenset(
        {_A.REVIEW, _A.APPROVE, _A.REJECT, _A.SEND_BACK, _A.WITHDRAW, _A.CORRECT}
    ),
    Status.REVIEWED: frozenset({_A.APPROVE, _A.REJECT, _A.SEND_BACK, _A.WITHDRAW, _A.CORRECT}),
    Status.APPROVED: frozenset({_A.REGISTER, _A.WITHDRAW}),
    Status.REGISTERED: frozenset({_A.ISSUE, _A.CORRECT}),
    Status.ISSUED: frozenset({_A.ARCHIVE}),
    Status.ARCHIVED: frozenset(),
    Status.NOT_ACCEPTED: frozenset(),
    Status.NOT_APPROVED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}


def allowed_actions(status: Status, chain: str) -> frozenset[Action]:
    """What may happen to a case in ``status`` under a procedure's chain of decision.

    On the spot (``on_the_spot``) an accepted case is decided at once; ``station`` and
    ``district`` ask for a review first.
    """
    actions = ALLOWED[status]
    if status is not Status.ACCEPTED:
        return actions
    return actions - ({_A.REVIEW} if chain == "on_the_spot" else {_A.APPROVE})


def require_action(status: Status, chain: str, action: Action) -> None:
    """Raise NotAllowed unless the action may happen now."""
    if action not in allowed_actions(status, chain):
        raise NotAllowed(
            f"案件现在是“{status.label}”，不能{action.label}", "打开案件看现在可办什么"
        )


@dataclass(frozen=True)
class MaterialSeen:
    """That a material was seen: by whom and when (``kind`` original, copy or system)."""

    material: str
    kind: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Consent:
    """Free and informed consent (自愿落户确认): read aloud, and the signed sheet received.

    61号 一(二)4 forbids settling anyone against their will; 三(五) that rights in rural land be
    asked for. ``given`` False records that the person declined; ``signer`` is 本人 or 监护人.
    """

    given: bool
    read_aloud: bool
    signed_sheet: bool
    signer: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Override:
    """An alert that a clerk went past, with the reason kept."""

    alert: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SupplementNotice:
    """The one-time notice (一次性补正告知): everything missing, and the code to resume with."""

    resume_code: str
    items: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom, on what grounds."""

    action: Action
    by: str
    at: datetime
    reason: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One person's application to settle, as it stands.

    ``answers`` maps field ids to canonical text. ``law_day`` is the day whose law applies: the
    day of acceptance, fixed by submission. ``version`` grows with every write and guards against
    two windows. ``number`` is allotted on acceptance.
    """

    id: str
    procedure: str
    status: Status
    law_day: date
    opened_by: str
    opened_at: datetime
    workstation: str
    answers: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, MaterialSeen] = field(default_factory=dict)
    consent: Consent | None = None
    overrides: tuple[Override, ...] = ()
    supplement: SupplementNotice | None = None
    decisions: tuple[Decision, ...] = ()
    number: str = ""
    policy_digest: str = ""
    accepted_by: str = ""
    accepted_at: datetime | None = None
    due: date | None = None
    person_id: str = ""
    priority: bool = False
    touched_at: datetime | None = None
    version: int = 0
