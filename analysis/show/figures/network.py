"""Where students of colleges are: territories of the region, then and now."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP, decimal
from analysis.editions.needs import PARTS, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.maps import Place, draw_map
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import codes, signed
from analysis.show.needs import needs
from analysis.show.observed import require_some_known, wide
from analysis.show.wording import count_of

STUDENTS = "college_students"
# A point of the first year, over the bar of the last.
EARLIER: theme.Style = {
    "color": theme.PAPER,
    "marker": "D",
    "markersize": 4,
    "linestyle": "none",
    "markeredgecolor": theme.INK,
    "zorder": 5,
}
# From which growth on, and up to which, a colour goes, in per cent as printed; falls stand apart in hue, and the more
# growth the darker, in grey as in colour.
CLASSES = (
    (-np.inf, 0.0, "#d3e5f4", "снижение"),
    (0.0, 5.0, "#f0b685", f"рост до 4,9{NBSP}%"),
    (5.0, 10.0, "#d9752a", f"5,0–9,9{NBSP}%"),
    (10.0, np.inf, "#8a3400", f"10,0{NBSP}% и более"),
)


@figure("students-by-territory")
@needs(Need(STUDENTS, "y-2..y", PARTS))
def students_by_territory(report: Report) -> Drawing:
    """Draw the number of students by territory in the last year, the first year as a point."""
    frame, students = _students(report)
    first, last = int(students.columns[0]), int(students.columns[-1])
    names = [report.territory(name).short for name in students.index]
    growth = _growth(students)

    fig = theme.canvas(bars.height(names))
    ax = fig.subplots()
    now = Column(str(last), students[last].tolist(), {"color": theme.BLUE}, 0)
    bars.rows(ax, names)
    bars.draw_bars(ax, now)
    if first < last:
        then = Column(str(first), students[first].tolist(), EARLIER, 0)
        change = Column("прирост, %", growth.tolist(), texts=[signed(value) for value in growth])
        bars.draw_points(ax, then)
        between = [Column(str(year), students[year].tolist(), digits=0) for year in students.columns[1:-1]]
        bars.write_columns(ax, [then, *between, now, change])
    else:
        bars.write_columns(ax, [now])
    return Drawing(fig, frame, _alt(report, students, growth), {"first": first, "last": last})


@figure("network-map")
@needs(Need(STUDENTS, "y-2..y", PARTS))
def network_map(report: Report) -> Drawing:
    """Draw the territories on the map: students of the last year as area, growth since the first as colour."""
    frame, students = _students(report)
    growth = _growth(students)
    first, last = int(students.columns[0]), int(students.columns[-1])
    where = codes(report, "territories").loc[students.index, ["lat", "lon"]].replace("", np.nan).astype(float)
    mapped = students.index[where.notna().all(axis=1) & students[last].notna()]
    if mapped.empty:
        raise GapError([Gap("координаты территорий региона", "в списке территорий их нет", "составитель издания")])
    places = [
        Place(
            where.at[name, "lon"],
            where.at[name, "lat"],
            students.at[name, last],
            _colour(students.at[name, last], growth[name]),
            f"{report.territory(name).short} {decimal(students.at[name, last], 0)}",
        )
        for name in mapped
    ]
    fig = draw_map(report, places)
    if first < last:
        _legend(fig, students)
    return Drawing(
        fig,
        frame.merge(where, left_on="territory", right_index=True),
        _alt(report, students, growth),
        {"year": last, "first": first, "last": last},
        " ".join(_empty_note(report, students) + _unmapped_note(report, students.index.difference(mapped))) or None,
    )


def _empty_note(report: Report, students: pd.DataFrame) -> list[str]:
    last = int(students.columns[-1])
    empty = [report.territory(name).short for name in students.index[students[last] == 0]]
    return [f"Пустой кружок – студентов в {last} году нет: {', '.join(empty)}."] if empty else []


def _unmapped_note(report: Report, names: Iterable[str]) -> list[str]:
    listed = ", ".join(report.territory(name).short for name in names)
    return [f"Не показаны, потому что нет координат или числа студентов: {listed}."] if listed else []


def _students(report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the observations, and the same by territory and year, the largest of the last year first."""
    frame = report.frame(STUDENTS, territories=report.parts())
    require_some_known(report, frame)
    students = wide(frame, "territory", "year").rename(columns=int).dropna(axis="columns", how="all")
    return frame, students.sort_values(students.columns[-1], ascending=False)


def _growth(students: pd.DataFrame) -> pd.Series:
    # Rounded as printed: a place that the table calls +10,0 stands in the class «10,0 % и более».
    return ((students.iloc[:, -1] / students.iloc[:, 0].replace(0, np.nan) - 1) * 100).round(1)


def _colour(size: float, growth: float) -> str:
    if not size or pd.isna(growth):
        return theme.PAPER
    return next(colour for low, high, colour, _ in CLASSES if low <= growth < high)


def _legend(fig: Figure, students: pd.DataFrame) -> None:
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
        title=f"Площадь круга – студенты {students.columns[-1]} года, цвет – изменение к {students.columns[0]} году",
    )


def _alt(report: Report, students: pd.DataFrame, growth: pd.Series) -> str:
    first, last = int(students.columns[0]), int(students.columns[-1])
    top = students.index[0]
    whole = (
        "Численность студентов профессиональных образовательных организаций,"
        f" {count_of(len(students), 'территория')}. В {last} году больше всего – {report.territory(top).short}:"
        f" {decimal(students.at[top, last], 0)}{NBSP}человек."
    )
    if first == last or not (growth > 0).any():
        return whole
    fast, shrunk = growth.idxmax(), int((growth < 0).sum())
    fell = f"снизилась на {count_of(shrunk, 'территория', 'loct')}" if shrunk else "не снизилась нигде"
    return (
        f"{whole} С {first} по {last} год численность выросла быстрее всего – {report.territory(fast).short}"
        f" ({signed(growth[fast])}{NBSP}%), {fell}."
    )
