"""The text block of a second-generation identity card: 256 bytes of UTF-16LE in fixed places."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import citizen_id
from desktop_app.domain.errors import CounterError
from desktop_app.services.ports import CardData

TEXT_BYTES = 256
_HEADER_BYTES = 4
_LONG_TERM = "长期"
_PLACES = {
    "name": (0, 30),
    "sex": (30, 2),
    "ethnicity": (32, 4),
    "birth_date": (36, 16),
    "address": (52, 70),
    "citizen_id": (122, 36),
    "issuer": (158, 30),
    "valid_from": (188, 16),
    "valid_until": (204, 16),
    "kind": (248, 2),
}
"""Item to (offset, bytes), by GA/T 467."""
_OTHER_KINDS = {"I": "外国人永久居留身份证", "J": "港澳台居民居住证"}


class CardFault(Exception):
    """The block is not that of a resident's identity card; ``words`` say so to the clerk."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def text_of(data: bytes) -> bytes:
    """The text block out of the answer to "read fixed information". Raises CardFault."""
    length = int.from_bytes(data[:2], "big")
    block = data[_HEADER_BYTES : _HEADER_BYTES + TEXT_BYTES]
    if length != TEXT_BYTES or len(block) != TEXT_BYTES:
        raise CardFault("证件里的文字不完整")
    return block


def decode(block: bytes) -> CardData:
    """What the card says. Raises CardFault; its words name the item, never its value."""
    items = {item: _item(block, item) for item in _PLACES}
    other = _OTHER_KINDS.get(items["kind"])
    if other:
        raise CardFault(f"这是{other}，不是居民身份证")
    if not items["name"]:
        raise CardFault("证件里没有姓名")
    return CardData(
        name=items["name"],
        sex=items["sex"],
        ethnicity=items["ethnicity"],
        birth_date=_day(items["birth_date"], "出生日期"),
        address=items["address"],
        citizen_id=_number(items["citizen_id"]),
        issuer=items["issuer"],
        valid_from=_day(items["valid_from"], "有效期起").isoformat(),
        valid_until=_end(items["valid_until"]),
    )


def _item(block: bytes, item: str) -> str:
    start, size = _PLACES[item]
    try:
        return block[start : start + size].decode("utf-16-le").strip(" \0\u3000")
    except UnicodeDecodeError:
        raise CardFault("证件里有读不出的字") from None


def _number(text: str) -> str:
    try:
        return citizen_id.parse(text).text
    except CounterError:
        raise CardFault("证件里的身份号码核验不过") from None


def _day(text: str, words: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise CardFault(f"证件里的{words}不是日期") from None


def _end(text: str) -> str:
    return text if text == _LONG_TERM else _day(text, "有效期止").isoformat()
