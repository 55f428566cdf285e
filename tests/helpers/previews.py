"""Every form from its sample to PDF and PNG: ``python -m tests.helpers.previews DIR``."""

from __future__ import annotations

import argparse
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


def write_previews(target: Path, book: FormBook, renderer: PdfRenderer, dpi: float = 110) -> int:
    """Write every edition of every form; returns the number of pictures."""
    target.mkdir(parents=True, exist_ok=True)
    pictures = 0
    for form_id in book.ids():
        for form in book.editions(form_id):
            filled = fill(form, book.sample(form_id))
            for suffix, (marks, overprint) in variants(form).items():
                pdf = renderer.render([filled], marks=marks, overprint=overprint)
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
