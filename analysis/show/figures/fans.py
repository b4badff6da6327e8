"""One fan chart on given axes: the past, its breaks, what is expected with intervals, and the last value carried on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.outlook import Forecast, Past
from analysis.outlook.earlier import Said
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
# What was forecast earlier of a year that is known now.
BAR: theme.Style = {"color": theme.BLUE, "linewidth": 1.0, "zorder": 4}
HOLLOW: theme.Style = {
    "color": theme.BLUE,
    "linestyle": "none",
    "marker": "o",
    "markersize": 4.4,
    "markerfacecolor": theme.PAPER,
    "markeredgewidth": 1.1,
    "zorder": 5,
}
AXIS_MM, LABEL_MM = 12, 20  # what the labels of an axis and of the last year take of the width of a panel
FOOT = 0.2  # the share of a panel in which a label would run into the axis
BEYOND = 0.35  # how far the wide interval may go beyond all else, as a share of the height of the rest
CARRIED: theme.Style = {"color": theme.INK, "linewidth": 1.0, "linestyle": (0, (1, 1.6))}


def draw(ax: Axes, known: Past, forecast: Forecast | None, earlier: Sequence[Said], years: tuple[int, int]) -> bool:
    """Draw a series, what is expected of it, and what was expected earlier of years that are known now.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    known : Past
        The series up to the vintage.
    forecast : Forecast or None
        None for a series too short: its range of experience stands in words instead of a line.
    earlier : sequence of Said
        The earlier forecasts of the series.
    years : tuple of (int, int)
        The first and the last year shown.

    Returns
    -------
    bool
        Whether the wide interval leaves the panel.
    """
    first, last = years
    shown = pd.Series({year: float(value) for year, value in known.values.items() if year >= first})
    shown = shown.reindex(range(first, known.last_year + 1))
    start, cuts = min(known.usable), [year for year in known.breaks if year > first]
    ax.plot(*lines.cut(shown[shown.index < start], cuts), **EARLIER)
    ax.plot(*lines.cut(shown[shown.index >= start], cuts), **PAST)
    for year in cuts:
        lines.rule_off(ax, year)
    said = [value for told in earlier for value in _said(ax, told)]
    if forecast is None:
        _words(ax, plain(f"{too_short(known)};\n{experience(known)}"))
    cropped = forecast is not None and _future(ax, known, forecast, [*shown.dropna(), *said])
    ax.set_xlim(first - 0.4, last + (last - first) * _label_share(ax))
    ticks = MaxNLocator(5, steps=[1, 2, 5, 10], integer=True).tick_values(first, last)
    ax.set_xticks([tick for tick in ticks if first <= tick <= last])
    ax.xaxis.set_major_formatter("{x:.0f}")
    theme.decimal_ticks(ax.yaxis, 2)
    return cropped


def _said(ax: Axes, told: Said) -> tuple[float, float]:
    """Draw an earlier forecast; return how far it reaches."""
    low, high = float(told.low), float(told.high)
    ax.plot([int(told.year)] * 2, [low, high], **BAR)
    ax.plot([int(told.year)], [float(told.middle)], **HOLLOW)
    return low, high


def _words(ax: Axes, words: str) -> None:
    ax.text(
        0.98,
        0.96,
        words,
        transform=ax.transAxes,
        ha="right",
        va="top",
        fontsize=theme.TINY,
        color=theme.MUTED,
    )


def _label_share(ax: Axes) -> float:
    """Return how much longer than its years an axis must be for the label of the last one to stand beside it."""
    panel = theme.figure_of(ax).get_figwidth() / theme.MM / 2 - AXIS_MM
    return LABEL_MM / (panel - LABEL_MM)


def _future(ax: Axes, known: Past, forecast: Forecast, shown: list[float]) -> bool:
    """Draw the forecast with both intervals and label its end; return whether the wide one leaves the panel."""
    years = [known.last_year, *map(int, forecast.years)]
    now = float(known.last)
    bounds: dict[int, list[float]] = {}
    for level in LEVELS:
        low, high = (
            [now, *(float(side(year, level)) for year in forecast.years)] for side in (forecast.low, forecast.high)
        )
        bounds[level] = [*low, *high]
        ax.fill_between(years, low, high, color=theme.REGION, alpha=SHADES[level], linewidth=0, zorder=1.5)
    ax.plot(years, [now] * len(years), zorder=2, **CARRIED)
    means = [now, *(float(forecast.mean(year)) for year in forecast.years)]
    ax.plot(years, means, zorder=3, **EXPECTED)
    cropped = _bounded(ax, [*shown, *bounds[LEVELS[0]]], bounds[LEVELS[-1]])
    _end(ax, forecast)
    return cropped


def _end(ax: Axes, forecast: Forecast) -> None:
    """Write the middle and the inner interval of the last year beside its end, above the foot of the panel."""
    year = forecast.years[-1]
    height = float(forecast.mean(year))
    bottom, top = ax.get_ylim()
    foot = (height - bottom) / (top - bottom) < FOOT
    bounds = f"({bare(forecast.low(year))}–{bare(forecast.high(year))})"
    words = (bare(forecast.mean(year)), theme.SMALL, "bold"), (bounds, theme.TINY, "normal")
    for (text, size, weight), up in zip(words, (14, 1) if foot else (2, -11), strict=True):
        ax.annotate(
            text,
            (int(year), height),
            (4, up),
            textcoords="offset points",
            va="baseline",
            ha="left",
            color=theme.REGION,
            fontsize=size,
            fontweight=weight,
        )


def _bounded(ax: Axes, near: Sequence[float], far: Sequence[float]) -> bool:
    """Keep the past readable: the wide interval may take no more than a share of the panel on either side."""
    low, high = min(near), max(near)
    room = BEYOND * (high - low)
    bottom, top = max(min(far), low - room), min(max(far), high + room)
    margin = 0.04 * (max(top, high) - min(bottom, low))
    ax.set_ylim(min(bottom, low) - margin, max(top, high) + margin)
    return bool(min(far) < bottom or max(far) > top)


def legend(fig: Figure, broken: bool, earlier: bool) -> None:
    """Explain the signs once for all panels, below them.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    broken : bool
        Whether a series shown is broken.
    earlier : bool
        Whether an earlier forecast is shown.
    """
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
    if earlier:
        signs += [(Line2D([], [], **HOLLOW), "прежний прогноз уже известных лет")]
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
