"""Reading one table of a policy file: typed values out, a fault for everything that is not right.

A reader never stops at the first fault: it notes it, goes on with a neutral value, and the whole
package is refused at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from desktop_app.adapters.policy.faults import Fault
from desktop_app.adapters.policy.source import SourceFile
from desktop_app.domain.land_rights import demands_land_rights
from desktop_app.domain.legal import Citation, Document, InForce

_NO_DAY = date(1, 1, 1)
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_LINE_MARKS = {ord("\n"): None, ord("\t"): None}
#: Under these keys nothing is said: conditions are read against the closed list of facts, and
#: citations name documents, some of them laws on rural land.
_NOT_SAID = ("when", "cite")


def nearest(word: str, known: Collection[str]) -> str:
    """``，最接近的是 …`` for the known word closest to this one, else nothing."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.4)
    return f"，最接近的是 {close[0]}" if close else ""


@dataclass(frozen=True)
class Entry:
    """One table: ``block`` and ``ordinal`` say which, so that faults can name its lines."""

    data: Mapping[str, object]
    source: SourceFile
    block: str
    ordinal: int
    faults: list[Fault]

    @property
    def id(self) -> str:
        """Its id, empty when it has none."""
        found = self.data.get("id", "")
        return found if isinstance(found, str) else ""

    def fault(self, reason: str, key: str = "") -> None:
        """Note a fault at the key's line, else at the id's, else at the table's."""
        line = self.source.line_of(self.block, self.ordinal, key or "id")
        self.faults.append(Fault(self.source.name, line, self.id, reason))

    def text(self, key: str, *, required: bool = True, longest: int = 0) -> str:
        """A text; a missing or blank one is a fault when required. ``longest`` is for one line
        of that many characters, 0 for any text."""
        value = self.data.get(key, "")
        if not isinstance(value, str):
            self.fault(f"{key} 应为文字，要加引号", key)
            return ""
        if required and not value.strip():
            self.fault(f"缺 {key}", key)
        hidden = _hidden(value)
        if hidden:
            self.fault(f"{key} 里有不可见字符 {hidden}，删去", key)
        if longest and (len(value) > longest or "\n" in value):
            self.fault(f"{key} 应是一行，不超过 {longest} 字，现有 {len(value)} 字", key)
        return value

    def name(self, key: str = "id") -> str:
        """A text that other files, paths and programs can safely use as a name."""
        value = self.text(key)
        if value.strip() and not _NAME.fullmatch(value):
            self.fault(f"{key} 只用小写字母、数字、_ 和 -，以字母开头", key)
        return value

    def one_of(self, key: str, choices: Collection[str]) -> str:
        """A text out of a closed list."""
        value = self.text(key)
        if value and value not in choices:
            self.fault(f"{key} 不能是“{value}”，可用：{'、'.join(choices)}", key)
        return value

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(f"{key} 应为文字列表", key)
            return ()
        if required and not value:
            self.fault(f"缺 {key}", key)
        for item in value:
            if value.count(item) > 1:
                self.fault(f"{key} 里 {item} 写了两次", key)
                break
        return tuple(value)

    def whole(self, key: str, *, required: bool = True) -> int | None:
        """A whole number, None when absent."""
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault(f"缺 {key}", key)
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(f"{key} 应为整数", key)
            return None
        return value

    def flag(self, key: str) -> bool:
        """A truth value, false when absent."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{key} 应为 true 或 false", key)
            return False
        return value

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date, None when absent."""
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault(f"缺 {key}，写成 2017-05-09 的样式，不加引号", key)
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(f"{key} 应为日期，写成 2017-05-09 的样式，不加引号", key)
            return None
        return value

    def days(self, key: str) -> frozenset[date]:
        """A list of dates."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(type(item) is date for item in value):
            self.fault(f"{key} 应为日期列表", key)
            return frozenset()
        return frozenset(value)

    def in_force(self) -> InForce:
        """``since`` and ``until``; the end must lie after the beginning."""
        since, until = self.day("since") or _NO_DAY, self.day("until", required=False)
        if until is not None and until <= since:
            self.fault("until 应晚于 since", "until")
            return InForce(since)
        return InForce(since, until)

    def cites(
        self,
        documents: Mapping[str, Document] | None,
        *,
        required: bool = True,
        since: date | None = None,
    ) -> tuple[Citation, ...]:
        """``cite``: every clause must be in the index of its document (unless that is unread).

        ``since`` is the first day of what rests on the clause: no document issued later can bear
        it.
        """
        found = []
        for text in self.texts("cite", required=required):
            try:
                citation = Citation.parse(text)
            except ValueError:
                self.fault(f"条款引用“{text}”应写成 文件#条款", "cite")
                continue
            found.append(citation)
            if documents is not None:
                self._check_clause(citation, documents, since)
        return tuple(found)

    def _check_clause(
        self, citation: Citation, documents: Mapping[str, Document], since: date | None
    ) -> None:
        document = documents.get(citation.document)
        if document is None:
            hint = nearest(citation.document, documents)
            self.fault(f"没有登记文件 {citation.document}{hint}", "cite")
        elif document.clause(citation.clause) is None:
            self.fault(f"{document.id} 没有第 {citation.clause} 条款", "cite")
        elif since is not None and since != _NO_DAY and document.issued > since:
            self.fault(
                f"{document.id} 发布于 {document.issued}，晚于 {since}，不能作为当日的依据", "cite"
            )

    def children(self, block: str) -> Iterator[Entry]:
        """The tables of a list of tables, ``[[block]]``."""
        value = self.data.get(block, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(f"{block} 应写成 [[{block}]]", block)
            return
        for ordinal, item in enumerate(value):
            yield Entry(item, self.source, block, ordinal, self.faults)

    def child(self, block: str) -> Entry:
        """The table ``[block]``; an empty one with a fault when it is missing."""
        value = self.data.get(block)
        if not isinstance(value, dict):
            self.fault(f"缺 [{block}]", block)
            value = {}
        return Entry(value, self.source, block, 0, self.faults)

    def only(self, *known: str) -> None:
        """Every other key is a fault: a misspelt key must not pass for an absent one."""
        for key in self.data:
            if key not in known:
                self.fault(f"没有 {key} 这一项{nearest(key, known)}", key)

    def refuse_land_rights(self, *, kept: Collection[str] = ()) -> None:
        """A fault for every text of this table, and of the tables in it, that speaks of rights in
        rural land; texts under the keys ``kept`` are left to their own check."""
        for key, value in self.data.items():
            if key in kept or key in _NOT_SAID:
                continue
            if isinstance(value, dict):
                Entry(value, self.source, key, 0, self.faults).refuse_land_rights(kept=kept)
            elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
                for ordinal, item in enumerate(value):
                    inner = Entry(item, self.source, key, ordinal, self.faults)
                    inner.refuse_land_rights(kept=kept)
            else:
                self._refuse_words(key, value if isinstance(value, list) else [value])

    def _refuse_words(self, key: str, values: Iterable[object]) -> None:
        for text in values:
            words = demands_land_rights(text) if isinstance(text, str) else None
            if words:
                self.fault(
                    f"{key} 涉及农村土地权益（{words}），61号 三(五) 禁止作为落户条件", key
                )


def root(source: SourceFile, faults: list[Fault]) -> Entry:
    """The top level of a file."""
    return Entry(source.data, source, "", 0, faults)


def refuse_twins(entries: Collection[Entry], what: str) -> None:
    """A fault for every id that was used before."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id and entry.id in seen:
            entry.fault(f"{what} {entry.id} 重复")
        seen.add(entry.id)


def _hidden(text: str) -> str:
    """The first character that cannot be seen, as ``U+202E``; line ends and tabs can."""
    if text.translate(_LINE_MARKS).isprintable():  # all of seven thousand rows at a stroke
        return ""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn") and char not in "\n\t":
            return f"U+{ord(char):04X}"
    return ""
