"""What the words in a roster's cells mean, however a school's program spelt them.

Full width and half width, blanks between the characters, the traditional characters of Big5 files
and the usual short forms are the same datum; they are understood without a question. What could
mean two things is never decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

#: The traditional (and variant) characters of headings, choices, ethnic groups and footers.
_SIMPLER = str.maketrans(
    "號證學別編碼備錄戶願遷區劃級業係專註齡籍愿見書稱",
    "号证学别编码备录户愿迁区划级业系专注龄籍愿见书称",
) | str.maketrans(
    "漢滿維爾壯鄉東達錫烏羅溫獨龍倫門諾鮮瑤薩納頗彜彞畬",
    "汉满维尔壮乡东达锡乌罗温独龙伦门诺鲜瑶萨纳颇彝彝畲",
) | str.maketrans(
    "計總頁審長領簽蓋經辦聯電話說無單製報負責",
    "计总页审长领签盖经办联电话说无单制报负责",
)
#: Former and spoken names of ethnic groups that mean one of the present ones.
_ETHNIC_ALIASES: Mapping[str, str] = {
    "维族": "维吾尔族", "僮族": "壮族", "毛难族": "毛南族", "崩龙族": "德昂族", "其它": "其他",
}
#: Groups that are not identified; the table keeps them under 其他 (来源：待核), so it is asked.
_UNIDENTIFIED = frozenset({"穿青人", "穿青族", "革家人", "亻革家人", "未识别民族", "其他民族",
                           "其它民族", "未识别"})
_MALE = frozenset({"m", "male", "男性", "男生", "男士", "先生"})
_FEMALE = frozenset({"f", "female", "女性", "女生", "女士"})
_CHOSEN = frozenset({
    "是", "对", "愿", "愿意", "自愿", "同意", "已同意", "要", "要迁", "需要", "迁", "迁入", "迁户",
    "迁户口", "迁移", "迁移户口", "落户", "愿意迁", "愿意迁入", "愿意迁移", "愿意迁户", "愿意落户",
    "自愿落户", "自愿迁入", "自愿迁移", "自愿迁户", "自愿迁户口", "同意落户", "同意迁户",
    "1", "y", "yes", "t", "true", "√", "✓", "✔", "☑",
})
_NOT_CHOSEN = frozenset({
    "否", "不", "不是", "不愿", "不愿意", "不自愿", "不同意", "不要", "不需要", "不迁", "不迁入",
    "不迁户", "不迁户口", "不迁移", "不落户", "不办", "不办理", "暂不迁", "暂不", "放弃",
    "不愿迁", "不愿意迁", "不愿意迁移", "不愿意迁户", "不愿意落户",
    "0", "2", "n", "no", "f", "false", "×", "x", "✗", "✘", "☒",
})
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_CODE_DIGITS = 2


def simpler(text: str) -> str:
    """The text with the traditional characters of a roster's own words made simplified."""
    return text.translate(_SIMPLER)


def plain(text: str) -> str:
    """A word to look up: half width, small letters, simplified, without blanks and full stops."""
    half = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(char for char in half if not char.isspace() and not _hidden(char))
    return simpler(seen).strip("。.,;!")


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")


def shown(text: str, longest: int) -> str:
    """The beginning of a cell for a message; characters nobody can see are named."""
    return "".join(
        f"⟨U+{ord(char):04X}⟩" if _hidden(char) else char for char in text[:longest]
    )


def chosen(text: str) -> bool | None:
    """Whether a student chose to move: yes, no, or None for anything that is not plainly either."""
    word = text if text in _CHOSEN else plain(text)
    if word in _CHOSEN:
        return True
    return False if word in _NOT_CHOSEN else None


def sex(text: str, table: Mapping[str, str]) -> str:
    """The code (GB/T 2261.1) of a sex, empty when the word is none of the table's."""
    word = plain(text)
    if word in _MALE:
        return "1"
    return "2" if word in _FEMALE else table.get(word, "")


def ethnicity(text: str, table: Mapping[str, str]) -> str:
    """The code (GB/T 3304) of an ethnic group, empty when it is none of the table's.

    A name, a name without 族, a code, or both when they agree.
    """
    word = plain(text)
    found = _ethnic_code(word, table)
    if found:
        return found
    codes = {_ethnic_code(part, table) for part in _PARTS.findall(word)}
    return codes.pop() if len(codes) == 1 else ""


def _ethnic_code(word: str, table: Mapping[str, str]) -> str:
    word = _ETHNIC_ALIASES.get(word, word)
    code = word.zfill(_CODE_DIGITS) if word.isdecimal() else word
    return table.get(code) or table.get(f"{word}族") or ""


def likely_ethnicity(text: str, table: Mapping[str, str]) -> str:
    """The name that a word was probably meant for, to be adopted; empty when there is none."""
    word = plain(text)
    if word in _UNIDENTIFIED:
        return "其他" if "其他" in table else ""
    stem = word.removesuffix("族").removesuffix("人")
    if not stem or stem.isdecimal():
        return ""
    names = [name for name in table if name.startswith(stem) and not name.isdecimal()]
    return names[0] if len(names) == 1 else ""
