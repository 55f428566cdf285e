"""The documents' own words stay out: rules, papers, code and manuals explain in our words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.policy.shingles import RUN, fingerprint, runs

ROOT = Path(__file__).parents[2]
KNOWN = frozenset(
    (Path(__file__).parent / "dazhengbanfa-2017-61.shingles").read_text("ascii").split()
)
FOLDERS = ("desktop_app", "resources", "forms", "docs", "tests", "packaging")
KINDS = (".py", ".toml", ".md", ".txt", ".qss")
#: Titles and names, which have no other words.
NAMES = (
    "大连市人民政府办公厅关于推动非户籍人口在城市落户的实施意见大政办发号",
    "土地承包权宅基地使用权集体收益分配权",
)


def texts() -> Iterator[Path]:
    """Everything written by hand."""
    yield from ROOT.glob("*.md")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in KINDS)


def quoted(text: str) -> list[str]:
    """The runs of a text that stand in the policy as well and are no name."""
    named = [run for run in runs(text) if not any(run in name for name in NAMES)]
    return [run for run in named if fingerprint(run) in KNOWN]


def test_no_sentence_of_the_policy_is_copied() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in texts()
        if (words := quoted(path.read_text("utf-8")))
    }
    assert found == {}


def test_a_copied_sentence_would_be_noticed() -> None:
    """Written backwards, for it must not stand here either."""
    copied = "业职定稳法合或所住定稳法合"[::-1]
    assert len(copied) == RUN
    assert quoted(f"新区，{copied}。") == [copied]
    assert quoted("、".join(copied)) == [copied]
    assert quoted(copied[1:]) == []
    assert quoted(NAMES[0]) == quoted(NAMES[1]) == []
    assert all(fingerprint(run) in KNOWN for run in runs(NAMES[0]))
