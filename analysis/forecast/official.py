"""The project's own panels: the official series of `data/statistics`, one panel an indicator, with their breaks."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from analysis.base import paths
from analysis.base.errors import DataError, reason

LONG = 12
# Codes of the same territory in other borders, or summed otherwise.
VARIANTS = ("", "-old", "-sum")


def official_panel(
    territories: Collection[str] | None = None, fewest: int = LONG, last: int | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
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

    Raises
    ------
    DataError
        There are no tables of series, or one of those that are read is damaged.
    """
    parts = [_read(file) for file in sorted((paths.data() / "statistics").glob("*.csv")) if file.name != "breaks.csv"]
    if not (series := [part for part in parts if part is not None]):
        raise DataError("В папке data/statistics нет ни одной таблицы рядов. Верните их.")
    rows = pd.concat(series, ignore_index=True)
    rows = rows[rows["value"].notna() & rows["year"].notna() & rows["category"].isna()]
    if last is not None:
        rows = rows[rows["year"] <= last]
    if territories is not None:
        rows = rows[rows["territory"].isin({name + tail for name in territories for tail in VARIANTS})]
    rows = rows.assign(
        series_id=rows["indicator"] + " " + rows["territory"], panel=rows["indicator"], period=rows["year"].astype(int)
    )
    rows = rows[rows.groupby("series_id")["value"].transform("size") >= fewest]
    kinds = _table(paths.data() / "codes" / "indicators.csv", ("id", "kind")).set_index("id")["kind"]
    rows["kind"] = rows["indicator"].map(kinds)
    columns = ["series_id", "period", "value", "panel", "indicator", "territory", "kind"]
    return rows[columns].reset_index(drop=True), _breaks(rows)


def official_feeds(panel: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Return what flows into the official series, by the table of flows.

    Parameters
    ----------
    panel, breaks : pandas.DataFrame
        As `official_panel` returns them.

    Returns
    -------
    pandas.DataFrame
        `series_id` (of the series that is fed), `period`, `value`, `lags`, `anew`, as `feeds.read_feeds` takes them.

    Raises
    ------
    DataError
        The table of flows is missing or damaged.
    """
    flows = _numbers(_table(paths.data() / "codes" / "flows.csv", ("indicator", "inflow", "lag")), "lag")
    cuts = breaks[["series_id", "period"]].drop_duplicates().assign(anew=True)
    parts = []
    for (indicator, inflow), own in flows.groupby(["indicator", "inflow"], sort=True):
        rows = panel[panel["indicator"] == inflow].merge(cuts, on=["series_id", "period"], how="left")
        rows = rows.assign(
            series_id=f"{indicator} " + rows["territory"],
            lags=" ".join(str(int(lag)) for lag in sorted(own["lag"])),
            anew=rows["anew"].notna(),
        )
        parts.append(rows[rows["series_id"].isin(panel["series_id"])])
    columns = ["series_id", "period", "value", "lags", "anew"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _breaks(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks of these series; one that names no territory is a break everywhere."""
    breaks = _numbers(
        _table(paths.data() / "statistics" / "breaks.csv", ("indicator", "territory", "year", "kind", "reason")), "year"
    )
    breaks = breaks.rename(columns={"year": "period", "territory": "only"})
    every = rows[["series_id", "indicator", "territory"]].drop_duplicates().merge(breaks, on="indicator")
    meant = every["only"].isna() | (every["only"] == every["territory"])
    return every.loc[meant, ["series_id", "period", "kind", "reason"]].reset_index(drop=True)


def _read(file: Path) -> pd.DataFrame | None:
    table = _table(file)
    return (
        _numbers(table, "year", "value")
        if {"indicator", "territory", "category", "year", "value"} <= set(table.columns)
        else None
    )


def _table(file: Path, needed: Collection[str] = ()) -> pd.DataFrame:
    """Return the cells of a table of the project as text, nothing where a cell is empty."""
    label = file.relative_to(paths.project_root()).as_posix()
    try:
        # A pipe would be waited for without end.
        if file.exists() and not file.is_file():
            raise DataError(f"{label}: это не файл таблицы. Положите на это место таблицу CSV.")
        table = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{label}: файл не читается ({reason(error)}). Верните его.") from error
    except ValueError as error:  # not UTF-8, not CSV, empty
        raise DataError(
            f"{label}: это не таблица CSV в кодировке UTF-8. Что в ней не так, скажет report check."
        ) from error
    if lacking := [column for column in needed if column not in table.columns]:
        raise DataError(f"{label}: нет столбца «{lacking[0]}». Верните его.")
    return table


def _numbers(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return a table with these columns as numbers; only `report check` says which cell is none."""
    try:
        return table.assign(**{column: pd.to_numeric(table[column]) for column in columns})
    except (ValueError, OverflowError) as error:
        raise DataError(
            f"Таблица официальных рядов: в столбце {' или '.join(columns)} стоит не число. Где, скажет report check."
        ) from error
