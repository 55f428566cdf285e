"""The reconciliation sheet (新生落户核对单) as a workbook for the school: no formula in it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.adapters.roster.sheet import WordSheet
from desktop_app.domain.batch import Outcome, Reconciliation

TITLE = "新生落户核对单"
HEADINGS = ("序号", "名册行号", "学号", "姓名", "公民身份号码", "院系", "班级", "结果", "受理编号",
            "说明")
_WIDTHS = (6, 9, 16, 16, 22, 20, 16, 14, 28, 60)


class XlsxReconciliation:
    """Writes reconciliations; keeps ``services.roster_papers.ReconciliationWriter``."""

    def write(self, reconciliation: Reconciliation, path: Path) -> None:
        """Write the workbook whole or not at all. Raises Unavailable."""
        sheet = WordSheet("核对单")
        first = _head(sheet, reconciliation)
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.widen(column, width)
            sheet.write(first, column, heading, bold=True)
        for place, line in enumerate(reconciliation.lines, start=1):
            row = line.row
            words = (f"{place}", f"{row.number}", row.student_number, row.name, row.citizen_id,
                     row.college, row.class_name, line.outcome.label, line.case_number,
                     line.words)
            for column, text in enumerate(words):
                sheet.write(first + place, column, text)
        sheet.hold(first + 1)
        sheet.save(path)


def _head(sheet: WordSheet, reconciliation: Reconciliation) -> int:
    """The sums above the table; returns the row of its headings."""
    batch, counts = reconciliation.batch, reconciliation.counts
    sheet.write(0, 0, TITLE, bold=True)
    sheet.write(1, 0, f"学校：{batch.school_name}　派出所：{reconciliation.station}　"
                             f"名册：{batch.file}　日期：{reconciliation.day.isoformat()}")
    sums = "　".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome)
    sheet.write(2, 0, f"送来 {reconciliation.sent}　＝　{sums}")
    sheet.write(3, 0, f"集体户户号：{reconciliation.household_number or '登记时编'}")
    sheet.write(4, 0, "学校（章）：　　　　　　　　派出所（章）：")
    return 6
