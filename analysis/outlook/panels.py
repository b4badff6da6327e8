"""The series of an indicator over the subjects of the federation, as the panel that `analysis.forecast` takes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.editions.values import Values
from analysis.outlook.past import Past
from analysis.quantities import total

# What siblings are: territories of these kinds live under the same laws and are measured by the same publisher. They
# are the same for every edition, so that what is computed of them is kept for all.
SIBLINGS = ("region", "district", "country")
# A whole that no table gives: its parts are forecast with it, and their forecasts add up.
SUMS = {
    f"spo_{flow}": (f"spo_{flow}_workers", f"spo_{flow}_specialists") for flow in ("students", "admission", "graduates")
}


def family(indicator: str) -> tuple[str, ...]:
    """Return the indicators that are forecast together: a whole before its parts, or the indicator alone."""
    return next(((whole, *parts) for whole, parts in SUMS.items() if indicator in (whole, *parts)), (indicator,))


def past(report: Values, indicator: str, vintage: int) -> Past:
    """Return what is known of a series of the edition's region at the end of a year.

    Parameters
    ----------
    report : Values
        The observations of the edition.
    indicator : str
        Its id, or that of a whole of `SUMS`, whose parts are added up.
    vintage : int
        The last year that may be known.

    Returns
    -------
    Past
        Without a value where nothing is known by then.
    """
    parts = SUMS.get(indicator, (indicator,))
    series = [
        {int(year): value for year, value in report.values(part, "year", territory=report.edition.region).items()}
        for part in parts
    ]
    years = sorted(year for year in set.intersection(*map(set, series)) if year <= vintage)
    sums = {year: total([values[year] for values in series]) for year in years}
    known = {year: value for year, value in sums.items() if not value.missing}
    return Past(indicator, known, tuple(_breaks(report, indicator, report.edition.region, vintage)))


def panel(report: Values, indicators: Iterable[str], vintage: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the series of some indicators over the territories of the edition and all subjects, and their breaks.

    Parameters
    ----------
    report : Values
        The observations of the edition.
    indicators : iterable of str
        Ids of indicators or of wholes of `SUMS`; a part has its whole for a parent where both are among them.
    vintage : int
        The last year that may be known.

    Returns
    -------
    series : pandas.DataFrame
        `series_id` (indicator and territory), `period`, `value` (in the unit of the indicator), `panel` (the
        indicator), `kind`, `parent` (the `series_id` of the whole of a part, else empty).
    breaks : pandas.DataFrame
        `series_id`, `period` (the first year of a new reckoning). Nothing later than the vintage is in either.
    """
    indicators = tuple(indicators)
    kinds = report.load("indicators").set_index("id")["kind"]
    rows, breaks = [], []
    for indicator in indicators:
        parts = SUMS.get(indicator, (indicator,))
        table = _wide(report, parts, vintage)
        cuts = _cuts(report, indicator, vintage)
        whole = next((whole for whole in SUMS if indicator in SUMS[whole] and whole in indicators), None)
        for territory, values in table.items():
            name, known = f"{indicator} {territory}", values.dropna()
            if known.empty:
                continue
            rows.append(
                pd.DataFrame(
                    {
                        "series_id": name,
                        "period": known.index,
                        "value": known.to_numpy(),
                        "panel": indicator,
                        "kind": kinds[parts[0]],
                        "parent": f"{whole} {territory}" if whole else "",
                    }
                )
            )
            breaks += [(name, year) for year in sorted(cuts.get("", set()) | cuts.get(str(territory), set()))]
    return pd.concat(rows, ignore_index=True), pd.DataFrame(breaks, columns=["series_id", "period"])


def _wide(report: Values, parts: Iterable[str], vintage: int) -> pd.DataFrame:
    """Return values by year and territory, parts added up; a sum with a part missing is missing.

    The territories of the edition as it has them, and beside them every other subject of the federation.
    """
    tables = []
    for part in parts:
        own = report.frame(part, territories=report.edition.territories)
        rows = pd.concat([own, _siblings(report, part)], ignore_index=True)
        rows = rows[rows["year"].le(vintage)]
        # Two values of one year stop here; `pivot_table` would take their mean.
        tables.append(rows.pivot(index="year", columns="territory", values="value"))  # noqa: PD010 - see above
    result = tables[0]
    for table in tables[1:]:
        result = result + table
    result.index = result.index.astype(int)
    # In an order that no edition has of its own: what is computed of the same panel is kept for all of them.
    return result.reindex(columns=sorted(result.columns))


def _siblings(report: Values, indicator: str) -> pd.DataFrame:
    """Return what is known of an indicator of the territories that the edition is not about."""
    rows = report.project.observations(indicator)
    territories = report.load("territories").set_index("id")["kind"]
    others = set(territories.index[territories.isin(SIBLINGS)]) - set(report.edition.territories)
    return rows[rows["territory"].isin(others) & rows["category"].eq("")]


def _breaks(report: Values, indicator: str, territory: str, vintage: int) -> list[int]:
    cuts = _cuts(report, indicator, vintage)
    return sorted(cuts.get("", set()) | cuts.get(territory, set()))


def _cuts(report: Values, indicator: str, vintage: int) -> dict[str, set[int]]:
    """Return the breaks of an indicator by territory; those of all under the empty name."""
    known = report.load("breaks")
    mine = known[known["indicator"].isin(SUMS.get(indicator, (indicator,))) & (known["year"] <= vintage)]
    return {str(territory): set(map(int, years)) for territory, years in mine.groupby("territory")["year"]}
