"""Rows of fields: in order, within the columns, even at the right edge."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.form_rows import Cell, Place, places_of
from desktop_app.ui.widgets.plain import PlainLabel

SPANS = st.lists(st.tuples(st.integers(1, 8), st.booleans()), max_size=12)


def cells(asked: list[tuple[int, bool]]) -> list[Cell]:
    """Cells that are only counted, never shown."""
    nobody = cast(FieldEditor, None), cast(PlainLabel, None)
    return [Cell(*nobody, span, new_row) for span, new_row in asked]


def rows(places: list[Place]) -> list[list[Place]]:
    return [list(row) for _, row in groupby(places, key=lambda place: place.row)]


@given(SPANS, st.sampled_from([1, 2, 3, 6]))
def test_fields_stand_in_order_within_the_columns(
    asked: list[tuple[int, bool]], columns: int
) -> None:
    made = cells(asked)
    places = places_of(made, columns, 6)
    assert [id(place.cell) for place in places] == [id(cell) for cell in made]
    for number, row in enumerate(rows(places)):
        assert all(place.row == number for place in row)
        assert row[0].column == 0
        assert all(a.column + a.span == b.column for a, b in pairwise(row))
        assert row[-1].column + row[-1].span <= columns
        assert all(place.span >= 1 for place in row)


@given(SPANS, st.sampled_from([1, 2, 3, 6]))
def test_a_row_of_several_goes_to_the_edge_and_one_alone_keeps_its_width(
    asked: list[tuple[int, bool]], columns: int
) -> None:
    for row in rows(places_of(cells(asked), columns, 6)):
        if len(row) > 1:
            assert row[-1].column + row[-1].span == columns
        elif columns == 6:
            assert row[0].span == min(row[0].cell.span, 6)


@given(SPANS)
def test_a_field_that_asks_for_a_new_row_begins_one(asked: list[tuple[int, bool]]) -> None:
    places = places_of(cells(asked), 6, 6)
    assert all(place.column == 0 for place in places if place.cell.new_row)


def test_long_fields_take_a_whole_row_where_there_are_few_columns() -> None:
    places = places_of(cells([(1, False), (6, False), (2, False)]), 2, 6)
    assert [(p.row, p.column, p.span) for p in places] == [(0, 0, 1), (1, 0, 2), (2, 0, 1)]
