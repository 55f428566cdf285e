"""The rules of the house that import-linter cannot say. Each gives ``path:line: what``.

They are functions of the sources, so that a test can also show that each one bites.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence

from tests.helpers.sources import Source, dotted

HouseRule = Callable[[Sequence[Source]], list[str]]

FOLDERS = {
    "": {"domain", "services", "adapters", "ui", "admin"},
    "adapters": {
        "storage", "policy", "pdf", "roster", "export", "devices", "workstation",
    },
    "ui": {"viewmodels", "pages", "widgets"},
}
"""Where a module may live. A new folder is a decision: write it down here."""

PURE = ("domain",)
CLOCKLESS = ("domain", "services", "ui")
READS_CLOCK = {"today", "now", "utcnow", "time", "time_ns"}
CLOCK_OWNERS = {"date", "datetime", "datetime.date", "datetime.datetime", "time"}
WORLD = {
    "os", "io", "pathlib", "shutil", "tempfile", "glob", "socket", "subprocess", "threading",
    "multiprocessing", "concurrent", "asyncio", "queue", "logging", "time", "random", "secrets",
    "uuid", "sqlite3", "platform", "locale", "signal", "urllib", "http", "tomllib", "importlib",
}
"""Standard modules that reach out of a pure function: files, clock, threads, chance, machine."""

RICH = {
    "QLabel", "QErrorMessage", "QInputDialog", "QProgressDialog", "QWizardPage", "QTextBrowser",
    "QMessageBox",
}
"""Widgets that take words for markup. PlainLabel and our dialogs stand in for them."""
LABEL_HELPER = "ui/widgets/plain.py"
THEME = "ui/theme.py"
UNFIT = {
    "QDateEdit": "has no empty state; dates are typed",
    "QDateTimeEdit": "has no empty state; dates are typed",
    "QCalendarWidget": "is slower than typing",
    "setInputMask": "fights the input method",
    "setMaxLength": "counts UTF-16 units and can cut a rare character in two",
    "QTableWidget": "holds every cell; use a model",
    "QSortFilterProxyModel": "sorts in Python; the store sorts",
    "resizeColumnsToContents": "reads every row",
}
"""Parts of Qt that were measured or seen to harm, and why."""

ENGINE = "adapters/storage/sqlite_engine.py"
SQL_CALLS = {"text", "execute", "exec_driver_sql", "executescript", "executemany", "scalars"}


def _at(source: Source, line: int, what: str) -> str:
    return f"{source.path}:{line}: {what}"


def known_folders(sources: Sequence[Source]) -> list[str]:
    """Every module lives in a folder the architecture names."""
    found = []
    for source in sources:
        parts = source.path.split("/")[:-1]
        for depth, parent in enumerate(("", *parts[:1])):
            if len(parts) > depth and parts[depth] not in FOLDERS.get(parent, {parts[depth]}):
                found.append(_at(source, 1, f"folder {parts[depth]} is not in the house"))
    return found


def domain_is_pure(sources: Sequence[Source]) -> list[str]:
    """The domain imports the standard library and itself; no file, clock, thread or chance."""
    found = []
    for source in sources:
        if not source.under(*PURE):
            continue
        for line, name in source.imports():
            top = name.split(".")[0]
            own = name.startswith("desktop_app.domain")
            if not own and (top not in sys.stdlib_module_names or top in WORLD):
                found.append(_at(source, line, f"imports {name}"))
        found += [_at(source, line, "opens a file") for line, n, _ in source.calls() if n == "open"]
    return found


def clock_comes_by_constructor(sources: Sequence[Source]) -> list[str]:
    """Only the workstation adapter reads the clock; all others are handed one."""
    return [
        _at(source, line, f"reads the clock by {name}()")
        for source in sources
        if source.under(*CLOCKLESS)
        for line, name, _ in source.calls()
        for owner, _, last in [name.rpartition(".")]
        if last in READS_CLOCK and owner in CLOCK_OWNERS
    ]


def view_models_know_no_widget(sources: Sequence[Source]) -> list[str]:
    """View models use QtCore and nothing else of Qt, so that they are tested without a window."""
    return [
        _at(source, line, f"imports {name}")
        for source in sources
        if source.under("ui/viewmodels")
        for line, name in source.imports()
        if name.startswith("PySide6") and not name.startswith("PySide6.QtCore")
    ]


def words_stay_words(sources: Sequence[Source]) -> list[str]:
    """Nothing outside the label helper makes a widget that would read markup (R47)."""
    found = []
    for source in sources:
        if source.path == LABEL_HELPER:
            continue
        for line, name, _ in source.calls():
            if name.split(".")[0] in RICH or name.split(".")[-1] in {*RICH, "setHtml"}:
                found.append(_at(source, line, f"{name}() would read markup"))
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                bases = {dotted(base).split(".")[-1] for base in node.bases}
                found += [_at(source, node.lineno, f"inherits {b}") for b in sorted(bases & RICH)]
        found += [
            _at(source, line, "a tooltip of computed words; use set_tip")
            for line, name, call in source.calls()
            if name.split(".")[-1] == "setToolTip" and not _is_literal(call.args[0])
        ]
    return found


def style_takes_no_words(sources: Sequence[Source]) -> list[str]:
    """Only the theme sets a style sheet, so no typed word can get into one (R53)."""
    return [
        _at(source, line, "setStyleSheet outside the theme")
        for source in sources
        if source.path != THEME
        for line, name, call in source.calls()
        if name.split(".")[-1] == "setStyleSheet" and not _is_literal(call.args[0])
    ]


def unfit_parts_stay_out(sources: Sequence[Source]) -> list[str]:
    """No part of Qt that has no empty state, fights the input method or reads every row."""
    found = []
    for source in sources:
        names = [(line, name.split(".")[-1]) for line, name in source.imports()]
        names += [(line, name.split(".")[-1]) for line, name, _ in source.calls()]
        found += [_at(source, line, f"{n} {UNFIT[n]}") for line, n in names if n in UNFIT]
    return found


def sql_takes_no_words(sources: Sequence[Source]) -> list[str]:
    """No statement is put together from values (R49): literals, or constants of the module.

    A pragma takes no bound values; it may be put together, in the engine's own module only.
    """
    return [
        _at(source, line, f"{name}() with a statement put together from values")
        for source in sources
        for scope in _scopes(source.tree)
        for line, name, call in _calls_in(scope)
        if name.split(".")[-1] in SQL_CALLS and call.args
        and not (source.path == ENGINE and _starts_with_pragma(call.args[0]))
        and _built(call.args[0], scope)
    ]


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the module and every function; a call is judged in its innermost one too."""
    yield tree
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Walk a scope without entering the functions inside it."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting.extend(ast.iter_child_nodes(node))


def _calls_in(scope: ast.AST) -> Iterator[tuple[int, str, ast.Call]]:
    for node in _own_nodes(scope):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func), node


def _built(node: ast.expr, scope: ast.AST) -> bool:
    """Say whether an expression is a string put together from anything but constants."""
    if isinstance(node, ast.Name):
        return any(
            _built(other.value, scope)
            for other in _own_nodes(scope)
            if isinstance(other, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == node.id for t in other.targets)
            and not (isinstance(other.value, ast.Name) and other.value.id == node.id)
        )
    if isinstance(node, ast.JoinedStr):
        filled = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return not all(_constant(value, scope) for value in filled)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        sides = (node.left, node.right)
        words = any(isinstance(s, ast.JoinedStr | ast.BinOp) or _is_words(s) for s in sides)
        return words and not all(_constant(side, scope) for side in sides)
    if isinstance(node, ast.Call):
        last = dotted(node.func).split(".")[-1]
        return last == "format" or (last == "text" and _built(node.args[0], scope))
    return False


def _is_words(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _starts_with_pragma(node: ast.expr) -> bool:
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    return isinstance(first, ast.Constant) and str(first.value).startswith("PRAGMA ")


def _constant(node: ast.expr, scope: ast.AST) -> bool:
    """Say whether a value can only be one the programmer wrote: literal, or NAMED_LIKE_THIS."""
    if isinstance(node, ast.Tuple | ast.List):
        return all(_constant(each, scope) for each in node.elts)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"lower", "upper"} and _constant(node.func.value, scope)
    if isinstance(node, ast.Name) and not node.id.isupper():
        loops = [
            loop for loop in _own_nodes(scope)
            if isinstance(loop, ast.For | ast.comprehension) and node.id == dotted(loop.target)
        ]
        return bool(loops) and all(_constant(loop.iter, scope) for loop in loops)
    return isinstance(node, ast.Constant) or dotted(node).split(".")[-1].isupper()


RULES: dict[str, tuple[HouseRule, str, str]] = {
    "folders": (known_folders, "adapters/cloud/client.py", "x = 1"),
    "pure": (domain_is_pure, "domain/case.py", "import sqlalchemy"),
    "no file": (domain_is_pure, "domain/case.py", "open('x')"),
    "no world": (domain_is_pure, "domain/case.py", "from pathlib import Path"),
    "clock": (clock_comes_by_constructor, "services/desk.py", "day = date.today()"),
    "view model": (
        view_models_know_no_widget, "ui/viewmodels/a.py", "from PySide6.QtWidgets import QWidget",
    ),
    "label": (words_stay_words, "ui/pages/a.py", "QLabel('x')"),
    "label kind": (words_stay_words, "ui/pages/a.py", "class A(QLabel): ..."),
    "message box": (words_stay_words, "ui/pages/a.py", "QMessageBox.warning(None, a, b)"),
    "tooltip": (words_stay_words, "ui/pages/a.py", "field.setToolTip(name)"),
    "style": (style_takes_no_words, "ui/pages/a.py", "w.setStyleSheet(f'color: {name}')"),
    "calendar": (unfit_parts_stay_out, "ui/pages/a.py", "from PySide6.QtWidgets import QDateEdit"),
    "mask": (unfit_parts_stay_out, "ui/pages/a.py", "edit.setInputMask('9')"),
    "table": (unfit_parts_stay_out, "ui/pages/a.py", "view.resizeColumnsToContents()"),
    "sql f-string": (sql_takes_no_words, "adapters/storage/a.py", "c.execute(f'select {name}')"),
    "sql percent": (sql_takes_no_words, "adapters/storage/a.py", "c.execute('select %s' % name)"),
    "sql plus": (sql_takes_no_words, "adapters/storage/a.py", "c.execute(text('select ' + name))"),
    "sql format": (sql_takes_no_words, "adapters/storage/a.py", "text('{}'.format(name))"),
    "sql pragma elsewhere": (
        sql_takes_no_words, "adapters/storage/a.py", "c.execute(f'PRAGMA {name}')",
    ),
    "sql by name": (
        sql_takes_no_words, "adapters/storage/a.py",
        "def f(name):\n    s = f'select {name}'\n    c.execute(s)",
    ),
}
"""Each rule with a module that must not pass it."""
