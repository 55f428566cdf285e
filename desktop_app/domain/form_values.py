"""What a paper may print: the closed vocabulary of values, each with its words and a sample.

A box of a form names a value by its id (``applicant.name``); a row of a table names a column of
a list (``members[].name``). Nothing outside this vocabulary can be printed, so a form, a service
and the command line always speak of the same things. Values are given as printed words, except
dates (ISO text or ``date``), which forms turn into 2017年06月01日.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class ValueKind(Enum):
    """How a value is written when a form says nothing else."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    LINES = "lines"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True)
class ValueDef:
    """One value: ``label`` in the words of the counter, ``sample`` as a record would give it.

    LINES is a list of paragraphs, TABLE a list of rows (its columns are values of their own, named
    ``table[].column``), CODE the content of a QR code.
    """

    id: str
    label: str
    sample: str
    kind: ValueKind = ValueKind.TEXT


_K = ValueKind


def _group(
    prefix: str, *values: tuple[str, str, str] | tuple[str, str, str, ValueKind]
) -> tuple[ValueDef, ...]:
    return tuple(ValueDef(prefix + value[0], *value[1:]) for value in values)


def _table(table_id: str, label: str, *columns: tuple[str, str, str]) -> tuple[ValueDef, ...]:
    table = ValueDef(table_id, label, "", _K.TABLE)
    row = ValueDef(f"{table_id}[].row", "序号", "1")
    return (table, row, *_group(f"{table_id}[].", *columns))


_STATION = _group(
    "station.",
    ("name", "派出所名称", "大连市公安局示范派出所"),
    ("authority", "户口登记机关", "大连市公安局示范派出所"),
    ("code", "派出所代码", "210213001"),
    ("address", "派出所地址", "大连市示范区示范街1号"),
    ("phone", "派出所电话", "0411-00000000"),
)
_CASE = _group(
    "case.",
    ("number", "受理编号", "DL-0317-170601-0123"),
    ("procedure", "办理事项", "零门槛落户"),
    ("basis", "政策依据", "大政办发〔2017〕61号 二(三)"),
    ("apply_date", "申请日期", "2017-06-01", _K.DATE),
    ("accepted_on", "受理日期", "2017-06-01", _K.DATE),
    ("accepted_at", "受理时间", "2017-06-01 10:23", _K.MOMENT),
    ("due", "承诺办结日期", "2017-06-05", _K.DATE),
    ("decided_on", "决定日期", "2017-06-02", _K.DATE),
    ("registered_on", "登记日期", "2017-06-02", _K.DATE),
    ("grounds", "申请迁入理由", "在新区城镇有合法稳定住所，自愿迁入"),
    ("zone", "迁入区域", "新区"),
    ("destination", "迁入地址", "大连市示范区示范街道示范路88号2单元301室"),
    ("origin", "迁出地址", "大连市示范市示范镇示范村12号"),
    ("origin_authority", "迁出地户口登记机关", "大连市公安局示范镇派出所"),
    ("proof", "住所证明", "不动产权证书 示范字第00000001号"),
    ("mode", "落户方式", "单独立户"),
    ("whole_family", "举家迁移", "是", _K.YES_NO),
    ("resume_code", "续办码", "B7K2-09"),
    ("pickup", "结果领取方式", "本窗口领取"),
    ("receiver", "受理人", "张示范"),
    ("reviewer", "审核人", "李示范"),
    ("review_opinion", "审核意见", "材料齐全，情况属实，同意上报"),
    ("reviewed_on", "审核日期", "2017-06-01", _K.DATE),
    ("decider", "审批人", "王示范"),
    ("decision_opinion", "审批意见", "符合规定，同意落户"),
    ("note", "备注", "无"),
    ("code", "受理编号二维码", "LUOHU:DL-0317-170601-0123", _K.CODE),
)
_NOTICE = _group(
    "notice.",
    ("number", "文书编号", "210213001-01-000123"),
    ("issued_on", "文书日期", "2017-06-01", _K.DATE),
    ("deadline", "补正期限", "2017-06-15", _K.DATE),
    ("reasons", "理由", "住所所在地为主城区，不在零门槛落户的范围内", _K.LINES),
    (
        "clauses",
        "依据条款",
        "《大连市人民政府办公厅关于推动非户籍人口在城市落户的实施意见》"
        "（大政办发〔2017〕61号）二(三)",
        _K.LINES,
    ),
    ("remedy", "其他途径", "可以按积分落户申请，窗口备有积分项目说明", _K.LINES),
    ("read_aloud_by", "宣读人", "张示范"),
    ("signer", "确认人身份", "本人"),
)
_APPLICANT = _group(
    "applicant.",
    ("name", "申请人姓名", "陈示例"),
    ("sex", "申请人性别", "男"),
    ("ethnicity", "申请人民族", "汉族"),
    ("birth_date", "申请人出生日期", "1978-03-15", _K.DATE),
    ("citizen_id", "申请人公民身份号码", "210281197803150011"),
    ("phone", "申请人联系电话", "13000000000"),
    ("hukou_address", "申请人户籍地址", "大连市示范市示范镇示范村12号"),
    ("hukou_authority", "申请人户口登记机关", "大连市公安局示范镇派出所"),
)
_GUARDIAN = _group(
    "guardian.",
    ("name", "监护人姓名", "陈示例"),
    ("citizen_id", "监护人公民身份号码", "210281197803150011"),
    ("relation", "监护关系", "父亲"),
)
_PERSON = _group(
    "person.",
    ("household_kind", "户别", "家庭户"),
    ("head_name", "户主姓名", "陈示例"),
    ("relation", "与户主关系", "户主"),
    ("name", "姓名", "陈示例"),
    ("sex", "性别", "男"),
    ("former_name", "曾用名", "陈样例"),
    ("ethnicity", "民族", "汉族"),
    ("birth_date", "出生日期", "1978-03-15", _K.DATE),
    ("birth_time", "出生时分", "08时30分"),
    ("guardian_1", "监护人一", "陈前例"),
    ("guardian_2", "监护人二", "林后例"),
    ("guardian_1_relation", "监护人一监护关系", "父亲"),
    ("guardian_2_relation", "监护人二监护关系", "母亲"),
    ("birth_place", "出生地", "辽宁省大连市示范市"),
    ("birth_certificate_on", "出生证签发日期", "1978-03-20", _K.DATE),
    ("address", "住址", "大连市示范区示范街道示范路88号2单元301室"),
    ("other_address", "本市(县)其他住址", "大连市示范区示范街道样板路6号"),
    ("native_place", "籍贯", "辽宁省大连市示范市"),
    ("religion", "宗教信仰", "无"),
    ("citizen_id", "公民身份号码", "210281197803150011"),
    ("card_issued_on", "居民身份证签发日期", "2012-05-08", _K.DATE),
    ("education", "文化程度", "高中"),
    ("marriage", "婚姻状况", "有配偶"),
    ("military", "兵役状况", "未服兵役"),
    ("height", "身高", "172厘米"),
    ("blood", "血型", "不明"),
    ("occupation", "职业", "农业生产人员"),
    ("workplace", "服务处所", "大连示范渔业有限公司"),
    ("moved_to_city", "何时因何由何地迁来本市(县)", "1990年03月01日因家属随迁从示范省示范县迁来"),
    (
        "moved_to_address",
        "何时因何由何地迁来本址",
        "2017年06月02日因购房入户从大连市示范市示范镇示范村12号迁来",
    ),
    ("moved_away", "何时因何迁往何地", "2020年01月06日因工作调动迁往示范省示范市示范路1号"),
    ("cancelled", "何时因何注销户口", "2020年01月06日因迁出注销"),
    ("registered_on", "登记日期", "2017-06-02", _K.DATE),
    ("registrar", "承办人", "张示范"),
    ("declarant", "申报人", "陈示例"),
)
_HOUSEHOLD = _group(
    "household.",
    ("kind", "户别", "家庭户"),
    ("collective_kind", "集体户种类", "学生集体户"),
    ("name", "集体户名称", "大连示范大学学生集体户"),
    ("head_name", "户主姓名", "陈示例"),
    ("number", "户号", "021300017"),
    ("address", "住址", "大连市示范区示范街道示范路88号2单元301室"),
    ("committee", "居(村)民委员会", "示范社区居民委员会"),
    ("station", "派出所", "大连市公安局示范派出所"),
    ("issued_on", "签发日期", "2017-06-02", _K.DATE),
    ("registrar", "承办人", "张示范"),
    ("manager", "集体户管理人", "周示范"),
    ("member_count", "人数", "4"),
)
_CERTIFICATE = _group(
    "certificate.",
    ("number", "证明编号", "210213001-01-000123"),
    ("issued_on", "出具日期", "2017-06-02", _K.DATE),
    ("purpose", "证明用途", "办理子女入学"),
    (
        "code",
        "验证码",
        "HC1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0" * 6,
        _K.CODE,
    ),
    ("issuer", "经办人", "张示范"),
)
_DOOR = _group(
    "door.",
    ("station", "应办派出所", "大连市公安局样板派出所"),
    ("address", "应办派出所地址", "大连市样板区样板街2号"),
    ("phone", "应办派出所电话", "0411-00000001"),
    ("hours", "对外办公时间", "周一至周五 8:30—11:30，13:00—16:30"),
    ("reason", "不属本所的原因", "迁入地址属样板派出所辖区"),
    ("place", "判断所依据的地址或学校", "大连市样板区样板街道样板路9号"),
    ("bring", "携带材料", "居民户口簿和居民身份证原件", _K.LINES),
)
_MIGRATION = _group(
    "migration.",
    ("number", "户口迁移证编号", "辽00000001"),
    ("print_year", "印制年份", "2017"),
    ("whole_household", "全户迁移", "全户迁移"),
    ("reason", "迁移原因", "大中专毕业"),
    ("origin", "原住址", "大连市示范区大学路1号（城镇）"),
    ("origin_kind", "户别", "集体户"),
    ("destination", "迁往地址", "示范省示范市示范区示范路1号"),
    ("committee", "居(村)民委员会", "示范社区居民委员会"),
    ("issued_on", "签发日期", "2021-06-30", _K.DATE),
    ("valid_until", "有效期限", "2021-07-30", _K.DATE),
    ("registrar", "承办人", "张示范"),
    ("note", "备注", "身高172厘米，血型A型"),
)
_BATCH = _group(
    "batch.",
    ("title", "批次名称", "2017级新生集体落户"),
    ("school", "学校", "大连示范大学"),
    ("file", "名册文件", "2017级新生名册.xlsx"),
    ("taken_on", "受理日期", "2017-09-01", _K.DATE),
    ("printed_on", "打印日期", "2017-09-01", _K.DATE),
    ("operator", "承办人", "张示范"),
    ("people", "人数", "2000"),
    ("pages", "页数", "4002"),
    ("first", "首份", "第 3 页 陈示例"),
    ("last", "末份", "第 4002 页 林示例"),
    ("contents", "内容", "集体户首页 1 页", _K.LINES),
    ("sent", "送来人数", "4"),
    ("settled", "已落户人数", "1"),
    ("not_chosen", "未选择落户人数", "1"),
    ("refused", "有原因未办人数", "1"),
    ("waiting", "办理中人数", "1"),
    ("household_number", "集体户户号", "021390001"),
    ("day", "核对日期", "2017-09-02", _K.DATE),
)
_TABLES = (
    *_table(
        "members",
        "随迁人员",
        ("relation", "与申请人关系", "妻"),
        ("name", "姓名", "林示例"),
        ("sex", "性别", "女"),
        ("birth_date", "出生日期", "1980-07-09"),
        ("citizen_id", "公民身份号码", "210281198007090024"),
        ("note", "备注", "同迁"),
    ),
    *_table(
        "materials",
        "材料",
        ("name", "材料名称", "居民户口簿"),
        ("kind", "原件或复印件", "原件"),
        ("copies", "份数", "1"),
        ("checked", "核验", "已核验"),
        ("note", "备注", "当场退还"),
    ),
    *_table(
        "missing",
        "需补正的内容",
        ("what", "缺什么", "合法稳定住所证明"),
        ("why", "为什么", "用来证明在新区城镇有住所"),
        ("where", "到哪里补", "不动产登记中心或出租房屋登记点"),
        ("clause", "依据", "大政办发〔2017〕61号 二(三)"),
        ("deadline", "期限", "2017-06-15"),
    ),
    *_table(
        "services",
        "公共服务衔接",
        ("department", "部门", "市教育局"),
        ("what", "服务", "子女入学转学"),
        ("clause", "依据", "三(九)"),
        ("where", "到哪里办", "区教育局招生办公室"),
        ("bring", "带什么", "户口簿"),
    ),
    *_table(
        "moves",
        "住址变动登记",
        ("address", "变动后住址", "大连市示范区示范街道样板路6号"),
        ("date", "变动日期", "2018-03-05"),
        ("registrar", "承办人", "张示范"),
    ),
    *_table(
        "migrants",
        "迁移人",
        ("relation", "与持证人关系", "持证人"),
        ("name", "姓名", "陈示例"),
        ("former_name", "曾用名", "陈样例"),
        ("sex", "性别", "男"),
        ("ethnicity", "民族", "汉族"),
        ("birth_date", "出生日期", "1999-03-15"),
        ("birth_place", "出生地", "辽宁省示范市"),
        ("native_place", "籍贯", "辽宁省示范市"),
        ("education", "文化程度", "大学本科毕业"),
        ("occupation", "职业", "学生"),
        ("marriage", "婚姻状况", "未婚"),
        ("citizen_id", "公民身份号码", "210281199903150016"),
    ),
    *_table(
        "students",
        "新生",
        ("number", "名册行号", "3"),
        ("student_number", "学号", "2017000001"),
        ("name", "姓名", "陈示例"),
        ("citizen_id", "公民身份号码", "210281199903150016"),
        ("class_name", "班级", "示范1701班"),
        ("outcome", "结果", "已落户"),
        ("words", "受理编号或原因", "没有写明是否自愿，须问明本人"),
    ),
    *_table(
        "changes",
        "登记事项变更和更正",
        ("item", "项目", "服务处所"),
        ("content", "变更、更正后", "大连样板渔业有限公司"),
        ("date", "日期", "2018-03-05"),
        ("registrar", "承办人", "张示范"),
    ),
)

#: Every value a box may name, by id.
VALUES: Mapping[str, ValueDef] = {
    value.id: value
    for value in (
        *_STATION,
        *_CASE,
        *_NOTICE,
        *_APPLICANT,
        *_GUARDIAN,
        *_PERSON,
        *_HOUSEHOLD,
        *_CERTIFICATE,
        *_DOOR,
        *_MIGRATION,
        *_BATCH,
        *_TABLES,
    )
}


def nearest_value(name: str) -> str:
    """The known value most like an unknown name; empty when nothing is alike."""
    close = get_close_matches(name, VALUES, n=1, cutoff=0.5)
    return close[0] if close else ""
