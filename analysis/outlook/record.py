"""How forecasts like these held in the past: every past year in turn stands for the last known one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.base.gaps import Gap, GapError
from analysis.editions.values import Values
from analysis.outlook import panels
from analysis.outlook.cache import cached
from analysis.quantities import Quantity
from analysis.quantities.formula import Named
from analysis.quantities.units import PERCENT


def scored(
    report: Values, indicators: Sequence[str], vintage: int, horizon: int, levels: Sequence[float]
) -> pd.DataFrame:
    """Return the scores of rolling origins over the territories of the edition (`analysis.forecast.backtest`).

    Parameters
    ----------
    report : Values
        The observations of the edition.
    indicators : sequence of str
        Ids of indicators or of wholes of `analysis.outlook.panels.SUMS`.
    vintage : int
        The last year whose outcome is used.
    horizon : int
        Years ahead that are scored.
    levels : sequence of float
        Of the intervals, in per cent.

    Returns
    -------
    pandas.DataFrame
        Rows of `analysis.forecast.scores.score` with the column `indicator`; only indicators with a past to be judged
        by.

    Notes
    -----
    Evaluation by a rolling origin (Tashman 2000): each forecast knows only what was known by its origin. The forecasts
    are those of the whole country, which lends evidence; the scores are of the edition's own territories.
    """
    from analysis.forecast.backtest import backtest  # noqa: PLC0415 - scipy takes a second, most commands forecast nothing

    panel, breaks = panels.panel(report, indicators, vintage)
    panel = panel.drop(columns="parent")
    feeds = panels.feeds(report, indicators, vintage)
    rows = cached(
        "record",
        lambda: backtest(panel, horizon, levels, breaks=breaks, feeds=feeds),
        panel,
        breaks,
        feeds,
        horizon,
        str(levels),
    )
    # Rows are many, series few.
    of = {name: name.split(" ") for name in rows["series"].unique()}
    own = rows[rows["series"].isin([name for name in of if of[name][1] in report.edition.territories])]
    indicator = own["series"].map({name: parts[0] for name, parts in of.items()})
    return own.assign(indicator=indicator).reset_index(drop=True)


@dataclass(frozen=True)
class Record:
    """Scores of past forecasts, asked for as quantities.

    Attributes
    ----------
    scores : pandas.DataFrame
        As `scored` returns them.
    vintage : int
        The last year whose outcome was used.
    """

    scores: pd.DataFrame
    vintage: int

    def checks(self, indicator: str | None = None) -> Quantity:
        """Return how many forecasts were compared with what came."""
        return self._quantity(float(len(self._own(indicator))), "count", 0, "число проверок", indicator)

    def coverage(self, level: int, indicator: str | None = None) -> Quantity:
        """Return the share of outcomes within the interval of a level, in per cent."""
        rows = self._own(indicator)
        return self._quantity(
            100 * rows[f"inside{level}"].mean(),
            PERCENT,
            0,
            f"доля исходов внутри {level}-процентного интервала",
            indicator,
        )

    def by_series(self, level: int) -> dict[str, Quantity]:
        """Return the coverage of each indicator."""
        return {indicator: self.coverage(level, indicator) for indicator in dict.fromkeys(self.scores["indicator"])}

    def relative(self, indicator: str | None = None) -> Quantity:
        """Return the mean error as per cent of that of the last value, which is carried on unchanged.

        A ratio of mean absolute scaled errors (Hyndman & Koehler 2006), as `analysis.forecast.scores.summary` has it.
        """
        error = self._own(indicator)["error"].mean()
        last = self._own(indicator, "last")["error"].mean()
        return self._quantity(100 * error / last, PERCENT, 0, "средняя ошибка к ошибке последнего значения", indicator)

    def beside(self, indicator: str, model: str) -> Quantity:
        """Return the mean error of a model where something was known of the inflow, as per cent of the last value's.

        Parameters
        ----------
        indicator : str
        model : {'combined', 'trend', 'cohort'}

        Raises
        ------
        GapError
            Nothing was known of the inflow in any year that could be checked.
        """
        key = ["series", "origin", "horizon"]
        told = self._own(indicator, "cohort")[key]
        error, last = (self._own(indicator, one).merge(told, on=key)["error"].mean() for one in (model, "last"))
        return self._quantity(100 * error / last, PERCENT, 0, "средняя ошибка к ошибке последнего значения", indicator)

    @property
    def whole(self) -> Quantity:
        """The error of the last value itself, to which others are compared."""
        return Quantity(100.0, PERCENT, 0, (), Named("ошибка последнего значения"))

    def _own(self, indicator: str | None, model: str = "combined") -> pd.DataFrame:
        rows = self.scores[self.scores["model"] == model]
        rows = rows if indicator is None else rows[rows["indicator"] == indicator]
        if rows.empty:
            what = f"Проверка прогнозов на прошлых годах{f': {indicator}' if indicator else ''}"
            raise GapError([Gap(what, "лет слишком мало")])
        return rows

    def _quantity(self, value: float, unit: str, decimals: int, what: str, indicator: str | None) -> Quantity:
        rows = self._own(indicator)
        formula = Named(
            f"{what}: прогнозы, которые получились бы в {int(rows['origin'].min())}–{int(rows['origin'].max())} годах"
            f" по рядам {rows['series'].nunique()}"
            f" ({'территории издания' if indicator else 'все показатели и территории'}), против того, что наступило не"
            f" позже {int(self.vintage)} года"
        )
        # It rests on thousands of rows, all of those series: the words name them, no card could list them.
        return Quantity(value, unit, decimals, (), formula)
