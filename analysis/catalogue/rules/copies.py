"""Two years or two territories are never the same in every cell: one of them was copied."""

from __future__ import annotations

from collections.abc import Iterator

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
    cut = given.groupby("indicator")["category"].transform("nunique").gt(1)
    for series, of, over in (
        (given[cut], ["territory", "year"], ["category"]),
        (given[~cut], ["year"], ["territory", "category"]),
        (given[~cut], ["territory"], ["year", "category"]),
    ):
        yield from _equal(series, of, over)


def _equal(rows: pd.DataFrame, of: list[str], over: list[str]) -> Iterator[Finding]:
    """Compare what is in each place `of` an indicator, cell by cell along `over`."""
    cells = pd.util.hash_pandas_object(rows[["indicator", *over, "value"]], index=False)
    groups = rows.assign(cells=cells, first=rows.index).groupby(["indicator", *of], sort=False)
    # The sum of the hashes is the same exactly when the same cells hold the same numbers.
    whole = groups.agg(
        cells=("cells", "sum"), size=("value", "size"), numbers=("value", "nunique"), first=("first", "min")
    ).reset_index()
    whole = whole[whole["numbers"].ge(FEWEST)].sort_values("first")
    same = ["indicator", "cells", "size"]
    twins = whole[whole.duplicated(same)].merge(whole.drop_duplicates(same), on=same, suffixes=("", "_of"))
    problems = [
        f"{_named(twin, of, '')}: все значения те же, что {_named(twin, of, '_of')}"
        for twin in twins.to_dict("records")
    ]
    yield from findings_at(rows.loc[twins["first"]], "copies", problems, REMEDY)


def _named(twin: dict, of: list[str], suffix: str) -> str:
    return ", ".join(str(twin[f"{column}{suffix}"]) for column in of)
