"""Observations as the rules take them, and findings as the rules give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.base.russian import typed
from analysis.catalogue.descriptor import OBSERVATION_KEY
from analysis.catalogue.findings import Finding, Severity
from analysis.catalogue.rules.known import Known

KEY = list(OBSERVATION_KEY)
SERIES = ("indicator", "territory", "category")
CUT = ("indicator", "category", "year")
UNDATED = 0  # the year of an observation whose source names none


def prepared(observations: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Return observations with what their indicator says of them, one index label a row.

    Parameters
    ----------
    observations : pandas.DataFrame
        Columns of an observation table; `file` and `row` (as a spreadsheet counts) where a finding is to name them.

    Returns
    -------
    pandas.DataFrame
        Also file, row, kind, unit, decimals, half (half a unit of the last printed decimal), additive (whether
        territories add up), and numbers of what belongs together, which are far faster to group by than words: series
        (indicator, territory and category, in their order), cut (indicator, category and year). Rows of unknown
        indicators are left out: the check of references tells of them.
    """
    asked = [name for name in (*KEY, "value", "note", "locator", "file", "row") if name in observations]
    rows = observations.loc[observations["indicator"].isin(known.indicators.index), asked].reset_index(drop=True)
    for column, empty in (("file", ""), ("row", pd.NA), ("note", ""), ("locator", "")):
        if column not in rows:
            rows[column] = empty
    # What is the same in thousands of rows is looked up once an indicator.
    codes, indicators = pd.factorize(rows["indicator"])
    meta = known.indicators.loc[indicators]
    for column in ("kind", "unit", "decimals", "periodicity"):
        rows[column] = meta[column].array.take(codes)
    rows["year"] = rows["year"].fillna(UNDATED).astype("int64")
    # What is counted one by one is exact; everything else may have been rounded, persons too.
    rows["half"] = (0.5 * 10.0 ** -rows["decimals"].astype(float)).where(rows["unit"].ne("count"), 0.0)
    additive = set(known.units.index[known.units["additive"].fillna(False).astype(bool)])
    rows["additive"] = rows["kind"].eq("level") & rows["unit"].isin(additive)
    rows["series"] = numbered(rows, SERIES)
    rows["cut"] = numbered(rows, CUT)
    return rows


def numbered(rows: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Return a number for each row, the same for rows alike in these columns, in the order of what stands in them."""
    found = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(rows[column], sort=True)
        # As few numbers as there are rows: a product of many lists would leave the integers.
        found = pd.factorize(found * len(values) + codes, sort=True)[0]
    return found


def findings_at(
    rows: pd.DataFrame, rule: str, problems: list[str] | pd.Series, remedy: str, severity: Severity = "error"
) -> Iterator[Finding]:
    """Yield a finding for each of these observations, with the problem that stands in the same place.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations as `prepared` gives them.
    rule : str
        Which rule found it.
    problems : list of str or pandas.Series
        What is wrong with each row, in the order of the rows.
    remedy : str
        What to do, the same for all.
    severity : {'error', 'warning'}
        Whether it stops a build.

    Yields
    ------
    Finding
        One a row.
    """
    named = rows[["file", "row", "value", *KEY]]
    for row, problem in zip(named.itertuples(index=False), problems, strict=True):
        yield Finding(
            file=row.file,
            row=None if pd.isna(row.row) else int(row.row),
            column="value",
            value=spelled(row.value),
            problem=problem,
            remedy=remedy,
            severity=severity,
            rule=rule,
            key=(row.indicator, row.territory, row.category, int(row.year)),
        )


def spelled(value: float) -> str:
    """Return a number as a message shows it: decimal comma, no more digits than it has."""
    return typed(value, 10)


def broken(rows: pd.DataFrame, known: Known) -> pd.Series:
    """Return which of these observations are the first of a new series by `breaks.csv`."""
    breaks = set(known.breaks[["indicator", "territory", "year"]].itertuples(index=False, name=None))
    return pd.Series(
        [
            (indicator, territory, year) in breaks or (indicator, "", year) in breaks
            for indicator, territory, year in rows[["indicator", "territory", "year"]].itertuples(
                index=False, name=None
            )
        ],
        index=rows.index,
        dtype=bool,
    )
