"""Start of the packaged window."""

import sys

from desktop_app.__main__ import run

sys.exit(run())
