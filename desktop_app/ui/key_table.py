"""The keyboard as one table: what a key does, where, and how it is printed on buttons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtGui import QKeySequence

from desktop_app.domain.errors import Conflict, InputError


class Scope(Enum):
    """Where a key works. FIELD keys belong to the editors."""

    WINDOW = "window"
    PLACE = "place"
    CASE = "case"
    TABLE = "table"
    FIELD = "field"

    @property
    def words(self) -> str:
        """The heading on the key sheet."""
        return {
            "window": "全窗口", "place": "去哪一页", "case": "受理", "table": "列表和预览",
            "field": "录入",
        }[self.value]


@dataclass(frozen=True)
class Binding:
    """One act and its keys in Qt's portable spelling, such as ``Ctrl+T``; ``fixed`` ones stay."""

    id: str
    keys: tuple[str, ...]
    label: str
    scope: Scope
    fixed: bool = False

    def printed(self) -> str:
        """The first key as people read it."""
        return printed(self.keys[0]) if self.keys else ""

    def all_printed(self) -> str:
        """Every key as people read it."""
        return "、".join(printed(key) for key in self.keys)


def _window(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.WINDOW)


def _case(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.CASE)


def _table(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.TABLE)


def _field(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.FIELD, fixed=True)


_PLACES = ("工作台", "受理", "查询", "导入", "审批", "日志", "统计", "设置", "管理")

#: What the program starts with; the settings may change all but the fixed ones.
STANDARD: tuple[Binding, ...] = (
    _window("help", "帮助与条文", "F1"),
    _window("new_case", "新建受理", "F2", "Ctrl+N"),
    _window("query", "查询", "F3"),
    _window("refresh", "刷新", "F5"),
    _window("next_pane", "换窗格", "F6"),
    _window("larger", "放大文字", "Ctrl++", "Ctrl+="),
    _window("smaller", "缩小文字", "Ctrl+-"),
    _window("text_size", "切换文字大小", "F11"),
    _window("lock", "锁屏", "F12"),
    _window("keys", "按键一览", "Ctrl+/"),
    _window("reprint", "补打", "Ctrl+P"),
    *(
        Binding(f"place_{number}", (f"Alt+{number}",), name, Scope.PLACE)
        for number, name in enumerate(_PLACES, start=1)
    ),
    Binding("back", ("Esc",), "返回", Scope.WINDOW, fixed=True),
    _case("read_card", "读证", "F4"),
    _case("assess", "判定", "F7"),
    _case("review", "核对", "F8"),
    _case("submit", "提交并打印", "F9"),
    _case("guided", "引导模式", "Ctrl+G"),
    _case("notice", "一次性告知单", "Ctrl+T"),
    _case("all_seen", "全部已核原件", "Ctrl+M"),
    _case("save", "保存草稿", "Ctrl+S"),
    _case("next_block", "下一栏", "Ctrl+Return", "Ctrl+Enter"),
    _table("find", "在列表中查找", "Ctrl+F"),
    _table("export_rows", "导出", "Ctrl+E"),
    _table("open_file", "选文件", "Ctrl+O"),
    _table("adopt", "采纳建议", "Alt+A"),
    _table("adopt_all", "全部采纳", "Alt+Shift+A"),
    _field("accept", "确认并到下一空项", "Return"),
    _field("previous", "上一项", "Shift+Return"),
    _field("tick", "勾选材料", "Space"),
    _field("choose", "选候选项", "Down"),
    _field("undo", "撤销", "Ctrl+Z"),
    _field("redo", "重做", "Ctrl+Y"),
)

_NAMES = {
    "Return": "Enter", "Down": "↑ ↓", "Space": "空格", "Ctrl++": "Ctrl +", "Ctrl+-": "Ctrl −",
}


def printed(key: str) -> str:
    """A portable key as people read it: ``Return`` is Enter."""
    if key in _NAMES:
        return _NAMES[key]
    *held, last = key.split("+") if not key.endswith("++") else [key[:-2], "+"]
    return "+".join([*held, _NAMES.get(last, last)])


def with_changes(changes: Mapping[str, str]) -> tuple[Binding, ...]:
    """The standard table with other keys for some acts; ids that are not known are left out.

    Raises InputError for a fixed act, for no key, for a lone letter and for a key that text
    needs; Conflict for a key used twice.
    """
    table = {binding.id: binding for binding in STANDARD}
    for act, key in changes.items():
        binding = table.get(act)
        if binding is None:
            continue
        if binding.fixed:
            raise InputError(f"“{binding.label}”的按键不能改", "选其他一项")
        name = standard_name(key, binding)
        if _is_for_text(name):
            raise InputError(f"按键 {printed(name)} 归文字编辑和系统，不能改用", "换一个按键")
        table[act] = replace(binding, keys=(name,))
    # who was there first is named as the owner, the changed act as the one to change
    require_no_conflict(sorted(table.values(), key=lambda binding: binding.id in changes))
    return tuple(table.values())


def require_no_conflict(bindings: Iterable[Binding]) -> None:
    """Raise InputError for no key or a lone letter, Conflict for a key used twice."""
    taken: dict[str, list[Binding]] = {}
    for binding in bindings:
        for key in binding.keys:
            name = standard_name(key, binding)
            for other in taken.get(name, []):
                if meet(binding.scope, other.scope):
                    raise Conflict(
                        f"按键 {printed(key)} 已用于“{other.label}”",
                        f"给“{binding.label}”换一个按键",
                    )
            taken.setdefault(name, []).append(binding)


def meet(one: Scope, other: Scope) -> bool:
    """Whether two acts could be meant by one key press; a page is either a case or a table."""
    return one is other or {one, other} != {Scope.CASE, Scope.TABLE}


def standard_name(key: str, binding: Binding) -> str:
    """The one spelling of a key. Raises InputError for no key, or a lone letter."""
    sequence = QKeySequence(key)
    name = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or not name.isprintable() or not name:
        raise InputError(f"“{binding.label}”的按键看不懂：{key}", "例 Ctrl+T 或 F7")
    *held, last = name.split("+")
    lone = len(last) <= 1 and not {"Ctrl", "Alt", "Meta"} & set(held)
    if lone and binding.scope is not Scope.FIELD:
        raise InputError(f"“{binding.label}”不能只用一个字母或数字", "加 Ctrl 或 Alt")
    return name


_TEXT_KEYS = frozenset({
    "Tab", "Backtab", "Backspace", "Del", "Ins", "Left", "Right", "Up", "Down", "Home", "End",
    "PgUp", "PgDown", "Space", "Return", "Enter", "Esc",
})
_OTHERS = frozenset({"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "F10", "Shift+F10", "Alt+F4"})


def _is_for_text(name: str) -> bool:
    """Whether fields or the system need a key, so that no act may take it."""
    *held, last = name.split("+")
    return name in _OTHERS or (last in _TEXT_KEYS and set(held) <= {"Ctrl", "Shift"}
                               and not (last in ("Return", "Enter") and "Ctrl" in held))
