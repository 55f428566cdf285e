"""The documents' own words stay out: rules, papers, code and manuals explain in our words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.policy.shingles import RUN, fingerprint, han, runs

ROOT = Path(__file__).parents[2]
KNOWN = frozenset(
    (Path(__file__).parent / "dazhengbanfa-2017-61.shingles").read_text("ascii").split()
)
FOLDERS = ("desktop_app", "resources", "forms", "docs", "tests", "packaging")
KINDS = (".py", ".toml", ".md", ".txt", ".qss")
#: Titles and names, which have no other words.
NAMES = (
    "大连市人民政府办公厅关于推动非户籍人口在城市落户的实施意见",
    "土地承包权宅基地使用权集体收益分配权",
)


def texts() -> Iterator[Path]:
    """Everything written by hand."""
    yield from ROOT.glob("*.md")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in KINDS)


def quoted(text: str) -> list[str]:
    """The runs of a text that stand in the policy as well."""
    plain = han(text)
    for name in NAMES:
        plain = plain.replace(name, "\u3400" * RUN)
    return [run for run in runs(plain) if fingerprint(run) in KNOWN]


def test_no_sentence_of_the_policy_is_copied() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in texts()
        if (words := quoted(path.read_text("utf-8")))
    }
    assert found == {}


def test_a_copied_sentence_would_be_noticed() -> None:
    """The title is the one sentence of the document that may stand here."""
    title = NAMES[0]
    assert all(fingerprint(run) in KNOWN for run in runs(title))
    assert quoted(title) == []
    assert quoted(title[:RUN]) == [title[:RUN]]
    assert quoted("，".join(title[:RUN])) == [title[:RUN]]
