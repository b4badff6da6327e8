"""One fan chart on given axes: the past, its breaks, what is expected with intervals, and the last value carried on."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.outlook import Forecast, Past
from analysis.outlook.forecasts import LEVELS
from analysis.quantities.text import plain
from analysis.show import theme
from analysis.show.figures import lines
from analysis.show.forecasts import bare, experience, too_short

NARROW_MM = 150  # a figure less wide than this has its legend in two columns
BEFORE = 12  # years of the past that are shown beside the future
SHADES = {80: 0.34, 95: 0.16}  # opacity of the bands; they lie upon one another
PAST: theme.Style = {"color": theme.REGION, "linewidth": 1.8, "marker": "o", "markersize": 3, "markeredgewidth": 0}
EARLIER: theme.Style = PAST | {"color": theme.DISTRICT, "linewidth": 1.2, "markersize": 2.4}
EXPECTED: theme.Style = {"color": theme.REGION, "linewidth": 1.4, "linestyle": (0, (4, 1.6))}
CARRIED: theme.Style = {"color": theme.INK, "linewidth": 1.0, "linestyle": (0, (1, 1.6))}


def draw(ax: Axes, known: Past, forecast: Forecast | None, first: int, last: int) -> None:
    """Draw a series and what is expected of it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    known : Past
        The series up to the vintage.
    forecast : Forecast or None
        None for a series too short: its range of experience stands in words instead of a line.
    first, last : int
        The years shown.
    """
    shown = pd.Series({year: float(value) for year, value in known.values.items() if year >= first})
    shown = shown.reindex(range(first, known.last_year + 1))
    start, cuts = min(known.usable), [year for year in known.breaks if year > first]
    ax.plot(*lines.cut(shown[shown.index < start], cuts), **EARLIER)
    ax.plot(*lines.cut(shown[shown.index >= start], cuts), **PAST)
    for year in cuts:
        lines.rule_off(ax, year)
    if forecast is None:
        ax.text(
            0.98,
            0.96,
            plain(f"{too_short(known)};\n{experience(known)}"),
            transform=ax.transAxes,
            ha="right",
            va="top",
            fontsize=theme.TINY,
            color=theme.MUTED,
        )
    else:
        _future(ax, known, forecast)
    ax.set_xlim(first - 0.4, last + 1.9)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
    ax.xaxis.set_major_formatter("{x:.0f}")
    theme.decimal_ticks(ax.yaxis, 5)


def _future(ax: Axes, known: Past, forecast: Forecast) -> None:
    years = [known.last_year, *map(int, forecast.years)]
    now = float(known.last)
    for level in reversed(LEVELS):
        low, high = (
            [now, *(float(side(year, level)) for year in forecast.years)] for side in (forecast.low, forecast.high)
        )
        ax.fill_between(years, low, high, color=theme.REGION, alpha=SHADES[level], linewidth=0, zorder=1.5)
    ax.plot(years, [now] * len(years), zorder=2, **CARRIED)
    means = [now, *(float(forecast.mean(year)) for year in forecast.years)]
    ax.plot(years, means, zorder=3, **EXPECTED)
    ax.annotate(
        bare(forecast.mean(forecast.years[-1])),
        (years[-1], means[-1]),
        (4, 0),
        textcoords="offset points",
        va="center",
        ha="left",
        fontsize=theme.SMALL,
        color=theme.REGION,
        fontweight="bold",
    )


def legend(fig: Figure, broken: bool) -> None:
    """Explain the signs once for all panels, below them."""
    signs: list[tuple[Artist, str]] = [
        (Line2D([], [], **PAST), "известные значения"),
        (Line2D([], [], **EXPECTED), "прогноз"),
        *(
            (
                Patch(
                    facecolor=theme.REGION,
                    alpha=min(1.0, SHADES[level] + (SHADES[95] if level == LEVELS[0] else 0)),
                    linewidth=0,
                ),
                f"{level}-процентный интервал",
            )
            for level in LEVELS
        ),
        (Line2D([], [], **CARRIED), "останется как сейчас"),
    ]
    if broken:
        signs += [(Line2D([], [], **EARLIER), "до разрыва ряда: в прогноз не входит")]
    fig.legend(
        [sign for sign, _ in signs],
        [words for _, words in signs],
        loc="outside lower center",
        ncols=3 if fig.get_figwidth() > NARROW_MM * theme.MM else 2,
        handlelength=2.2,
        columnspacing=1.4,
    )
