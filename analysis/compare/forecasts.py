"""Forecasts that an edition left against what came: the value, the interval it fell into, the error."""

from __future__ import annotations

import pandas as pd

from analysis.base.errors import DataError
from analysis.outlook.archive import scored
from analysis.outlook.forecasts import LEVELS, Prospects
from analysis.outlook.past import Past

OUTSIDE = "outside"
BOUNDS = [f"{side}{level}" for level in LEVELS for side in ("lo", "hi")]
COLUMNS = ("edition", "indicator", "unit", "year", "mean", *BOUNDS, "fact", "error", "relative", "inside")


def outcomes(archive: pd.DataFrame, prospects: Prospects, edition: str) -> pd.DataFrame:
    """Return the archived forecasts of an edition whose outcome is known to a report.

    Parameters
    ----------
    archive : pandas.DataFrame
        As `analysis.outlook.archive.archived` gives it.
    prospects : Prospects
        What is known, up to its vintage.
    edition : str
        The edition that left the archive.

    Returns
    -------
    pandas.DataFrame
        As `judged`.
    """
    units = dict(zip(archive["series"], archive["unit"], strict=True))

    def past(indicator: str) -> Past:
        try:
            return prospects.past(indicator)
        except DataError:
            # A series that is not there any more has no outcome.
            return Past(indicator, {}, ())

    return judged(scored(archive, past, edition).assign(unit=lambda rows: rows["indicator"].map(units)))


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Return forecasts with how far they were off, and into which interval the outcome fell.

    Parameters
    ----------
    rows : pandas.DataFrame
        `edition`, `indicator`, `unit`, `year`, `mean`, bounds, `fact`.

    Returns
    -------
    pandas.DataFrame
        The same with `error` (outcome less the middle), `relative` (in per cent of the outcome) and `inside`: the
        narrowest level whose interval holds the outcome, or `outside`.
    """
    error = rows["fact"].astype(float) - rows["mean"].astype(float)
    inside = pd.Series(OUTSIDE, index=rows.index, dtype=object)
    for level in sorted(LEVELS, reverse=True):
        inside = inside.mask(rows["fact"].between(rows[f"lo{level}"], rows[f"hi{level}"]), str(level))
    relative = error / rows["fact"].astype(float).abs().where(lambda fact: fact.ne(0)) * 100
    return rows.assign(error=error, relative=relative, inside=inside)[list(COLUMNS)]
