"""What the tables cover: a small heat map of years by territories for each, and where the series break."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import ceil

import numpy as np
import pandas as pd

from analysis.catalogue import Table, load, tables
from analysis.show import theme
from analysis.show.figures.registry import Drawing, figure
from analysis.show.wording import count_of

COLUMNS = 4
CELL_MM, LINE_MM, LETTER_MM = 1.3, 3.9, 1.48  # height of a row of a map and of a line of its title, width of a letter
LEGEND_MM = 33  # width of an entry of the legend
GAP = 0.07  # between two maps, in widths of a map
NOTHING, GIVEN, OWN, FORMER = range(4)


@figure("coverage")
def coverage(report) -> Drawing:
    """Draw a heat map of years by territories for every official series."""
    names = load("indicators", report.edition.id).set_index("id")["short"]
    series = {
        name: names[name]
        for name, table in _observed(report).items()
        if "printed" not in table.columns and name in names.index
    }
    return _drawn(report, series)


@figure("coverage-printed")
def coverage_printed(report) -> Drawing:
    """Draw the same for the edition's own tables, which hold what the printed edition gave."""
    return _drawn(
        report, {name: _short(table.title) for name, table in _observed(report).items() if "printed" in table.columns}
    )


def _observed(report) -> dict[str, Table]:
    return {name: table for name, table in tables(report.edition.id).items() if table.holds_observations}


def _short(title: str) -> str:
    """Return «Таблица 5 печатного издания: сеть …» by its number alone; a table without a number keeps its title."""
    return title.partition(":")[0].replace(" печатного издания", "")


def _drawn(report, titles: dict[str, str]) -> Drawing:
    import seaborn as sns  # its import takes longer than all of this figure
    from matplotlib.colors import ListedColormap

    territories = list(report.edition.territories)
    data = pd.concat([_covered(report, name, territories) for name in titles], ignore_index=True)
    years = range(int(data["year"].min()), int(data["year"].max()) + 1)
    breaks = _breaks(report, titles)
    fig = theme.canvas(0)
    fitting = int(fig.get_figwidth() / theme.MM / COLUMNS * (1 - GAP) / LETTER_MM)
    heads = {name: textwrap.wrap(title, fitting) for name, title in titles.items()}
    wide, corners, height = len(years) + ceil(GAP * len(years)), {}, 0
    for row in _rows_of(heads, COLUMNS):
        height += 1 + ceil(max(len(heads[name]) for name in row) * LINE_MM / CELL_MM)
        corners |= {name: (height, place * wide) for place, name in enumerate(row)}
        height += len(territories)
    grid = np.full((height, COLUMNS * wide), np.nan)
    for name, (top, left) in corners.items():
        grid[top : top + len(territories), left : left + len(years)] = _cells(
            data[data["table"] == name], territories, years
        )

    fig.set_figheight((CELL_MM * len(grid) + 14) * theme.MM)
    ax = fig.subplots()
    colours = ListedColormap([theme.SHADE, theme.BLUE, theme.REGION, theme.SKY])
    # Ten thousand cells as paths would weigh megabytes in an SVG; as a picture inside it they weigh next to nothing.
    sns.heatmap(
        grid,
        ax=ax,
        cmap=colours,
        vmin=-0.5,
        vmax=3.5,
        cbar=False,
        linewidths=0.3,
        linecolor=theme.PAPER,
        xticklabels=False,
        yticklabels=False,
        rasterized=True,
    )
    for name, (top, left) in corners.items():
        ax.text(left, top - 0.5, "\n".join(heads[name]), fontsize=theme.TINY, va="bottom", ha="left", linespacing=0.95)
        for year in set(breaks.get(name, ())) & set(years):
            ax.vlines(left + year - years[0], top, top + len(territories), color=theme.INK, linewidth=1.3)
    _scale(ax, grid, years, wide, len(titles))
    _legend(fig, report, bool(breaks), bool((data["state"] == FORMER).any()))
    full = sum(
        len(data[(data["table"] == name) & data["state"].ne(NOTHING)]) == len(years) * len(territories)
        for name in titles
    )
    alt = (
        f"Тепловые карты охвата: {count_of(len(titles), 'таблица')}, годы с {years[0]} по {years[-1]} – столбцы,"
        f" территории ({len(territories)}) – строки. "
        + (
            f"Без пропусков за все годы: {full}."
            if full
            else "За все эти годы не заполнена ни одна: пустые клетки – значений нет."
        )
    )
    order = ", ".join(report.territory(name).short for name in territories)
    return Drawing(
        fig, data.drop(columns="state"), alt, {"first": years[0], "last": years[-1]}, f"Строки сверху вниз: {order}."
    )


def _rows_of(names: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Return names in rows of so many (itertools has it from Python 3.12 on)."""
    left = iter(names)
    while row := tuple(islice(left, size)):
        yield row


def _covered(report, table: str, territories: Sequence[str]) -> pd.DataFrame:
    """Return the territories and years for which a table has a value: columns table, territory, year, observations, state."""
    rows = load(table, report.edition.id)
    rows = rows[rows["value"].notna() & rows["year"].notna() & rows["year"].ge(report.since)]
    known = load("territories", report.edition.id).set_index("id")
    # A town counts for its region, Russia as a sum of regions for Russia, a district in old borders for the district, in its own colour.
    within = {
        name: known.at[name, "parent"]
        for name in rows["territory"].unique()
        if known.at[name, "kind"] == "municipality"
    }
    former = {
        name: name.removesuffix("-old")
        for name in rows["territory"].unique()
        if known.at[name, "kind"] == "former_district"
    }
    shown = rows["territory"].replace(within | former | {"russia-sum": "russia"})
    state = np.where(rows["territory"].isin(list(former)), FORMER, np.where(shown == report.edition.region, OWN, GIVEN))
    found = rows.assign(table=table, territory=shown, state=state)
    found = found[found["territory"].isin(list(territories))].groupby(["table", "territory", "year"], sort=False)
    return found.agg(observations=("value", "size"), state=("state", "min")).reset_index()


def _cells(found: pd.DataFrame, territories: Sequence[str], years: range) -> np.ndarray:
    return (
        found.pivot(index="territory", columns="year", values="state")
        .reindex(index=list(territories), columns=list(years))
        .astype(float)
        .fillna(NOTHING)
        .to_numpy()
    )


def _breaks(report, titles: dict[str, str]) -> dict[str, list[int]]:
    """Return the first years of new series of the region, by table."""
    known = load("breaks", report.edition.id)
    known = known[known["indicator"].isin(list(titles)) & known["territory"].isin([report.edition.region, ""])]
    return known.groupby("indicator")["year"].agg(lambda years: sorted(set(years))).to_dict()


def _scale(ax, grid: np.ndarray, years: range, wide: int, count: int) -> None:
    ticks = [
        (place * wide + year - years[0] + 0.5, str(year))
        for place in range(min(COLUMNS, count))
        for year in years
        if year % (10 if len(years) > 15 else 4) == 0
    ]
    ax.set_xticks([at for at, _ in ticks], [label for _, label in ticks], rotation=0)
    ax.tick_params(length=0, labelsize=theme.TINY)
    ax.set(xlabel="", ylabel="", ylim=(len(grid), 0))
    ax.grid(False)


def _legend(fig, report, broken: bool, former: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [Patch(color=theme.REGION, label=report.region.short), Patch(color=theme.BLUE, label="другие территории")]
    handles += [Patch(color=theme.SKY, label="округ в прежних границах")] if former else []
    handles += [Patch(color=theme.SHADE, label="значений нет")]
    handles += [Line2D([], [], color=theme.INK, linewidth=1.3, label="разрыв ряда")] if broken else []
    beside = min(len(handles), int(fig.get_figwidth() / theme.MM / LEGEND_MM))
    fig.legend(
        handles=handles,
        loc="outside upper left",
        ncols=beside,
        fontsize=theme.TINY,
        handlelength=1,
        handleheight=1,
        columnspacing=1.2,
    )
