"""Writes the coverage table of the fonts: ``python -m tests.helpers.font_coverage``."""

from __future__ import annotations

from pathlib import Path

from desktop_app.adapters.pdf.coverage import TABLE, describe

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


def main() -> None:
    """Write the table beside the fonts."""
    (FONTS / TABLE).write_text(describe(FONTS), encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
