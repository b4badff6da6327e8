"""Graduates by the admissions of past years, beside the forecast by the trend alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP
from analysis.outlook import panels
from analysis.outlook.forecasts import Prospects
from analysis.quantities import PERCENT, Observation, Quantity, Text
from analysis.quantities.formula import Gathered, Named, Seen
from analysis.quantities.rows import row_numbers

COHORT, TREND = "cohort", "trend"
_WORDS = {COHORT: "по приему прошлых лет", TREND: "без приема, по одному тренду"}


@dataclass(frozen=True)
class Cohort:
    """What past admissions say of the graduates of the region.

    Attributes
    ----------
    indicator : str
    cohort, trend : dict of int to Quantity
        The middle by year: by the known admissions, and without them.
    weight : Quantity
        What the admissions count for in the forecast, in per cent.
    """

    indicator: str
    cohort: dict[int, Quantity]
    trend: dict[int, Quantity]
    weight: Quantity


class Cohorts:
    """What past admissions say of each series of graduates, and where they say nothing.

    Parameters
    ----------
    prospects : Prospects
        The forecasts of the edition.
    """

    def __init__(self, prospects: Prospects) -> None:
        self._prospects = prospects

    @cached_property
    def fed(self) -> tuple[str, ...]:
        """The series of graduates into which something flows by the table of flows, whatever is known of it."""
        return tuple(name for name in panels.SUMS["spo_graduates"] if panels.inflows(self._prospects.report, name))

    @cached_property
    def told(self) -> dict[str, Cohort]:
        """What is said, by indicator; those of whose admissions nothing is known are not among them."""
        found = {name: self._of(name) for name in self.fed if self._known(name)}
        return {name: cohort for name, cohort in found.items() if cohort is not None}

    def durations(self, indicator: str) -> tuple[Text, Text]:
        """Return the shortest and the longest time of study, in words of their sources, on one line."""
        report = self._prospects.report
        flows = report.load("flows")
        flows = flows.assign(duration=flows["duration"].str.replace(" ", NBSP))
        own = flows[flows["indicator"] == indicator].sort_values("lag")
        if own.empty:
            raise GapError([Gap("Сроки обучения", f"таблица flows не называет их для показателя «{indicator}»")])
        short, long = (row_numbers(flows, own.index[at], "duration", report.edition.id) for at in (0, -1))
        return short, long

    def _known(self, indicator: str) -> bool:
        try:
            return self._prospects.past(indicator).sufficient
        except GapError:
            return False

    def _of(self, indicator: str) -> Cohort | None:
        told = self._values(indicator, COHORT)
        if not told:
            return None
        rows, _ = self._prospects.rows(indicator)
        part = 100 * float(rows["inflow"].max())
        about = Named("вес приема в прогнозе, заработанный проверками на прошлых годах по рядам всех субъектов")
        return Cohort(indicator, told, self._values(indicator, TREND), Quantity(part, PERCENT, 0, (), about))

    def _values(self, indicator: str, model: str) -> dict[int, Quantity]:
        rows, _ = self._prospects.rows(indicator, model)
        if rows.empty:
            return {}
        known, factor = self._prospects.past(indicator), self._prospects.factor(indicator)
        seen = [row for value in known.usable.values() for row in value.sources]
        if model == COHORT:
            seen += self._admitted(indicator)
        sources = tuple(dict.fromkeys(seen))
        values = {}
        for year in map(int, self._prospects.years):
            if year in rows.index:
                mean = float(rows.at[year, "mean"]) * factor
                about = f"середина на {year} год {_WORDS[model]}"
                formula = Gathered("forecast", tuple(map(Seen, sources)), about, mean)
                values[year] = Quantity(mean, known.last.unit, known.last.decimals, sources, formula)
        return values

    def _admitted(self, indicator: str) -> list[Observation]:
        """Return the observations of the region's admissions that may lead to the years forecast."""
        report, last = self._prospects.report, int(self._prospects.vintage)
        return [
            row
            for inflow, lags in panels.inflows(report, indicator).items()
            for year, value in report.values(inflow, "year", territory=report.edition.region).items()
            if last - max(lags) <= year <= last
            for row in value.sources
        ]
