"""Spark lines: a series of the region among those of its neighbours, small enough to stand beside a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.quantities import Quantity
from analysis.quantities.text import plain
from analysis.show import theme
from analysis.show.directions import choose
from analysis.show.face import Report
from analysis.show.figures.registry import Drawing
from analysis.show.findings.facts import Fact
from analysis.show.wording import joined

WIDTH, HEIGHT = 42.0, 13.0  # millimetres
YEARS = 12  # the last ones, which are told apart at this size
TINY = 6.5
OWN: theme.Style = {"color": theme.INK, "linewidth": 1.5, "zorder": 3}
AROUND: theme.Style = {"color": "#b0b0b0", "linewidth": 0.7, "zorder": 2}


def draw(report: Report, found: Fact, width: float = WIDTH, height: float = HEIGHT) -> Drawing:
    """Draw the spark of a finding: lines where it has years to show, else the strip of its shares.

    Parameters
    ----------
    report : Report
    found : Fact
    width, height : float
        In millimetres.

    Returns
    -------
    Drawing
        No number stands in the text in its place, for nobody could ask for it there: the sentence beside it holds
        them.
    """
    with theme.applied(width):
        fig = theme.canvas(height)
        ax = fig.subplots()
        theme.bare(ax)
        alt = _strip(ax, found.parts) if found.parts else _lines(report, ax, found.lines)
        theme.settle(fig)
    return Drawing(fig, _data(report, found), alt)


def _data(report: Report, found: Fact) -> pd.DataFrame:
    """Return what a spark draws, point by point, with the rows that each rests on."""
    drawn = [
        (place, str(int(year)), value)
        for place, series in found.lines.items()
        for year, value in _shown(series).items()
    ]
    drawn += [(report.edition.region, "", value) for value in found.parts]
    rows = [
        {
            "territory": place,
            "year": year,
            "value": value.value,
            "unit": value.unit,
            "table": "; ".join(f"{seen.table}#{seen.row}" for seen in value.sources),
        }
        for place, year, value in drawn
    ]
    return pd.DataFrame(rows, columns=["territory", "year", "value", "unit", "table"])


def _shown(series: Mapping[int, Quantity]) -> dict[int, Quantity]:
    return dict(sorted(series.items())[-YEARS:])


def _lines(report: Report, ax: Axes, lines: Mapping[str, Mapping[int, Quantity]]) -> str:
    region = report.edition.region
    shown = {place: _shown(series) for place, series in lines.items() if series}
    for place, series in shown.items():
        look = OWN if place == region else AROUND
        ax.plot(list(series), [float(value) for value in series.values()], **look)
    own = shown[region]
    first, last = min(own), max(own)
    ax.plot([last], [float(own[last])], marker="o", markersize=3.2, color=theme.INK, zorder=4, clip_on=False)
    ax.set_xlim(first, last)
    ax.set_xticks([first, last], [str(int(first)), str(int(last))], fontsize=TINY, color=theme.MUTED)
    ax.set_yticks([])
    _to_the_edges(ax)
    near = [report.territory(place).short for place in shown if place != region]
    around = f"; серые линии: {joined(near)}" if near else ""
    moved = choose(own[last], own[first], "поднялась", "опустилась", "вернулась к прежнему уровню")
    return plain(f"Линия региона за показанные годы {moved}{around}.")


def _strip(ax: Axes, parts: tuple[Quantity, ...]) -> str:
    """Draw the shares of a whole from left to right: the first dark, the others grey, what is left empty."""
    at = 0.0
    for part, colour in zip(parts, (theme.INK, "#a6a6a6"), strict=False):
        ax.barh([0], [float(part)], left=at, height=0.5, color=colour)
        at += float(part)
    ax.barh([0], [100 - at], left=at, height=0.5, facecolor=theme.PAPER, edgecolor="#9a9a9a", linewidth=0.6)
    ax.set_xlim(-1, 101)
    ax.set_ylim(-0.6, 0.6)
    ax.set_xticks([0, 100], ["0", "100\u00a0%"], fontsize=TINY, color=theme.MUTED)
    ax.set_yticks([])
    _to_the_edges(ax)
    rest = ", серая – вторая" if len(parts) > 1 else ""
    return f"Полоса: темная часть – первая доля, названная в предложении{rest}."


def _to_the_edges(ax: Axes) -> None:
    """Let the first label begin where the picture does, and the last one end there."""
    first, last = ax.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
