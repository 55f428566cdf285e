"""``python -m desktop_app`` and the entry point ``luohu``."""

from __future__ import annotations

import sys

from desktop_app import main


def run() -> None:
    """Run the window and end the process with its status."""
    sys.exit(main.run())


if __name__ == "__main__":
    run()
