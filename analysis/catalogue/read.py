"""Load a table of the catalogue, or the observations of an indicator, typed, validated and with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from analysis.base import journal, reads
from analysis.base.errors import DataError, did_you_mean
from analysis.catalogue.descriptor import OBSERVATION_KEY, table, tables
from analysis.catalogue.files import clear_cache, read_table, version
from analysis.catalogue.vintages import file_as_of

__all__ = ["clear_cache", "load", "observations", "selected", "tables_of", "version"]

FIRST_ROW = 2  # a spreadsheet counts the header as row 1


def load(
    name: str,
    edition_id: str | None = None,
    *,
    territory: str | Iterable[str] | None = None,
    years: int | Iterable[int] | None = None,
    category: str | Iterable[str] | None = None,
    vintage: str | None = None,
) -> pd.DataFrame:
    """Return a table of the catalogue, or the observations of an indicator.

    Parameters
    ----------
    name : str
        Name of a table in `data/datapackage.json` or in the edition's own package, or id of an indicator (`unemployment_rate`).
    edition_id : str, optional
        The edition whose tables are wanted besides the common ones.
    territory, years, category : one or several, optional
        Which observations: ids of `territories`, years, codes of the indicator's dimension. A series that lacks some of those asked
        for gives the others.
    vintage : str, optional
        Data as they were known: a day («2022-03-01»: when it ended), or an acceptance («2022-03-01-1»: before it).

    Returns
    -------
    pandas.DataFrame
        Columns as the schema says; text that is not given is an empty string, a number that is not given is NaN.
        Observations: indicator, territory, category (str), year (Int64), value (float64, in the unit of the indicator, NaN where
        status is M), status (SDMX code), source (key of `sources.bib`), locator (place in the source), note (str), and in the
        edition's own tables printed (str). Of an indicator that is not a table by itself, or where some observations are asked for,
        also table and row (file each stands in, and where). `attrs["table"]` is the path of the file, `attrs["indicator"]` the row of `indicators`
        (name, unit, decimals, definition, age_base, …) as a dict.

    Raises
    ------
    DataError
        The name, a territory, a year or a category is unknown (the nearest right one is offered), nothing is left, two tables
        state one observation, or a table breaks its schema or was not there yet.

    Examples
    --------
    >>> load("unemployment_rate", territory=["kemerovo", "tomsk"], years=range(2017, 2022))  # doctest: +SKIP
    """
    journal.recover()
    asked = {"territory": territory, "year": years, "category": category}
    if name in tables(edition_id) and all(wanted is None for wanted in asked.values()):
        frame = _read(name, edition_id, vintage)
        return _described(frame, name, edition_id) if set(OBSERVATION_KEY) <= set(frame.columns) else frame
    rows = observations(name, edition_id, vintage)
    for column, wanted in asked.items():
        if wanted is not None:
            wanted = [wanted] if isinstance(wanted, (str, int)) else list(wanted)
            _known(column, wanted, rows)
            rows = selected(rows, column, wanted)
    return _described(rows.reset_index(drop=True), name, edition_id)


def observations(indicator: str, edition_id: str | None = None, vintage: str | None = None) -> pd.DataFrame:
    """Return all observations of an indicator in the order of their tables, with the columns `table` and `row` (the first
    observation of a file stands in row 2, as a spreadsheet counts).

    Raises
    ------
    DataError
        No table holds the indicator, or two tables state one observation.
    """
    held = tables_of(edition_id)
    if indicator not in held:
        raise DataError(
            "В каталоге данных нет ни таблицы, ни показателя"
            f" «{indicator}».{did_you_mean(indicator, {*held, *tables(edition_id)})}"
        )
    parts = [_read(name, edition_id, vintage) for name in held[indicator]]
    rows = pd.concat(
        [
            part.assign(table=part.attrs["table"], row=part.index + FIRST_ROW)[part["indicator"] == indicator]
            for part in parts
        ]
    )
    if (twice := rows.duplicated(list(OBSERVATION_KEY))).any():
        first, place = rows[twice].iloc[0], ", ".join(dict.fromkeys(rows["table"]))
        raise DataError(
            f"Показатель «{indicator}»: наблюдение ({first['territory']}, {first['year']}) есть в двух таблицах"
            f" ({place}). Оставьте одно."
        )
    return rows


def tables_of(edition_id: str | None = None) -> dict[str, list[str]]:
    """Return which tables hold which indicator: a series has the name of its file, edition tables are looked into."""
    known, held = tables(edition_id), {}
    indicators = set(read_table(table("indicators", edition_id))["id"])
    for name, described in known.items():
        if described.holds_observations:
            inside = [name] if name in indicators else read_table(described)["indicator"].unique()
            for indicator in inside:
                held.setdefault(indicator, []).append(name)
    return held


def selected(rows: pd.DataFrame, column: str, wanted: Sequence, needed: Sequence | None = None) -> pd.DataFrame:
    """Return the observations whose column is one of those wanted.

    Raises
    ------
    DataError
        None of those needed (unless given, of those wanted) is there; the nearest that is there is offered.
    """
    needed = wanted if needed is None else needed
    if not rows[column].isin(needed).any():
        there = [str(key) for key in dict.fromkeys(rows[column].dropna())]
        asked = ", ".join(map(str, needed))
        raise DataError(
            f"Показатель «{rows['indicator'].iloc[0]}»: нет значения «{asked}» в столбце"
            f" «{column}».{did_you_mean(asked, there)}"
        )
    return rows[rows[column].isin(wanted)]


def _read(name: str, edition_id: str | None, vintage: str | None) -> pd.DataFrame:
    wanted = table(name, edition_id)
    if vintage is not None:
        wanted = replace(wanted, file=file_as_of(wanted, vintage))
    reads.note(wanted.file)
    return read_table(wanted)


def _known(column: str, wanted: Sequence, rows: pd.DataFrame) -> None:
    """Refuse a territory that no list knows and a category that the indicator does not have: they are misspelt."""
    if column == "year":
        return
    there = set(rows[column])
    allowed = there | set(read_table(table("territories"))["id"]) if column == "territory" else there
    for key in wanted:
        if key not in allowed:
            what = "территории" if column == "territory" else "категории"
            raise DataError(
                f"Показатель «{rows['indicator'].iloc[0]}»: нет {what} «{key}».{did_you_mean(str(key), there)}"
            )


def _described(frame: pd.DataFrame, indicator: str, edition_id: str | None) -> pd.DataFrame:
    indicators = read_table(table("indicators", edition_id)).set_index("id")
    if indicator in indicators.index:
        frame.attrs["indicator"] = {"id": indicator} | indicators.loc[indicator].to_dict()
    return frame
