"""Invented people for training: well-formed, varied, the same for the same seed, and nobody.

Names mix common and rare surnames, characters beyond the basic plane, names of two to many
characters and those with an interpunct; every address says 演练.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import TypeVar

from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.people import (
    FEMALE,
    HEAD,
    MALE,
    Household,
    HouseholdKind,
    Membership,
    Person,
    age_on,
)
from desktop_app.domain.zones import Settlement, SubDistrict

_T = TypeVar("_T")

MARK = "演练"
MARK_ID = "training"

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万"
)
_RARE_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "尉迟",
    "单",
    "仇",
    "查",
    "解",
    "盖",
    "乐",
    "覃",
    "区",
    "缪",
    "逄",
    "亓",
    "佴",
    "䶮",
    "𠮷",
    "㛃",
)
_GIVEN = {
    MALE: "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建国志文新海东",
    FEMALE: "芳娜敏静秀丽艳娟霞燕玲桂英莉红梅琳洁颖雪慧倩婷玉萍洋欣怡佳琪梦瑶思雨丹兰凤岚",
}
_RARE_GIVEN = "堃喆镕㛃䶮玥翀昇旻琇犇淼垚𠮷𤋮𬭎𫍯祎彧婠"
_WITH_INTERPUNCT = {
    MALE: ("买买提·艾力", "巴特尔·那仁", "阿卜杜热西提·麦麦提伊敏·图尔荪", "尼玛·扎西"),
    FEMALE: ("阿依古丽·买买提", "古丽巴哈尔·阿卜杜拉·吐尔逊江", "其其格·乌云", "帕提曼·艾山"),
}
_UYGHUR, _HAN = "05", "01"
_ETHNICITIES = (_HAN, "11", "02", "10", "03")
_SHARES = (80, 12, 3, 3, 2)
_RARE_PER_MILLE = 15
_INTERPUNCT_PER_MILLE = 5
_ROADS = ("团结路", "和平街", "建设路", "渤海街", "青山路", "槐花街", "海燕巷", "望湖路")
_REGIONS = ("210213", "210214", "210281", "210282", "210283", "210224", "210204", "219001")
_OCCUPATIONS = ("务工", "务农", "个体经营", "教师", "司机", "护士", "会计", "渔业")
_ADULT = 18
_RETIRED = 60
_EPOCH = date(2008, 1, 1)
_ORDERS = 999


@dataclass(frozen=True)
class Family:
    """One household and who belongs to it, head first."""

    household: Household
    members: tuple[tuple[Membership, Person], ...]


class People:
    """Makes people up. ``today`` bounds their ages; ids and numbers never repeat in one run."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = Random(seed)
        self._today = today
        self._orders: dict[tuple[str, date, str], int] = {}
        self._run = f"{self._random.getrandbits(32):08x}"
        self._count = 0

    def person(
        self, *, youngest: int = _ADULT, oldest: int = 80, sex: str = "", surname: str = ""
    ) -> Person:
        """A person of that age; sex and surname as given, or by chance."""
        sex = sex or self._random.choice((MALE, FEMALE))
        born, region = self._birth(youngest, oldest, sex)
        name, ethnicity = self._name(sex, surname)
        return Person(
            id=self._new_id("P"),
            citizen_id=synthetic(region, born, self._order(region, born, sex)).text,
            name=name,
            sex=sex,
            ethnicity=ethnicity,
            birth_date=born,
            details=self._details(age_on(born, self._today), sex, region),
        )

    def families(
        self, places: Sequence[SubDistrict], station: str, *, first_number: int = 1
    ) -> Iterator[Family]:
        """Households without end, numbered on from ``first_number``."""
        for number in count(first_number):
            yield self._family(number, self._random.choice(places), station)

    def address(self, place: SubDistrict) -> str:
        """A dwelling in that sub-district."""
        pick = self._random
        if place.settlement in (Settlement.TOWNSHIP, Settlement.OTHER):
            return f"{place.name}{MARK}村{pick.randint(1, 400)}号"
        home = f"{pick.randint(1, 9)}单元{pick.randint(1, 18)}0{pick.randint(1, 4)}室"
        return f"{place.name}{MARK}{pick.choice(_ROADS)}{pick.randint(1, 300)}号{home}"

    def choice(self, options: Sequence[_T]) -> _T:
        """One of them, by this run's chance."""
        return self._random.choice(options)

    def _family(self, number: int, place: SubDistrict, station: str) -> Family:
        rural = place.settlement in (Settlement.TOWNSHIP, Settlement.OTHER)
        opened = _EPOCH + timedelta(days=self._random.randrange(6000))
        household = Household(
            id=self._new_id("H"),
            number=f"{number:09d}",
            kind=HouseholdKind.FAMILY,
            sub_district=place.id,
            address=self.address(place),
            urban_rural="220" if rural else "121",
            station=station,
            opened=opened,
        )
        members = [
            (
                Membership(
                    id=self._new_id("M"),
                    person_id=person.id,
                    household_id=household.id,
                    relation=relation,
                    since=max(opened, person.birth_date),
                ),
                person,
            )
            for relation, person in self._kin()
        ]
        return Family(household, tuple(members))

    def _kin(self) -> list[tuple[str, Person]]:
        """Relation to the head and person: single, couple, or with children and parents."""
        head = self.person(youngest=24, oldest=70)
        kin = [(HEAD, head)]
        roll = self._random.random()
        if roll < 0.2:
            return kin
        spouse_sex = FEMALE if head.sex == MALE else MALE
        age = age_on(head.birth_date, self._today)
        spouse = self.person(youngest=max(22, age - 5), oldest=age + 5, sex=spouse_sex)
        kin.append(("12" if spouse_sex == FEMALE else "11", spouse))
        children = self._random.choice((0, 1, 1, 2)) if roll < 0.9 else 2
        for _ in range(children):
            kin.append(self._child(head if head.sex == MALE else spouse, age))
        if roll > 0.9:
            kin.append(("52", self.person(youngest=age + 20, oldest=age + 30, sex=FEMALE)))
        return kin

    def _child(self, father: Person, age: int) -> tuple[str, Person]:
        surname = "" if "·" in father.name else _surname_of(father.name)
        child = self.person(youngest=0, oldest=max(1, age - 22), surname=surname)
        return ("20" if child.sex == MALE else "30"), child

    def _birth(self, youngest: int, oldest: int, sex: str) -> tuple[date, str]:
        """A birth date and region whose 499 order numbers of that sex are not used up."""
        while True:
            days = self._random.randint(youngest * 366, max(youngest + 1, oldest) * 365)
            born, region = self._today - timedelta(days=days), self._random.choice(_REGIONS)
            if self._orders.get((region, born, sex), 0) < _ORDERS // 2:
                return born, region

    def _order(self, region: str, born: date, sex: str) -> int:
        key = (region, born, sex)
        used = self._orders.get(key, 0)
        self._orders[key] = used + 1
        place = (used + born.toordinal() * 37) % (_ORDERS // 2)
        return 2 * place + (1 if sex == MALE else 2)

    def _name(self, sex: str, surname: str) -> tuple[str, str]:
        roll = self._random.randrange(1000)
        if not surname and roll < _INTERPUNCT_PER_MILLE:
            return self._random.choice(_WITH_INTERPUNCT[sex]), _UYGHUR
        rare = roll < _INTERPUNCT_PER_MILLE + _RARE_PER_MILLE
        if not surname:
            surname = self._random.choice(_RARE_SURNAMES if rare else _SURNAMES)
        given = self._random.choice(_GIVEN[sex])
        if self._random.random() < 0.7:
            given += self._random.choice(_RARE_GIVEN if rare else _GIVEN[sex])
        return surname + given, self._random.choices(_ETHNICITIES, _SHARES)[0]

    def _details(self, age: int, sex: str, region: str) -> Mapping[str, str]:
        details = {"birth_place": region, "native_place": region}
        if age >= _ADULT:
            details["education"] = self._random.choice(("71", "61", "41", "31", "21", "81"))
            details["marriage"] = "20" if age > 28 else "10"
            details["military"] = "0" if sex == FEMALE or self._random.random() < 0.95 else "1"
            details["occupation"] = "退休" if age >= _RETIRED else self._random.choice(_OCCUPATIONS)
        return details

    def _new_id(self, letter: str) -> str:
        """An id that is the same for the same seed and never that of a real record.

        Ids grow, so that an index takes a million of them at its end and not all over.
        """
        self._count += 1
        return f"{letter}-{MARK_ID}-{self._run}-{self._count:08d}"


def _surname_of(name: str) -> str:
    return name[:2] if name[:2] in _RARE_SURNAMES else name[:1]
