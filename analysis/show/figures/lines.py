"""Long series of several territories: broken where the series break or a year is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.base.ranges import as_ranges
from analysis.base.russian import NBSP, NO_DATA
from analysis.show import observed, theme
from analysis.show.face import Report
from analysis.show.theme import Look

BAND = "#cfcfcf"
BESIDE = 6  # years that the words over a rule take


def wide(frame: pd.DataFrame, territories: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Lay a series out by year and territory.

    Parameters
    ----------
    frame : pandas.DataFrame
        Observations of one indicator.
    territories, years : sequence
        The columns and the rows; each is there, whether the source gives it or not.

    Returns
    -------
    pandas.DataFrame
        A missing value is NaN.
    """
    return observed.wide(frame, "year", "territory").reindex(index=list(years), columns=list(territories))


def last_known(frame: pd.DataFrame) -> int:
    """Return the last year of which a value is known."""
    return int(frame.loc[frame["value"].notna(), "year"].max())


def breaks(report: Report, indicator: str, territories: Iterable[str], years: Sequence[int]) -> pd.DataFrame:
    """Return the breaks of an indicator within the years shown.

    Parameters
    ----------
    report : Report
    indicator : str
    territories : iterable of str
        Whose breaks; one that the table states for all is a break of each.
    years : sequence of int
        The years shown: a series that begins with the first of them breaks nowhere.

    Returns
    -------
    pandas.DataFrame
        Rows of `breaks.csv`, one per territory and first year of the new series.
    """
    known = report.load("breaks")
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
    """Draw one line per territory.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    values : pandas.DataFrame
        By year and territory, as `wide` returns them.
    looks : mapping of str to Look
        How each territory is drawn.
    broken : pandas.DataFrame
        As `breaks` returns them.
    """
    for territory in values:
        first_years = broken.loc[broken["territory"] == territory, "year"]
        ax.plot(*cut(values[territory], first_years), **looks[territory].line, label=territory, clip_on=False)
    span = values.index.max() - values.index.min()
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10], integer=True))
    ax.xaxis.set_major_formatter("{x:.0f}")
    ax.set_xlim(values.index.min() - 0.02 * span, values.index.max() + 0.02 * span)


def draw_range(ax: Axes, values: pd.DataFrame, broken: pd.DataFrame) -> None:
    """Draw the band between the lowest and the highest of several territories, broken where one breaks or is missing.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    values : pandas.DataFrame
        By year and territory; nothing is drawn where there is none.
    broken : pandas.DataFrame
        As `breaks` returns them.
    """
    values = values.dropna(axis="columns", how="all")
    if values.empty:
        return
    first_years = broken.loc[broken["territory"].isin(list(values)), "year"]
    years, low = cut(values.min(axis=1, skipna=False), first_years)
    _, high = cut(values.max(axis=1, skipna=False), first_years)
    ax.fill_between(years, low, high, color=BAND, linewidth=0, zorder=1)


def mark_missing(ax: Axes, values: pd.DataFrame, looks: Mapping[str, Look]) -> None:
    """Put a cross at the foot of each year for which a territory has no value.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    values : pandas.DataFrame
        By year and territory.
    looks : mapping of str to Look
        The cross has the colour of its territory.
    """
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
    years, named = observed.years_of(broken), -BESIDE
    for year in years:
        rule_off(ax, year)
        if year - named < BESIDE:  # the words over the rule before stand for both
            continue
        named = year
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


def rule_off(ax: Axes, year: int) -> None:
    """Draw a dotted rule before the first year of a new series."""
    ax.axvline(year - 0.5, color=theme.MUTED, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)


def mark_years(ax: Axes, years: Sequence[int]) -> None:
    """Shade the years the report is about."""
    ax.axvspan(min(years) - 0.4, max(years) + 0.4, color=theme.SHADE, zorder=0, linewidth=0)


def missing_note(report: Report, values: pd.DataFrame) -> str:
    """Return «Нет данных: …» naming territories and years, empty where nothing is missing."""
    gaps = {territory: values.index[values[territory].isna()] for territory in values}
    parts = [f"{report.territory(name).short} – {years_text(years)}" for name, years in gaps.items() if len(years)]
    return f"{NO_DATA.capitalize()}: {'; '.join(parts)}; линия в этих местах прервана." if parts else ""


def note(report: Report, broken: pd.DataFrame, values: pd.DataFrame) -> str | None:
    """Return what the reader must know of the lines.

    Parameters
    ----------
    report : Report
    broken : pandas.DataFrame
        As `breaks` returns them.
    values : pandas.DataFrame
        By year and territory.

    Returns
    -------
    str or None
        Breaks with their reasons, missing years; None where there is nothing to know.
    """
    reasons = broken.drop_duplicates(["year", "reason"]).sort_values("year")
    parts = [f"Разрыв ряда с {row.year} года (пунктирная вертикаль). {row.reason}" for row in reasons.itertuples()]
    return " ".join(filter(None, [*parts, missing_note(report, values)])) or None


def years_text(years: Iterable[int]) -> str:
    """Return «2003, 2005–2007 гг.»."""
    years = sorted(int(year) for year in years)
    return f"{as_ranges(years)}{NBSP}{'г.' if len(years) == 1 else 'гг.'}"


def spread_to_pairs(broken: pd.DataFrame, region: str, others: Sequence[str]) -> pd.DataFrame:
    """Return the breaks of differences: a difference breaks where either side does.

    Parameters
    ----------
    broken : pandas.DataFrame
        The breaks of the region and of the others, as `breaks` returns them.
    region : str
        One side of every difference.
    others : sequence of str
        The other sides, by which the differences go.

    Returns
    -------
    pandas.DataFrame
        Rows of `breaks.csv`, one per other side and first year of the new series.
    """
    own = broken[broken["territory"] == region]
    copies = [own.assign(territory=other) for other in others]
    return pd.concat([broken[broken["territory"] != region], *copies]).drop_duplicates(["territory", "year"])
