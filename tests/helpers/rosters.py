"""Rosters of made-up freshers as files, with as many faults as a test wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from desktop_app.domain.citizen_id import synthetic
from tests.helpers.synthetic import name

HEADINGS = (
    "姓名", "性别", "身份证号", "民族", "学号", "学院", "专业", "班级", "户籍地址", "区划代码",
    "是否自愿落户",
)
_PER_CLASS = 40


def fresher(order: int) -> list[str]:
    """The row of one fresher in whom nothing is wrong; another order is another person."""
    born = date(1998, 9, 1).replace(month=order // 900 % 12 + 1, day=order // 90 % 10 + 1)
    number = synthetic("210283" if order % 3 else "210213", born, order % 900 + 1)
    kind = order // _PER_CLASS
    return [
        name(order), "男" if number.sex == "1" else "女", number.text, "汉族",
        f"2017{order:05d}", f"演练学院{kind % 4 + 1}", "演练专业", f"演练{kind + 1}班",
        f"辽宁省大连市演练街{order}号", number.text[:6], "是",
    ]


def faulty(count: int, every: int = 40) -> list[list[str]]:
    """So many freshers; in every so many one of each fault that a school makes."""
    rows = [fresher(order) for order in range(count)]
    for place in range(0, count - 5, every):
        wrong = rows[place][2]
        rows[place][2] = wrong[:17] + ("1" if wrong[17] != "1" else "2")
        rows[place + 1][10] = "否"
        rows[place + 2][10] = ""
        rows[place + 3][3] = "演练族"
        rows[place + 4][2] = rows[place + 5][2]
    return rows


def write_roster(
    path: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS
) -> Path:
    """A workbook with those rows as words."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("新生名册")
    for line, row in enumerate([headings, *rows]):
        for column, text in enumerate(row):
            sheet.write_string(line, column, text)
    book.close()
    return path
