"""``search`` and ``case``: the counter's own services, from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop_app.adapters import disk
from desktop_app.admin.answer import Answer, Call, Exit, Usage, error_lines, error_value
from desktop_app.admin.json_file import read_json
from desktop_app.admin.office import Office, opened
from desktop_app.domain.case import OPEN
from desktop_app.domain.errors import CounterError, InputError, Missing
from desktop_app.services.case_facts import GUARDIAN, SELF
from desktop_app.services.ports import CaseRow, PersonRow
from desktop_app.services.sheets import CaseSheet

Value = dict[str, object]
_LONGEST_LIST = 10_000
_LARGEST_ANSWERS = 1_000_000


def add_search(parser: argparse.ArgumentParser) -> None:
    """The ``search`` command."""
    parser.add_argument("text", metavar="TEXT", help="身份号码、姓名开头、拼音首字母或件号")
    parser.add_argument("--limit", metavar="N", type=int, default=20, help="各最多几条，默认 20")
    parser.set_defaults(run=search)


def add_case(parser: argparse.ArgumentParser) -> None:
    """The ``case`` family."""
    family = parser.add_subparsers(metavar="COMMAND", required=True)
    family.add_parser("list", help="在办的件").set_defaults(run=list_open)
    take_ = family.add_parser("take", help="受理一件：填写、见材料、记自愿确认、提交")
    take_.add_argument("procedure", metavar="PROCEDURE", help="通道编号，见 policy list")
    take_.add_argument("answers", metavar="ANSWERS.json", type=Path, help="项目编号到内容")
    take_.add_argument(
        "--consented", action="store_true", help="已读明，申请人自愿，签名的确认书已收回"
    )
    take_.add_argument("--guardian", action="store_true", help="由监护人签名")
    take_.set_defaults(run=take)
    for name, words, carry_out in (
        ("show", "看一件", show),
        ("review", "审核通过", review),
        ("approve", "批准", approve),
        ("register", "登记入户", register),
    ):
        command = family.add_parser(name, help=words)
        command.add_argument("number", metavar="NUMBER", help="件号")
        command.set_defaults(run=carry_out)
    printing = family.add_parser("print", help="打印一份文书到 PDF 文件")
    printing.add_argument("number", metavar="NUMBER", help="件号")
    printing.add_argument("form", metavar="FORM", help="表格编号，见 case show")
    printing.add_argument("-o", "--output", metavar="OUT.pdf", type=Path, required=True)
    printing.add_argument("--overprint", action="store_true", help="套打：只印内容，不印格线")
    printing.set_defaults(run=print_form)


def search(call: Call, args: argparse.Namespace) -> Answer:
    """Find persons and cases by number, name prefix, initials or case number."""
    if args.limit < 1:
        raise Usage("--limit 要大于 0", "写 1 以上的整数")
    # The window drops half a character of a paste; here it means that the terminal speaks
    # another encoding, and "nothing found" would be a wrong answer. UnicodeEncodeError tells.
    args.text.encode()
    with opened(call) as office:
        hits = office.finder.find(args.text, limit=min(args.limit, _LONGEST_LIST))
    value = {
        "persons": [_person_value(row) for row in hits.persons],
        "cases": [_case_value(row) for row in hits.cases],
    }
    lines = [
        *(f"人　{row.name}　{row.citizen_id}　户号 {row.household_number}　{row.address}"
          for row in hits.persons),
        *(f"件　{_case_words(row)}" for row in hits.cases),
    ]
    return Answer(value, lines or ["没有找到"])


def list_open(call: Call, args: argparse.Namespace) -> Answer:
    """The cases that wait for somebody, names masked."""
    with opened(call) as office, office.session.store.read() as unit:
        rows = unit.cases.in_status(OPEN, limit=_LONGEST_LIST)
    return Answer([_case_value(row) for row in rows], [*map(_case_words, rows)] or ["没有在办的件"])


def show(call: Call, args: argparse.Namespace) -> Answer:
    """One case as it stands, with what can be done and printed next."""
    with opened(call) as office:
        sheet = office.desk.sheet(_case_id(office, args.number))
        papers = office.certificates.choices(sheet.case.id)
    value = _sheet_value(sheet)
    value["papers"] = [vars(paper) for paper in papers]
    lines = _sheet_lines(sheet)
    lines += [f"  {paper.form}　{paper.title}　{paper.reason or '可打印'}" for paper in papers]
    return Answer(value, lines)


def take(call: Call, args: argparse.Namespace) -> Answer:
    """From the first answer to a case that waits for its decision.

    A case that cannot be submitted stays a draft, and the answer says what is lacking.
    """
    answers = _read_answers(args.answers)
    signer = GUARDIAN if args.guardian else SELF
    with opened(call) as office:
        desk = office.desk
        case_id = desk.open(args.procedure, answers).case.id
        try:
            desk.see(case_id)
            if args.consented:
                desk.consent(
                    case_id, given=True, read_aloud=True, signed_sheet=True, signer=signer
                )
            sheet = desk.submit(case_id)
        except CounterError as error:
            return _left_as_draft(error, desk.sheet(case_id))
    return Answer(_sheet_value(sheet), [f"已受理，编号 {sheet.case.number}", *_sheet_lines(sheet)])


def _left_as_draft(error: CounterError, sheet: CaseSheet) -> Answer:
    """The refusal, with the draft that stays so that nothing is typed twice."""
    value = {"error": error_value(error), "case": _sheet_value(sheet)}
    lines = [*error_lines(error), f"已填内容留作草稿 {sheet.case.id}"]
    return Answer(value, lines, Exit.REFUSED, True)


def review(call: Call, args: argparse.Namespace) -> Answer:
    """Find a case in order (审核通过)."""
    return _act(call, args, lambda office, case_id: office.review.review(case_id))


def approve(call: Call, args: argparse.Namespace) -> Answer:
    """Approve a case; the password that opened the data is the one the decision asks for."""
    return _act(
        call, args, lambda office, case_id: office.review.approve(case_id, office.password)
    )


def register(call: Call, args: argparse.Namespace) -> Answer:
    """Enter an approved case into the register."""
    def enter(office: Office, case_id: str) -> CaseSheet:
        office.register.enter(case_id)
        return office.desk.sheet(case_id)

    return _act(call, args, enter)


def print_form(call: Call, args: argparse.Namespace) -> Answer:
    """Issue a paper of a case and write its very bytes to a file."""
    disk.require_place(args.output)
    with opened(call) as office:
        case_id = _case_id(office, args.number)
        paper = office.certificates.issue(case_id, args.form, args.overprint)
        disk.write(args.output, paper.pdf)
    value = {
        "file": args.output, "form": paper.paper.form, "copy_number": paper.paper.copy_number,
        "pages": paper.paper.pages, "sha256": paper.paper.sha256,
        "fallback_glyphs": list(paper.fallback_glyphs),
    }
    lines = [f"《{paper.paper.title}》已写到 {args.output}，编号 {paper.paper.copy_number}"]
    if paper.fallback_glyphs:
        lines.append(f"“{''.join(paper.fallback_glyphs)}”用补充字库打印")
    return Answer(value, lines)


def _act(
    call: Call, args: argparse.Namespace, act: Callable[[Office, str], CaseSheet]
) -> Answer:
    with opened(call) as office:
        sheet = act(office, _case_id(office, args.number))
    return Answer(_sheet_value(sheet), _sheet_lines(sheet))


def _case_id(office: Office, number: str) -> str:
    """The case of a number, or of an id as ``case list`` gives it for drafts."""
    with office.session.store.read() as unit:
        case = unit.cases.by_number(number.strip().upper())
        try:
            return case.id if case else unit.cases.get(number.strip()).id
        except Missing:
            raise Missing(f"没有编号 {number} 的件", "用 case list 或 search 查编号") from None


def _read_answers(path: Path) -> Mapping[str, str]:
    found = read_json(
        path, largest=_LARGEST_ANSWERS, unlike="不像一件的内容", shape="写一个平的 JSON 对象"
    )
    if not isinstance(found, dict):
        raise InputError(f"{path.name} 应是一个 JSON 对象", "键为项目编号，值为内容")
    return {key: _as_text(key, value) for key, value in found.items()}


def _as_text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise InputError(f"{key} 的内容应为文字、数字或是非", "逐项写，不写列表和对象", field=key)


def _person_value(row: PersonRow) -> Value:
    return {
        "id": row.id, "citizen_id": row.citizen_id, "name": row.name, "sex": row.sex,
        "birth_date": row.birth_date, "address": row.address,
        "household_number": row.household_number,
    }


def _case_value(row: CaseRow) -> Value:
    return {
        "id": row.id, "number": row.number, "name": row.name, "citizen_id": row.citizen_id,
        "procedure": row.procedure, "status": row.status.value, "priority": row.priority,
        "due": row.due,
    }


def _case_words(row: CaseRow) -> str:
    first = "优先　" if row.priority else ""
    return f"{first}{row.number or row.id}　{row.status.label}　{row.name}　{row.citizen_id}"


def _sheet_value(sheet: CaseSheet) -> Value:
    case = sheet.case
    return {
        "id": case.id, "number": case.number, "procedure": case.procedure,
        "status": case.status.value, "law_day": case.law_day, "due": case.due,
        "outcome": sheet.assessment.outcome.value, "answers": dict(case.answers),
        "materials": [
            {"id": row.material.id, "name": row.material.name, "seen": row.seen}
            for row in sheet.materials
        ],
        "missing_fields": list(sheet.missing_fields),
        "problems": [vars(problem) for problem in sheet.problems],
        "allowed": {action.value: lacking for action, lacking in sheet.allowed.items()},
    }


def _sheet_lines(sheet: CaseSheet) -> list[str]:
    case = sheet.case
    due = f"，{case.due.isoformat()} 前办结" if case.due else ""
    lines = [f"{case.number or case.id}　{sheet.procedure.title}　{case.status.label}{due}"]
    lines += [f"  {problem.message}。{problem.remedy}" for problem in sheet.problems]
    lines += [
        f"  {action.label}：{lacking or '可办'}" for action, lacking in sheet.allowed.items()
    ]
    return lines
