"""Pinyin initials of a name (拼音首字母), worked out at write time for an indexed column."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import product

#: Characters read in two ways in names, each way kept: a clerk types what is heard.
#: Readings: 现代汉语词典 as reported in surname lists; source = "待核".
_TWO_WAYS = dict(
    pair.split(":", 1)
    for pair in (
        "单:sdc 曾:zc 解:xj 仇:qc 查:zc 盖:gh 乐:yl 覃:qt 区:oq 缪:mp 尉:yw 万:wm 俟:qs 翟:zd "
        "朝:zc 重:zc 长:cz 行:xh 盛:sc 折:sz 种:zc 秘:mb 繁:fp 召:sz 隗:wk 宿:sx "
        "车:cj 藏:cz 传:cz 调:dt 校:xj 奇:qj 祭:jz "
    ).split()
)
_MOST = 8


def initials(name: str) -> tuple[str, ...]:
    """Every way to abbreviate a name, at most eight, the usual one first; () when none is known.

    Latin letters stand for themselves; a character without a known reading is passed over.
    """
    choices = [letters for letters in map(_letters, name) if letters]
    if not choices:
        return ()
    ways = ("".join(way) for way in product(*choices))
    return tuple(dict.fromkeys(way for way, _ in zip(ways, range(_MOST), strict=False)))


@lru_cache(maxsize=30_000)
def _letters(char: str) -> str:
    if char in _TWO_WAYS:
        return _TWO_WAYS[char]
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    letter = _dictionary_letter(char)
    return letter if letter.isascii() and letter.isalpha() else ""


def _dictionary_letter(char: str) -> str:
    # Imported at the first name: the dictionary costs 30 ms, its phrases 90 ms and 50 MB more,
    # and single characters need none of the phrases.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(char, style=Style.FIRST_LETTER, errors="ignore"))[:1]
