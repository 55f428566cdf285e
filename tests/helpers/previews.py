"""Every form from its sample to PDF and PNG: ``python -m tests.helpers.previews DIR``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from desktop_app.adapters.pdf.book import FormBook, load_forms
from desktop_app.adapters.pdf.raster import page_count, page_png
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.forms import FormDefinition, fill
from desktop_app.services.ports import Marks

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "forms"
FONTS = ROOT / "resources" / "fonts"
MARKS = Marks(copy_number="210213001-01-000123", policy_digest="3f9c1a7be042d5")


def variants(form: FormDefinition) -> dict[str, tuple[Marks, bool]]:
    """The ways to draw a form: plain, in training, reprinted, and over printed stock."""
    ways = {
        "": (MARKS, False),
        "-training": (Marks(MARKS.copy_number, MARKS.policy_digest, training=True), False),
        "-reprint": (Marks(MARKS.copy_number, MARKS.policy_digest, reprint="打印机卡纸"), False),
    }
    if form.overprint:
        ways["-overprint"] = (MARKS, True)
    return ways


_LONG_NAME = ("阿卜杜拉·买买提吐尔逊·𠮷野" * 3)[:25]
_LONG_PLACE = (
    "大连市示范区示范街道示范路南段1288号示范花园三期甲区12号楼2单元2301室（示范大厦北侧）"
)
_NAMES = (
    "name", "former_name", "head_name", "registrar", "receiver", "reviewer", "decider", "issuer",
    "read_aloud_by", "operator", "manager", "guardian_1", "guardian_2", "declarant",
)
_PLACES = ("address", "other_address", "hukou_address", "origin", "destination", "place")


def long_record(record: Mapping[str, object]) -> dict[str, object]:
    """The sample with the longest names people have, one rare character in each, and addresses."""
    return {key: _longer(key, value) for key, value in record.items()}


def _longer(key: str, value: object) -> object:
    tail = key.rpartition(".")[2]
    if isinstance(value, list) and key in ("members", "students", "migrants"):
        return [long_record(row) if isinstance(row, Mapping) else row for row in value]
    if key.startswith("station.") or key == "household.name":
        return value
    if tail in _NAMES:
        return _LONG_NAME
    return _LONG_PLACE if tail in _PLACES else value


def write_previews(target: Path, book: FormBook, renderer: PdfRenderer, dpi: float = 110) -> int:
    """Write every edition of every form; returns the number of pictures."""
    target.mkdir(parents=True, exist_ok=True)
    pictures = 0
    for form_id in book.ids():
        for form in book.editions(form_id):
            filled = fill(form, book.sample(form_id))
            ways = {suffix: (filled, *how) for suffix, how in variants(form).items()}
            ways["-long"] = fill(form, long_record(book.sample(form_id))), MARKS, False
            for suffix, (paper, marks, overprint) in ways.items():
                pdf = renderer.render([paper], marks=marks, overprint=overprint)
                stem = f"{form_id}-{form.since.isoformat()}{suffix}"
                (target / f"{stem}.pdf").write_bytes(pdf)
                for page in range(page_count(pdf)):
                    picture = target / f"{stem}-{page + 1}.png"
                    picture.write_bytes(page_png(pdf, page, dpi))
                    pictures += 1
    return pictures


def main() -> None:
    """Write the previews into the folder given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    book = load_forms(FORMS)
    print(write_previews(parser.parse_args().target, book, PdfRenderer(FONTS, book)), "PNG")


if __name__ == "__main__":
    main()
