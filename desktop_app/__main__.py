"""``python -m desktop_app`` and the entry point ``luohu``."""

from __future__ import annotations

import sys

from desktop_app.adapters.roster.limits import READ_ROSTER


def run() -> None:
    """Run the window, or read one roster for it, and end the process with its status."""
    if sys.argv[1:2] == [READ_ROSTER]:
        # Only here: a reader with little memory must not load the window, nor the window it.
        from desktop_app.adapters.roster import child

        sys.exit(child.main(sys.argv[2:]))
    from desktop_app import main

    sys.exit(main.run())


if __name__ == "__main__":
    run()
