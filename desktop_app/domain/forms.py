"""Papers as data: what stands on a page, and how a record fills it.

``fill`` is pure: it joins a definition and a record into ``FilledForm`` or refuses with
everything that is missing at once. Whether the words fit their boxes and have glyphs is known
only to the renderer, which refuses in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desktop_app.domain.errors import CounterError
from desktop_app.domain.form_layout import (
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
from desktop_app.domain.form_text import (
    DEFAULT_TRANSFORM,
    TRANSFORMS,
    Slot,
    Template,
    plain_text,
    unfit_character,
)
from desktop_app.domain.form_values import VALUES, ValueKind

__all__ = [
    "Box",
    "FilledForm",
    "FilledPage",
    "FilledText",
    "FormDefinition",
    "FormRefused",
    "Line",
    "Need",
    "Page",
    "Problem",
    "QrBox",
    "Rect",
    "Repeat",
    "Text",
    "When",
    "compiled",
    "fill",
    "needs",
    "unknown_values",
]


@dataclass(frozen=True)
class Problem:
    """One reason why a paper cannot be printed: the value (or box) at fault, in plain words."""

    value: str
    words: str


class FormRefused(CounterError):
    """A paper cannot be printed as the record stands; ``problems`` lists every reason."""

    def __init__(self, title: str, problems: Sequence[Problem], remedy: str) -> None:
        self.problems = tuple(problems)
        words = "；".join(dict.fromkeys(problem.words for problem in problems))
        super().__init__(f"《{title}》不能打印：{words}", remedy)


#: The values of a text with their words: (value id, words).
Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilledText:
    """The words of one box; ``drop`` moves it down by so many millimetres (rows of a table).

    ``label`` names the values printed; ``parts`` are (value id, words) of each where there are
    several, so that a fault in one of them is not laid on all.
    """

    box: Text
    text: str
    drop: float = 0.0
    label: str = ""
    parts: Parts = ()


@dataclass(frozen=True)
class FilledPage:
    """One page to print: the page as defined, its words, and the contents of its QR codes."""

    page: Page
    texts: tuple[FilledText, ...]
    codes: tuple[tuple[QrBox, str], ...] = ()


@dataclass(frozen=True)
class FilledForm:
    """A paper ready for the renderer."""

    form: FormDefinition
    pages: tuple[FilledPage, ...]

    @property
    def form_id(self) -> str:
        """The id of the form."""
        return self.form.id

    @property
    def edition(self) -> date:
        """The day from which this edition is in force."""
        return self.form.since


@dataclass(frozen=True)
class Need:
    """A value that a form prints: by id, and whether the form can do without."""

    value: str
    optional: bool


def needs(form: FormDefinition) -> tuple[Need, ...]:
    """Every value that the form names, in order of appearance, each once."""
    found: dict[str, bool] = {}
    for value, optional in _named(form):
        found[value] = optional and found.get(value, True)
    return tuple(Need(value, optional) for value, optional in found.items())


def _named(form: FormDefinition) -> Iterator[tuple[str, bool]]:
    for page in form.pages:
        for box in page.boxes:
            yield from _named_in(box, "", False)
        for code in page.codes:
            yield code.value, code.optional
        for repeat in page.repeats:
            yield repeat.over, repeat.optional
            for box in repeat.boxes:
                yield from _named_in(box, f"{repeat.over}[].", repeat.optional)


def _named_in(box: Box, prefix: str, optional: bool) -> Iterator[tuple[str, bool]]:
    optional = optional or box.optional or box.when is not None
    if box.when is not None:
        yield prefix + box.when.value, True
    for piece in compiled(box.text):
        if isinstance(piece, Slot):
            yield prefix + piece.value, optional or piece.optional


def fill(form: FormDefinition, record: Mapping[str, object]) -> FilledForm:
    """Join a form and a record: flat keys (``applicant.name``) or nested mappings.

    Lists give the rows of tables; a row's keys are column names. Raises FormRefused naming every
    value that is missing, cannot be read, or holds a character that no paper can show.
    """
    values = _flat(record)
    problems: list[Problem] = []
    pages = [filled for page in form.pages for filled in _fill_page(page, values, record, problems)]
    if problems:
        unique = tuple(dict.fromkeys(problems))
        raise FormRefused(form.title, unique, "补齐或改正所列内容后再打印")
    return FilledForm(form, tuple(pages))


def _flat(record: Mapping[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            flat.update((f"{key}.{name}", inner) for name, inner in _flat(value).items())
        else:
            flat[key] = value
    return flat


Row = Mapping[str, object]


def _fill_page(
    page: Page, values: Row, record: Row, problems: list[Problem]
) -> Iterator[FilledPage]:
    tables = [(repeat, _rows(repeat, values, problems)) for repeat in page.repeats]
    common = tuple(_filled(page.boxes, values, "", 0.0, problems))
    codes = tuple(_codes(page, values, problems))
    sheets = max((-(-len(rows) // repeat.rows) for repeat, rows in tables), default=1)
    for sheet in range(max(sheets, 1)):
        texts = list(common)
        for repeat, rows in tables:
            first = sheet * repeat.rows
            texts.extend(_fill_rows(repeat, rows[first : first + repeat.rows], first, problems))
        yield FilledPage(page, tuple(texts), codes)


def _rows(repeat: Repeat, values: Row, problems: list[Problem]) -> Sequence[Row]:
    rows = values.get(repeat.over)
    label = VALUES[repeat.over].label
    if rows is None or rows == "" or not isinstance(rows, (list, tuple)):
        if not (repeat.optional and not rows):
            problems.append(Problem(repeat.over, f"缺少{label}"))
        return ()
    if not rows and not repeat.optional:
        problems.append(Problem(repeat.over, f"{label}没有一行"))
    if len(rows) > repeat.rows and repeat.more == "refuse":
        problems.append(
            Problem(repeat.over, f"{label}有 {len(rows)} 行，本页只容 {repeat.rows} 行")
        )
        return rows[: repeat.rows]
    return rows


def _fill_rows(
    repeat: Repeat, rows: Sequence[Row], first: int, problems: list[Problem]
) -> Iterator[FilledText]:
    prefix = f"{repeat.over}[]."
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            words = f"{VALUES[repeat.over].label}第 {first + index + 1} 行不是一组名称和内容"
            problems.append(Problem(repeat.over, words))
            continue
        numbered = {"row": first + index + 1, **row}
        yield from _filled(repeat.boxes, numbered, prefix, index * repeat.row_height, problems)
    if repeat.blank is not None and len(rows) < repeat.rows:
        yield FilledText(repeat.blank, repeat.blank.text, len(rows) * repeat.row_height)


def _codes(page: Page, values: Row, problems: list[Problem]) -> Iterator[tuple[QrBox, str]]:
    for code in page.codes:
        content = plain_text(values.get(code.value))
        if content:
            yield code, content
        elif not code.optional:
            problems.append(Problem(code.value, f"缺少{VALUES[code.value].label}"))


def _filled(
    boxes: Sequence[Box], values: Row, prefix: str, drop: float, problems: list[Problem]
) -> Iterator[FilledText]:
    for box in boxes:
        if box.when is not None and not _holds(box.when, values):
            continue
        parts: list[tuple[str, str]] = []
        text = _words(box, values, prefix, problems, parts) or box.empty
        if text:
            several = tuple(parts) if len(parts) > 1 else ()
            yield FilledText(box, text, drop, _label(box.text, prefix), several)


def _holds(when: When, values: Row) -> bool:
    value = plain_text(values.get(when.value))
    return (value in when.equals if when.equals else bool(value)) is not when.negate


def _words(
    box: Box, values: Row, prefix: str, problems: list[Problem], parts: list[tuple[str, str]]
) -> str:
    if "?" not in box.text:
        return _joined(compiled(box.text), box, values, prefix, problems, parts)
    paragraphs = [
        _joined(compiled(paragraph), box, values, prefix, problems, parts)
        for paragraph in box.text.split("\n")
        if _has_all(compiled(paragraph), values)
    ]
    return "\n".join(paragraphs)


def _has_all(template: Template, values: Row) -> bool:
    return all(
        plain_text(values.get(piece.value))
        for piece in template
        if isinstance(piece, Slot) and piece.optional
    )


def _joined(
    template: Template, box: Box, values: Row, prefix: str, problems: list[Problem],
    parts: list[tuple[str, str]],
) -> str:
    words: list[str] = []
    for piece in template:
        if isinstance(piece, str):
            words.append(piece)
            continue
        definition, raw = VALUES[prefix + piece.value], values.get(piece.value)
        if not _of_kind(raw, definition.kind):
            problems.append(Problem(definition.id, f"{definition.label}应为文字"))
            return ""
        value = plain_text(raw)
        if not value:
            if not box.optional:
                problems.append(Problem(definition.id, f"缺少{definition.label}"))
            return ""
        words.append(_shown(piece, value, prefix, problems))
        parts.append((definition.id, words[-1]))
    return "".join(words)


def _of_kind(value: object, kind: ValueKind) -> bool:
    """Whether a value can stand for its kind at all: no truth value or list for a name."""
    if isinstance(value, bool):
        return kind is ValueKind.YES_NO
    if isinstance(value, (list, tuple)):
        return kind is ValueKind.LINES
    return not isinstance(value, Mapping)


def _shown(slot: Slot, value: str, prefix: str, problems: list[Problem]) -> str:
    definition = VALUES[prefix + slot.value]
    lines = value.split("\n") if definition.kind is ValueKind.LINES else (value,)
    for line in lines:
        unfit = unfit_character(line)
        if unfit is not None:
            words = f"{definition.label}第 {unfit[0]} 个字符看不见：⟨{unfit[1]}⟩"
            problems.append(Problem(definition.id, words))
            return ""
    transform = TRANSFORMS.get(slot.transform) or DEFAULT_TRANSFORM.get(definition.kind)
    if transform is None:
        return value
    try:
        return transform(value)
    except ValueError as error:
        problems.append(Problem(definition.id, f"{definition.label}读不出：{error}"))
        return ""


@lru_cache(maxsize=4096)
def _label(text: str, prefix: str) -> str:
    labels = [
        VALUES[prefix + piece.value].label for piece in compiled(text) if isinstance(piece, Slot)
    ]
    return "、".join(dict.fromkeys(labels))


def unknown_values(record: Mapping[str, object]) -> tuple[str, ...]:
    """The names in a record that no form could print: misspelt ones, to be told and not lost."""
    names: dict[str, None] = {}
    for key, value in _flat(record).items():
        rows = value if isinstance(value, (list, tuple)) else ()
        columns = (f"{key}[].{name}" for row in rows if isinstance(row, Mapping) for name in row)
        names.update(dict.fromkeys((key, *columns)))
    return tuple(name for name in names if name not in VALUES)
