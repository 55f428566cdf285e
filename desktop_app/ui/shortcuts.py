"""The keyboard as one table: what a key does, where, and how it is printed on buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import Conflict, InputError
from desktop_app.ui.widgets.field import FieldEditor


class Scope(Enum):
    """Where a key works. FIELD keys belong to the editors and cannot be changed."""

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
    """One act and its keys in Qt's portable spelling, such as ``Ctrl+T``."""

    id: str
    keys: tuple[str, ...]
    label: str
    scope: Scope

    def printed(self) -> str:
        """The first key as people read it."""
        return printed(self.keys[0]) if self.keys else ""


def _window(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.WINDOW)


def _case(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.CASE)


def _table(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.TABLE)


def _field(act: str, label: str, *keys: str) -> Binding:
    return Binding(act, keys, label, Scope.FIELD)


_PLACES = ("工作台", "受理", "查询", "导入", "审批", "日志", "统计", "设置", "管理")

#: What the program starts with; the settings may change all but FIELD keys.
STANDARD: tuple[Binding, ...] = (
    _window("help", "帮助与条文", "F1"),
    _window("new_case", "新建受理", "F2", "Ctrl+N"),
    _window("query", "查询", "F3"),
    _window("refresh", "叫号或刷新", "F5"),
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
    _window("back", "返回", "Esc"),
    _case("read_card", "读证", "F4"),
    _case("assess", "判定", "F7"),
    _case("review", "核对", "F8"),
    _case("submit", "提交并打印", "F9"),
    _case("guided", "引导模式", "Ctrl+G"),
    _case("notice", "一次性告知单", "Ctrl+T"),
    _case("all_seen", "全部已核原件", "Ctrl+M"),
    _case("save", "保存草稿", "Ctrl+S"),
    _case("next_block", "下一块", "Ctrl+Return", "Ctrl+Enter"),
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


class KeyMap:
    """A table of keys without conflicts."""

    def __init__(self, bindings: Iterable[Binding] = STANDARD) -> None:
        """Raises InputError for no key or a lone letter, Conflict for a key used twice."""
        self._bindings = {binding.id: binding for binding in bindings}
        self._refuse_conflicts()

    def bindings(self, scope: Scope | None = None) -> tuple[Binding, ...]:
        """All, or those of one scope, in order."""
        return tuple(b for b in self._bindings.values() if scope in (None, b.scope))

    def of(self, act: str) -> Binding:
        """One act. Raises KeyError."""
        return self._bindings[act]

    def key(self, act: str) -> str:
        """What is printed on the button of an act. Raises KeyError."""
        return self._bindings[act].printed()

    def with_changes(self, changes: Mapping[str, str]) -> KeyMap:
        """A new table with other keys for some acts; ids that are not known are left out.

        Raises InputError and Conflict like the constructor, InputError for a FIELD act.
        """
        table = dict(self._bindings)
        for act, key in changes.items():
            if act not in table:
                continue
            if table[act].scope is Scope.FIELD:
                raise InputError(f"“{table[act].label}”的按键不能改", "选其他一项")
            table[act] = replace(table[act], keys=(key,))
        return KeyMap(table.values())

    def changes(self) -> dict[str, str]:
        """What differs from the standard table, for the settings file."""
        standard = {binding.id: binding.keys for binding in STANDARD}
        return {
            b.id: b.keys[0] for b in self._bindings.values()
            if b.keys and standard.get(b.id) != b.keys
        }

    def bind(
        self, act: str, owner: QWidget, slot: Callable[[], None], *, settle: bool = True
    ) -> list[QShortcut]:
        """Let the keys of an act call ``slot`` while ``owner``'s window is active.

        WINDOW and PLACE keys work in the whole window, others while the focus is inside
        ``owner``. The edit in hand is settled first, so that the act sees what was typed.
        Raises KeyError.
        """
        binding = self._bindings[act]
        context = (
            Qt.ShortcutContext.WindowShortcut if binding.scope in (Scope.WINDOW, Scope.PLACE)
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

        def fire() -> None:
            if settle:
                settle_focus(owner.window())
            slot()

        shortcuts = []
        for key in binding.keys:
            shortcut = QShortcut(QKeySequence(key), owner, context=context)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(fire)
            shortcuts.append(shortcut)
        return shortcuts

    def _refuse_conflicts(self) -> None:
        taken: dict[str, list[Binding]] = {}
        for binding in self._bindings.values():
            for key in binding.keys:
                name = _standard_name(key, binding)
                for other in taken.get(name, []):
                    if _meet(binding.scope, other.scope):
                        raise Conflict(
                            f"按键 {printed(key)} 已用于“{other.label}”",
                            f"给“{binding.label}”换一个按键",
                        )
                taken.setdefault(name, []).append(binding)


def settle_focus(window: QWidget) -> None:
    """Finish the edit in hand, if a field of this window has the focus."""
    place: QWidget | None = window.focusWidget()
    while place is not None:
        if isinstance(place, FieldEditor):
            place.settle()
            return
        place = place.parentWidget()


def _meet(one: Scope, other: Scope) -> bool:
    """Whether two acts could be meant by one key press; a page is either a case or a table."""
    return one is other or {one, other} != {Scope.CASE, Scope.TABLE}


def _standard_name(key: str, binding: Binding) -> str:
    sequence = QKeySequence(key)
    name = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or not name.isprintable() or not name:
        raise InputError(f"“{binding.label}”的按键看不懂：{key}", "例 Ctrl+T 或 F7")
    *held, last = name.split("+")
    lone = len(last) <= 1 and not {"Ctrl", "Alt", "Meta"} & set(held)
    if lone and binding.scope is not Scope.FIELD:
        raise InputError(f"“{binding.label}”不能只用一个字母或数字", "加 Ctrl 或 Alt")
    return name
