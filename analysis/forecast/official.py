"""The project's own panels: the official series of `data/statistics`, one panel an indicator, with their breaks."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis import paths

LONG = 12
# Codes of the same territory in other borders, or summed otherwise.
VARIANTS = ("", "-old", "-sum")


def official_panel(territories: Collection[str] | None = None, fewest: int = LONG, last: int | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the official series with enough years, and their breaks.

    Parameters
    ----------
    territories : collection of str, optional
        Only these; all unless given.
    fewest : int
        Years a series must have.
    last : int, optional
        Years after this one are left out.

    Returns
    -------
    tuple of pandas.DataFrame
        `series_id` (indicator and territory), `period`, `value`, `panel` (the indicator), `indicator`, `territory`,
        `kind`; and `series_id`, `period`, `kind`, `reason`.
    """
    parts = [_read(file) for file in sorted((paths.data() / "statistics").glob("*.csv")) if file.name != "breaks.csv"]
    rows = pd.concat([part for part in parts if part is not None], ignore_index=True)
    rows = rows[rows["value"].notna() & rows["category"].isna()]
    if last is not None:
        rows = rows[rows["year"] <= last]
    if territories is not None:
        rows = rows[rows["territory"].isin({name + tail for name in territories for tail in VARIANTS})]
    rows = rows.assign(series_id=rows["indicator"] + " " + rows["territory"], panel=rows["indicator"], period=rows["year"].astype(int))
    rows = rows[rows.groupby("series_id")["value"].transform("size") >= fewest]
    kinds = pd.read_csv(paths.data() / "codes" / "indicators.csv", dtype=str).set_index("id")["kind"]
    rows["kind"] = rows["indicator"].map(kinds)
    columns = ["series_id", "period", "value", "panel", "indicator", "territory", "kind"]
    return rows[columns].reset_index(drop=True), _breaks(rows)


def _breaks(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks of these series; one that names no territory is a break everywhere."""
    breaks = pd.read_csv(paths.data() / "statistics" / "breaks.csv", dtype={"territory": str})
    breaks = breaks.rename(columns={"year": "period", "territory": "only"})
    every = rows[["series_id", "indicator", "territory"]].drop_duplicates().merge(breaks, on="indicator")
    meant = every["only"].isna() | (every["only"] == every["territory"])
    return every.loc[meant, ["series_id", "period", "kind", "reason"]].reset_index(drop=True)


def _read(file) -> pd.DataFrame | None:
    table = pd.read_csv(file, dtype={"category": str, "territory": str, "indicator": str})
    return table if {"indicator", "territory", "category", "year", "value"} <= set(table.columns) else None
