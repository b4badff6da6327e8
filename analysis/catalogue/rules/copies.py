"""Two years or two territories are never the same in every cell: one of them was copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import findings_at

FEWEST = 6  # different numbers: fewer may agree by chance
REMEDY = "Сверьте с источником: похоже, одно скопировано с другого."


def copies(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:  # noqa: ARG001 - all rules are called alike
    """Find years equal in every category or territory, and territories equal in every year.

    Counts of things are too coarse to tell.
    """
    given = rows[rows["value"].notna() & rows["unit"].ne("count")]
    codes = {column: pd.factorize(given[column])[0] for column in ("indicator", "territory", "category")}
    numbers = pd.DataFrame(codes | {"year": given["year"], "value": given["value"]}, index=given.index)
    cut = numbers.groupby("indicator")["category"].transform("nunique").gt(1)
    for series, of, over in (
        (numbers[cut], ["territory", "year"], ["category"]),
        (numbers[~cut], ["year"], ["territory", "category"]),
        (numbers[~cut], ["territory"], ["year", "category"]),
    ):
        yield from _equal(series, rows, of, over)


def _equal(numbers: pd.DataFrame, rows: pd.DataFrame, of: list[str], over: list[str]) -> Iterator[Finding]:
    """Compare what is in each place `of` an indicator, cell by cell along `over`; words stand as numbers."""
    cells = pd.util.hash_pandas_object(numbers[["indicator", *over, "value"]], index=False)
    groups = numbers.assign(cells=cells, first=numbers.index).groupby(["indicator", *of], sort=False)
    # The sum of the hashes is the same exactly when the same cells hold the same numbers.
    whole = groups.agg(
        cells=("cells", "sum"), size=("value", "size"), numbers=("value", "nunique"), first=("first", "min")
    ).reset_index()
    whole = whole[whole["numbers"].ge(FEWEST)].sort_values("first")
    same = ["indicator", "cells", "size"]
    twins = whole[whole.duplicated(same)].merge(whole.drop_duplicates(same), on=same, suffixes=("", "_of"))
    found, copied = rows.loc[twins["first"]], rows.loc[twins["first_of"]]
    problems = [
        f"{_named(here)}: все значения те же, что {_named(there)}"
        for here, there in zip(*(part[of].itertuples(index=False) for part in (found, copied)), strict=True)
    ]
    yield from findings_at(found, "copies", problems, REMEDY)


def _named(place: Iterable[object]) -> str:
    return ", ".join(map(str, place))
