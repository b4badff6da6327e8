"""The forecasts of an edition as they were when it came out, and what the next edition says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.base import paths
from analysis.base.errors import DataError
from analysis.base.files.output import Kind, check_output, write_output
from analysis.base.files.tables import COMMA, plain_csv
from analysis.editions.edition import Edition, available, read_edition
from analysis.outlook.forecasts import DRAWN, LEVELS, Prospects
from analysis.outlook.panels import SUMS
from analysis.outlook.past import Past

COLUMNS = ("origin", "series", "territory", "target_period", "horizon", "output_type", "quantile", "value", "unit")
TABLE, FILE = "forecasts", "forecasts.csv"
WRITTEN = Kind(heads=(COLUMNS,), delimiter=COMMA, of_project=True)


def archived(prospects: Prospects) -> pd.DataFrame:
    """Return all forecasts of an edition, in hub format: from the vintage, and as of the year it reports.

    Returns
    -------
    pandas.DataFrame
        `origin` (last year known), `series` (indicator), `territory`, `target_period`, `horizon`, `output_type`
        (`mean` or `quantile`), `quantile`, `value`, `unit`; series too short for a forecast are left out.
    """
    then = prospects.as_reported()
    rows = [row for made in (then, prospects) if made is not None for row in _rows(made)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(prospects: Prospects) -> Iterator[tuple[object, ...]]:
    for indicator in (*DRAWN, *SUMS):
        if not prospects.past(indicator).sufficient:
            continue
        forecast = prospects.forecast(indicator)
        origin = forecast.past.last_year
        for year in map(int, forecast.years):
            place = (origin, indicator, prospects.report.edition.region, year, year - origin)
            for name, quantile in _outputs():
                value = forecast.values[name, year]
                kind = "mean" if quantile is None else "quantile"
                yield (*place, kind, quantile, value.value, value.unit)


def write(prospects: Prospects) -> tuple[str, int]:
    """Write the archive of an edition; return the file as the user knows it and how many rows it has.

    Raises
    ------
    DataError
        Nothing can be forecast.
    UsageError
        The file is there and is no archive of forecasts, or cannot be written.
    """
    file = paths.edition(prospects.report.edition.id) / FILE
    check_output(file, WRITTEN)
    table = archived(prospects)
    if table.empty:
        raise DataError("Прогнозировать нечего: ни один ряд не достаточно длинен. Архив не записан.")
    write_output(content(table), file, WRITTEN)
    return file.relative_to(paths.project_root()).as_posix(), len(table)


def content(table: pd.DataFrame) -> str:
    """Return an archive as it is written: ten digits, more than the last bits on which processors may differ."""
    return plain_csv(table, float_format="%.10g")


def previous(edition: Edition) -> str | None:
    """Return the id of the latest earlier edition about the same region that left forecasts, None without any."""
    archives = [read_edition(name) for name in available() if (paths.edition(name) / FILE).exists()]
    earlier = [other for other in archives if other.region == edition.region and other.year < edition.year]
    return max(earlier, key=lambda other: other.year).id if earlier else None


def judged(prospects: Prospects) -> pd.DataFrame:
    """Return last edition's forecasts of years whose outcome is known by now.

    Returns
    -------
    pandas.DataFrame
        `indicator`, `year`, `origin`, `mean`, `lo80`, `hi80`, `lo95`, `hi95`, `fact` in the unit of the forecasts,
        `edition`; empty where no earlier edition left any, or no outcome is known. An outcome measured otherwise (a
        break since) is left out. Of several forecasts of a year the latest counts.
    """
    name = previous(prospects.report.edition)
    if name is None:
        return pd.DataFrame(columns=["indicator", "year", "origin", "mean", "fact", "edition"])
    return scored(prospects.report.project.load(TABLE, name), prospects.past, name)


def scored(table: pd.DataFrame, past: Callable[[str], Past], name: str) -> pd.DataFrame:
    """Return archived forecasts of years whose outcome is known.

    Parameters
    ----------
    table : pandas.DataFrame
        The archive of an edition.
    past : callable
        Gives what is known of a series.
    name : str
        The edition that left the archive.

    Returns
    -------
    pandas.DataFrame
        As `judged`.
    """
    names = {("mean" if quantile is None else "quantile", quantile): column for column, quantile in _outputs()}
    rows = []
    for (indicator, year), told in table.groupby(["series", "target_period"], sort=False):
        known = past(indicator)
        origin = int(told["origin"].max())
        group = told[told["origin"] == origin]
        if int(year) not in known.values or any(origin < cut <= year for cut in known.breaks):
            continue
        outputs = {
            names[kind, quantile_of(quantile)]: value
            for kind, quantile, value in group[["output_type", "quantile", "value"]].itertuples(index=False)
        }
        rows.append(
            {
                "indicator": indicator,
                "year": int(year),
                "origin": origin,
                **outputs,
                "fact": known.values[int(year)].value,
                "edition": name,
            }
        )
    columns = ["indicator", "year", "origin", *(column for column, _ in _outputs()), "fact", "edition"]
    return pd.DataFrame(rows, columns=columns)


def quantile_of(stored: float | None) -> float | None:
    """Return which quantile a row of the archive is, None where it is the mean."""
    return None if stored is None or pd.isna(stored) else round(float(stored), 4)


def _outputs() -> list[tuple[str, float | None]]:
    """Return what is archived of each year: the name of the value and its quantile, none for the mean."""
    bounds = [
        (f"{side}{level}", round(0.5 + sign * level / 200, 4))
        for level in LEVELS
        for side, sign in (("lo", -1), ("hi", 1))
    ]
    return [("mean", None), *sorted(bounds, key=lambda bound: bound[1])]
