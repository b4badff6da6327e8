"""What was forecast earlier of years whose outcome is known by now.

The forecasts that the last edition of the region left, where it left any; else, where the data reach beyond the year
the edition reports, those that would have been made in that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from analysis.base.gaps import GapError
from analysis.outlook.archive import TABLE, judged, previous, quantile_of
from analysis.outlook.forecasts import DRAWN, INNER, Prospects
from analysis.outlook.panels import SUMS
from analysis.quantities import Quantity, Year
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.rows import row_seen


@dataclass(frozen=True)
class Said:
    """One forecast and its outcome.

    Attributes
    ----------
    indicator : str
    origin : Year
        The last year it could know.
    year : Year
        The year it spoke of.
    middle, low, high : Quantity
        What it said: the middle and the inner interval.
    came : Quantity
        The outcome.
    """

    indicator: str
    origin: Year
    year: Year
    middle: Quantity
    low: Quantity
    high: Quantity
    came: Quantity

    @property
    def held(self) -> bool:
        """Whether the outcome lies within the interval."""
        return bool(self.low <= self.came <= self.high)


@dataclass(frozen=True)
class Earlier:
    """The earlier forecasts of an edition.

    Attributes
    ----------
    edition : str
        The edition that left them; empty where they are computed now from what was known then.
    said : tuple of Said
        Series by series, wholes of `analysis.outlook.panels.SUMS` after all others.
    """

    edition: str
    said: tuple[Said, ...]

    @property
    def rows(self) -> tuple[Said, ...]:
        """Those of the series that the record is of, each once: no wholes beside their parts."""
        return tuple(one for one in self.said if one.indicator in DRAWN)

    def of(self, indicator: str) -> tuple[Said, ...]:
        """Return those of one series."""
        return tuple(one for one in self.said if one.indicator == indicator)


def earlier(prospects: Prospects) -> Earlier:
    """Return the earlier forecasts of the region; none where there is neither an archive nor a later year."""
    archive = previous(prospects.report.edition)
    left = tuple(_archived(prospects, archive)) if archive else ()
    if left and archive:
        return Earlier(archive, left)
    return Earlier("", tuple(_made_then(prospects)))


def _archived(prospects: Prospects, edition: str) -> Iterator[Said]:
    table = prospects.report.project.load(TABLE, edition)
    rows = judged(prospects)
    for indicator in _ordered(rows["indicator"]):
        known = prospects.past(indicator)
        for year, origin in rows.loc[rows["indicator"] == indicator, ["year", "origin"]].itertuples(index=False):
            told = table[table["series"].eq(indicator) & table["target_period"].eq(year) & table["origin"].eq(origin)]
            at = {
                quantile_of(quantile): _told(table, index, edition, known.last)
                for index, quantile in told["quantile"].items()
            }
            low, high = (at[quantile_of(0.5 + side * INNER / 200)] for side in (-1, 1))
            came = known.values[year]
            seen = at[None].sources
            since = Year(int(origin), Gathered("year", tuple(map(Seen, seen))), seen)
            yield Said(indicator, since, _year(came, year), at[None], low, high, came)


def _told(table: pd.DataFrame, index: object, edition: str, like: Quantity) -> Quantity:
    """Return an archived value in the unit and with the decimals its series is printed in."""
    seen = row_seen(table, index, edition)
    row = table.loc[index]
    value = Quantity(float(row["value"]), row["unit"], like.decimals, (seen,), Seen(seen))
    return replace(value.to(like.unit), decimals=like.decimals)


def _made_then(prospects: Prospects) -> Iterator[Said]:
    made = prospects.as_reported()
    if made is None:
        return
    for indicator in (*DRAWN, *SUMS):
        try:
            known, forecast = prospects.past(indicator), made.forecast(indicator)
        except GapError:
            continue
        for year in forecast.years:
            # A series that began anew since is no outcome of what was said of the former one.
            if year in known.values and not any(made.vintage < cut <= year for cut in known.breaks):
                came = known.values[year]
                told = forecast.mean(year), forecast.low(year), forecast.high(year)
                yield Said(indicator, forecast.past.last_year, _year(came, year), *told, came)


def _ordered(indicators: Iterable[str]) -> list[str]:
    found = set(indicators)
    return [name for name in (*DRAWN, *SUMS) if name in found]


def _year(came: Quantity, year: int) -> Year:
    """Return the year of an outcome, which remembers the observation."""
    seen = tuple(row for row in came.sources if row.year == year)
    return Year(int(year), Gathered("year", tuple(map(Seen, seen))), seen)
