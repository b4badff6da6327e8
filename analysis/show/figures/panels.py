"""Small multiples: one narrow panel per territory, the same scale in all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Transform

from analysis.base.russian import NO_DATA
from analysis.show import theme
from analysis.show.face import Report


def panels(report: Report, fig: Figure, territories: Sequence[str], years: Sequence[int]) -> dict[str, Axes]:
    """Return one axes per territory, named and with its years; only the first carries the scale.

    Parameters
    ----------
    report : Report
    fig : matplotlib.figure.Figure
        An empty one.
    territories : sequence of str
        From left to right.
    years : sequence of int
        What stands under the places 0, 1, … of each panel.

    Returns
    -------
    dict of str to matplotlib.axes.Axes
        By territory.
    """
    axes = fig.subplots(1, len(territories), sharey=True, squeeze=False)[0]
    for ax, territory in zip(axes, territories, strict=True):
        own = territory == report.edition.region
        ax.set_title(
            _two_lines(report.territory(territory).short),
            fontweight="bold" if own else "normal",
            color=theme.REGION if own else theme.INK,
        )
        ax.set_xticks(range(len(years)), [str(year) for year in years])
        ax.set_xlim(-0.6, len(years) - 0.4)
        ax.tick_params(axis="x", length=0)
    theme.decimal_ticks(axes[0].yaxis, 5)
    return dict(zip(territories, axes, strict=True))


def hatch_missing(ax: Axes, values: Sequence[float]) -> None:
    """Hatch the place of each year without a value, the whole panel where there is none."""
    across = ax.get_xaxis_transform()
    if all(pd.isna(value) for value in values):
        ax.bar((len(values) - 1) / 2, 0.94, width=len(values) - 0.4, transform=across, zorder=1, **theme.MISSING)
        write_missing(ax, 0.5, NO_DATA, ax.transAxes)
        return
    for place, value in enumerate(values):
        if pd.isna(value):
            ax.bar(place, 0.94, width=0.62, transform=across, zorder=1, **theme.MISSING)


def write_missing(ax: Axes, x: float, text: str, transform: Transform) -> None:
    """Say in the middle of a hatched place what the hatching means.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    x : float
        Where, in the coordinates of the transform.
    text : str
        «нет данных», broken where the place is narrow.
    transform : matplotlib.transforms.Transform
        Its vertical coordinate is a share of the panel's height.
    """
    ax.text(x, 0.47, text, transform=transform, **theme.ON_HATCH)


def _two_lines(name: str) -> str:
    """Break «Новосибирская область» after its first word: a panel is narrow."""
    return name.replace(" ", "\n", 1) if len(name) > 12 else name
