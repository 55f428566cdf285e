"""``form list`` and ``form render``: papers without a data folder, from a record in a file."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.adapters.disk import write
from desktop_app.adapters.pdf.book import FormBook, load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.admin.answer import Answer, Call, Exit, day_of
from desktop_app.admin.json_file import read_json
from desktop_app.domain.errors import InputError
from desktop_app.domain.form_values import VALUES, nearest_value
from desktop_app.domain.forms import (
    FilledForm,
    FormDefinition,
    FormRefused,
    fill,
    needs,
    unknown_values,
)
from desktop_app.services.ports import Marks

_LARGEST_DATA = 64_000_000
#: A sheet from here belongs to no station's sequence, and says so where the copy number stands.
_MARKS = Marks(copy_number="未编号（命令行生成）")


def add_form(parser: argparse.ArgumentParser) -> None:
    """The ``form`` family."""
    family = parser.add_subparsers(metavar="COMMAND", required=True)
    listing = family.add_parser("list", help="列出表格、版式和要填的内容")
    listing.add_argument("form", metavar="FORM", nargs="?", default="", help="只列这一种")
    listing.set_defaults(run=list_command)
    render = family.add_parser("render", help="按数据文件生成 PDF")
    render.add_argument("form", metavar="FORM", help="表格编号，见 form list")
    render.add_argument("data", metavar="DATA.json", type=Path, help="一份内容，或一组内容的列表")
    render.add_argument("-o", "--output", metavar="OUT.pdf", type=Path, required=True)
    render.add_argument("--overprint", action="store_true", help="套打：只印内容，不印格线")
    render.add_argument("--on", metavar="DATE", default="", help="哪一天的版式，默认今天")
    render.set_defaults(run=render_command)


def list_command(call: Call, args: argparse.Namespace) -> Answer:
    """Every form with its editions and the values that the latest edition prints."""
    book = load_forms(call.forms)
    ids = (args.form,) if args.form else book.ids()
    sheets = [_sheet(book, form_id) for form_id in ids]
    lines = [line for form_id in ids for line in _lines(book, form_id, bool(args.form))]
    if not args.form:
        lines.append("某种表格要填的内容：form list 编号")
    return Answer(sheets, lines)


def _sheet(book: FormBook, form_id: str) -> dict[str, object]:
    form = book.latest(form_id)
    return {
        "id": form.id,
        "title": form.title,
        "stock": form.stock,
        "overprint": form.overprint,
        "source": form.source,
        "cites": form.cites,
        "editions": [
            {"since": edition.since, "until": edition.until} for edition in book.editions(form_id)
        ],
        "values": [_value(need.value, need.optional) for need in needs(form)],
        "sample": book.sample(form_id),
    }


def _value(value_id: str, optional: bool) -> dict[str, object]:
    value = VALUES[value_id]
    return {
        "id": value.id,
        "label": value.label,
        "kind": value.kind.value,
        "optional": optional,
        "sample": value.sample,
    }


def _lines(book: FormBook, form_id: str, with_values: bool) -> list[str]:
    form = book.latest(form_id)
    editions = "、".join(edition.since.isoformat() for edition in book.editions(form_id))
    ways = "，可套打" if form.overprint else ""
    lines = [f"{form.id}  {form.title}  版式 {editions} 起{ways}"]
    if with_values:
        lines += [
            f"  {'可空' if need.optional else '必填'}  {need.value}  {VALUES[need.value].label}"
            + (f"  例：{VALUES[need.value].sample}" if VALUES[need.value].sample else "")
            for need in needs(form)
        ]
    return lines


def render_command(call: Call, args: argparse.Namespace) -> Answer:
    """One PDF of a record, or of a list of records in their order."""
    book = load_forms(call.forms)
    form = book.edition(args.form, day_of(args.on))
    records = _records(args.data)
    problems, filled = _fill_all(form, records)
    if problems:
        return _refused(form, problems)
    renderer = PdfRenderer(call.resources / "fonts", book)
    try:
        pdf = renderer.render(filled, marks=_MARKS, overprint=args.overprint)
    except FormRefused as refused:
        found = _whose(renderer, filled, args.overprint) or [
            {"value": p.value, "reason": p.words} for p in refused.problems
        ]
        return _refused(form, found, refused.remedy)
    write(args.output, pdf)
    pages = sum(len(one.pages) for one in filled)
    value = {
        "form": form.id,
        "edition": form.since,
        "records": len(records),
        "pages": pages,
        "file": str(args.output),
        "bytes": len(pdf),
    }
    return Answer(value, [f"已生成 {args.output}：{form.title} {len(records)} 份，{pages} 页"])


def _fill_all(
    form: FormDefinition, records: Sequence[Mapping[str, object]]
) -> tuple[list[dict[str, object]], list[FilledForm]]:
    """The filled forms, or everything wrong with all the records."""
    problems: list[dict[str, object]] = []
    filled: list[FilledForm] = []
    for number, record in enumerate(records, start=1):
        problems += [
            {"record": number, "value": name, "reason": _unknown(name)}
            for name in unknown_values(record)
        ]
        try:
            filled.append(fill(form, record))
        except FormRefused as refused:
            problems += [
                {"record": number, "value": p.value, "reason": p.words} for p in refused.problems
            ]
    return problems, filled


def _whose(
    renderer: PdfRenderer, filled: Sequence[FilledForm], overprint: bool
) -> list[dict[str, object]]:
    """What keeps each record from being drawn; empty when it is the form and not a record."""
    found: list[dict[str, object]] = []
    for number, one in enumerate(filled, start=1):
        try:
            renderer.render((one,), marks=_MARKS, overprint=overprint)
        except FormRefused as refused:
            found += [
                {"record": number, "value": p.value, "reason": p.words}
                for p in refused.problems
                if p.value != one.form.id
            ]
            if not found:
                return []
    return found


def _unknown(name: str) -> str:
    near = nearest_value(name)
    return f"没有名为 {name} 的内容" + (f"，最接近的是 {near}" if near else "")


def _refused(
    form: FormDefinition, problems: Sequence[Mapping[str, object]], remedy: str = ""
) -> Answer:
    lines = [f"《{form.title}》没有生成，共 {len(problems)} 处："]
    for problem in problems:
        where = f"第 {problem['record']} 份 " if "record" in problem else ""
        lines.append(f"  {where}{problem['reason']}（{problem['value']}）")
    lines.append(remedy or "补齐或改正后再生成；要填的内容见 form list")
    return Answer({"form": form.id, "problems": list(problems)}, lines, Exit.REFUSED)


def _records(path: Path) -> list[Mapping[str, object]]:
    found = read_json(
        path, largest=_LARGEST_DATA, unlike="分成几个文件再生成", shape="写一个对象，或对象的列表"
    )
    given = found if isinstance(found, list) else [found]
    records: list[Mapping[str, object]] = [
        record for record in given if isinstance(record, dict)
    ]
    if not records or len(records) < len(given):
        raise InputError(f"{path.name} 里没有可填的内容", "写一个对象，或对象的列表")
    return records
