"""Observations as exhibits need them: which tables hold them, of which years, by two keys, with the missing ones."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.catalogue import Table
from analysis.editions.scope import belongs
from analysis.quantities.absent import require_known
from analysis.show.face import Report


def observed_tables(report: Report) -> dict[str, Table]:
    """Return the tables of observations by name: the edition's own and the official series."""
    return {name: table for name, table in report.project.tables(report.edition.id).items() if table.holds_observations}


def observed_rows(report: Report, name: str) -> pd.DataFrame:
    """Return the rows of a table that speak of the territories of the edition."""
    rows = report.load(name)
    return rows[belongs(rows, report.scope)]


def short_title(table: Table) -> str:
    """Return «Таблица 5 печатного издания: сеть …» by its number alone; a table without a number keeps its title."""
    return table.title.partition(":")[0].replace(" печатного издания", "")


def years_of(frame: pd.DataFrame) -> list[int]:
    """Return the years of observations, each once and in order; what has no year adds none."""
    return sorted(int(year) for year in frame["year"].dropna().unique())


def require_some_known(report: Report, frame: pd.DataFrame) -> None:
    """Refuse observations of which not one has a value.

    Raises
    ------
    GapError
        What is missing, row by row.
    """
    if frame["value"].isna().all():
        require_known(*report.quantities(frame))


def of_year(frame: pd.DataFrame, wanted: int) -> pd.DataFrame:
    """Return the observations of the wanted year, of the last one where it is not there; all where none has a year."""
    years = frame["year"].dropna()
    return frame if years.empty else frame[frame["year"] == (wanted if (years == wanted).any() else years.max())]


def wide(frame: pd.DataFrame, index: str, columns: str, values: str = "value") -> pd.DataFrame:
    """Lay observations out by two of their keys.

    Parameters
    ----------
    frame : pandas.DataFrame
        Observations of one indicator.
    index, columns : str
        The keys: `territory`, `category` or `year`.
    values : str
        The column of numbers.

    Returns
    -------
    pandas.DataFrame
        A missing value, and a pair of keys without an observation, is NaN.

    Raises
    ------
    ValueError
        Two observations have the same keys.
    """
    # Observations of the same keys are a fault, to be refused: a table of averages would hide it.
    return frame.pivot(index=index, columns=columns, values=values).astype(float)  # noqa: PD010 - it averages


def complete(frame: pd.DataFrame, territories: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Add a row of status M for every territory and year that the sources do not give.

    Parameters
    ----------
    frame : pandas.DataFrame
        Observations of one indicator, each with its year.
    territories, years : sequence
        What the figure has a place for.

    Returns
    -------
    pandas.DataFrame
        The observations, then the missing ones.
    """
    known = set(zip(frame["territory"], frame["year"].astype(int), strict=True))
    blank = dict.fromkeys(frame.columns, "")
    missing = [
        blank
        | {
            "indicator": frame["indicator"].iloc[0],
            "territory": territory,
            "year": year,
            "value": float("nan"),
            "status": "M",
        }
        for territory in territories
        for year in years
        if (territory, year) not in known
    ]
    return pd.concat([frame, pd.DataFrame(missing, columns=frame.columns)], ignore_index=True) if missing else frame


def with_remainder(frame: pd.DataFrame, territory: str, year: int, value: float) -> pd.DataFrame:
    """Add the row of what is left to 100 per cent.

    Parameters
    ----------
    frame : pandas.DataFrame
        The known shares.
    territory : str
        Whose shares leave a remainder.
    year : int
        Of the shares.
    value : float
        The remainder, in per cent.

    Returns
    -------
    pandas.DataFrame
        The shares, then a row of the category `REST` that names the rows it was computed from.
    """
    known = frame[frame["territory"] == territory]
    rows = [f"{table}#{row}" for table, row in zip(known["table"], known["row"], strict=True)]
    rest = dict.fromkeys(frame.columns, "") | {
        "indicator": known["indicator"].iloc[0],
        "territory": territory,
        "category": "REST",
        "year": year,
        "value": value,
        "status": "A",
        "source": known["source"].iloc[0],
        "note": "Вычислено: 100 минус сумма названных долей.",
        "table": "; ".join(rows),
    }
    return pd.concat([frame, pd.DataFrame([rest])], ignore_index=True)
