"""Observations of two states side by side: what came, what went, what has another value, unit or source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis.base.errors import DataError
from analysis.catalogue.descriptor import OBSERVATION_KEY, Table
from analysis.compare.tables import Held
from analysis.ingest.difference import CHANGED, CONFLICT, NEW, ROW_COLUMNS, VANISHED, changes

# What an observation says, and what is said of it.
SAID, ABOUT = ("value", "status", "unit"), ("source", "locator", "note", "printed")
COLUMNS = ("scope", *OBSERVATION_KEY, *SAID, *ABOUT)
# A change of nothing but what is said of a value.
DESCRIBED = "described"
KEY = ["scope", *OBSERVATION_KEY]
_SCHEMA = {
    "fields": [
        {"name": name, "type": "number" if name == "value" else "string"} for name in COLUMNS if name != "scope"
    ],
    "primaryKey": list(OBSERVATION_KEY),
}
OBSERVATIONS = Table("observations", Path(), "Наблюдения", _SCHEMA)


def observations(tables: Iterable[Held], units: Mapping[str, str]) -> pd.DataFrame:
    """Return the observations of some tables.

    Parameters
    ----------
    tables : iterable of Held
        Those of words are passed over.
    units : mapping
        The unit of each indicator in this state.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, all text.

    Raises
    ------
    DataError
        A value is no number.
    """
    found = [pd.DataFrame(columns=list(COLUMNS), dtype=str)]
    for one in tables:
        if one.table.holds_observations:
            rows = one.rows.assign(scope=one.scope, unit=one.rows["indicator"].map(units).fillna(""))
            wrong = pd.to_numeric(rows["value"].replace("", "0"), errors="coerce").isna()
            if wrong.any():
                place = int(wrong.idxmax())
                raise DataError(
                    f"Таблица {one.table.label}, строка {place + 2}: «{rows['value'].iloc[place]}» – не число."
                    " Исправьте ячейку или сравните с другим состоянием."
                )
            found.append(rows.reindex(columns=list(COLUMNS), fill_value=""))
    return pd.concat(found, ignore_index=True)


def number_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return what has become of observations.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Columns `COLUMNS`, as `observations` gives them.

    Returns
    -------
    pandas.DataFrame
        As `analysis.ingest.difference.ROW_COLUMNS`, with `scope`, `unit` (the one now) and one more kind of change,
        `described`: the value stayed, what is said of it did not. Sorted by indicator, in the order of the states.
    """
    old, new = _apart(_settled(before, after), after)
    found = [pd.DataFrame(columns=["scope", *ROW_COLUMNS, "unit"])]
    for scope in dict.fromkeys([*old["scope"], *new["scope"]]):
        told = changes(OBSERVATIONS, old[old["scope"].eq(scope)], new[new["scope"].eq(scope)], (*SAID, *ABOUT))
        found.append(told.assign(scope=scope))
    rows = pd.concat(found, ignore_index=True)
    units = dict(zip(before["indicator"], before["unit"], strict=True)) | dict(
        zip(after["indicator"], after["unit"], strict=True)
    )
    said = rows["change"].eq(CHANGED) & ~rows["column"].isin(SAID)
    rows["change"] = rows["change"].mask(said, DESCRIBED)
    rows["unit"] = rows["indicator"].map(units)
    order = {name: place for place, name in enumerate(units)}
    return rows.sort_values("indicator", key=lambda names: names.map(order), kind="stable").reset_index(drop=True)


def by_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many observations of each indicator came, went, changed or are described otherwise.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `number_changes` gives them.

    Returns
    -------
    pandas.DataFrame
        `indicator`, `unit`, `new`, `vanished`, `changed`, `described`, `first` and `last` (year), in the order of the
        rows. An observation whose value changed is not counted as described.
    """
    known = [NEW, VANISHED, CHANGED, DESCRIBED]
    # An observation has a row for each of its cells.
    rank = rows["change"].replace({CONFLICT: CHANGED}).map(known.index)
    single = rows.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(KEY)
    found = []
    for indicator in dict.fromkeys(rows["indicator"]):
        mine = single[single["indicator"].eq(indicator)]
        years = sorted(year for year in mine["year"] if year)
        found.append(
            {
                "indicator": indicator,
                "unit": mine["unit"].iloc[0],
                **{name: int(mine["rank"].eq(place).sum()) for place, name in enumerate(known)},
                "first": years[0] if years else "",
                "last": years[-1] if years else "",
            }
        )
    return pd.DataFrame(found, columns=["indicator", "unit", *known, "first", "last"])


def side_by_side(
    before: pd.DataFrame, after: pd.DataFrame, places: tuple[str, str], years: tuple[int, int]
) -> pd.DataFrame:
    """Return the numbers of two regions, or of two years of one, by indicator and category.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Columns `COLUMNS`, as `observations` gives them.
    places : tuple of str
        The region of each edition.
    years : tuple of int
        The reporting year of each edition; where an indicator has no such year its latest one before that is taken.

    Returns
    -------
    pandas.DataFrame
        `indicator`, `category`, `unit`, and for each side `year`, `value`, `source` with the ending `_old` and `_new`;
        text, empty where a side has no such number. `difference` of both, `relative` in per cent of the first: NaN
        where they have no meaning.
    """
    sides = [_latest(rows, place, year) for rows, place, year in zip((before, after), places, years, strict=True)]
    joined = sides[0].merge(sides[1], on=["indicator", "category"], how="outer", suffixes=("_old", "_new"), sort=False)
    joined = joined.fillna("")
    order = {name: place for place, name in enumerate(dict.fromkeys([*sides[0]["indicator"], *sides[1]["indicator"]]))}
    joined = joined.sort_values(
        ["indicator", "category"], key=lambda column: column.map(order) if column.name == "indicator" else column
    )
    old, new = (pd.to_numeric(joined[name], errors="coerce") for name in ("value_old", "value_new"))
    same = joined["unit_old"].eq(joined["unit_new"])
    joined["difference"] = (new - old).where(same)
    joined["relative"] = ((new / old - 1) * 100).where(same & old.gt(0) & new.gt(0))
    joined["unit"] = joined["unit_new"].where(joined["unit_new"].ne(""), joined["unit_old"])
    ends = [f"{name}_{side}" for side in ("old", "new") for name in ("year", "value", "source")]
    return joined[["indicator", "category", "unit", *ends, "difference", "relative"]].reset_index(drop=True)


def _latest(rows: pd.DataFrame, place: str, year: int) -> pd.DataFrame:
    """Return the latest known number of each series of a region up to a year; what has no year is of any."""
    mine = rows[rows["territory"].eq(place) & rows["value"].ne("")]
    known = pd.to_numeric(mine["year"], errors="coerce").fillna(year)
    mine = mine.assign(order=known)[known.le(year)].sort_values("order", kind="stable")
    latest = mine.drop_duplicates(["indicator", "category"], keep="last").sort_index()
    return latest[["indicator", "category", "year", "value", "unit", "source"]]


def _settled(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the former observations, each where it is kept now: one may have been moved to another layer."""
    key = list(OBSERVATION_KEY)
    here, there = (pd.MultiIndex.from_frame(rows[KEY]) for rows in (before, after))
    left = before[~here.isin(there)].drop_duplicates(key, keep=False)
    come = after[~there.isin(here)].drop_duplicates(key, keep=False)
    moved = left.reset_index()[["index", *key]].merge(come[KEY], on=key)
    settled = before.copy()
    settled.loc[moved["index"], "scope"] = moved["scope"].to_numpy()
    return settled


def _apart(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that are not the same in both to the letter."""
    here, there = (pd.MultiIndex.from_frame(rows[list(COLUMNS)]) for rows in (before, after))
    return before[~here.isin(there)], after[~there.isin(here)]
