"""``policy check``, ``policy list``, ``policy add-text`` and ``assess``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop_app.adapters.disk import write
from desktop_app.adapters.policy import Fault, PolicyFolders, check_policy, load_policy
from desktop_app.adapters.policy.document_text import Imported, import_text
from desktop_app.adapters.workstation.paths import data_dir
from desktop_app.admin.answer import Answer, Call, Exit, Usage, day_of
from desktop_app.admin.json_file import read_json
from desktop_app.admin.policy_sheets import (
    assessment_lines,
    assessment_value,
    list_lines,
    list_value,
)
from desktop_app.domain.errors import InputError, Missing
from desktop_app.domain.legal import Citation, Document
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.services.guide import Guide

_LARGEST_FACTS = 100_000


def add_policy(parser: argparse.ArgumentParser) -> None:
    """The ``policy`` family."""
    family = parser.add_subparsers(metavar="COMMAND", required=True)
    check = family.add_parser("check", help="检查政策和表样，列出全部错误")
    check.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="默认检查已装的政策")
    check.set_defaults(run=check_command)
    listing = family.add_parser("list", help="列出当日有效的通道和全部事实")
    _add_day(listing)
    listing.set_defaults(run=list_command)
    text = family.add_parser("add-text", help="导入文件原文，供查看条款")
    text.add_argument("file", metavar="FILE", type=Path)
    text.add_argument("--document", metavar="ID", required=True, help="文件编号")
    text.set_defaults(run=add_text_command)


def add_assess(parser: argparse.ArgumentParser) -> None:
    """The ``assess`` command."""
    parser.add_argument("facts", metavar="FACTS.json", type=Path)
    _add_day(parser)
    parser.set_defaults(run=assess_command)


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", default="", help="哪一天的政策，默认今天")


def check_command(call: Call, args: argparse.Namespace) -> Answer:
    """Every fault of the policy and the forms, with file, line, id and reason."""
    folders = _folders(call, args.folder)
    faults = [*check_policy(folders), *_form_faults(folders.forms)]
    value = {
        "ok": not faults,
        "faults": [
            {"file": f.file, "line": f.line, "id": f.id, "reason": f.reason} for f in faults
        ],
    }
    if not faults:
        return Answer(value, ["政策和表样没有错误"])
    lines = [str(fault) for fault in faults]
    return Answer(value, [*lines, f"共 {len(faults)} 处错误"], Exit.REFUSED)


def _folders(call: Call, folder: Path | None) -> PolicyFolders:
    """A whole installation, its ``resources``, or a policy folder alone; what is not there is
    taken from this installation."""
    own = PolicyFolders.of(call.resources, call.forms)
    if folder is None:
        return own
    if not folder.is_dir():
        raise Usage(f"没有文件夹 {folder}", "写政策包所在的文件夹")
    if folder.resolve().name == "procedures":  # where somebody who adds a way is at work
        folder = folder.resolve().parent
    resources = folder / "resources" if (folder / "resources").is_dir() else folder
    policy = resources / "policy" if (resources / "policy").is_dir() else resources
    above = policy.parent
    return PolicyFolders(
        policy=policy,
        codes=above / "codes" if (above / "codes").is_dir() else own.codes,
        forms=next(
            (p for p in (above / "forms", above.parent / "forms") if p.is_dir()), own.forms
        ),
    )


def _form_faults(forms: Path | None) -> Iterable[Fault]:
    # The forms' reader is only needed here: listing and judging stay quick without it.
    from desktop_app.adapters.pdf.book import load_forms
    from desktop_app.adapters.pdf.faults import FormFaults

    if forms is None:
        return ()
    try:
        load_forms(forms)
    except FormFaults as found:
        return [Fault(f"forms/{f.file}", f.line, f.id, f.reason) for f in found.faults]
    return ()


def list_command(call: Call, args: argparse.Namespace) -> Answer:
    """Procedures in force that day, the vocabulary of facts, and the ambiguity register."""
    book = _book(call)
    day = day_of(args.on)
    procedures = book.procedures_on(day)
    return Answer(list_value(book, procedures, day), list_lines(book, procedures, day))


def assess_command(call: Call, args: argparse.Namespace) -> Answer:
    """Every procedure's outcome for the facts of a file."""
    book = _book(call)
    guide = Guide(book)
    facts = guide.read_facts(_read_facts(args.facts))
    day = day_of(args.on)
    assessments = guide.assess_all(facts, day)
    return Answer(
        assessment_value(book, assessments, day), assessment_lines(book, assessments, day)
    )


def _read_facts(path: Path) -> Mapping[str, object]:
    found = read_json(
        path, largest=_LARGEST_FACTS, unlike="不像一组事实", shape="写一个平的 JSON 对象"
    )
    if not isinstance(found, dict):
        raise InputError(f"{path.name} 应是一个 JSON 对象", "键为事实编号，值为事实的值")
    return found


def add_text_command(call: Call, args: argparse.Namespace) -> Answer:
    """Import a document's own text and say which cited clauses it holds."""
    book = _book(call)
    try:
        document = book.document(args.document)
    except Missing as error:
        known = "、".join(book.documents)
        raise InputError(error.message, f"可用：{known}") from None
    folder = data_dir(call.data)
    found = _imported(call, args.file, document, book.cited_clauses(document.id), folder)
    value = {
        "document": found.document, "characters": found.characters,
        "found": found.found, "missing": found.missing,
    }
    lines = [f"已导入 {document.title}，{found.characters} 字，存在 {folder}"]
    for words, clauses in (("找到", found.found), ("没找到", found.missing)):
        if clauses:
            labels = "、".join(book.label(Citation(document.id, clause)) for clause in clauses)
            lines.append(f"{words} {len(clauses)} 条：{labels}")
    return Answer(value, lines)


def _imported(
    call: Call, file: Path, document: Document, cited: frozenset[str], folder: Path
) -> Imported:
    """Keep the text. Only who maintains a station's data may change what its clerks read as the
    law, and the journal says who did. A folder that is no station's yet has neither."""
    # The database and its keys are only needed here: judging stays quick without them.
    from desktop_app.adapters.storage.vault import holds_data
    from desktop_app.admin.office import opened

    if not holds_data(folder):
        return import_text(file, document, cited, folder, write)
    with opened(call) as office:
        office.require_maintainer()
        found = import_text(file, document, cited, folder, write)
        office.note_text(found.document, found.digest, found.characters)
    return found


def _book(call: Call) -> PolicyBook:
    return load_policy(call.resources, call.forms if call.forms.is_dir() else None)
