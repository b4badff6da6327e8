"""Small multiples: one narrow panel per territory, the same scale in all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.base.russian import NO_DATA
from analysis.show import theme


def panels(report, fig: Figure, territories: Sequence[str], years: Sequence[int]) -> dict[str, Axes]:
    """Return one axes per territory, named and with its years; only the first carries the scale."""
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


def of_year(frame: pd.DataFrame, wanted: int) -> pd.DataFrame:
    """Return the observations of one year: the wanted one or, where it is not there, the last; all where none has a year."""
    years = frame["year"].dropna()
    return frame if years.empty else frame[frame["year"] == (wanted if (years == wanted).any() else years.max())]


def complete(frame: pd.DataFrame, territories: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Return the frame with a row of status M for every territory and year that the sources do not give."""
    known = set(zip(frame["territory"], frame["year"].astype(int), strict=True))
    blank = {column: "" for column in frame.columns}
    missing = [
        blank
        | {
            "indicator": frame["indicator"].iloc[0],
            "territory": territory,
            "year": year,
            "value": float("nan"),
            "status": "M",
        }
        for territory in territories
        for year in years
        if (territory, year) not in known
    ]
    return pd.concat([frame, pd.DataFrame(missing, columns=frame.columns)], ignore_index=True) if missing else frame


def hatch_missing(ax: Axes, values: Sequence[float]) -> None:
    """Hatch the place of each year without a value, the whole panel where there is none."""
    across = ax.get_xaxis_transform()
    if all(pd.isna(value) for value in values):
        ax.bar((len(values) - 1) / 2, 0.94, width=len(values) - 0.4, transform=across, zorder=1, **theme.MISSING)
        ax.text(
            0.5,
            0.47,
            NO_DATA,
            transform=ax.transAxes,
            ha="center",
            va="center",
            fontsize=theme.SMALL,
            color=theme.MUTED,
            bbox={"facecolor": theme.PAPER, "edgecolor": "none", "pad": 2},
        )
        return
    for place, value in enumerate(values):
        if pd.isna(value):
            ax.bar(place, 0.94, width=0.62, transform=across, zorder=1, **theme.MISSING)


def _two_lines(name: str) -> str:
    """Break «Новосибирская область» after its first word: a panel is narrow."""
    return name.replace(" ", "\n", 1) if len(name) > 12 else name
