"""Print what others wrote of what ships: name, version, licence and its text, package by package.

Run by the Python that the program was packed from: ``third_party.py requirements/runtime.lock``.
"""

import importlib.metadata
import re
import sys
import sysconfig
from pathlib import Path

HEAD = """\
Luohu Counter itself is under the Mulan PSL v2 (see the file copyright beside this one). With it
ship the works of others that follow. Qt and PySide6 are used under the LGPL, version 3, as shared
libraries of their own in _internal/PySide6, which may be replaced; the texts of that licence and of
the GPL it refers to are in /usr/share/common-licenses. The start code of PyInstaller is under the
GPL with an exception that leaves programs packed by it free. The fonts are under the SIL Open Font
License; their texts and sources are in _internal/resources/fonts.
"""
LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.I)
HOMES = ("homepage", "source", "source code", "repository", "github")
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==", re.M)


def main(lock):
    print(HEAD)
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    section("Python", sys.version.split()[0], "PSF-2.0", "https://www.python.org", [python])
    for name in LOCKED.findall(lock.read_text(encoding="utf-8")):
        shipped = importlib.metadata.distribution(name)
        about = shipped.metadata
        texts = [
            shipped.locate_file(file) for file in shipped.files or ()
            if ".dist-info" in file.parts[0] and LICENCE_FILE.search("/".join(file.parts[1:]))
        ]
        section(about["Name"], shipped.version, licence(about), home(about), texts)


def licence(about):
    told = about.get("License-Expression") or about.get("License") or ""
    classified = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or () if "License" in c]
    return told.splitlines()[0] if told else ", ".join(classified) or "see the text"


def home(about):
    told = (link.split(", ", 1) for link in about.get_all("Project-URL") or ())
    links = {name.lower(): where for name, where in told}
    known = (links[name] for name in HOMES if name in links)
    return about.get("Home-page") or next(known, "")


def section(name, version, terms, where, texts):
    print("=" * 80, f"{name} {version}", f"Licence: {terms}", where, sep="\n")
    for text in sorted(texts):
        if text.is_file():
            print("-" * 80, text.read_text(encoding="utf-8", errors="replace").strip(), sep="\n")
    print()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
