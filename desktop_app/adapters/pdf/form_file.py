"""One edition of a form from its TOML file: every fault noted, nothing guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from desktop_app.adapters.pdf.faults import Fault, LineFinder, Node
from desktop_app.adapters.pdf.fitting import MM
from desktop_app.adapters.pdf.grid import Grid, rules
from desktop_app.domain.form_text import TRANSFORMS, Slot
from desktop_app.domain.form_values import VALUES, ValueKind, nearest_value
from desktop_app.domain.forms import (
    Box,
    FormDefinition,
    Line,
    Page,
    QrBox,
    Rect,
    Repeat,
    Text,
    When,
    compiled,
)

_CITE = re.compile(r"[a-z0-9-]+#\d+(\.\d+)*")
_ALIGNS = ("left", "center", "right", "justify", "spread")
_VALIGNS = ("top", "middle", "bottom")
_SLACK = 0.05
_TOML_LINE = re.compile(r"at line (\d+)")


def read_form(text: str, file: str, faults: list[Fault]) -> FormDefinition | None:
    """The definition in ``text``; faults go to the list, None when the file is no form at all."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else 1
        faults.append(Fault(file, line, "-", "不是有效的 TOML：检查引号、括号和重复的项"))
        return None
    except RecursionError:
        faults.append(Fault(file, 1, "-", "括号套得太深"))
        return None
    lines = LineFinder(text)
    return _FormReader(lines, faults).form(data, file)


class _FormReader:
    """Reads the items of one file; holds what every item needs to report a fault."""

    def __init__(self, lines: LineFinder, faults: list[Fault]) -> None:
        self._lines = lines
        self._faults = faults

    def form(self, data: Mapping[str, object], file: str) -> FormDefinition:
        node = Node(data, (file, 1, str(data.get("id", "-"))), self._lines, self._faults)
        stock = node.choice("stock", ("plain", "preprinted"), "plain")
        cites = node.words("cites")
        for cite in cites:
            if not _CITE.fullmatch(cite):
                node.fault(f"依据 {cite} 应写成 文件#条款", "cites")
        pages = tuple(
            self._page(node, page, index) for index, page in enumerate(node.tables("page"))
        )
        if not pages:
            node.fault("没有一页")
        since = node.day("since") or date.min
        until = node.day("until", optional=True)
        if until is not None and until <= since:
            node.fault("until 应晚于 since", "until")
        form = FormDefinition(
            id=node.text("id"),
            title=node.text("title"),
            since=since,
            until=until,
            pages=pages,
            stock=cast(Any, stock),
            overprint=node.flag("overprint"),
            cites=cites,
            source=node.text("source"),
        )
        node.finish()
        return form

    def _page(self, parent: Node, data: Mapping[str, object], index: int) -> Page:
        line = self._lines.item(index, "page", 0)
        node = parent.child(data, line, f"page {index + 1}")
        marks = node.raw("marks")
        mark = parent.child(marks if isinstance(marks, dict) else {}, line, "marks")
        page = Page(
            node.number("width"),
            node.number("height"),
            marks_x=mark.number("x", 15.0),
            marks_y=mark.number("y") if mark.has("y") else None,
        )
        mark.finish()
        items: dict[str, list[Any]] = {
            key: [] for key in ("texts", "lines", "rects", "boxes", "codes", "repeats")
        }
        for kind, read in (
            ("text", self._text),
            ("line", self._line),
            ("rect", self._rect),
            ("box", self._box),
            ("qr", self._qr),
            ("table", self._table),
            ("repeat", self._repeat),
        ):
            for nth, table in enumerate(node.tables(kind)):
                start = self._lines.item(index, f"page.{kind}", nth)
                child = node.child(table, start, str(table.get("id", f"{kind} {nth + 1}")))
                read(child, items)
                child.finish()
        node.finish()
        found: dict[str, Any] = {key: tuple(value) for key, value in items.items()}
        page = replace(page, **found)
        _check_places(node, page)
        return page

    def _area(self, node: Node) -> dict[str, Any]:
        return {key: node.number(key) for key in ("x", "y", "width", "height")}

    def _style(self, node: Node, **defaults: Any) -> dict[str, Any]:
        size = node.number("size", defaults.get("size", 10.5))
        least = node.number("min_size", min(size, defaults.get("min_size", size)))
        if not 0 < least <= size:
            node.fault("min_size 应大于 0 且不超过 size", "min_size")
        return {
            "face": node.choice("face", ("regular", "bold"), defaults.get("face", "regular")),
            "size": size,
            "min_size": least,
            "align": node.choice("align", _ALIGNS, defaults.get("align", "left")),
            "valign": node.choice("valign", _VALIGNS, defaults.get("valign", "middle")),
            "wrap": node.flag("wrap") or bool(defaults.get("wrap")),
            "lines": node.whole("lines", 0),
            "leading": node.number("leading", defaults.get("leading", 1.25)),
            "indent": node.number("indent", 0.0),
        }

    def _text(self, node: Node, items: dict[str, list[Any]]) -> None:
        items["texts"].append(Text(**self._area(node), text=node.text("text"), **self._style(node)))

    def _line(self, node: Node, items: dict[str, list[Any]]) -> None:
        start, end = node.numbers("from", 2), node.numbers("to", 2)
        weight, dash = node.number("weight", 0.35), node.number("dash", 0.0)
        items["lines"].append(Line(start[0], start[1], end[0], end[1], weight, dash))

    def _rect(self, node: Node, items: dict[str, list[Any]]) -> None:
        fill = node.number("fill") if node.has("fill") else None
        items["rects"].append(
            Rect(**self._area(node), weight=node.number("weight", 0.35), fill=fill)
        )

    def _box(self, node: Node, items: dict[str, list[Any]]) -> None:
        node.has("id")
        items["boxes"].append(self._boxed(node, self._area(node), "", node.id))

    def _boxed(
        self, node: Node, area: dict[str, Any], prefix: str, box_id: str, **defaults: Any
    ) -> Box:
        text = "{" + node.text("value") + "}" if node.has("value") else node.text("text")
        _check_template(node, text, prefix)
        return Box(
            **area,
            text=text,
            **self._style(node, **defaults),
            id=box_id,
            optional=node.flag("optional"),
            empty=node.text("empty", ""),
            cells=node.whole("cells", 0),
            when=self._when(node, prefix),
        )

    def _when(self, node: Node, prefix: str) -> When | None:
        data = node.raw("when")
        if data is None:
            return None
        if not isinstance(data, dict):
            node.fault("when 应是 { value = …, equals = […] }", "when")
            return None
        inner = node.child(data, node.line, node.id)
        value = inner.text("value")
        _check_value(inner, prefix + value, "when")
        when = When(value, inner.words("equals"), inner.flag("negate"))
        inner.finish()
        return when

    def _qr(self, node: Node, items: dict[str, list[Any]]) -> None:
        node.has("id")
        value = node.text("value")
        _check_value(node, value, "value")
        if value in VALUES and VALUES[value].kind is not ValueKind.CODE:
            node.fault(f"{value} 不是二维码内容", "value")
        items["codes"].append(
            QrBox(
                node.id,
                value,
                node.number("x"),
                node.number("y"),
                node.number("size"),
                node.choice("level", ("L", "M", "Q", "H"), "M"),
                node.flag("optional"),
            )
        )

    def _table(self, node: Node, items: dict[str, list[Any]]) -> None:
        grid = Grid(
            node.number("x"), node.number("y"), node.numbers("columns"), node.numbers("rows")
        )
        defaults = {"size": node.number("size", 10.5), "min_size": node.number("min_size", 6.0)}
        label_size = node.number("label_size", defaults["size"])
        label_face = node.choice("label_face", ("regular", "bold"), "regular")
        label_align = node.choice("label_align", _ALIGNS, "center")
        padding, label_padding = node.number("padding", 1.0), node.number("label_padding", 1.0)
        spans: list[tuple[int, int, int, int]] = []
        for nth, data in enumerate(node.tables("cells")):
            name = str(data.get("value", data.get("label", f"cell {nth + 1}")))
            cell = node.child(data, self._lines.cell(node.line, nth), name)
            span = _span(cell, grid)
            if span is None:
                continue
            if any(_crosses(span, other) for other in spans):
                cell.fault("单元格与前面的单元格重叠")
            spans.append(span)
            side = label_padding if "label" in cell.data else padding
            area = grid.area(span, cell.number("padding", side))
            if cell.has("label"):
                style = {
                    "size": label_size,
                    "face": label_face,
                    "align": label_align,
                    "min_size": label_size - 2,
                }
                items["texts"].append(
                    Text(**area, text=cell.text("label"), **self._style(cell, **style))
                )
            elif cell.has("value") or cell.has("text"):
                box_id = cell.text("id", name)
                items["boxes"].append(
                    self._boxed(cell, area, "", box_id, align="left", wrap=True, **defaults)
                )
            cell.finish()
        outer, weight = node.number("outer", 0.7), node.number("weight", 0.35)
        items["lines"].extend(rules(grid, spans, outer, weight))

    def _repeat(self, node: Node, items: dict[str, list[Any]]) -> None:
        over = node.text("over")
        if over not in VALUES or VALUES[over].kind is not ValueKind.TABLE:
            node.fault(f"{over} 不是一张表", "over")
            over = "members"
        columns, height = node.numbers("columns"), node.number("row_height")
        rows, padding = max(node.whole("rows"), 1), node.number("padding", 1.0)
        grid = Grid(node.number("x"), node.number("y"), columns, (height,) * rows)
        defaults = {
            "size": node.number("size", 10.5),
            "min_size": node.number("min_size", 6.0),
            "align": "center",
            "wrap": True,
        }
        boxes: list[Box] = []
        for nth, data in enumerate(node.tables("cells")):
            name = str(data.get("value", f"cell {nth + 1}"))
            cell = node.child(data, self._lines.cell(node.line, nth), name)
            column, wide = cell.whole("column"), cell.whole("columns", 1)
            if not 1 <= column <= column + wide - 1 <= len(columns):
                cell.fault(f"没有第 {column} 列", "column")
                continue
            area = grid.area((1, column, 1, wide), cell.number("padding", padding))
            boxes.append(self._boxed(cell, area, f"{over}[].", cell.text("id", name), **defaults))
            cell.finish()
        if node.flag("grid"):
            items["lines"].extend(
                rules(grid, [], node.number("outer", 0.7), node.number("weight", 0.35))
            )
        more = node.choice("more", ("next_page", "refuse"), "refuse")
        items["repeats"].append(
            Repeat(
                over,
                rows,
                height,
                tuple(boxes),
                cast(Any, more),
                _blank(node, grid, defaults["size"]),
                node.flag("optional"),
            )
        )


def _blank(node: Node, grid: Grid, size: Any) -> Text | None:
    words = node.text("blank", "")
    if not words:
        return None
    room = (len(words) + 1) * size / MM
    first = next((i for i, width in enumerate(grid.columns) if width >= room), 0)
    area = grid.area((1, first + 1, 1, 1), 0.0)
    return Text(**area, text=words, size=size, min_size=size, align="center")


def _span(cell: Node, grid: Grid) -> tuple[int, int, int, int] | None:
    at = cell.numbers("at", 2)
    size = cell.numbers("span", 2) if cell.has("span") else (1.0, 1.0)
    row, column, tall, wide = (int(value) for value in (*at, *size))
    if not (
        1 <= row <= row + tall - 1 <= len(grid.rows)
        and 1 <= column <= column + wide - 1 <= len(grid.columns)
    ):
        cell.fault(f"单元格第 {row} 行第 {column} 列不在表内", "at")
        return None
    return row, column, tall, wide


def _crosses(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def _check_value(node: Node, value: str, key: str) -> None:
    if value not in VALUES:
        near = nearest_value(value)
        node.fault(f"没有名为 {value} 的内容" + (f"，最接近的是 {near}" if near else ""), key)


def _check_template(node: Node, text: str, prefix: str) -> None:
    key = "value" if "value" in node.data else "text"
    try:
        template = compiled(text)
    except ValueError as error:
        node.fault(str(error), key)
        return
    slots = [piece for piece in template if isinstance(piece, Slot)]
    if not slots and "when" not in node.data:
        node.fault("没有写任何内容名称：固定文字用 text 项或 label", key)
    for slot in slots:
        _check_value(node, prefix + slot.value, key)
        if slot.transform and slot.transform not in TRANSFORMS:
            node.fault(f"没有名为 {slot.transform} 的写法", key)


def _check_places(node: Node, page: Page) -> None:
    """Everything inside the page, and no two boxes that may both print over one another."""

    def outside(left: float, top: float, right: float, bottom: float) -> bool:
        return (
            left < -_SLACK
            or top < -_SLACK
            or right > page.width + _SLACK
            or bottom > page.height + _SLACK
        )

    areas = [(code.id, code.x, code.y, code.size, code.size) for code in page.codes]
    areas += [
        (box.id, box.x, box.y, box.width, box.height) for box in page.boxes if box.when is None
    ]
    for repeat in page.repeats:
        areas += [
            (box.id, box.x, box.y, box.width, repeat.row_height * repeat.rows)
            for box in repeat.boxes
            if box.when is None
        ]
    words = [(text.text, text.x, text.y, text.width, text.height) for text in page.texts]
    words += [(box.id, box.x, box.y, box.width, box.height) for box in page.boxes if box.when]
    for name, x, y, width, height in areas + words:
        if outside(x, y, x + width, y + height):
            node.fault(f"{name[:20]} 超出纸边")
    for line in page.lines:
        if outside(line.x1, line.y1, line.x2, line.y2):
            node.fault("一条线超出纸边")
    for index, (name, x, y, width, height) in enumerate(areas):
        for other, left, top, wide, high in areas[index + 1 :]:
            if (
                x + _SLACK < left + wide - _SLACK
                and left + _SLACK < x + width - _SLACK
                and y + _SLACK < top + high - _SLACK
                and top + _SLACK < y + height - _SLACK
            ):
                node.fault(f"{name[:20]} 与 {other[:20]} 重叠")
