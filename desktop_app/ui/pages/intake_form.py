"""The blocks of a case as a dense form; also one block at a time (引导模式)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.domain.fields import FieldDef, FieldKind
from desktop_app.domain.procedure import Step
from desktop_app.ui.pages.editors import EditorMaker
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.widgets.entry_line import EntryLine
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, restyle
from desktop_app.ui.widgets.section import Progress, Section

_SPANS = {
    FieldKind.CITIZEN_ID: 3, FieldKind.NAME: 3, FieldKind.ADDRESS: 4, FieldKind.REGION: 3,
}
_UNLIMITED = 16777215
_ROW_GAP = 7
_SIDES, _EDGE, _DENSE_EDGE = 16, 10, 6
_LONGEST = {
    FieldKind.CITIZEN_ID: "000000 00000000 000X", FieldKind.DATE: "0000-00-00",
    FieldKind.PHONE: "000 0000 0000", FieldKind.CODE: "汉汉族",
}
_LATE = ("household.number", "household.relation")


class IntakeForm(QFrame):
    """Editors by block. Enter goes to the next field that is due; ``finished`` after the last.

    ``moved`` comes after each of both, for the step on show may be another one.

    A block of optional fields only stays folded until it is asked for or holds something.
    """

    finished = Signal()
    moved = Signal()

    def __init__(self, model: IntakeModel, maker: EditorMaker, parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("part", "card")
        self._model, self._maker = model, maker
        self._blocks: tuple[Step, ...] = ()
        self._unfolded: set[str] = set()
        self._guided: int | None = None
        self._columns, self._dense = 6, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDES, _EDGE, _SIDES, _EDGE)
        self.grid = self._new_grid()

    def _new_grid(self) -> FormGrid:
        grid = FormGrid(columns=self._columns, gap=_ROW_GAP, parent=self)
        self._column.addWidget(grid)
        grid.changed.connect(self._on_changed)
        grid.committed.connect(self._on_committed)
        return grid

    # ---- showing

    def set_shape(self, *, columns: int, dense: bool) -> None:
        """How many fields stand side by side, and whether blocks go without headings."""
        if columns != self._columns:
            self._columns = columns
            old, self.grid = self.grid, self._new_grid()
            self._column.removeWidget(old)
            old.hide()  # else Qt may still show it, as a window
            old.setParent(None)
            old.deleteLater()
            self._blocks = ()
            if self._model.sheet is not None:
                self.show_case()
        if dense is not self._dense:
            self._dense = dense
            edge = _DENSE_EDGE if dense else _EDGE
            self._column.setContentsMargins(_SIDES, edge, _SIDES, edge)
            self._show_headings()

    @property
    def columns(self) -> int:
        """How many columns a block has."""
        return self._columns

    def roomy_height(self) -> int:
        """How high the form would be with the headings of its blocks."""
        shown = sum(not self.grid.section(block.id).isHidden() for block in self._blocks)
        heading = self.fontMetrics().height() + 8
        saved = shown * heading + 2 * (_EDGE - _DENSE_EDGE)
        return self.sizeHint().height() + (saved if self._dense else 0)

    def _show_headings(self) -> None:
        for block in self._blocks:
            section = self.grid.section(block.id)
            for place in range(section.head.count()):
                item = section.head.itemAt(place)
                part = item.widget() if item is not None else None
                if isinstance(part, PlainLabel | IconMark):
                    part.setMaximumHeight(0 if self._dense else _UNLIMITED)
            layout = section.layout()
            if layout is not None:
                layout.setSpacing(0 if self._dense else 6)

    def show_case(self) -> None:
        """Bring editors and words up to date with the model's sheet."""
        blocks = self._model.blocks
        here = ""
        if [(b.id, b.fields) for b in blocks] != [(b.id, b.fields) for b in self._blocks]:
            here = next((e.field_id for e in self.grid.editors() if e.line.hasFocus()), "")
            self._build(blocks)
        asked = set(self._model.asked())
        for editor in self.grid.editors():
            if editor.isHidden() is (editor.field_id in asked):
                self.grid.set_field_shown(editor.field_id, editor.field_id in asked)
            editor.set_text(self._model.text(editor.field_id))
            editor.set_read_only(not self._model.editable)
        self._show_blocks()
        self._show_progress()
        if here and self.grid.has(here):
            self.grid.focus_field(here)

    def forget(self) -> None:
        """Another case: fold again, leave the guided mode as it is."""
        self._unfolded = set()
        for editor in self.grid.editors():
            editor.reset()

    def _build(self, blocks: Sequence[Step]) -> None:
        self.grid.clear()
        self._blocks = tuple(blocks)
        with self.grid.filling():
            for number, block in enumerate(blocks, start=1):
                _slim(self.grid.begin_section(block.id, block.title, number=str(number)))
                late = [f for f in block.fields if f in _LATE]
                for field_id in (*(f for f in block.fields if f not in _LATE), *late):
                    self._add(field_id, new_row=field_id == next(iter(late), None))

    def _add(self, field_id: str, *, new_row: bool) -> None:
        definition = self._model.definition(field_id)
        editor = self.grid.add(
            self._maker.make(definition), span=_span(definition), new_row=new_row
        )
        longest = _LONGEST.get(definition.kind)
        if longest is not None:
            editor.line.set_longest(longest)  # no number or date is ever cut
        editor.accepted.disconnect()
        editor.accepted.connect(self._on_accepted)
        editor.entered.connect(self._on_entered)
        editor.line.cursorPositionChanged.connect(self._on_moved)

    def _show_blocks(self) -> None:
        for place, block in enumerate(self._blocks):
            shown = self._is_open(block) if self._guided is None else place == self._guided
            self.grid.section(block.id).setVisible(shown)

    def _is_open(self, block: Step) -> bool:
        answers = self._model.case.case.answers
        return (
            not self.is_optional(block) or block.id in self._unfolded
            or any(answers.get(f) for f in block.fields)
        )

    def is_optional(self, block: Step) -> bool:
        """Whether nothing of a block has to be filled in."""
        return all(self._model.definition(f).optional for f in block.fields)

    def _show_progress(self) -> None:
        due = set(self._model.case.missing_fields)
        wrong = set(self._model.raw)
        for block in self._blocks:
            state = Progress.DONE
            if wrong & set(block.fields):
                state = Progress.WRONG
            elif due & set(block.fields) or self.is_optional(block):
                state = Progress.OPEN
            self.grid.section(block.id).set_progress(state)
        self._show_headings()

    def progress(self) -> Mapping[str, bool]:
        """Block titles and whether each is complete."""
        due = set(self._model.case.missing_fields) | set(self._model.raw)
        return {b.title: not due & set(b.fields) for b in self._blocks if not self.is_optional(b)}

    # ---- guided mode

    @property
    def guided(self) -> int | None:
        """Place of the only block in sight, None while all are."""
        return self._guided

    def set_guided(self, place: int | None) -> None:
        """Show one block only, or all again."""
        self._guided = None if place is None else min(max(place, 0), len(self._blocks) - 1)
        self._show_blocks()

    def titles(self) -> tuple[str, ...]:
        """Titles of the blocks."""
        return tuple(block.title for block in self._blocks)

    def block_of_focus(self) -> int:
        """Place of the block with the keyboard; 0 when none has it."""
        for place, block in enumerate(self._blocks):
            if any(self.grid.editor(f).line.hasFocus() for f in block.fields):
                return place
        return 0

    # ---- moving

    def editor(self, field_id: str) -> FieldEditor | None:
        """An editor, or None for a field that is not asked."""
        return self.grid.editor(field_id) if self.grid.has(field_id) else None

    def go_to(self, field_id: str) -> bool:
        """Put the keyboard into a field, unfolding its block."""
        for place, block in enumerate(self._blocks):
            if field_id in block.fields:
                self._unfolded.add(block.id)
                if self._guided is not None:
                    self._guided = place
                self._show_blocks()
                self.grid.focus_field(field_id)
                return True
        return False

    def focus_due(self, after: str = "") -> bool:
        """To the first field due after another; in guided mode its block comes into sight."""
        order = [e.field_id for e in self.grid.editors()]
        start = order.index(after) + 1 if after in order else 0
        for field_id in order[start:]:
            if self._is_due(field_id) and not self.grid.editor(field_id).isHidden():
                return self.go_to(field_id)
        return False

    def _is_due(self, field_id: str) -> bool:
        """Whether Enter stops here: what the case needs and lacks, or words not taken yet."""
        editor = self.grid.editor(field_id)
        lacking = editor.is_empty() and field_id in self._model.case.missing_fields
        return not editor.line.isReadOnly() and (lacking or field_id in self._model.raw)

    def next_block(self) -> bool:
        """To the first field of the next block; False after the last."""
        here = self._guided if self._guided is not None else self.block_of_focus()
        if here + 1 >= len(self._blocks):
            return False
        block = self._blocks[here + 1]
        self._unfolded.add(block.id)
        if self._guided is not None:
            self._guided = here + 1
        self._show_blocks()
        first = next((f for f in block.fields if not self.grid.editor(f).isHidden()), None)
        if first is not None:
            self.grid.focus_field(first)
        return True

    def previous_block(self) -> bool:
        """One block back in guided mode; False at the first."""
        if not self._guided:
            return False
        self.set_guided(self._guided - 1)
        first = self._blocks[self._guided].fields[0]
        self.grid.focus_field(first)
        return True

    # ---- inside

    def _on_accepted(self) -> None:
        sender = self.sender()
        here = sender.field_id if isinstance(sender, FieldEditor) else ""
        if here in self._model.raw and isinstance(sender, FieldEditor):
            self._model.put(here, sender.text())  # words from before a crash are no new edit
        if not self.focus_due(here):
            self.finished.emit()
        self.moved.emit()

    def _on_entered(self) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            self._model.focus(sender.field_id, sender.line.cursorPosition())

    def _on_moved(self, _: int, position: int) -> None:
        line = self.sender()
        if isinstance(line, EntryLine) and line.hasFocus():
            self._model.focus(line.objectName(), position)

    def _on_changed(self, committed: object) -> None:
        field_id = getattr(committed, "field_id", "")
        editor = self.editor(field_id)
        if editor is not None:
            self._model.typing(field_id, editor.text(), editor.line.cursorPosition())

    def _on_committed(self, committed: object) -> None:
        self._model.put(getattr(committed, "field_id", ""), getattr(committed, "text", ""))

    def show_refusal(self, field_id: str, words: str) -> None:
        """The words of a refusal beside their field."""
        editor = self.editor(field_id)
        if editor is not None:
            editor.set_message(Level.ERROR, words)


def _span(field: FieldDef) -> int:
    return _SPANS.get(field.kind, field.width)


def _slim(section: Section) -> None:
    """A block without a sheet of its own: all blocks of a case lie on one."""
    restyle(section, part="block")
    layout = section.layout()
    if layout is not None:
        layout.setContentsMargins(0, 2, 0, 4)
        layout.setSpacing(6)
