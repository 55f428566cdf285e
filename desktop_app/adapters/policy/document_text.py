"""The documents' own words: a station imports them, the program finds each clause (F1).

The texts are not part of the program; they live in the data folder under ``documents/``.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import InputError, Unavailable
from desktop_app.domain.legal import ARTICLES, Citation, Document, clause_label

Write = Callable[[Path, bytes], None]

FOLDER = "documents"
_ENCODINGS = ("utf-8-sig", "gb18030")
_LARGEST = 5_000_000
_NUMERALS = "一二三四五六七八九"
_CHINESE = r"[零一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"^({_CHINESE})、"),
    re.compile(rf"^[(（]({_CHINESE})[)）]"),
    re.compile(r"^(\d{1,2})[.．、](?!\d)"),
)
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_SENTENCE_ENDS = ("。", "）", ")", ".", "；")
_ARTICLE = re.compile(rf"^第({_CHINESE})条(?:之{_CHINESE})?[\s　]*")


@dataclass(frozen=True)
class Imported:
    """What an import found: clauses that rules cite and that are there, and those that are not.

    ``digest`` is the SHA-256 of the text as kept.
    """

    document: str
    characters: int
    digest: str
    found: tuple[str, ...]
    missing: tuple[str, ...]


class ClauseText:
    """The clauses of the documents that this station has imported."""

    def __init__(self, data: Path, documents: Mapping[str, Document]) -> None:
        self._folder = data / FOLDER
        self._documents = documents
        self._read: dict[str, Mapping[str, str]] = {}

    def clause(self, citation: Citation) -> str | None:
        """The clause as the imported document words it; None when that is not imported."""
        document = self._documents.get(citation.document)
        if document is None:
            return None
        if document.id not in self._read:
            text = self._text(document.id)
            self._read[document.id] = {} if text is None else split_clauses(text, document.style)
        return self._read[document.id].get(citation.clause)

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}.txt"

    def _text(self, document_id: str) -> str | None:
        try:
            return self._path(document_id).read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise Unavailable(f"读不了文件原文 {document_id}", "重新导入这份文件") from None


def import_text(
    source: Path, document: Document, cited: frozenset[str], data: Path, write: Write
) -> Imported:
    """Keep a document's plain text (UTF-8 or GB 18030) and say which cited clauses it holds.

    ``write`` replaces a file atomically. Raises InputError for a file that is not such a text or
    has less of a clause than the text it would replace, Unavailable when it cannot be read or
    kept.
    """
    text = _decode(_bytes_of(source), source.name)
    clauses = split_clauses(text, document.style)
    if not clauses:
        raise InputError(f"{source.name} 里找不到条款编号", "导入文件的纯文本，不要网页或扫描件")
    folder = data / FOLDER
    kept = folder / f"{document.id}.txt"
    lost = _lost(kept, clauses, document)
    if lost:
        labels = "、".join(clause_label(number, document.style) for number in lost)
        raise InputError(
            f"{source.name} 比已导入的原文少：{labels}",
            f"导入完整文本；确要换短的，先移走 {FOLDER} 里的 {kept.name}",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Unavailable(f"建不了文件夹 {FOLDER}", "检查数据文件夹的权限和磁盘") from None
    write(kept, text.encode())
    return Imported(
        document=document.id,
        characters=len(text),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        found=tuple(sorted(cited & clauses.keys(), key=_order)),
        missing=tuple(sorted(cited - clauses.keys(), key=_order)),
    )


def _lost(
    kept: Path, clauses: Mapping[str, str], document: Document
) -> tuple[str, ...]:
    """Clauses of the index that the text kept so far has, and the new one lacks or cuts short.

    A clause is cut short when less than half of its words is left: notes and page numbers come
    and go with copies of a text, halves of sentences do not.
    """
    try:
        earlier = split_clauses(kept.read_text("utf-8"), document.style)
    except (OSError, UnicodeDecodeError):  # none yet, or one that nobody can read any more
        return ()
    return tuple(
        clause.number for clause in document.clauses
        if len(clauses.get(clause.number, "")) * 2 < len(earlier.get(clause.number, ""))
    )


def split_clauses(text: str, style: str) -> Mapping[str, str]:
    """Clause number to its words, from the numbering at the beginnings of lines.

    Of a document counted 一、(一)1. the clause 2.3 is what stands under 二 (三); of a statute the
    clause 9 is 第九条 and 9.2 its second paragraph. A clause holds what is below it as well.
    """
    lines = [line.strip() for line in text.splitlines()]
    kept = _without_signature([line for line in lines if line])
    return _articles(kept) if style == ARTICLES else _sections(kept)


def _without_signature(lines: list[str]) -> list[str]:
    """The lines without the issuer's name and the date at the end: they belong to no clause."""
    if len(lines) > 2 and _DAY.fullmatch(lines[-1]):
        return lines[:-1] if lines[-2].endswith(_SENTENCE_ENDS) else lines[:-2]
    return lines


def _sections(lines: list[str]) -> Mapping[str, str]:
    clauses: dict[str, list[str]] = {}
    path: list[int] = []
    for line in lines:
        level, number = _numbering(line, len(path))
        if number:
            path = [*path[:level], number]
        for depth in range(1, len(path) + 1):
            clauses.setdefault(".".join(map(str, path[:depth])), []).append(line)
    return {number: "\n".join(words) for number, words in clauses.items()}


def _numbering(line: str, depth: int) -> tuple[int, int]:
    """The level (from 0) and number a line opens; number 0 when it opens none.

    A level may not be skipped: a 1. before any (一) is part of the running text.
    """
    for level, pattern in enumerate(_LEVELS):
        match = pattern.match(line)
        if match and level <= depth:
            digits = match.group(1)
            return level, int(digits) if digits.isdigit() else chinese_to_int(digits)
    return 0, 0


def _articles(lines: list[str]) -> Mapping[str, str]:
    clauses: dict[str, list[str]] = {}
    article = ""
    for line in lines:
        match = _ARTICLE.match(line)
        if match:
            article = str(chinese_to_int(match.group(1)))
        if article and not re.match(rf"^第{_CHINESE}[章节编]", line):
            paragraphs = clauses.setdefault(article, [])
            paragraphs.append(line)
            clauses[f"{article}.{len(paragraphs)}"] = [line]
    return {number: "\n".join(words) for number, words in clauses.items()}


def chinese_to_int(text: str) -> int:
    """十二 -> 12, 一百零五 -> 105 (up to 999); 0 for what is not such a number."""
    total = current = 0
    for char in text:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char in _NUMERALS:
            current = _NUMERALS.index(char) + 1
    return total + current


def _bytes_of(source: Path) -> bytes:
    try:
        found = source.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{source.name} 不是文件", "写文件原文所在的文本文件")
        if found.st_size > _LARGEST:
            raise InputError(f"{source.name} 太大，不像文件原文", "导入不超过 5 MB 的纯文本")
        return source.read_bytes()
    except OSError:
        raise Unavailable(f"读不了 {source.name}", "检查文件是否存在、是否有权限") from None


def _decode(raw: bytes, name: str) -> str:
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise InputError(f"{name} 不是 UTF-8 或 GB 18030 文本", "另存为纯文本再导入")


def _order(clause: str) -> tuple[int, ...]:
    return tuple(int(part) for part in clause.split("."))
