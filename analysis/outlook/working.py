"""How many graduates will be at work: the count of the ministry carried on by ratios, each within one source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from analysis.base.gaps import Gap, GapError
from analysis.outlook.forecasts import INNER, Forecast, Prospects
from analysis.quantities import Quantity, Year
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.quantity import derived

COUNTED, EMPLOYED = "graduate_outcomes", "employed"
GRADUATES, RATE = "spo_graduates", "employment_rate"
_PRINTED = ("thousand_people", 1)
_BOUNDS = {-1: "нижняя", 1: "верхняя"}


class Working:
    """Graduates at work, of the year counted and of the years forecast.

    Parameters
    ----------
    prospects : Prospects
        The forecasts of the edition.

    Notes
    -----
    The count of one source is never multiplied by a share of another: what moves it are the graduates of a year over
    those of the year counted, and the employment rate of a year over that of the year counted. That the share of
    graduates who work moves as the employment rate does is assumed.
    """

    def __init__(self, prospects: Prospects) -> None:
        self._prospects = prospects

    @cached_property
    def year(self) -> Year:
        """The year whose graduates were counted last."""
        return self._prospects.report.latest(COUNTED, category=EMPLOYED)

    @cached_property
    def count(self) -> Quantity:
        """How many of them were at work."""
        known = self._prospects.report.value(COUNTED, year=self.year, category=EMPLOYED)
        return replace(known.to(_PRINTED[0]), decimals=_PRINTED[1])

    @property
    def years(self) -> tuple[Year, ...]:
        """The years that are forecast and not counted."""
        return tuple(year for year in self._prospects.years if year > self.year)

    @cached_property
    def expected(self) -> dict[int, Quantity]:
        """Graduates at work by year where both graduates and employment go as the statistical forecast has it."""
        return self.at_rates({year: self._prospects.middle(RATE, year) for year in self.years})

    @cached_property
    def bounds(self) -> dict[int, tuple[Quantity, Quantity]]:
        """The inner interval by year; nothing where graduates or employment have no forecast.

        On the logarithmic scale the half widths of both forecasts are added as independent ones are: the root of the
        sum of their squares.
        """
        if not all(self._prospects.past(one).sufficient for one in (GRADUATES, RATE)):
            return {}
        parts = [self._prospects.forecast(one) for one in (GRADUATES, RATE)]
        return {
            year: (self._bound(year, middle, parts, -1), self._bound(year, middle, parts, 1))
            for year, middle in self.expected.items()
        }

    def at_rates(self, rates: Mapping[int, Quantity]) -> dict[int, Quantity]:
        """Return how many graduates of each year will work if the employment rate is this.

        Parameters
        ----------
        rates : mapping of int to Quantity
            The employment rate by year; years up to the one counted are passed over, their count is known.

        Returns
        -------
        dict of int to Quantity
        """
        graduates, rate = self._base(GRADUATES), self._base(RATE)
        return {
            int(year): self._rounded(
                self.count * (self._prospects.middle(GRADUATES, year) / graduates) * (there / rate)
            )
            for year, there in rates.items()
            if year > self.year
        }

    def _base(self, indicator: str) -> Quantity:
        """Return a series in the year counted: known, or forecast where that year lies after the vintage.

        Raises
        ------
        GapError
            The series began anew since: what came before is not to be compared with what is forecast.
        """
        known = self._prospects.past(indicator)
        if self.year > known.last_year and self.year in self._prospects.years:
            return self._prospects.middle(indicator, self.year)
        if self.year not in known.usable:
            why = f"с {int(self.year)} года, когда учтены выпускники, ряд прерван или не известен"
            raise GapError([Gap(f"Выпускники за работой: {indicator}", why)])
        return known.usable[self.year]

    def _bound(self, year: int, middle: Quantity, parts: Iterable[Forecast], side: int) -> Quantity:
        width = math.hypot(*(_half(forecast, year, side) for forecast in parts))
        of = (middle, *(getattr(one, "low" if side < 0 else "high")(year) for one in parts))
        about = (
            f"{_BOUNDS[side]} граница {INNER}-процентного интервала: отклонения выпуска и уровня занятости от середины"
            " сложены как независимые"
        )
        seen = tuple(dict.fromkeys(row for one in of for row in one.sources))
        value = float(middle) * math.exp(side * width)
        return derived(
            value, middle.unit, middle.decimals, of, Gathered("forecast", tuple(map(Seen, seen)), about, value)
        )

    @staticmethod
    def _rounded(value: Quantity) -> Quantity:
        return replace(value, decimals=_PRINTED[1])


def _half(forecast: Forecast, year: int, side: int) -> float:
    """Return how far a bound lies from the middle on the logarithmic scale; without end where the bound is nothing."""
    middle, bound = float(forecast.mean(year)), float((forecast.low if side < 0 else forecast.high)(year))
    return abs(math.log(bound / middle)) if bound > 0 < middle else math.inf
