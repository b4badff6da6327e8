"""The series of an indicator over the subjects of the federation, as the panel that `analysis.forecast` takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import pandas as pd

from analysis.editions.values import Values
from analysis.outlook.past import Past
from analysis.quantities import total

T = TypeVar("T")
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
    return _kept(report, "past", lambda: _past(report, indicator, vintage), indicator, int(vintage))


def _past(report: Values, indicator: str, vintage: int) -> Past:
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
    return _kept(report, "panel", lambda: _panel(report, indicators, vintage), indicators, int(vintage))


def _kept(report: Values, what: str, make: Callable[[], T], *asked: object) -> T:
    """Return what the data of an edition say, made once for all that ask; nobody may change it."""
    return report.project.keep((__name__, what, report.edition.id, *asked), make)


def _panel(report: Values, indicators: tuple[str, ...], vintage: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    kinds = report.load("indicators").set_index("id")["kind"]
    rows, breaks = [], []
    for indicator in indicators:
        parts = SUMS.get(indicator, (indicator,))
        table = _wide(report, parts, vintage)
        cuts, kind = _cuts(report, parts, vintage), kinds[parts[0]]
        whole = next((whole for whole in SUMS if indicator in SUMS[whole] and whole in indicators), None)
        for territory, known in _known(table):
            name = f"{indicator} {territory}"
            parent = f"{whole} {territory}" if whole else ""
            rows += [(name, year, value, indicator, kind, parent) for year, value in known]
            breaks += [(name, year) for year in sorted(cuts.get("", set()) | cuts.get(territory, set()))]
    columns = ["series_id", "period", "value", "panel", "kind", "parent"]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(breaks, columns=["series_id", "period"])


def _known(table: pd.DataFrame) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Give the years and values that are known of each territory of which anything is."""
    years, values = table.index.tolist(), table.to_numpy(dtype=float)
    for territory, column in zip(table.columns, values.T.tolist(), strict=True):
        if known := [(year, value) for year, value in zip(years, column, strict=True) if not math.isnan(value)]:
            yield str(territory), known


def inflows(report: Values, indicator: str) -> dict[str, tuple[int, ...]]:
    """Return what flows into an indicator: indicators, and after how many years each may leave.

    Parameters
    ----------
    report : Values
        The observations of the edition.
    indicator : str
        Its id, or that of a whole of `SUMS`, into which flows what flows into its parts.

    Returns
    -------
    dict
        Empty where the table of flows does not tell it of the indicator, or of every part of a whole.
    """
    flows = report.load("flows")
    found: dict[str, tuple[int, ...]] = {}
    for part in SUMS.get(indicator, (indicator,)):
        own = flows[flows["indicator"] == part]
        if own.empty:
            return {}
        found |= {str(inflow): tuple(sorted(map(int, lags))) for inflow, lags in own.groupby("inflow")["lag"]}
    return found


def feeds(report: Values, indicators: Iterable[str], vintage: int) -> pd.DataFrame:
    """Return what flows into the series that `panel` gives of the same indicators.

    Parameters
    ----------
    report : Values
        The observations of the edition.
    indicators : iterable of str
        Ids of indicators or of wholes of `SUMS`.
    vintage : int
        The last year that may be known.

    Returns
    -------
    pandas.DataFrame
        `series_id` (indicator and territory of the series that is fed), `period`, `value` (the sum where several
        flow), `lags` (text), `anew` (the first year of a new reckoning). A year in which anything is missing is none.
    """
    indicators = tuple(indicators)
    return _kept(report, "feeds", lambda: _feeds(report, indicators, vintage), indicators, int(vintage))


def _feeds(report: Values, indicators: Iterable[str], vintage: int) -> pd.DataFrame:
    rows = []
    for indicator in indicators:
        sources = inflows(report, indicator)
        if not sources:
            continue
        fed = {territory for territory, _ in _known(_wide(report, SUMS.get(indicator, (indicator,)), vintage))}
        cuts = _cuts(report, tuple(sources), vintage)
        lags = " ".join(map(str, sorted({lag for own in sources.values() for lag in own})))
        for territory, known in _known(_flowing(report, sources, vintage)):
            if territory in fed:
                anew = cuts.get("", set()) | cuts.get(territory, set())
                rows += [(f"{indicator} {territory}", year, value, lags, year in anew) for year, value in known]
    return pd.DataFrame(rows, columns=["series_id", "period", "value", "lags", "anew"])


def _flowing(report: Values, sources: Iterable[str], vintage: int) -> pd.DataFrame:
    """Return what flows in by year and territory, added up; no territory needs to have it."""
    tables = []
    for source in sources:
        rows = report.project.observations(source, report.edition.id)
        kinds = report.load("territories").set_index("id")["kind"]
        meant = {*kinds.index[kinds.isin(SIBLINGS)], *report.edition.territories}
        rows = rows[rows["territory"].isin(meant) & rows["category"].eq("") & rows["year"].le(vintage)]
        tables.append(rows.pivot(index="year", columns="territory", values="value"))  # noqa: PD010 - as in `_wide`
    result = tables[0]
    for table in tables[1:]:
        result = result + table
    result.index = result.index.astype(int)
    return result.reindex(columns=sorted(result.columns))


def _wide(report: Values, parts: Iterable[str], vintage: int) -> pd.DataFrame:
    """Return values by year and territory, parts added up; a sum with a part missing is missing.

    The territories of the edition as it has them, and beside them every other subject of the federation.
    """
    parts = tuple(parts)
    table = _kept(report, "by year", lambda: _by_year(report, parts), parts)
    return table[table.index <= int(vintage)]


def _by_year(report: Values, parts: Iterable[str]) -> pd.DataFrame:
    tables = []
    for part in parts:
        own = report.frame(part, territories=report.edition.territories)
        rows = pd.concat([own, _siblings(report, part)], ignore_index=True)
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
    cuts = _cuts(report, SUMS.get(indicator, (indicator,)), vintage)
    return sorted(cuts.get("", set()) | cuts.get(territory, set()))


def _cuts(report: Values, parts: Iterable[str], vintage: int) -> dict[str, set[int]]:
    """Return the breaks of an indicator or of parts of one by territory; those of all under the empty name."""
    known = report.load("breaks")
    mine = known[known["indicator"].isin(parts) & (known["year"] <= vintage)]
    return {str(territory): set(map(int, years)) for territory, years in mine.groupby("territory")["year"]}
