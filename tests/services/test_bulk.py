"""Work on very many objects leaves nothing behind that would hold the program up."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from desktop_app.services.bulk import let_go, without_collecting


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.unfreeze()


def test_the_collector_rests_and_goes_on() -> None:
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_fault() -> None:
    with pytest.raises(ValueError, match="x"), without_collecting():
        raise ValueError("x")
    assert gc.isenabled()


@pytest.mark.parametrize(("count", "frozen"), [(100, False), (50_000, True)])
def test_only_very_many_new_objects_are_put_where_the_collector_does_not_look(
    count: int, frozen: bool
) -> None:
    before = gc.get_freeze_count()
    gc.collect()
    with without_collecting():
        kept: list[list[object]] = [[] for _ in range(count)]
    assert (gc.get_freeze_count() - before >= count) is frozen
    assert len(kept) == count


def test_objects_that_are_put_away_are_still_freed_with_their_last_name() -> None:
    freed: list[bool] = []

    class Marked:
        def __del__(self) -> None:
            freed.append(True)

    with without_collecting():
        kept: list[object] = [Marked(), *([] for _ in range(50_000))]
    let_go(kept)
    assert freed == [True]
    assert kept == []
