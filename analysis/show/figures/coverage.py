"""What the tables cover: a small heat map of years by territories for each, and where the series break."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.base.gaps import GapError
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.registry import Drawing, figure
from analysis.show.needs import needs
from analysis.show.observed import observed_rows, observed_tables, short_title, wide
from analysis.show.wording import count_of

COLUMNS = 4
CELL_MM, LINE_MM, LETTER_MM = 1.3, 3.9, 1.48  # height of a row of a map and of a line of its title, width of a letter
LEGEND_MM = 33  # width of an entry of the legend
GAP = 0.07  # between two maps, in widths of a map
NOTHING, GIVEN, OWN, FORMER = range(4)


@figure("coverage")
@needs()
def coverage(report: Report) -> Drawing:
    """Draw a heat map of years by territories for every official series."""
    names = report.load("indicators").set_index("id")["short"]
    series = {
        name: names[name]
        for name, table in observed_tables(report).items()
        if "printed" not in table.columns and name in names.index
    }
    return _drawn(report, series)


@figure("coverage-printed")
@needs()
def coverage_printed(report: Report) -> Drawing:
    """Draw the same for the edition's own tables, which hold what the printed edition gave."""
    return _drawn(
        report,
        {name: short_title(table) for name, table in observed_tables(report).items() if "printed" in table.columns},
    )


@dataclass(frozen=True)
class _Layout:
    """Where the maps stand on one grid of cells, several in a row, each below its title.

    Attributes
    ----------
    titles : dict of str to list of str
        Lines of the title of each table.
    corners : dict of str to tuple of int
        Row and column of the first cell of each map.
    pitch : int
        Columns from one map to the next.
    height : int
        Rows of the grid.
    """

    titles: dict[str, list[str]]
    corners: dict[str, tuple[int, int]]
    pitch: int
    height: int

    @classmethod
    def of(cls, titles: Mapping[str, str], shape: tuple[int, int], letters: int) -> _Layout:
        """Lay maps out.

        Parameters
        ----------
        titles : mapping of str to str
            By table, in the order of the maps.
        shape : tuple of int
            Rows and columns of each map.
        letters : int
            How many fit into a line of a title.
        """
        lines = {name: textwrap.wrap(title, letters) for name, title in titles.items()}
        pitch, corners, height = shape[1] + ceil(GAP * shape[1]), dict[str, tuple[int, int]](), 0
        for row in _rows_of(lines, COLUMNS):
            height += 1 + ceil(max(len(lines[name]) for name in row) * LINE_MM / CELL_MM)
            corners |= {name: (height, place * pitch) for place, name in enumerate(row)}
            height += shape[0]
        return cls(lines, corners, pitch, height)

    def grid(self, cells: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return the maps on one grid; what lies between them is NaN."""
        grid = np.full((self.height, COLUMNS * self.pitch), np.nan)
        for name, (top, left) in self.corners.items():
            rows, columns = cells[name].shape
            grid[top : top + rows, left : left + columns] = cells[name]
        return grid


def _drawn(report: Report, titles: dict[str, str]) -> Drawing:
    territories = list(report.edition.territories)
    covered = {name: _covered(report, name, territories) for name in titles}
    # A table that is not filled yet has no map.
    titles = {name: title for name, title in titles.items() if not covered[name].empty}
    if not titles:
        raise GapError(())
    data = pd.concat([covered[name] for name in titles], ignore_index=True)
    years = range(int(data["year"].min()), int(data["year"].max()) + 1)
    breaks = _breaks(report, titles)
    fig = theme.canvas(0)
    letters = int(fig.get_figwidth() / theme.MM / COLUMNS * (1 - GAP) / LETTER_MM)
    layout = _Layout.of(titles, (len(territories), len(years)), letters)
    grid = layout.grid({name: _cells(data[data["table"] == name], territories, years) for name in titles})
    fig.set_figheight((CELL_MM * len(grid) + 14) * theme.MM)
    ax = fig.subplots()
    _draw_maps(ax, grid)
    for name, (top, left) in layout.corners.items():
        title = "\n".join(layout.titles[name])
        ax.text(left, top - 0.5, title, fontsize=theme.TINY, va="bottom", ha="left", linespacing=0.95)
        for year in set(breaks.get(name, ())) & set(years):
            ax.vlines(left + year - years[0], top, top + len(territories), color=theme.INK, linewidth=1.3)
    _scale(ax, grid, years, layout.pitch, len(titles))
    _legend(fig, report, bool(breaks), bool((data["state"] == FORMER).any()))
    order = ", ".join(report.territory(name).short for name in territories)
    return Drawing(
        fig,
        data.drop(columns="state"),
        _alt(data, titles, territories, years),
        {"first": years[0], "last": years[-1]},
        f"Строки сверху вниз: {order}.",
    )


def _draw_maps(ax: Axes, grid: np.ndarray) -> None:
    import seaborn as sns  # noqa: PLC0415 - its import takes longer than all of this figure

    # Ten thousand cells as paths would weigh megabytes in an SVG; as a picture inside it they weigh next to nothing.
    sns.heatmap(
        grid,
        ax=ax,
        cmap=ListedColormap([theme.SHADE, theme.BLUE, theme.REGION, theme.SKY]),
        vmin=-0.5,
        vmax=3.5,
        cbar=False,
        linewidths=0.3,
        linecolor=theme.PAPER,
        xticklabels=False,
        yticklabels=False,
        rasterized=True,
    )


def _alt(data: pd.DataFrame, titles: Collection[str], territories: Sequence[str], years: range) -> str:
    given = data[data["state"].ne(NOTHING)]
    full = sum(len(given[given["table"] == name]) == len(years) * len(territories) for name in titles)
    holes = (
        f"Без пропусков за все годы: {full}."
        if full
        else "За все эти годы не заполнена ни одна: пустые клетки – значений нет."
    )
    return (
        f"Тепловые карты охвата: {count_of(len(titles), 'таблица')}, годы с {years[0]} по {years[-1]} – столбцы,"
        f" территории ({len(territories)}) – строки. {holes}"
    )


def _rows_of(names: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Return names in rows of so many (itertools has it from Python 3.12 on)."""
    left = iter(names)
    while row := tuple(islice(left, size)):
        yield row


def _covered(report: Report, table: str, territories: Sequence[str]) -> pd.DataFrame:
    """Return the territories and years for which a table has a value.

    Returns
    -------
    pandas.DataFrame
        Columns table, territory, year, observations (how many) and state (whose, as the colours go).
    """
    rows = observed_rows(report, table)
    rows = rows[rows["value"].notna() & rows["year"].notna() & rows["year"].ge(report.since)]
    known = report.load("territories").set_index("id")
    # A town counts for its region, Russia as a sum of regions for Russia, a district in old borders for the district,
    # in its own colour.
    within = {
        name: known.at[name, "parent"]
        for name in rows["territory"].unique()
        if known.at[name, "kind"] == "municipality"
    }
    former = {
        name: name.rpartition("-")[0]
        for name in rows["territory"].unique()
        if known.at[name, "kind"] == "former_district"
    }
    shown = rows["territory"].replace(within | former | {"russia-sum": "russia"})
    state = np.where(rows["territory"].isin(list(former)), FORMER, np.where(shown == report.edition.region, OWN, GIVEN))
    rows = rows.assign(table=table, territory=shown, state=state)
    groups = rows[rows["territory"].isin(list(territories))].groupby(["table", "territory", "year"], sort=False)
    return groups.agg(observations=("value", "size"), state=("state", "min")).reset_index()


def _cells(covered: pd.DataFrame, territories: Sequence[str], years: range) -> np.ndarray:
    states = wide(covered, "territory", "year", "state").reindex(index=list(territories), columns=list(years))
    return states.fillna(NOTHING).to_numpy()


def _breaks(report: Report, titles: dict[str, str]) -> dict[str, list[int]]:
    """Return the first years of new series of the region, by table."""
    known = report.load("breaks")
    known = known[known["indicator"].isin(list(titles)) & known["territory"].isin([report.edition.region, ""])]
    return known.groupby("indicator")["year"].agg(lambda years: sorted(set(years))).to_dict()


def _scale(ax: Axes, grid: np.ndarray, years: range, pitch: int, count: int) -> None:
    ticks = [
        (place * pitch + year - years[0] + 0.5, str(year))
        for place in range(min(COLUMNS, count))
        for year in years
        if year % (10 if len(years) > 15 else 4) == 0
    ]
    ax.set_xticks([at for at, _ in ticks], [label for _, label in ticks], rotation=0)
    ax.tick_params(length=0, labelsize=theme.TINY)
    ax.set(xlabel="", ylabel="", ylim=(len(grid), 0))
    ax.grid(False)


def _legend(fig: Figure, report: Report, broken: bool, former: bool) -> None:
    handles: list[Artist] = [
        Patch(color=theme.REGION, label=report.region.short),
        Patch(color=theme.BLUE, label="другие территории"),
    ]
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
