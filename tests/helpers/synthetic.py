"""Synthetic people for tests: well-formed, and plainly nobody.

Names are built from 试 and 样 ("trial", "sample"); numbers are those ``citizen_id.synthetic``
makes. Strategies draw the awkward ones: rare characters, long names, markup, full-width digits.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from desktop_app.domain.citizen_id import CitizenId, synthetic

RURAL_REGION = "210283"
"""庄河: a county-level city of Dalian with countryside."""

RARE = "𠮷𡋾𣲗𬺈㛃䶮"
"""Lawful characters of names beyond the common fonts, some beyond the BMP."""

LONG_NAME = "买买提·吐尔逊·阿不都热合曼" * 3 + "·样"
"""A name of 43 characters with name dots."""

MARKUP_NAMES = (
    "<b>试", "<img src=x.png>样", "试&amp;样", "{试}%s", "'; drop table person; --", "%_\\",
)
"""What a name must never do: be taken for markup, a pattern or a statement."""


def name(order: int) -> str:
    """Return the name of the synthetic person of that order: 试甲样, 试乙样 …"""
    stems = "甲乙丙丁戊己庚辛壬癸"
    tail = "".join(stems[int(digit)] for digit in str(order))
    return f"试{tail}样"


def number(order: int, *, region: str = RURAL_REGION, birth: date = date(1978, 3, 15)) -> CitizenId:
    """Return a well-formed number; another ``order`` (from 0) is another number and birthday."""
    day = birth + timedelta(days=order // 999)
    return synthetic(region, day, order % 999 + 1)


def citizen_numbers() -> st.SearchStrategy[str]:
    """Draw well-formed citizen numbers of people born 1900 to 2017 in Dalian."""
    return st.builds(
        lambda region, birth, order: synthetic(region, birth, order).text,
        st.sampled_from(["210202", "210211", "210213", "210214", "210281", "210283", "219001"]),
        st.dates(date(1900, 1, 1), date(2017, 12, 31)),
        st.integers(1, 999),
    )


def names() -> st.SearchStrategy[str]:
    """Draw lawful names: two to fifty characters, rare ones and name dots among them."""
    common = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
    rare = st.sampled_from(RARE)
    plain = st.text(st.one_of(common, rare), min_size=2, max_size=12)
    dotted = st.lists(plain, min_size=2, max_size=3).map("·".join)
    return st.one_of(plain, dotted, st.just(LONG_NAME))


def hostile_texts() -> st.SearchStrategy[str]:
    """Draw anything that can be pasted: every kind of character but lone surrogates."""
    return st.one_of(
        st.sampled_from(MARKUP_NAMES),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    )
