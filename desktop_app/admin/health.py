"""Whether the installed program is whole: policy, fonts, and a specimen of every form.

Nothing here needs a data folder, so that ``luohu --self-test`` asks the same questions.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from desktop_app.adapters.pdf.book import FormBook, load_forms
from desktop_app.adapters.pdf.faults import FormFaults
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.adapters.policy import PolicyFolders, check_policy
from desktop_app.domain.errors import CounterError
from desktop_app.domain.forms import fill
from desktop_app.services.ports import Marks

PARTS: Mapping[str, str] = {"policy": "政策", "fonts": "字体", "forms": "表格"}
_SOURCES = "SOURCES.toml"


def installation_faults(resources: Path, forms: Path) -> dict[str, list[str]]:
    """Every fault in words, by part (the keys of ``PARTS``)."""
    fonts = resources / "fonts"
    return {
        "policy": [str(fault) for fault in check_policy(PolicyFolders.of(resources, forms))],
        "fonts": _font_faults(fonts),
        "forms": _form_faults(fonts, forms),
    }


def _font_faults(fonts: Path) -> list[str]:
    """Font files that are missing or are not, byte for byte, those that were shipped."""
    try:
        listed = tomllib.loads((fonts / _SOURCES).read_text("utf-8"))["font"]
    except (OSError, ValueError, KeyError):
        return [f"{_SOURCES} 读不出"]
    return [fault for entry in listed if (fault := _font_fault(fonts / entry["file"], entry))]


def _font_fault(file: Path, entry: Mapping[str, str]) -> str:
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return f"{file.name} 读不出"
    return "" if digest == entry["sha256"] else f"{file.name} 和随程序发布的不同"


def _form_faults(fonts: Path, forms: Path) -> list[str]:
    """Faults of the definitions, else of every edition drawn from its sample."""
    try:
        book = load_forms(forms)
    except FormFaults as error:
        return [str(fault) for fault in error.faults]
    renderer = PdfRenderer(fonts, book)
    return [
        fault for form_id in book.ids() for fault in _specimen_faults(renderer, book, form_id)
    ]


def _specimen_faults(renderer: PdfRenderer, book: FormBook, form_id: str) -> list[str]:
    faults = []
    for form in book.editions(form_id):
        try:
            renderer.render((fill(form, book.sample(form_id)),), marks=Marks())
        except CounterError as error:
            faults.append(f"{form_id} {form.since.isoformat()} 版：{error.message}")
        except (OSError, ValueError, KeyError) as error:  # a font that is not one
            faults.append(f"{form_id} {form.since.isoformat()} 版画不出：{type(error).__name__}")
    return faults
