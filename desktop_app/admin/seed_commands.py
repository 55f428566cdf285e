"""``seed``: people and cases for a training database."""

from __future__ import annotations

import argparse

from desktop_app.adapters.storage.vault import FileVault
from desktop_app.adapters.workstation import hardening
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.adapters.workstation.profile import station_of
from desktop_app.admin.answer import Answer, Call, Usage
from desktop_app.admin.office import data_folder
from desktop_app.admin.seeding import require_training
from desktop_app.admin.training import fill, open_training


def add_seed(parser: argparse.ArgumentParser) -> None:
    """The ``seed`` command."""
    parser.add_argument("--persons", metavar="N", type=int, required=True, help="造多少人")
    parser.add_argument("--cases", metavar="N", type=int, required=True, help="造多少件")
    parser.add_argument(
        "--seed", metavar="S", type=int, default=1, help="种子；同一种子造同样的人，默认 1"
    )
    parser.set_defaults(run=seed)


def seed(call: Call, args: argparse.Namespace) -> Answer:
    """Add people in households and cases in every status. Refuses real data."""
    if args.persons < 0 or args.cases < 0:
        raise Usage("人数和件数不能为负", "写不小于 0 的整数")
    hardening.keep_files_private()
    folder = data_folder(call)
    require_training(FileVault(folder, SystemClock()).training)
    station = station_of(folder, training=True)
    store = open_training(folder)
    try:
        persons, cases = fill(
            store, station, persons=args.persons, cases=args.cases, seed=args.seed,
            tell=call.note,
        )
    finally:
        store.close()
    value = {"persons": persons, "cases": cases, "seed": args.seed}
    return Answer(value, [f"已造 {persons} 人、{cases} 件，种子 {args.seed}"])
