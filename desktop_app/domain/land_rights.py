"""The three rights (三权) in rural land are never asked for: 61号 三(五), 土地承包法 27.

Nothing at the counter has a reason to speak of contracted land, homesteads or collective income,
so a mention in a rule, a question, a material or a notice counts as a demand. The one place for
them is the printed statement that they are kept (``rights_notice``).
"""

from __future__ import annotations

import re
import unicodedata

_SIMPLIFIED = str.maketrans(
    "權讓棄還經營屬體濟證農產産責園組織資確轉項紅糧註銷騰舊處給無鄉",
    "权让弃还经营属体济证农产产责园组织资确转项红粮注销腾旧处给无乡",
)

_CHINESE = re.compile(
    "|".join((
        r"土地.{0,4}承包",
        r"(?:家庭|农村|山林|林地)承包",
        r"承包的?(?:土|林|草)?[地田](?![址点方区])",
        r"承包(?:经营)?权",
        r"承包.{0,4}(?:退出|退还|交回|放弃|转让|注销|流转)",
        r"(?:退出|退还|交回|放弃|转让|交出|腾退|让出|收回|注销|流转|处置)"
        r".{0,4}(?:土地|耕地|农田|田地|承包)",
        r"(?:退出|退还|交回|放弃|转让|交出|让出|脱离).{0,4}(?:村集体|集体成员|集体组织)",
        r"农村(?:集体)?土地",
        r"集体土地",
        r"土地经营权",
        r"土地.{0,4}(?:流转|转让|确权|退出|退还|交回|放弃|收回|处置|注销)",
        r"(?<![明准正])确权",
        r"无地证明|(?<![丢遗])失地",
        r"责任田|口粮[田地]|自留地|自留山|耕地|农田|田地",
        r"宅基",
        r"(?:退|交|弃|腾)(?:出|回|还|掉)?(?:老|旧|农)?宅",
        r"农村(?:房屋|住房|老宅)|农房",
        r"集体(?:经济组织|经济|资产|收益|分红|分配|股|成员)",
        r"(?:收益|股份)分配|股份合作社",
        r"农村.{0,2}(?:权益|权利|产权)",
        r"[退弃交还][出回还掉]?田(?:地)?(?:$|[证声承协给])|田(?:交回|退还|退给|退出)",
        r"(?<![在住籍原属产生址])地(?:已经?|都|全部)?(?:退|交|还)[给还回]?(?:村|集体|队)",
        r"村(?:集体|组|社|里)?(?:分红|收益|股权|股份)",
        r"(?<!第)三项?权(?:益)?(?!利人)",
        r"(?<![清辞])(?:退|弃|交|让)(?:出|回|还|掉)?地(?![下方址铁点域区])",
    ))
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?:farm|contracted|rural)?[ ._-]?lands?(?![a-z])"
    r"|homesteads?|house[ ._-]?sites?"
    r"|zhai[ ._-]?ji|cheng[ ._-]?bao|tu[ ._-]?di(?![a-z])|san[ ._-]?quan"
    r"|three[ ._-]?rights"
    r"|collective[ ._-]?(?:income|assets?|shares?|dividends?|revenue|earnings|economy)"
)
_SPELT_OUT = re.compile(r"(?<![a-z])([a-z])[ ._-](?=[a-z](?![a-z]))")
_DEMANDING = re.compile(
    "须|应当|应先|需先|需要|承诺|同意|放弃|退出|交回|注销|腾退"
    "|[退交弃]地|方可|方能|(?<!人)才[可能给]|否则|除非|不予|不得落户|不能落户|不办|不准|就不"
)


def demands_land_rights(text: str) -> str | None:
    """The words in ``text`` that speak of land rights, or None.

    Full-width and compatibility forms, traditional characters, and blanks or marks put between
    the characters do not hide them. English ids such as ``land.contract`` are found as well.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED).lower()
    dense = "".join(char for char in plain if char.isalnum())
    found = (
        _CHINESE.search(dense)
        or _ENGLISH.search(plain)
        or _ENGLISH.search(_SPELT_OUT.sub(r"\1", plain))
    )
    return found.group() if found else None


def states_rights_kept(text: str) -> bool:
    """Whether a notice only says that the rights are not touched, and demands nothing."""
    return "不" in text and _DEMANDING.search(text) is None
