"""The forecasts of an edition as they were when it came out, and what the next edition says of them."""

from __future__ import annotations

import pandas as pd

from analysis.base import paths
from analysis.base.errors import DataError
from analysis.base.files.output import Kind, check_output, write_output
from analysis.base.files.tables import COMMA, plain_csv
from analysis.catalogue import load
from analysis.editions.edition import available, read_edition
from analysis.outlook.forecasts import DRAWN, LEVELS
from analysis.outlook.panels import SUMS

COLUMNS = ("origin", "series", "territory", "target_period", "horizon", "output_type", "quantile", "value", "unit")
WRITTEN = Kind(heads=(COLUMNS,), delimiter=COMMA, of_project=True)


def archived(report) -> pd.DataFrame:
    """Return all forecasts of a report, in hub format.

    Returns
    -------
    pandas.DataFrame
        `origin` (last year known), `series` (indicator), `territory`, `target_period`, `horizon`, `output_type` (`mean` or
        `quantile`), `quantile`, `value`, `unit`; series too short for a forecast are left out.
    """
    rows = []
    for indicator in (*DRAWN, *SUMS):
        if not report.past(indicator).sufficient:
            continue
        forecast = report.forecast(indicator)
        origin = forecast.past.last_year
        for year in map(int, forecast.years):
            for name, quantile in _outputs():
                value = forecast.values[name, year]
                rows.append(
                    (
                        origin,
                        indicator,
                        report.edition.region,
                        year,
                        year - origin,
                        "mean" if quantile is None else "quantile",
                        quantile,
                        value.value,
                        value.unit,
                    )
                )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write(report) -> tuple[str, int]:
    """Write the archive of the report's edition; return the file as the user knows it and how many rows it has.

    Raises
    ------
    DataError
        Nothing can be forecast.
    UsageError
        The file is there and is no archive of forecasts, or cannot be written.
    """
    file = paths.edition(report.edition.id) / "forecasts.csv"
    check_output(file, WRITTEN)
    table = archived(report)
    if table.empty:
        raise DataError("Прогнозировать нечего: ни один ряд не достаточно длинен. Архив не записан.")
    # Ten digits: more than the last bits on which processors may differ.
    write_output(plain_csv(table, float_format="%.10g"), file, WRITTEN)
    return file.relative_to(paths.project_root()).as_posix(), len(table)


def previous(report) -> str | None:
    """Return the id of the latest earlier edition about the same region that left forecasts, None where there is none."""
    editions = [read_edition(name) for name in available() if (paths.edition(name) / "forecasts.csv").exists()]
    earlier = [one for one in editions if one.region == report.edition.region and one.year < report.edition.year]
    return max(earlier, key=lambda one: one.year).id if earlier else None


def judged(report) -> pd.DataFrame:
    """Return last edition's forecasts of years whose outcome is known by now.

    Returns
    -------
    pandas.DataFrame
        `indicator`, `year`, `mean`, `lo80`, `hi80`, `lo95`, `hi95`, `fact` in the unit of the forecasts, `edition`; empty
        where no earlier edition left any, or no outcome is known. An outcome measured otherwise (a break since) is left out.
    """
    name = previous(report)
    if name is None:
        return pd.DataFrame(columns=["indicator", "year", "mean", "fact", "edition"])
    table = load("forecasts", name)
    names = {
        (kind, quantile): column
        for column, quantile in _outputs()
        for kind in ("mean" if quantile is None else "quantile",)
    }
    rows = []
    for (indicator, year), group in table.groupby(["series", "target_period"], sort=False):
        known = report.past(indicator)
        origin = int(group["origin"].iloc[0])
        if int(year) not in known.values or any(origin < cut <= year for cut in known.breaks):
            continue
        told = {
            names[kind, None if pd.isna(quantile) else round(float(quantile), 4)]: value
            for kind, quantile, value in group[["output_type", "quantile", "value"]].itertuples(index=False)
        }
        rows.append(
            {"indicator": indicator, "year": int(year), **told, "fact": known.values[int(year)].value, "edition": name}
        )
    return pd.DataFrame(rows)


def _outputs() -> list[tuple[str, float | None]]:
    """Return what is archived of each year: the name of the value and its quantile, none for the mean."""
    sides = [
        (f"{side}{level}", round(0.5 + sign * level / 200, 4))
        for level in LEVELS
        for side, sign in (("lo", -1), ("hi", 1))
    ]
    return [("mean", None), *sorted(sides, key=lambda one: one[1])]
