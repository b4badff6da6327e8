"""Where students of colleges are: territories of the region, then and now."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.base.russian import NBSP, decimal
from analysis.show import theme
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import codes, counted, signed

STUDENTS = "college_students"
# Growth in per cent up to which a colour goes; falls stand apart in hue, growth deepens.
CLASSES = (
    (-np.inf, 0.0, "#4477aa", "снижение"),
    (0.0, 5.0, "#f6d0ae", f"рост 0–5{NBSP}%"),
    (5.0, 10.0, "#ee8d3f", f"рост 5–10{NBSP}%"),
    (10.0, np.inf, "#b04400", f"рост 10{NBSP}% и более"),
)


@figure("students-by-territory")
def students_by_territory(report) -> Drawing:
    """Draw the number of students by territory in the last year, the first year as a point."""
    frame, wide = _students(report)
    first, last = int(wide.columns[0]), int(wide.columns[-1])
    names = [report.territory(name).short for name in wide.index]
    growth = _growth(wide)

    fig = theme.canvas(bars.height(names))
    ax = fig.subplots()
    now = Column(str(last), wide[last].tolist(), {"color": theme.BLUE}, 0)
    then = Column(
        str(first),
        wide[first].tolist(),
        {
            "color": theme.PAPER,
            "marker": "D",
            "markersize": 4,
            "linestyle": "none",
            "markeredgecolor": theme.INK,
            "zorder": 5,
        },
        0,
    )
    change = Column("прирост, %", growth.tolist(), None, 1, [signed(value) for value in growth])
    bars.rows(ax, names)
    bars.draw_bars(ax, now)
    bars.draw_points(ax, then)
    between = [Column(str(year), wide[year].tolist(), None, 0) for year in wide.columns[1:-1]]
    bars.write_columns(ax, [then, *between, now, change])
    return Drawing(fig, frame, _alt(report, wide, growth), {"first": first, "last": last})


@figure("network-map")
def network_map(report) -> Drawing:
    """Draw the territories on the map: students of the last year as area, growth since the first as colour."""
    from analysis.show.maps import Place, draw_map

    frame, wide = _students(report)
    growth = _growth(wide)
    where = codes(report, "territories").loc[wide.index, ["lat", "lon"]].astype(float)
    first, last = int(wide.columns[0]), int(wide.columns[-1])
    places = [
        Place(
            where.at[name, "lon"],
            where.at[name, "lat"],
            wide.at[name, last],
            _colour(wide.at[name, last], growth[name]),
            f"{report.territory(name).short} {decimal(wide.at[name, last], 0)}",
        )
        for name in wide.index
    ]
    fig = draw_map(report, places)
    _legend(fig, wide)
    return Drawing(
        fig,
        frame.merge(where, left_on="territory", right_index=True),
        _alt(report, wide, growth),
        {"year": last, "first": first, "last": last},
        _empty_note(report, wide),
    )


def _empty_note(report, wide: pd.DataFrame) -> str | None:
    last = int(wide.columns[-1])
    empty = [report.territory(name).short for name in wide.index[wide[last] == 0]]
    return f"Пустой кружок – студентов в {last} году нет: {', '.join(empty)}." if empty else None


def _students(report) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = report.frame(STUDENTS, territories=report.parts())
    wide = frame.pivot(index="territory", columns="year", values="value").astype(float)
    wide.columns = [int(year) for year in wide.columns]
    return frame, wide.sort_values(wide.columns[-1], ascending=False)


def _growth(wide: pd.DataFrame) -> pd.Series:
    # Rounded as printed, so that a place called +10,0 stands in the class of ten per cent.
    return ((wide.iloc[:, -1] / wide.iloc[:, 0].replace(0, np.nan) - 1) * 100).round(1)


def _colour(size: float, growth: float) -> str:
    if not size or pd.isna(growth):
        return theme.PAPER
    return next(colour for low, high, colour, _ in CLASSES if low <= growth < high)


def _legend(fig, wide: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=7,
            markerfacecolor=colour,
            markeredgecolor=theme.MUTED,
            markeredgewidth=0.5,
            label=text,
        )
        for *_, colour, text in CLASSES
    ]
    fig.legend(
        handles=handles,
        loc="lower center",
        ncols=len(handles),
        handletextpad=0.2,
        columnspacing=1.2,
        title_fontsize=theme.SMALL,
        borderaxespad=0,
        title=f"Площадь круга – студенты {wide.columns[-1]} года, цвет – изменение к {wide.columns[0]} году",
    )


def _alt(report, wide: pd.DataFrame, growth: pd.Series) -> str:
    first, last = int(wide.columns[0]), int(wide.columns[-1])
    top, fast = wide.index[0], growth.idxmax()
    shrunk = int((growth < 0).sum())
    return (
        f"Численность студентов профессиональных образовательных организаций, {counted(len(wide), 'территория')}. В"
        f" {last} году больше всего – {report.territory(top).short}: {decimal(wide.at[top, last], 0)}{NBSP}человек. С"
        f" {first} по {last} год численность выросла быстрее всего – {report.territory(fast).short}"
        f" ({signed(growth[fast])}{NBSP}%), снизилась на {counted(shrunk, 'территория', 'loct')}."
    )
