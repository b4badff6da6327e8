"""The forecasts of one edition: every number a quantity that says what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from analysis.base.errors import DataError, UsageError
from analysis.base.gaps import Gap, GapError
from analysis.catalogue import current
from analysis.editions.published import Published
from analysis.editions.values import Values
from analysis.outlook import panels
from analysis.outlook.cache import cached
from analysis.outlook.past import EVER, FEW, Past
from analysis.outlook.record import Record, scored
from analysis.quantities import Quantity, Year
from analysis.quantities.formula import Gathered, Seen

if TYPE_CHECKING:
    from analysis.forecast.cards import Card

T = TypeVar("T")
LABOUR = ("employment_rate", "unemployment_rate", "employed_average_annual", "wage_nominal")
TRAINING = tuple(part for parts in panels.SUMS.values() for part in parts)
DEMAND = ("registered_vacancies", "spo_graduates")
# What the record is taken of: every series the chapter draws into the future, each once.
DRAWN = (*LABOUR, *TRAINING, "registered_vacancies")
# What the chapter draws and tabulates: the same, and all graduates beside the vacancies.
SHOWN = (*LABOUR, *TRAINING, *DEMAND)


class Level(int):
    """The level of an interval of a forecast, in per cent: `INNER` of the narrow one, `OUTER` of the wide one.

    Examples
    --------
    >>> print(report.forecast("unemployment_rate").high(2022, INNER))
    6,9 %
    >>> print(report.forecast("unemployment_rate").high(2022, OUTER))
    8,2 %
    """


INNER, OUTER = LEVELS = (Level(80), Level(95))
FARTHEST = 10
# What a number is printed in where the unit of its series is too fine for a forecast.
COARSE = {"rub": ("thousand_rub", 1), "people": ("thousand_people", 1)}
_WORDS = {"mean": "середина", "lo": "нижняя граница", "hi": "верхняя граница"}


@dataclass(frozen=True)
class Forecast:
    """The forecast of one series of the region.

    Attributes
    ----------
    past : Past
        What it rests on, in the unit of the forecast.
    years : tuple of Year
        The years forecast.
    values : mapping
        By (`mean`, `lo80`, `hi95`, …) and year.
    """

    past: Past
    years: tuple[Year, ...]
    values: dict[tuple[str, int], Quantity]

    @property
    def last(self) -> Quantity:
        """The last known value, which is also what the simplest forecast says of every year to come."""
        return self.past.last

    def mean(self, year: int) -> Quantity:
        """Return the middle of what is expected of a year."""
        return self._at("mean", year)

    def low(self, year: int, level: int = LEVELS[0]) -> Quantity:
        """Return the lower bound of the interval of a level in per cent."""
        return self._at(f"lo{level}", year)

    def high(self, year: int, level: int = LEVELS[0]) -> Quantity:
        """Return the upper bound of the interval of a level in per cent."""
        return self._at(f"hi{level}", year)

    def _at(self, name: str, year: int) -> Quantity:
        if (name, year) not in self.values:
            levels = ", ".join(map(str, LEVELS))
            raise DataError(
                f"Прогноз «{self.past.indicator}»: нет значения на {int(year)} год. Есть годы"
                f" {int(self.years[0])}–{int(self.years[-1])} и интервалы {levels} %."
            )
        return self.values[name, year]


def _unforecast(indicator: str, why: str) -> Gap:
    """Return the gap of a series that is too short to be forecast."""
    names = current().load("indicators").set_index("id")["name"]
    return Gap(f"Прогноз: {names.get(indicator, indicator)}", why)


class Prospects:
    """Forecasts of the edition's region from observations up to the vintage.

    Parameters
    ----------
    report : Published
        The observations of the edition.
    vintage : Year
        Last year whose observations may be used.
    horizon : Year
        Last year forecast.

    Raises
    ------
    UsageError
        The horizon does not lie after the vintage, or too far after it.
    """

    def __init__(self, report: Published, vintage: Year, horizon: Year) -> None:
        if not 1 <= horizon - vintage <= FARTHEST:
            raise UsageError(
                f"Горизонт прогноза – {int(horizon)} год, а данные взяты по {int(vintage)} год: прогнозируется от 1 до"
                f" {FARTHEST} лет вперед. Измените параметр horizon или vintage."
            )
        self.report, self.vintage, self.horizon = report, vintage, horizon
        self.years = tuple(vintage + step for step in range(1, horizon - vintage + 1))
        self._made: dict[str, Forecast] = {}

    def past(self, indicator: str) -> Past:
        """Return the known part of a series in the unit it is forecast in.

        Raises
        ------
        DataError
            Nothing is known of it by the vintage.
        """
        known = panels.past(self.report, indicator, self.vintage)
        if not known.values:
            raise GapError([_unforecast(indicator, f"по {int(self.vintage)} год нет ни одного значения")])
        return replace(known, values={year: _coarse(value) for year, value in known.values.items()})

    def forecast(self, indicator: str) -> Forecast:
        """Return the forecast of a series to the horizon.

        Raises
        ------
        DataError
            Too little is known since the last break: a chapter then gives the range of past changes.
        """
        if indicator not in self._made:
            self._made[indicator] = self._forecast(indicator)
        return self._made[indicator]

    def middle(self, indicator: str, year: int) -> Quantity:
        """Return what a scenario starts from: the middle of the forecast, for a series too short the last value."""
        known = self.past(indicator)
        return self.forecast(indicator).mean(year) if known.sufficient else known.last

    @staticmethod
    def methods() -> dict[str, Card]:
        """Return what each method of the forecasts does in words (`analysis.forecast.cards`), the combination first."""
        from analysis.forecast.cards import CARDS  # noqa: PLC0415 - scipy takes a second, most commands forecast nothing

        return CARDS

    def record(self, indicators: tuple[str, ...]) -> Record:
        """Return how such forecasts of these indicators held in every past year up to the vintage."""
        ahead = self.horizon - self.vintage
        rows = self._kept("record", lambda: scored(self.report, indicators, self.vintage, ahead, LEVELS), indicators)
        return Record(rows, self.vintage)

    @property
    def last_known(self) -> Year | None:
        """The last year of which any series drawn into the future is known of the region, used or not."""
        return last_known(self.report)

    def as_reported(self) -> Prospects | None:
        """Return the forecasts as of the year the edition reports, None where later years are not known."""
        then = self.report.edition.year
        if then >= self.vintage:
            return None
        year = Year(then, "последний отчетный год издания")
        return Prospects(self.report, year, min(self.vintage, year + FARTHEST))

    def _forecast(self, indicator: str) -> Forecast:
        known = self.past(indicator)
        if not known.sufficient:
            why = (
                f"известно лет – {len(known.values)}, из них после последнего разрыва – {len(known.usable)}, а нужно не"
                f" меньше {EVER} и {FEW}"
            )
            raise GapError([_unforecast(indicator, why)])
        by_year, siblings = self.rows(indicator)
        last, factor = known.last, self.factor(indicator)
        sources = tuple(dict.fromkeys(seen for value in known.usable.values() for seen in value.sources))
        values = {}
        for year in self.years:
            if year not in by_year.index:  # the series ends before the vintage and reaches less far
                why = f"ряд кончается {known.last_year} годом, до {int(year)} года он не прогнозируется"
                raise GapError([_unforecast(indicator, why)])
            for name in ("mean", *(f"{side}{level}" for level in LEVELS for side in ("lo", "hi"))):
                about = self._about(name, year, known, siblings, float(by_year.at[year, "inflow"]) > 0)
                value = float(by_year.at[year, name]) * factor
                formula = Gathered("forecast", tuple(map(Seen, sources)), about, value)
                values[name, int(year)] = Quantity(value, last.unit, last.decimals, sources, formula)
        return Forecast(known, self.years, values)

    def rows(self, indicator: str, model: str = "combined") -> tuple[pd.DataFrame, int]:
        """Return what a model says of a series of the region, and how many siblings lent evidence.

        Parameters
        ----------
        indicator : str
        model : {'combined', 'last', 'trend', 'cohort'}

        Returns
        -------
        table : pandas.DataFrame
            By year, as `forecast_wide` has it; no rows where the model says nothing of the series.
        siblings : int
        """
        return self._kept("rows", lambda: self._rows(indicator, model), indicator, model)

    def _rows(self, indicator: str, model: str) -> tuple[pd.DataFrame, int]:
        family = panels.family(indicator)
        table = self._kept("table", lambda: self._table(family), family)
        chosen = (table["model"] == model) & (table["series"] == f"{indicator} {self.report.edition.region}")
        siblings = table.loc[table["series"].str.startswith(f"{indicator} "), "series"].nunique() - 1
        rows = table[chosen].set_index("target_period")
        return rows if "inflow" in rows else rows.assign(inflow=0.0), siblings

    def _kept(self, what: str, make: Callable[[], T], *asked: object) -> T:
        """Return what follows from the data up to the vintage, made once for all chapters that are read together."""
        key = (__name__, what, self.report.edition.id, int(self.vintage), int(self.horizon), *asked)
        return self.report.project.keep(key, make)

    def factor(self, indicator: str) -> float:
        """Return what the panel of a series is measured in, in what it is printed in."""
        unit = self.report.unit(panels.SUMS.get(indicator, (indicator,))[0])
        return float(Quantity(1.0, unit, 0).to(self.past(indicator).last.unit))

    def _about(self, name: str, year: Year, known: Past, siblings: int, fed: bool) -> str:
        what = _WORDS[name.rstrip("0123456789")]
        level = f" {name[2:]}-процентного интервала" if name != "mean" else ""
        beside = f" и еще {siblings} территориям" if siblings else ""
        also = ", а также по приему прошлых лет" if fed else ""
        return f"{what}{level} на {int(year)} год по годам {min(known.usable)}–{known.last_year}{beside}{also}"

    def _table(self, indicators: tuple[str, ...]) -> pd.DataFrame:
        from analysis.forecast import forecast_wide  # noqa: PLC0415 - scipy takes a second, most commands forecast nothing

        panel, breaks = panels.panel(self.report, indicators, self.vintage)
        feeds = panels.feeds(self.report, indicators, self.vintage)
        # Series that end earlier are asked for more steps, so that all reach the horizon.
        ends = panel.groupby("series_id", sort=False)["period"].max()
        mine = {f"{name} {territory}" for name in indicators for territory in self.report.edition.territories}
        wanted = {name: int(self.horizon) - int(end) for name, end in ends.items() if name in mine}
        return cached(
            "forecast",
            lambda: forecast_wide(panel, wanted, LEVELS, breaks=breaks, feeds=feeds),
            panel,
            breaks,
            feeds,
            str(wanted),
            str(LEVELS),
        )


def last_known(report: Values) -> Year | None:
    """Return the last year of which any series drawn into the future is known of the region, None without any."""
    years = []
    for indicator in DRAWN:
        with suppress(GapError):
            known = panels.past(report, indicator, dt.MAXYEAR)
            years += [known.last_year] if known.values else []
    return max(years, default=None)


def _coarse(value: Quantity) -> Quantity:
    if value.unit not in COARSE:
        return value
    unit, decimals = COARSE[value.unit]
    return replace(value.to(unit), decimals=decimals)
