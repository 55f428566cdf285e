"""``init``, ``verify``, ``check`` and ``backup``: the data folder as a whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.adapters.disk import require_place
from desktop_app.adapters.policy import load_policy
from desktop_app.adapters.storage.keeping import Report
from desktop_app.adapters.storage.vault import KEYS, holds_data, require_login, require_password
from desktop_app.adapters.workstation import hardening, paths
from desktop_app.adapters.workstation.profile import load_profile
from desktop_app.admin.answer import Answer, Call, Exit
from desktop_app.admin.health import PARTS, installation_faults
from desktop_app.admin.office import DEFAULT_LOGIN, opened
from desktop_app.admin.setting_up import make_data
from desktop_app.admin.training import NO_PASSWORD, make_folder
from desktop_app.domain.errors import Conflict, InputError
from desktop_app.domain.journal import first_break
from desktop_app.domain.staff import Operator, Role


def add_init(parser: argparse.ArgumentParser) -> None:
    """The ``init`` command."""
    parser.add_argument(
        "--station", metavar="FILE.toml", type=Path, required=True, help="工位配置文件"
    )
    parser.add_argument("--training", action="store_true", help="建演练数据，不设口令")
    parser.set_defaults(run=init)


def add_verify(parser: argparse.ArgumentParser) -> None:
    """The ``verify`` command."""
    parser.add_argument(
        "--database", action="store_true", required=True, help="核验数据库里的办件日志"
    )
    parser.set_defaults(run=verify)


def add_check(parser: argparse.ArgumentParser) -> None:
    """The ``check`` command."""
    parser.set_defaults(run=check)


def add_backup(parser: argparse.ArgumentParser) -> None:
    """The ``backup`` command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="备份写到哪个文件")
    parser.set_defaults(run=backup)


def init(call: Call, args: argparse.Namespace) -> Answer:
    """Make a data folder for the station of a profile. Nothing is made when anything is wrong."""
    hardening.keep_files_private()
    folder = paths.data_dir(call.data, training=args.training)
    if holds_data(folder):
        raise Conflict(f"{folder} 里已有落户数据，没有改动", "换一个空文件夹")
    regions = {row.value for row in load_policy(call.resources).table("region")}
    station = load_profile(args.station, training=args.training, regions=regions)
    login = DEFAULT_LOGIN if args.training else call.login or DEFAULT_LOGIN
    password = NO_PASSWORD if args.training else call.password(twice=True)
    require_login(login)
    require_password(login, password, training=args.training)
    if args.training:
        make_folder(folder, args.station, station)
    else:
        first = Operator(login, Role.SUPERVISOR.label, Role.SUPERVISOR)
        make_data(folder, args.station, station, first, password)
    value = {
        "data": folder, "station": station.code, "login": login, "training": args.training,
    }
    kind = "演练数据" if args.training else "数据"
    return Answer(value, [f"已建立{kind}文件夹：{folder}", f"首个账号：{login}（所领导）"])


def verify(call: Call, args: argparse.Namespace) -> Answer:
    """Follow the journal from its first entry to its last; name the first that does not hold."""
    with opened(call) as office, office.session.store.read() as unit:
        last = unit.journal.last()
        broken = first_break(unit.journal.entries())
    count = last.seq if last else 0
    if broken is None:
        value = {"sound": True, "entries": count, "head": last.digest if last else ""}
        return Answer(value, [f"办件日志完整：{count} 条，逐条核对无误"])
    value = {
        "sound": False, "entries": count,
        "first_bad": {"seq": broken.seq, "reason": broken.reason},
    }
    words = [f"办件日志从第 {broken.seq} 条起对不上：{broken.reason}", "停止办理，交信息员查明"]
    return Answer(value, words, Exit.REFUSED)


def check(call: Call, args: argparse.Namespace) -> Answer:
    """Check everything: policy, fonts and forms of the program, then data and journal."""
    faults = installation_faults(call.resources, call.forms)
    with opened(call) as office:
        report = office.check_data()
    faults["data"] = list(report.faults)
    sound = not any(faults.values())
    value = {
        "sound": sound, "faults": faults, "rows": dict(report.rows), "entries": report.entries,
    }
    words = {**PARTS, "data": "数据和日志"}
    lines: list[str] = []
    for part, found in faults.items():
        lines.append(f"{words[part]}：{f'{len(found)} 处不对' if found else '完好'}")
        lines.extend(f"  {fault}" for fault in found)
    lines.append(_counted(report))
    return Answer(value, lines, Exit.DONE if sound else Exit.REFUSED)


def backup(call: Call, args: argparse.Namespace) -> Answer:
    """Write an encrypted copy under the same key; it is opened and compared before it counts."""
    target: Path = args.file.absolute()
    if target.exists():
        raise Conflict(f"{target} 已经存在，没有改动", "换一个文件名")
    require_place(target)
    with opened(call) as office:
        if target.parent == office.folder:
            raise InputError("备份不能写进数据文件夹", "写到另一个磁盘或 U 盘")
        report = office.back_up(target)
    value = {"file": target, "bytes": target.stat().st_size, "entries": report.entries,
             "rows": dict(report.rows)}
    return Answer(value, [
        f"备份已写好并核对：{target}",
        _counted(report),
        f"恢复时要有同一份 {KEYS}，另行保管",
    ])


def _counted(report: Report) -> str:
    rows = report.rows
    return f"人 {rows['persons']}，件 {rows['cases']}，日志 {report.entries} 条"
