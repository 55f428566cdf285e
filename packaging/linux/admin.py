"""Start of the packaged command line."""

import sys

from desktop_app.admin.__main__ import run

sys.exit(run())
