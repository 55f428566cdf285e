"""What can be written down about a case: one definition per field, words in, canonical words out.

A case keeps the *canonical text* of every field. ``parse`` turns typed words into it or raises
InputError with a message that names the field; ``show`` turns it into what a screen displays.
Fields that are themselves facts of the policy (``domain.facts.FACTS``) are turned into
definitions by ``fact_field``, so that a procedure can ask for either by id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop_app.domain import citizen_id
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS, FactDef, FactKind
from desktop_app.domain.land_rights import demands_land_rights


class FieldKind(Enum):
    """How a field is typed and shown."""

    CITIZEN_ID = "citizen_id"
    NAME = "name"
    DATE = "date"
    CODE = "code"
    CHOICE = "choice"
    REGION = "region"
    SUB_DISTRICT = "sub_district"
    ADDRESS = "address"
    TEXT = "text"
    PHONE = "phone"
    NUMBER = "number"
    BOOL = "bool"
    DOCUMENT_NUMBER = "document_number"


@dataclass(frozen=True)
class FieldDef:
    """One thing that can be written down.

    ``table`` names the code table of a CODE field; ``choices`` are (value, words, initials) of a
    CHOICE; ``width`` is how many of the six columns of a form block the editor takes;
    ``sensitive`` marks what the personal information law (PIPL 28) singles out.
    """

    id: str
    label: str
    kind: FieldKind
    table: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    optional: bool = False
    hint: str = ""
    width: int = 2
    longest: int = 100
    sensitive: bool = False

    @property
    def needed(self) -> bool:
        """Whether a record cannot be made without it, wherever it is asked.

        The number of a proof is written down when there is one; the proof itself was seen, and
        no rule asks for its number.
        """
        proof = self.kind is FieldKind.DOCUMENT_NUMBER and self.id != "household.number"
        return not (self.optional or proof)


def _define(*fields: FieldDef) -> Mapping[str, FieldDef]:
    return {field.id: field for field in fields}


_K = FieldKind
APPLICANT_NUMBER = "applicant.citizen_id"
#: Free words that the application form prints; 61号 三(五) holds for them as for notices.
PRINTED_REMARKS = ("case.note", "approval.ground")

#: Every field that is not itself a fact of the policy. Sources: the 常住人口登记表 and its
#: published field lists, and the move-in application, as told in docs/architecture.md.
FIELDS: Mapping[str, FieldDef] = _define(
    FieldDef(APPLICANT_NUMBER, "公民身份号码", _K.CITIZEN_ID, hint="18 位，末位可为 X"),
    FieldDef("applicant.name", "姓名", _K.NAME, longest=50),
    FieldDef("applicant.sex", "性别", _K.CODE, table="sex", width=1),
    FieldDef("applicant.ethnicity", "民族", _K.CODE, table="ethnicity", width=1),
    FieldDef("applicant.birth_date", "出生日期", _K.DATE, hint="例 19780315"),
    FieldDef("applicant.phone", "联系电话", _K.PHONE, optional=True),
    FieldDef("applicant.hukou_address", "现户籍地址", _K.ADDRESS, width=6),
    FieldDef("applicant.former_name", "曾用名", _K.NAME, optional=True, longest=50),
    FieldDef("applicant.birth_place", "出生地", _K.REGION, optional=True),
    FieldDef("applicant.native_place", "籍贯", _K.REGION, optional=True),
    FieldDef("applicant.education", "文化程度", _K.CODE, table="education", optional=True),
    FieldDef("applicant.marriage", "婚姻状况", _K.CODE, table="marriage", optional=True),
    FieldDef("applicant.military", "兵役状况", _K.CODE, table="military", optional=True),
    FieldDef("applicant.occupation", "职业", _K.TEXT, optional=True, longest=30),
    FieldDef("applicant.workplace", "服务处所", _K.TEXT, optional=True, longest=50, width=4),
    FieldDef("applicant.height", "身高(厘米)", _K.NUMBER, optional=True, width=1),
    FieldDef("applicant.blood", "血型", _K.CODE, table="blood", optional=True, width=1,
             sensitive=True),
    FieldDef("applicant.religion", "宗教信仰", _K.CODE, table="religion", optional=True,
             sensitive=True),
    FieldDef("applicant.origin_code", "原户籍地城乡代码", _K.CODE, table="urban_rural",
             optional=True),
    FieldDef("guardian.name", "监护人姓名", _K.NAME, longest=50),
    FieldDef("guardian.citizen_id", "监护人身份号码", _K.CITIZEN_ID, optional=True),
    FieldDef("guardian.relation", "监护关系", _K.CODE, table="relation"),
    FieldDef("residence.sub_district", "迁入街道(镇)", _K.SUB_DISTRICT),
    FieldDef("residence.proof_number", "住所证明文件号", _K.DOCUMENT_NUMBER, optional=True,
             longest=40),
    FieldDef("residence.address", "迁入地址", _K.ADDRESS, width=6),
    FieldDef("household.mode", "落户方式", _K.CHOICE,
             choices=(("new", "单独立户", "dl"), ("join", "入已有户", "ry"))),
    FieldDef("household.number", "入户户号", _K.DOCUMENT_NUMBER, longest=9),
    FieldDef("household.relation", "与户主关系", _K.CODE, table="relation"),
    FieldDef("household.urbanisation_reason", "农业转移落户原因", _K.CODE,
             table="urbanisation_reason", optional=True),
    FieldDef("household.whole_family", "举家迁移", _K.BOOL, optional=True, width=1),
    FieldDef("school.code", "录取学校", _K.TEXT, longest=40),
    FieldDef("student.admission_number", "录取通知书编号", _K.DOCUMENT_NUMBER, longest=40),
    FieldDef("migration.certificate", "户口迁移证编号", _K.DOCUMENT_NUMBER, optional=True,
             longest=20),
    FieldDef("veteran.letter_number", "落户介绍信编号", _K.DOCUMENT_NUMBER, longest=40),
    FieldDef("occupation.employer", "就业单位", _K.TEXT, optional=True, longest=50,
             width=4),
    FieldDef("approval.ground", "政策性审批事由", _K.TEXT, longest=100, width=6),
    FieldDef("case.apply_date", "申请日期", _K.DATE, optional=True),
    FieldDef("case.note", "备注", _K.TEXT, optional=True, longest=200, width=6),
)

_FACT_KINDS = {
    FactKind.BOOL: _K.BOOL,
    FactKind.CHOICE: _K.CHOICE,
    FactKind.NUMBER: _K.NUMBER,
    FactKind.REGION: _K.REGION,
}


def fact_field(fact: FactDef) -> FieldDef:
    """The field by which a fact of the policy is asked directly."""
    return FieldDef(fact.id, fact.label, _FACT_KINDS[fact.kind], choices=fact.choices,
                    hint=fact.question)


def field(field_id: str) -> FieldDef:
    """The definition behind an id, be it a field or a fact. Raises KeyError for neither."""
    return FIELDS[field_id] if field_id in FIELDS else fact_field(FACTS[field_id])


_INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
_DOTS = str.maketrans("•‧・．", "····")
_DATE = re.compile(r"(\d{4})(?:-|\.|/|年)(\d{1,2})(?:-|\.|/|月)(\d{1,2})日?")
_SEPARATORS = re.compile(r"[\s\-—()（）+]")
_YES = {"1", "是", "s", "shi", "y", "true", "有", "yes"}
_NO = {"2", "0", "否", "f", "fou", "n", "false", "无", "no"}


def visible(text: str, label: str, field_id: str | None = None) -> str:
    """The text itself if every character can be seen; else InputError names the first that cannot.

    Names are kept as entered (no normalisation): compatibility ideographs are lawful names.
    """
    for position, char in enumerate(text, start=1):
        if unicodedata.category(char) in _INVISIBLE:
            raise InputError(
                f"{label}第 {position} 个字符看不见：⟨U+{ord(char):04X}⟩", "删去后重新录入",
                field=field_id,
            )
    return text


def parse_date(text: str, label: str = "日期", field_id: str | None = None) -> date:
    """A day from 19900315, 1990-3-15, 1990.3.15 or 1990年3月15日, full-width digits included.

    Raises InputError for two-digit years and days that do not exist.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"\d{8}", plain):
        parts = (plain[:4], plain[4:6], plain[6:])
    else:
        match = _DATE.fullmatch(re.sub(r"\s", "", plain))
        if match is None:
            raise InputError(f"{label}看不懂：写成 8 位数字", "例 19780315", field=field_id)
        parts = match.group(1), match.group(2), match.group(3)
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        raise InputError(f"{label}没有这一天", "对照证件核对年月日", field=field_id) from None
    if not 1850 <= day.year <= 2200:
        raise InputError(f"{label}的年份不合理：{day.year}", "对照证件核对", field=field_id)
    return day


def _parse_name(text: str, field: FieldDef) -> str:
    name = visible(text, field.label, field.id).strip().translate(_DOTS)
    return _within(name, field)


def _parse_plain(text: str, field: FieldDef) -> str:
    found = demands_land_rights(text) if field.id in PRINTED_REMARKS else None
    if found:
        raise InputError(
            f"{field.label}不写农村土地权益：“{found}”", "删去这一句，61号 三(五)不许作为条件",
            field=field.id,
        )
    return _within(visible(text, field.label, field.id).strip(), field)


def _parse_day(text: str, field: FieldDef) -> str:
    return parse_date(text, field.label, field.id).isoformat()


def _parse_citizen_id(text: str, field: FieldDef) -> str:
    number = citizen_id.parse(text, label=field.label, field=field.id)
    if number.of_permit and field.id == APPLICANT_NUMBER:
        raise InputError(
            "这是港澳台居民居住证的号码", "定居落户另有规定，转出入境管理部门", field=field.id
        )
    return number.text


def _parse_phone(text: str, field: FieldDef) -> str:
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]{7,15}", digits):  # digits of other scripts are not dialled
        raise InputError(f"{field.label}应为 7 到 15 位数字", "座机连区号一起写", field=field.id)
    return digits


def _parse_number(text: str, field: FieldDef) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", plain):
        raise InputError(f"{field.label}应为数字", "例 5 或 2.5", field=field.id)
    return f"{float(plain):g}"


def _parse_bool(text: str, field: FieldDef) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _YES:
        return "true"
    if plain in _NO:
        return "false"
    raise InputError(f"{field.label}只能答是或否", "按 1 选是，按 2 选否", field=field.id)


def _parse_choice(text: str, field: FieldDef) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    for value, words, initials in field.choices:
        if plain in (value, words, initials):
            return value
    options = "、".join(words for _, words, _ in field.choices)
    raise InputError(f"{field.label}没有这个选项", f"可选：{options}", field=field.id)


def _parse_document_number(text: str, field: FieldDef) -> str:
    plain = unicodedata.normalize("NFKC", visible(text, field.label, field.id)).strip()
    return _within(plain.upper(), field)


def _within(text: str, field: FieldDef) -> str:
    if len(text) > field.longest:
        raise InputError(
            f"{field.label}有 {len(text)} 个字，最多 {field.longest} 个", "缩短后再录",
            field=field.id,
        )
    return text


_PARSERS: Mapping[FieldKind, Callable[[str, FieldDef], str]] = {
    _K.CITIZEN_ID: _parse_citizen_id,
    _K.NAME: _parse_name,
    _K.DATE: _parse_day,
    _K.CODE: _parse_plain,
    _K.CHOICE: _parse_choice,
    _K.REGION: _parse_plain,
    _K.SUB_DISTRICT: _parse_plain,
    _K.ADDRESS: _parse_plain,
    _K.TEXT: _parse_plain,
    _K.PHONE: _parse_phone,
    _K.NUMBER: _parse_number,
    _K.BOOL: _parse_bool,
    _K.DOCUMENT_NUMBER: _parse_document_number,
}


def parse(field: FieldDef, text: str) -> str:
    """Canonical text of what was typed; empty text stays empty.

    CODE, REGION and SUB_DISTRICT fields come back as typed: only the policy book knows their
    tables, so ``services.answers`` resolves them. Raises InputError naming the field.
    """
    return "" if not text.strip() else _PARSERS[field.kind](text, field)


def masked_id(text: str) -> str:
    """A citizen number fit for lists and logs: 210213********4219."""
    return f"{text[:6]}{'*' * 8}{text[14:]}" if len(text) == 18 else "*" * len(text)


def masked_name(name: str) -> str:
    """A name fit for queues and drafts: its first character and a star."""
    return f"{name[:1]}*" if name else ""
