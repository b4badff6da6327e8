"""Observations as exhibits need them: by year, by two keys, with what is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.show.observed import complete, of_year, wide, with_remainder, years_of


def rows(*cells: tuple[str, int | None, float]) -> pd.DataFrame:
    """Return observations of one indicator: territory, year, value."""
    frame = pd.DataFrame(cells, columns=["territory", "year", "value"]).astype({"year": "Int64"})
    return frame.assign(
        indicator="share", category="", status="A", source="book", table="t.csv", row=range(2, len(frame) + 2)
    )


def test_years_are_told_once_and_in_order():
    assert years_of(rows(("a", 2020, 1.0), ("b", 2019, 2.0), ("b", 2020, 3.0), ("c", None, 4.0))) == [2019, 2020]


def test_the_year_wanted_is_taken_and_else_the_last():
    frame = rows(("a", 2018, 1.0), ("a", 2019, 2.0))
    assert of_year(frame, 2018)["value"].tolist() == [1.0]
    assert of_year(frame, 2021)["value"].tolist() == [2.0]
    undated = rows(("a", None, 1.0))
    assert of_year(undated, 2021) is undated


def test_two_observations_of_one_place_are_refused_and_not_averaged():
    assert wide(rows(("a", 2020, 1.0), ("b", 2019, 2.0)), "year", "territory").at[2019, "b"] == 2.0
    with pytest.raises(ValueError, match="duplicate"):
        wide(rows(("a", 2020, 1.0), ("a", 2020, 2.0)), "year", "territory")


def test_what_the_sources_do_not_give_is_a_row_without_a_value():
    frame = complete(rows(("a", 2020, 1.0)), ["a", "b"], [2019, 2020])
    missing = frame[frame["status"] == "M"]
    assert list(zip(missing["territory"], missing["year"], strict=True)) == [("a", 2019), ("b", 2019), ("b", 2020)]
    assert np.isnan(missing["value"].astype(float)).all()
    whole = rows(("a", 2020, 1.0))
    assert complete(whole, ["a"], [2020]) is whole


def test_a_remainder_names_the_rows_it_was_computed_from():
    rest = with_remainder(rows(("a", 2020, 60.0), ("b", 2020, 10.0), ("a", 2020, 30.0)), "a", 2020, 10.0).iloc[-1]
    assert (rest["category"], rest["value"], rest["table"]) == ("REST", 10.0, "t.csv#2; t.csv#4")
