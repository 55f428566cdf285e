"""The reconciliation sheet (新生落户核对单) as a workbook for the school: no formula in it."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from desktop_app.adapters.roster.files import write_whole
from desktop_app.domain.batch import Outcome, Reconciliation

TITLE = "新生落户核对单"
HEADINGS = ("序号", "名册行号", "学号", "姓名", "公民身份号码", "院系", "班级", "结果", "受理编号",
            "说明")
_WIDTHS = (6, 9, 16, 16, 22, 20, 16, 14, 28, 60)
#: Words stay words: no formula, no number, no link, whatever a name begins with.
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
          "strings_to_urls": False}


class XlsxReconciliation:
    """Writes reconciliations; keeps ``services.roster_papers.ReconciliationWriter``."""

    def write(self, reconciliation: Reconciliation, path: Path) -> None:
        """Write the workbook whole or not at all. Raises Unavailable."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, _PLAIN)
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("核对单")
        first = _head(sheet, reconciliation, bold)
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(first, column, heading, bold)
        for place, line in enumerate(reconciliation.lines, start=1):
            row = line.row
            words = (f"{place}", f"{row.number}", row.student_number, row.name, row.citizen_id,
                     row.college, row.class_name, line.outcome.label, line.case_number,
                     line.words)
            for column, text in enumerate(words):
                sheet.write_string(first + place, column, text)
        sheet.freeze_panes(first + 1, 0)
        book.close()
        write_whole(path, stream.getvalue())


def _head(sheet: Worksheet, reconciliation: Reconciliation, bold: object) -> int:
    """The sums above the table; returns the row of its headings."""
    batch, counts = reconciliation.batch, reconciliation.counts
    sheet.write_string(0, 0, TITLE, bold)
    sheet.write_string(1, 0, f"学校：{batch.school_name}　派出所：{reconciliation.station}　"
                             f"名册：{batch.file}　日期：{reconciliation.day.isoformat()}")
    sums = "　".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome)
    sheet.write_string(2, 0, f"送来 {reconciliation.sent}　＝　{sums}")
    sheet.write_string(3, 0, f"集体户户号：{reconciliation.household_number or '登记时编'}")
    sheet.write_string(4, 0, "学校（章）：　　　　　　　　派出所（章）：")
    return 6
