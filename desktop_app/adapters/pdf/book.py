"""All forms of the program: every edition, its sample, and the choice by day."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from desktop_app.adapters.pdf.faults import Fault, FormFaults
from desktop_app.adapters.pdf.form_file import read_form
from desktop_app.domain.errors import Missing
from desktop_app.domain.form_values import VALUES, ValueKind, nearest_value
from desktop_app.domain.forms import FormDefinition, FormRefused, fill, needs

SAMPLE = "sample.toml"
#: Bytes; the longest form there is has a fiftieth of this.
_LARGEST = 1_000_000


class FormBook:
    """The forms by id; an edition is chosen by the day of the act."""

    def __init__(
        self,
        editions: Mapping[str, tuple[FormDefinition, ...]],
        samples: Mapping[str, Mapping[str, object]],
    ) -> None:
        self._editions = dict(editions)
        self._samples = dict(samples)

    def ids(self) -> tuple[str, ...]:
        """The ids of all forms, sorted."""
        return tuple(sorted(self._editions))

    def editions(self, form_id: str) -> tuple[FormDefinition, ...]:
        """Every edition of a form, oldest first. Raises Missing for an unknown id."""
        if form_id not in self._editions:
            known = "、".join(self.ids())
            raise Missing(f"没有名为 {form_id} 的表单", f"现有：{known}")
        return self._editions[form_id]

    def edition(self, form_id: str, on: date) -> FormDefinition:
        """The edition in force on that day. Raises Missing when there is none."""
        editions = self.editions(form_id)
        for form in editions:
            if form.in_force(on):
                return form
        raise Missing(
            f"《{editions[0].title}》在 {on.isoformat()} 没有可用的版式",
            "核对受理日期或补充版式文件",
        )

    def latest(self, form_id: str) -> FormDefinition:
        """The edition that comes into force last."""
        return self.editions(form_id)[-1]

    def sample(self, form_id: str) -> Mapping[str, object]:
        """A record that fills every edition of the form."""
        self.editions(form_id)
        return self._samples[form_id]


def load_forms(forms_dir: Path) -> FormBook:
    """Read every form below the folder. Raises FormFaults with all faults of all files."""
    faults: list[Fault] = []
    editions: dict[str, tuple[FormDefinition, ...]] = {}
    samples: dict[str, Mapping[str, object]] = {}
    if not forms_dir.is_dir():
        raise FormFaults([Fault(forms_dir.name, 1, "-", "没有表单文件夹")])
    for folder in sorted(path for path in forms_dir.iterdir() if path.is_dir()):
        found = _read_editions(folder, faults)
        if not found:
            faults.append(Fault(folder.name, 1, folder.name, "没有一个版式文件"))
            continue
        editions[folder.name] = found
        samples[folder.name] = _read_sample(folder, found, faults)
    if faults:
        raise FormFaults(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return FormBook(editions, samples)


def _read_editions(folder: Path, faults: list[Fault]) -> tuple[FormDefinition, ...]:
    found: list[FormDefinition] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == SAMPLE:
            continue
        file = f"{folder.name}/{path.name}"
        text = _text(path, file, faults)
        form = None if text is None else read_form(text, file, faults)
        if form is None:
            continue
        if form.id != folder.name:
            faults.append(Fault(file, 1, form.id, f"id 应与文件夹同名：{folder.name}"))
        if form.since.isoformat() != path.stem:
            faults.append(Fault(file, 1, form.id, f"since 应与文件同名：{path.stem}"))
        found.append(form)
    found.sort(key=lambda form: form.since)
    for earlier, later in pairwise(found):
        if earlier.until is None or earlier.until > later.since:
            file = f"{folder.name}/{later.since.isoformat()}.toml"
            faults.append(Fault(file, 1, later.id, "与上一版式同日生效：给上一版式写 until"))
    return tuple(found)


def _text(path: Path, file: str, faults: list[Fault]) -> str | None:
    """The words of a file; None, with a fault, for what is no ordinary file of text."""
    reason = ""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            reason = "这不是文件，表样写在普通文件里"
        elif found.st_size > _LARGEST:
            reason = "文件太大，表样文件不超过 1 MB"
        else:
            return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        reason = "不是 UTF-8 文件"
    except OSError:
        reason = "文件读不了，检查权限、磁盘和链接"
    faults.append(Fault(file, 1, path.parent.name, reason))
    return None


def _read_sample(
    folder: Path, editions: tuple[FormDefinition, ...], faults: list[Fault]
) -> Mapping[str, object]:
    """The samples of the vocabulary, overlaid with what the form's own sample file says."""
    file = f"{folder.name}/{SAMPLE}"
    path = folder / SAMPLE
    if not path.is_file():
        faults.append(Fault(file, 1, folder.name, "缺少样例文件"))
        return {}
    text = _text(path, file, faults)
    if text is None:
        return {}
    try:
        own = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        faults.append(Fault(file, 1, folder.name, "样例不是有效的 TOML"))
        return {}
    _check_keys(own, file, folder.name, faults)
    record = {**_common_sample(editions), **_flat(own)}
    # A file that already has faults may name values nobody knows; filling it proves nothing more.
    if not any(fault.file.startswith(f"{folder.name}/") for fault in faults):
        for form in editions:
            try:
                fill(form, record)
            except FormRefused as refused:
                faults.extend(Fault(file, 1, p.value, p.words) for p in refused.problems)
    return record


def _common_sample(editions: tuple[FormDefinition, ...]) -> dict[str, object]:
    sample: dict[str, object] = {}
    for form in editions:
        for need in needs(form):
            value = VALUES.get(need.value)
            if value is None or "[]." in need.value:
                continue
            if value.kind is not ValueKind.TABLE:
                sample[value.id] = value.sample
                continue
            columns = [key for key in VALUES if key.startswith(f"{value.id}[].")]
            sample[value.id] = [
                {key.split("[].")[1]: VALUES[key].sample for key in columns if key[-4:] != ".row"}
            ]
    return sample


def _flat(data: Mapping[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{name}": inner for name, inner in value.items()})
        else:
            flat[key] = value
    return flat


def _check_keys(own: Mapping[str, object], file: str, form_id: str, faults: list[Fault]) -> None:
    for key, value in _flat(own).items():
        names = [key]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            names += [f"{key}[].{column}" for row in value for column in row]
        for name in names:
            if name not in VALUES:
                near = nearest_value(name)
                words = f"样例里的 {name} 不在内容表中" + (f"，最接近的是 {near}" if near else "")
                faults.append(Fault(file, 1, form_id, words))
