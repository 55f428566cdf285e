"""The three rights (三权) in rural land are never asked for: 61号 三(五), 土地承包法 27.

Nothing at the counter has a reason to speak of contracted land, homesteads or collective income,
so a mention in a rule, a question, a material or a notice counts as a demand. Two places may name
them, only to say that they are kept: ``rights_notice`` and the fixed words of a paper.

Words are the second line. The first is that there is nothing to hang a demand on: rules and
questions name facts, steps name fields and papers name values out of closed lists, and none of
those lists knows the rights.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SIMPLIFIED = str.maketrans(
    "權讓棄還經營屬體濟證農產産責園組織資確轉項紅糧註銷騰舊處給無鄉"
    "協議書償繳領歸變開動離脫買賣佔隊員額終斷絕聲簽團個們稅義務",
    "权让弃还经营属体济证农产产责园组织资确转项红粮注销腾旧处给无乡"
    "协议书偿缴领归变开动离脱买卖占队员额终断绝声签团个们税义务",
)

#: What makes 地 something else than land: 地址, 地点, 地铁, 地位 and their like.
_PLACE = "(?![址点方区铁下域位理图名籍税质面带段球震板毯标界])"
_GIVING_UP = "退出|退还|交回|放弃|转让|交出|腾退|让出|收回|注销|流转|处置|缴回|上交|解除|终止"

_CHINESE = re.compile(
    "|".join((
        # Land, and the papers on it; 国有土地使用证 is the proof of a home in town.
        r"(?<!国有)[土士]地(?![址点方铁位理])",
        r"[地田山]契|(?<![出住籍])地照(?!片|相|顾|旧|常|样|明|料)|地块|三块地|集体(?:产权|建设)",
        rf"[农耕田旱山林]地{_PLACE}(?!车)|农田|田亩|[水旱稻]田|山[场林]|林权|草[原场]|荒山|滩涂",
        r"责任田|口粮[田地]|自留[地山]|[菜园]地|菜园|果园|鱼塘|青苗|附着物|[亩垧]",
        r"粮补|粮食直?补|种粮|惠农(?![区县])",
        rf"(?:名下|家里|村里|队里|分[到得]?)的?[地田]{_PLACE}|[不没]再?[要种留](?:了)?[地田]{_PLACE}",
        rf"种地{_PLACE}|人地(?:分离|脱钩)|撂荒|抛荒|[停弃退]耕",
        rf"无地{_PLACE}|(?<![丢遗])失地{_PLACE}|(?<![明准正])确权",
        # Contracted land.
        r"承包的?(?:土|林|草)?[地田](?![址点方区])",
        r"(?<!工程)(?<!劳务)(?<!建筑)(?<!项目)(?<!施工)(?<!装修)"
        r"承包(?!商|单位|公司|企业|方|人|地址|地点|工程|项目|劳务|业务)",
        rf"[退续]包(?!括|含|装|裹)|(?<![书背面])包[地田]{_PLACE}|(?<!特许)经营权",
        # Homesteads.
        r"(?<![住民])宅(?!急送)|农村(?:房屋|住房)|农房|[老祖]屋|老家.{0,3}(?:[房屋院田]|地(?!址))",
        r"拆旧|[旧老]房(?:屋)?(?:拆|腾|退|灭失|收回|处置)",
        # Collective income and membership.
        r"集体(?:经济|资产|资源|收益|分红|分配|股|成员|组织|土地|权益|利益)",
        r"(?:收益|股份)分配|分配权|收益权|股份合作社",
        r"股(?:权|份|金)?(?:退出|放弃|注销|量化|交回|证)",
        r"村(?:民|集体|组|社|里)?的?(?:分红|收益|股|福利|权益|待遇|资产|资格|身份(?!证|号))",
        r"社员(?!工)|成员(?:资格|身份(?!证|号)|权(?!利人))",
        r"农村.{0,2}(?:权益|权利|产权|资产|待遇|利益)",
        # Giving up, whatever it is called.
        rf"(?:{_GIVING_UP}|脱离).{{0,4}}(?:承包|村集体|集体成员|集体组织)",
        r"有偿(?:退出|转让)|自愿退出(?!现役)|退出(?:协议|承诺|声明|补偿)",
        r"(?:放弃|不再享有?受?|丧失|让渡).{0,8}(?:权益|权利|待遇|收益|股)",
        r"[退弃交还][出回还掉]?田(?:地)?(?:$|[证声承协给])|田(?:交回|退还|退给|退出)",
        r"(?<![在住籍原属产生址出入迁当本各外工目场基])地(?:已经?|都|全部)?[退交还][了完掉回给还村集队]",
        rf"(?<![清辞社外成])[退弃交让缴腾卖](?:出|回|还|掉|了|清)?地{_PLACE}",
        r"(?<!第)三项?权益?(?!利人)",
    ))
)
_LATIN = re.compile(
    r"(?<![a-z])(?:farm|crop|wood|grass|pasture|arable|contracted|rural|village)?[ ._-]?"
    r"lands?(?=$|[^a-z]|rights?|use|cert|deed|title|contract|tenure|holding)"
    r"|homesteads?|house[ ._-]?sites?|(?<![a-z])(?:plots?|acres?|acreage|padd(?:y|ies))(?![a-z])"
    r"|three[ ._-]?rights|contract(?:ed|ual)?[ ._-]?management|usufruct"
    r"|(?:collective|village)[ ._-]?(?:income|assets?|shares?|dividends?|revenue|earnings|economy"
    r"|equity|member|stake|propert|ownership|benefit)"
    r"|rural[ ._-]?(?:rights?|propert|assets?)"
)
#: Words in pinyin, syllable by syllable, and what after them makes them other words. The god
#: of the soil and his shrine (土地公, 土地庙) ask for nothing.
_PINYIN_WORDS = (
    ("zhai ji", ""), ("zhai di", ""), ("cheng bao", "(?!shang)"),
    ("tu di", "(?!ng|an|ao|e|[ ._-]?(?:gong|miao)(?![a-z]))"),
    ("geng di", "(?![a-z])"), ("nong di", "(?![a-z])"), ("lin di", "(?![a-z])"),
    ("tui di", "(?![a-z])"), ("tui geng", "(?![a-z])"), ("san quan", ""),
    ("ji ti zi", ""), ("ji ti shou", ""), ("ji ti jing", ""), ("ji ti gu", ""),
    ("ji ti cheng", ""), ("ze ren tian", ""), ("zi liu", ""), ("kou liang", ""),
)


def _pinyin(syllables: str, unless: str) -> str:
    """Anywhere with marks between syllables; as words of its own, between any two letters."""
    spelt = r"[\W_]{0,4}".join(syllables.replace(" ", ""))
    return rf"(?:{syllables.replace(' ', '[ ._-]?')}|(?<![a-z]){spelt}){unless}"


_PINYIN = re.compile("|".join(_pinyin(*word) for word in _PINYIN_WORDS))
_SPELT_OUT = re.compile(r"(?<![a-z])([a-z])[ ._-](?=[a-z](?![a-z]))")
#: The name of a sheet that tells people of their rights, as long as nothing is given up with it.
_TELLING = re.compile(
    "三项?权[益利]?(?:维护|保护|保留|不变)?的?(?:告知|公示|说明|宣讲|宣读|宣传)"
)
_LETTING_GO = re.compile(f"{_GIVING_UP}|弃|承诺")

_SENTENCE = re.compile("[。；！？\n]")
#: What a statement may go on to deny or leave to the people themselves.
_DENIED = re.compile(
    "(?:不以|不得(?:强制|强迫|要求|以)|没有人|不要求|不必|不用|无须|无需|不询问|不收取)[^，。；]*"
    "|是否[^。；]*自愿[^。；]*"
)
_KEPT = re.compile("不|仍|保留")
_DEMANDING = re.compile(
    "须|应当|应先|需先|需要|承诺|同意|放弃|退出|交回|注销|腾退|转让"
    "|[退交弃]地|不[退交弃让]|方可|方能|(?<!人)才[可能给]|否则|除非"
    "|不予|不得落户|不能落户|不办|不准|就不"
)


def demands_land_rights(text: str) -> str | None:
    """The words in ``text`` that speak of land rights, or None.

    Full-width and compatibility forms, traditional characters, accents, and blanks, marks or
    letters put between the characters do not hide them. English ids such as ``land.contract``
    and pinyin are found as well. The mere name of the notice that tells of the rights
    (三权告知书) is none.
    """
    plain = _plain(text)
    dense = "".join(char for char in plain if char.isalnum())
    if not _LETTING_GO.search(dense):
        plain, dense = _TELLING.sub("　", plain), _TELLING.sub("　", dense)
    han = "".join(char for char in dense if not char.isascii())
    found = (
        _CHINESE.search(dense)
        or _CHINESE.search(han)
        or _LATIN.search(plain)
        or _PINYIN.search(plain)
        or _LATIN.search(_SPELT_OUT.sub(r"\1", plain))
    )
    return found.group() if found else None


def _plain(text: str) -> str:
    """Compatible forms folded, accents and invisible marks gone, simplified, small letters."""
    bare = (
        char for char in unicodedata.normalize("NFKD", text)
        if unicodedata.category(char) not in ("Mn", "Me", "Cf")
    )
    return unicodedata.normalize("NFKC", "".join(bare)).translate(_SIMPLIFIED).lower()


def speaks_against_rights(text: str) -> str | None:
    """The sentence of a fixed text that names the rights otherwise than as kept, or None."""
    for sentence in _sentences(text):
        rest = _DENIED.sub("　", sentence)
        if demands_land_rights(rest) and (_DEMANDING.search(rest) or not _KEPT.search(sentence)):
            return sentence
    return None


def states_rights_kept(text: str) -> bool:
    """Whether a notice says that the rights are not touched, and demands nothing."""
    return bool(_KEPT.search(text)) and not any(
        _DEMANDING.search(_DENIED.sub("　", sentence)) for sentence in _sentences(text)
    )


def _sentences(text: str) -> Iterator[str]:
    yield from (sentence for sentence in _SENTENCE.split(text) if sentence.strip())
