"""The real policy package, and copies of it that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.adapters.policy import load_policy
from desktop_app.domain.policy_book import PolicyBook

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def book() -> PolicyBook:
    """The policy as shipped."""
    return load_policy(RESOURCES)


class Package:
    """A copy of the policy package, to be changed line by line."""

    def __init__(self, resources: Path) -> None:
        self.resources = resources

    def path(self, name: str) -> Path:
        """A file of the copy: ``policy/zones.toml``."""
        return self.resources / name

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace words that occur in the file, first place only; its line number."""
        text = self.path(name).read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def choose(self, switch: str, option: str) -> None:
        """Take another reading of an open point."""
        text = self.path("policy/ambiguity.toml").read_text("utf-8")
        start = text.index(f'id = "{switch}"')
        head, tail = text[:start], text[start:]
        line = next(line for line in tail.splitlines() if line.startswith("chosen"))
        spoilt = head + tail.replace(line, f'chosen = "{option}"', 1)
        self.path("policy/ambiguity.toml").write_text(spoilt, "utf-8")

    def load(self) -> PolicyBook:
        """The book of the copy."""
        return load_policy(self.resources)


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A private copy of policy and code tables."""
    resources = tmp_path / "resources"
    for part in ("policy", "codes"):
        shutil.copytree(RESOURCES / part, resources / part)
    return Package(resources)
