"""Long series of several territories: broken where the series break or a year is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.base.ranges import as_ranges
from analysis.catalogue import load
from analysis.show import theme
from analysis.show.theme import Look


def wide(frame: pd.DataFrame, columns: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Return values by year and territory; every year has its row, a missing value is NaN."""
    return (
        frame.pivot(index="year", columns="territory", values="value")
        .reindex(index=list(years), columns=list(columns))
        .astype(float)
    )


def breaks(report, indicator: str, territories: Iterable[str], years: Sequence[int]) -> pd.DataFrame:
    """Return the breaks of an indicator within the years shown, one row per territory and first year of the new series."""
    known = load("breaks", report.edition.id)
    known = known[(known["indicator"] == indicator) & known["year"].between(min(years) + 1, max(years))]
    # A break without a territory concerns them all.
    everywhere = [known[known["territory"] == ""].assign(territory=name) for name in territories]
    return pd.concat([known[known["territory"].isin(list(territories))], *everywhere]).drop_duplicates(
        ["territory", "year"]
    )


def cut(values: pd.Series, first_years: Iterable[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of a line that is not drawn across a missing year or into the first year of a new series."""
    x, y = values.index.to_numpy(dtype=float), values.to_numpy(dtype=float)
    at = [i for i, year in enumerate(values.index) if i and year in set(first_years)]
    return np.insert(x, at, x[at] - 0.5), np.insert(y, at, np.nan)


def draw_lines(ax: Axes, values: pd.DataFrame, looks: Mapping[str, Look], broken: pd.DataFrame) -> None:
    """Draw one line per column of `values`, and a cross on the axis for each missing year."""
    for territory in values:
        first_years = broken.loc[broken["territory"] == territory, "year"]
        ax.plot(*cut(values[territory], first_years), **looks[territory].line, label=territory, clip_on=False)
    span = values.index.max() - values.index.min()
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10], integer=True))
    ax.xaxis.set_major_formatter("{x:.0f}")
    ax.set_xlim(values.index.min() - 0.02 * span, values.index.max() + 0.02 * span)


def mark_missing(ax: Axes, values: pd.DataFrame, looks: Mapping[str, Look]) -> None:
    """Put a cross at the foot of each year for which a territory has no value."""
    for territory in values:
        years = values.index[values[territory].isna()]
        ax.plot(
            years,
            [0.02] * len(years),
            linestyle="none",
            marker="x",
            color=looks[territory].colour,
            markersize=4,
            transform=ax.get_xaxis_transform(),
        )


def mark_breaks(ax: Axes, broken: pd.DataFrame) -> list[int]:
    """Draw a named dotted rule before the first year of each new series; return these years."""
    years = sorted({int(year) for year in broken["year"]})
    for year in years:
        ax.axvline(year - 0.5, color=theme.MUTED, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
        ax.annotate(
            "разрыв ряда",
            (year - 0.5, 1),
            (0, 2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=theme.TINY,
            color=theme.MUTED,
        )
    return years


def mark_years(ax: Axes, years: Sequence[int]) -> None:
    """Shade the years the report is about."""
    ax.axvspan(min(years) - 0.4, max(years) + 0.4, color=theme.SHADE, zorder=0, linewidth=0)


def missing_note(report, values: pd.DataFrame) -> str:
    """Return «Нет данных: …» naming territories and years, empty where nothing is missing."""
    gaps = {territory: values.index[values[territory].isna()] for territory in values}
    parts = [f"{report.territory(name).short} – {years_text(years)}" for name, years in gaps.items() if len(years)]
    return f"Нет данных: {'; '.join(parts)}; линия в этих местах прервана." if parts else ""


def note(report, broken: pd.DataFrame, values: pd.DataFrame) -> str | None:
    """Return what the reader must know of the lines: breaks with their reasons, missing years; None where nothing."""
    reasons = broken.drop_duplicates(["year", "reason"]).sort_values("year")
    parts = [f"Разрыв ряда с {row.year} года (пунктирная вертикаль). {row.reason}" for row in reasons.itertuples()]
    return " ".join(filter(None, [*parts, missing_note(report, values)])) or None


def years_text(years: Iterable[int]) -> str:
    """Return «2003, 2005–2007 гг.»."""
    years = sorted(int(year) for year in years)
    return f"{as_ranges(years)}\u00a0{'г.' if len(years) == 1 else 'гг.'}"


def spread_to_pairs(broken: pd.DataFrame, region: str, others: Sequence[str]) -> pd.DataFrame:
    """Return the breaks of differences: a difference breaks where either side does."""
    own = broken[broken["territory"] == region]
    copies = [own.assign(territory=other) for other in others]
    return pd.concat([broken[broken["territory"] != region], *copies]).drop_duplicates(["territory", "year"])
