"""``roster check`` and ``roster take``: a school's freshers without the window."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.adapters.disk import require_place
from desktop_app.adapters.roster.reconciliation import XlsxReconciliation
from desktop_app.admin.answer import Answer, Call, Exit, Usage
from desktop_app.admin.office import opened
from desktop_app.domain.errors import InputError, Unavailable
from desktop_app.domain.roster import ALREADY, Lane
from desktop_app.services.roster import Rosters
from desktop_app.services.roster_sheets import RosterCheck, RosterOptions

_NOT_A_ROSTER = "not_a_roster"
_WRONG_SCHOOL = "wrong_school"
_SHOWN = 20


def add_roster(parser: argparse.ArgumentParser) -> None:
    """The ``roster`` family."""
    family = parser.add_subparsers(metavar="COMMAND", required=True)
    check = family.add_parser("check", help="读名册、逐行检查，不写任何数据")
    _add_file(check)
    check.set_defaults(run=check_command)
    take = family.add_parser(
        "take", help="受理名册里可办的新生；执行人即收到逐人签名自愿表的人，日志写明"
    )
    _add_file(take)
    take.add_argument("--reconcile", metavar="OUT.xlsx", type=Path, help="写出新生落户核对单")
    take.set_defaults(run=take_command)


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=".xlsx、.xls、.csv")
    parser.add_argument("--school", metavar="CODE", required=True, help="学校代码")
    parser.add_argument("--sheet", metavar="NAME", default="", help="只读这张工作表")
    parser.add_argument("--encoding", metavar="NAME", default="", help="文本文件的编码")


def check_command(call: Call, args: argparse.Namespace) -> Answer:
    """The report on a roster."""
    with opened(call) as office:
        try:
            checked = _checked(office.rosters, args)
        except InputError as refused:
            return _refused(args.file, refused)
    return _answer(checked)


def take_command(call: Call, args: argparse.Namespace) -> Answer:
    """Accept everybody who can be; the report tells who was, and who was not."""
    if args.reconcile is not None:
        require_place(args.reconcile)
        if args.reconcile.resolve() == args.file.resolve():
            raise Usage("核对单会盖掉名册", "给核对单另起一个文件名")
    with opened(call) as office:
        rosters = office.rosters
        try:
            checked = _checked(rosters, args)
        except InputError as refused:
            return _refused(args.file, refused)
        lines: list[str] = []
        if checked.accepted:
            sheet = rosters.take(checked)
            total = sum(sheet.counts.values())
            lines.append(f"已受理 {total} 件，批次 {sheet.batch.id}")
        if args.reconcile is not None:
            lines.append(_reconcile(rosters, checked, args.reconcile))
    return _answer(checked, lines)


def _checked(rosters: Rosters, args: argparse.Namespace) -> RosterCheck:
    if not args.file.is_file():
        raise Unavailable(f"没有这个文件：{args.file}", "核对文件夹和文件名")
    options = RosterOptions(encoding=args.encoding, sheet=args.sheet)
    return rosters.check(args.file, args.school, options)


def _reconcile(rosters: Rosters, checked: RosterCheck, path: Path) -> str:
    batch = rosters.batch_of(checked.sha256, checked.sheet)
    told = rosters.reconcile(batch.id) if batch else rosters.reconcile_check(checked)
    XlsxReconciliation().write(told, path)
    return f"核对单已写到 {path}"


def _answer(checked: RosterCheck, said: list[str] | None = None) -> Answer:
    counts = checked.counts
    lanes = "　".join(f"{lane.label} {counts[lane]}" for lane in Lane)
    sheet = f"（{checked.sheet}）" if checked.sheet else ""
    lines = [f"{checked.file}{sheet}　{checked.school_name}　共 {len(checked.rows)} 行", lanes]
    lines += checked.notes
    if checked.unmapped:
        lines.append(f"没有用到的列：{'、'.join(checked.unmapped)}")
    lines += [
        f"  第 {p.row} 行 {p.column}：{p.message}" for p in checked.problems[:_SHOWN]
    ]
    if len(checked.problems) > _SHOWN:
        lines.append(f"  另有 {len(checked.problems) - _SHOWN} 处，加 --json 看全部")
    return Answer(checked.report(), [*lines, *(said or [])], _exit(checked))


def _exit(checked: RosterCheck) -> Exit:
    """Refused only when there is nobody in it who can be taken or was taken before."""
    done = any(problem.code == ALREADY for problem in checked.problems)
    return Exit.DONE if checked.accepted or done else Exit.REFUSED


def _refused(file: Path, error: InputError) -> Answer:
    """The report of a file that was refused whole; the reason stands at row 0."""
    code = _WRONG_SCHOOL if error.field == _WRONG_SCHOOL else _NOT_A_ROSTER
    problem = {"row": 0, "column": "", "level": "error", "code": code, "message": f"{error}"}
    value = {"file": file.name, "sheet": "", "rows": 0, "accepted": 0, "refused": 0, "alerts": 0,
             "problems": [problem]}
    return Answer(value, [f"{file.name} 没有读入：{error.message}", error.remedy], Exit.REFUSED)
