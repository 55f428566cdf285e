"""A full disk (R5): nothing is damaged, the words say what to do, room makes all well again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.adapters.storage.keeping import backup
from desktop_app.domain.errors import Unavailable
from tests.faults.conftest import Mount, staffed_store
from tests.helpers.people import answers_for
from tests.helpers.powercut.clerk import EveryGlyph
from tests.helpers.powercut.inspection import promises_broken
from tests.helpers.powercut.recording import record
from tests.helpers.world import World

FULL = "磁盘已满，这一步没有保存。清出磁盘空间后再办一次，已填内容仍在窗口"


def test_full_at_every_single_write(recorder: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    staffed_store(root).close()
    out = record(
        recorder, root, tmp_path / "calls", "tests.helpers.powercut.full_disk", [str(root)]
    )
    told = json.loads(out)
    assert told["broken"] == []
    assert told["said"] == [FULL]
    assert told["refused"] > 20
    assert told["opened"][0] == told["opened"][1]
    assert told["submitted"][0] == told["submitted"][1]


def test_a_disk_of_one_mebibyte(mount: Mount) -> None:
    folder = mount("1m")
    store = staffed_store(folder)
    world = World(store, renderer=EveryGlyph())
    filler = folder / "filler"
    filler.write_bytes(bytes(200_000))
    opened: list[str] = []
    with pytest.raises(Unavailable) as refusal:
        for order in range(1, 999):
            answers = answers_for("zero_threshold", order)
            opened.append(world.desk().open("zero_threshold", answers).case.id)
    assert str(refusal.value) == FULL
    assert promises_broken(store, len(opened)) == ""
    assert len(world.entries()) == len(opened)
    with pytest.raises(Unavailable):  # no room for a copy either, and none is left by halves
        backup(store, folder / "copy.db")
    assert not list(folder.glob("copy*"))

    filler.unlink()
    again = world.desk().open("zero_threshold", answers_for("zero_threshold", 999)).case.id
    assert world.entries() == ["case.open"] * (len(opened) + 1)
    with store.read() as unit:
        assert unit.cases.get(again).answers["applicant.phone"]
    assert promises_broken(store, len(opened) + 1) == ""
    store.close()
