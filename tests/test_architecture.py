"""The house holds: floors one way, tools behind their doors, words never code.

import-linter says who may import whom (``pyproject.toml``); the rules it cannot say are in
``tests/helpers/house_rules.py``. Both are also shown to bite.
"""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.helpers.house_rules import RULES, HouseRule, sql_takes_no_words
from tests.helpers.sources import PACKAGE, ROOT, parse, program

LINT = Path(sysconfig.get_path("scripts")) / "lint-imports"

TRESPASSES = {
    "ui/pages/far.py": "import desktop_app.adapters.pdf\n",
    "adapters/pdf/near.py": "import desktop_app.adapters.storage\n",
    "adapters/policy/up.py": "import desktop_app.services.desk\n",
    "services/desk.py": "import reportlab\nimport sqlalchemy\nfrom PySide6 import QtCore\n",
    "domain/up.py": "import desktop_app.services.desk\n",
    "stray.py": "",
}
"""Modules that, laid into the house, must break every contract there is."""


def lint(where: Path) -> str:
    """Run import-linter with the project's contracts on the package in a folder."""
    done = subprocess.run(
        [LINT, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=where, capture_output=True, text=True, check=False,
    )
    return done.stdout + done.stderr


def test_import_contracts_hold() -> None:
    report = lint(ROOT)
    assert " 0 broken" in report, report


def test_import_contracts_bite(tmp_path: Path) -> None:
    for folder in [PACKAGE, *(p for p in PACKAGE.rglob("*") if (p / "__init__.py").exists())]:
        copy = tmp_path / folder.relative_to(ROOT)
        copy.mkdir(parents=True, exist_ok=True)
        (copy / "__init__.py").touch()
    for path, text in TRESPASSES.items():
        (tmp_path / "desktop_app" / path).write_text(text, encoding="utf-8")
    report = lint(tmp_path)
    assert " 0 kept" in report, report
    assert "stray" in report, "a module without a floor must be named"


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _, _ in RULES.values()))
def test_house_rule_holds(rule: HouseRule) -> None:
    assert rule(program()) == []


@pytest.mark.parametrize("name", RULES)
def test_house_rule_bites(name: str) -> None:
    rule, path, text = RULES[name]
    assert rule([parse(path, text)])


@pytest.mark.parametrize("text", [
    "c.execute('select 1 where a = ?', (name,))",
    "c.execute(text('select :name'), {'name': name})",
    "c.execute(f'PRAGMA user_version = {SCHEMA_VERSION}')",
    "for table in ('journal', 'bytes'):\n    c.execute(f'create trigger {table}_guard')",
    "session.execute(select(Person).where(Person.name == name))",
])
def test_statements_with_bound_values_pass(text: str) -> None:
    assert sql_takes_no_words([parse("adapters/storage/a.py", text)]) == []


def test_every_folder_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [f for f in folders if not (f / "__init__.py").exists()] == []

