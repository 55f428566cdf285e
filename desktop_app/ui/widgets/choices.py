"""Which choice a few keystrokes mean: digit, pinyin initials, full pinyin or hanzi. No Qt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 9
_STEM_AND_DIGIT = re.compile(r"(.*\D)([1-9])")


@dataclass(frozen=True)
class Choice:
    """One thing that can be picked.

    ``key`` goes to the service, ``label`` is read by people; ``initials`` (``jpxq``) and
    ``pinyin`` (``jinpuxinqu``) are lower case; ``code`` is the number in the official table;
    ``note`` stands small beside the label.
    """

    key: str
    label: str
    initials: str = ""
    pinyin: str = ""
    code: str = ""
    note: str = ""


def fold(text: str) -> str:
    """Typed words for comparison: half-width, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that fit, best first; all of them for empty words.

    An exact key, code, label or spelling comes alone. ``z2`` means the second of those that
    ``z`` leaves. In a list of up to nine a single digit means the
    number that stands before the choice, see ``number_of``.
    """
    wanted = fold(typed)
    if not wanted:
        return list(choices)
    exact = [choice for choice in choices if _is(choice, wanted)]
    if exact:
        return exact
    place = _by_place(choices, wanted)
    if place is not None:
        return [place]
    short = [choice for choice in choices if choice.initials.startswith(wanted)]
    begins = [c for c in choices if c not in short and _begins(c, wanted)]
    within = [c for c in choices if c not in short + begins and wanted in fold(c.label)]
    return short + begins + within


def meant(choices: Sequence[Choice], typed: str) -> Choice | None:
    """The one choice the words leave, or None for none or several."""
    found = matching(choices, typed) if fold(typed) else []
    return found[0] if len(found) == 1 else None


def by_key(choices: Sequence[Choice], key: str) -> Choice | None:
    """The choice with this key or, failing that, this label."""
    for choice in choices:
        if choice.key == key:
            return choice
    return next((choice for choice in choices if choice.label == key), None)


def number_of(choice: Choice, index: int) -> str:
    """What stands before a choice in the list: its one-figure code, else its place from 1."""
    return choice.code if len(choice.code) == 1 else str(index + 1)


def _by_place(choices: Sequence[Choice], wanted: str) -> Choice | None:
    if any(len(choice.code) == 1 for choice in choices):
        return None
    if wanted.isdigit():
        if len(choices) <= SHOWN and len(wanted) == 1 and 1 <= int(wanted) <= len(choices):
            return choices[int(wanted) - 1]
        return None
    parts = _STEM_AND_DIGIT.fullmatch(wanted)
    if parts is None:
        return None
    left = matching(choices, parts[1])
    number = int(parts[2])
    return left[number - 1] if number <= len(left) else None


def _is(choice: Choice, wanted: str) -> bool:
    """Whether the words name it in full."""
    return wanted in (fold(choice.label), choice.key.lower()) or bool(
        choice.code and wanted == choice.code
    )


def _begins(choice: Choice, wanted: str) -> bool:
    return (
        choice.initials.startswith(wanted)
        or choice.pinyin.startswith(wanted)
        or fold(choice.label).startswith(wanted)
        or bool(choice.code and choice.code.startswith(wanted))
    )
