"""What lies in the repository besides code: locks, fonts, licences, and no trace of a machine."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from desktop_app import __version__
from tests.helpers.sources import ROOT, parse, program

LONGEST_FILE = 400
FONTS = ROOT / "resources" / "fonts"
LOCKS = {"runtime.lock": (), "dev.lock": ("dev",), "package.lock": ("package",)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Return package → (version, number of hashes) of a lock."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=\S)", text.replace("\\\n", " ")):
        if match := re.match(r"([A-Za-z0-9_.-]+)==(\S+)", block):
            name_ = re.sub(r"[-_.]+", "-", match[1]).lower()
            found[name_] = (match[2], block.count("--hash=sha256:"))
    return found


def tracked() -> Iterator[Path]:
    """Yield every text file that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True,
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".ttf", ".png", ".pdf", ".db", ".ico"}:
            yield path


def wanted(*extras: str) -> list[Requirement]:
    stated = list(PROJECT["dependencies"])
    for extra in extras:
        stated += PROJECT["optional-dependencies"][extra]
    return [Requirement(text) for text in stated]


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_lock_answers_the_project_file(lock: str, extras: tuple[str, ...]) -> None:
    versions = locked(lock)
    for need in wanted(*extras):
        name = re.sub(r"[-_.]+", "-", need.name).lower()
        assert name in versions, f"{need} is not in {lock}: make lock"
        assert need.specifier.contains(versions[name][0]), f"{need} in {lock}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_hashes_and_no_address(lock: str) -> None:
    assert [name for name, (_, hashes) in locked(lock).items() if hashes == 0] == []
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|^/", text, re.M)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_has_what_ships(lock: str) -> None:
    other = locked(lock)
    assert {n: v for n, v in locked("runtime.lock").items() if other.get(n) != v} == {}


def test_what_runs_is_what_is_locked() -> None:
    versions = locked("runtime.lock")
    assert {
        name: importlib.metadata.version(name)
        for name, (version, _) in versions.items()
        if importlib.metadata.version(name) != version
    } == {}


def test_what_the_program_imports_is_stated() -> None:
    """A package that only came along with another can go with it."""
    provides = importlib.metadata.packages_distributions()
    stated = {re.sub(r"[-_.]+", "-", need.name).lower() for need in wanted()} | {"shiboken6"}
    missing = {
        f"{source.path}:{line}: {name}"
        for source in program()
        for line, name in source.imports()
        for top in [name.split(".")[0]]
        if top not in sys.stdlib_module_names and top != "desktop_app"
        and not {re.sub(r"[-_.]+", "-", d).lower() for d in provides.get(top, [])} & stated
    }
    assert missing == set()


def test_nothing_that_ships_is_gpl_alone() -> None:
    for name in locked("runtime.lock"):
        about = importlib.metadata.metadata(name)
        told = about.get("License-Expression") or about.get("License") or ""
        told += " ".join(c for c in about.get_all("Classifier") or [] if "License ::" in c)
        assert "GPL" not in told or "LGPL" in told, f"{name}: {told}"


def test_the_package_lists_the_licence_of_everything_in_it() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/linux/third_party.py", "requirements/runtime.lock"], cwd=ROOT,
        capture_output=True, text=True, encoding="utf-8", check=True,
    )
    listed = dict(re.findall(r"={80}\n(\S+) (\S+)\nLicence: \S", done.stdout))
    found = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in listed.items()}
    assert {n: v for n, (v, _) in locked("runtime.lock").items() if found.get(n) != v} == {}


def test_fonts_are_those_written_down() -> None:
    listed = tomllib.loads((FONTS / "SOURCES.toml").read_text(encoding="utf-8"))["font"]
    assert {font["file"] for font in listed} == {path.name for path in FONTS.glob("*.ttf")}
    for font in listed:
        digest = hashlib.sha256((FONTS / font["file"]).read_bytes()).hexdigest()
        assert digest == font["sha256"], font["file"]
        licence = (FONTS / font["licence_file"]).read_text(encoding="utf-8")
        assert "open font license" in licence.casefold()


def test_no_trace_of_a_machine() -> None:
    """No folder of somebody's home, and no mark of unfinished work, in anything committed."""
    trace = re.compile(r"(?<![\w.-])/(?:work|root|home/[a-z]+)/|\b(?:TODO|FIXME)\b")
    own = {ROOT / "tests" / "test_repository.py"}
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path not in own
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if trace.search(line)
    ]
    assert found == []


def test_readme_leads_to_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", readme, re.M))
    assert {"run", "test"} <= targets
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.M)] == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_program_knows_its_version() -> None:
    """The packed program has no metadata to ask, so that it says its version itself."""
    assert PROJECT["version"] == __version__


def test_ci_is_make_test() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.strip().endswith("exec make test")


def test_tests_wait_for_things_not_for_time() -> None:
    """A test that sleeps is slow on a fast machine and flaky on a slow one."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for line, name, call in parse(path.name, path.read_text(encoding="utf-8")).calls()
        if name in {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep"}
        and not ast.unparse(call).endswith("(0)")  # no wait: only what is due is done
    ]
    assert found == []


def test_files_stay_short() -> None:
    """A file beyond 400 lines is a room that takes everything in."""
    counts = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("desktop_app", "tests", "packaging")
        for path in (ROOT / folder).rglob("*.py")
    }
    long = {name: n for name, n in counts.items() if n > LONGEST_FILE}
    assert long == {}
