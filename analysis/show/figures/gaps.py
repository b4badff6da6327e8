"""The region set against each neighbour, year by year: how far apart, and which way it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NO_DATA, decimal, plus, signed
from analysis.editions.needs import LONG, NEIGHBOURS, Need
from analysis.quantities.numerals import with_symbol
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import lines
from analysis.show.figures.labels import End, label_ends
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import broken_off
from analysis.show.needs import needs
from analysis.show.wording import joined


@dataclass(frozen=True)
class Comparison:
    """One way to set the region against a neighbour.

    Attributes
    ----------
    indicator : str
        What is compared.
    subject : str
        What the lines show, in the nominative.
    compare : callable
        Takes the values of the region and of a neighbour, both by year.
    level : float
        What equal values come to.
    unit : str
        Id of the unit of the result.
    """

    indicator: str
    subject: str
    compare: Callable[[pd.Series, pd.Series], pd.Series]
    level: float
    unit: str


EMPLOYMENT = Comparison(
    "employment_rate", "Разность уровней занятости с соседями", lambda own, other: own - other, 0, "pp"
)
WAGE = Comparison(
    "wage_nominal",
    "Заработная плата в процентах к соседним регионам",
    lambda own, other: own / other * 100,
    100,
    "percent",
)


@figure("employment-gap")
@needs(Need("employment_rate", LONG, NEIGHBOURS))
def employment_gap(report: Report) -> Drawing:
    """Draw the employment rate of the region less that of each neighbour."""
    return _gap(report, EMPLOYMENT, f"Ниже нуля – уровень занятости {report.region.gen} ниже, чем у соседа.")


@figure("wage-gap")
@needs(Need("wage_nominal", LONG, NEIGHBOURS))
def wage_gap(report: Report) -> Drawing:
    """Draw the nominal wage of the region as per cent of that of each neighbour."""
    return _gap(report, WAGE, f"Ниже 100 – заработная плата {report.region.gen} ниже, чем у соседа.")


def _gap(report: Report, comparison: Comparison, reading: str) -> Drawing:
    edition = report.edition
    years = range(report.since, edition.published + 1)
    territories = [edition.region, *edition.comparison]
    frame = report.frame(comparison.indicator, territories=territories, years=years)
    values = lines.wide(frame, territories, years)
    own = values[edition.region]
    gaps = values[list(edition.comparison)].apply(lambda other: comparison.compare(own, other))
    if gaps.isna().all(axis=None):
        raise GapError([Gap(comparison.subject, "нет соседа, данные которого известны", "составитель издания")])
    # From the first year that can be compared to the last: before and after there is nothing to see.
    gaps = _within(gaps)
    years = range(gaps.index[0], gaps.index[-1] + 1)
    broken = lines.breaks(report, comparison.indicator, territories, years)
    broken = lines.spread_to_pairs(broken, edition.region, edition.comparison)

    fig = theme.canvas(54)
    new_series = _draw(fig.subplots(), report, comparison, gaps, broken)
    return Drawing(
        fig,
        _table(frame, gaps, edition.region),
        _alt(report, comparison, gaps, new_series),
        {"first": years[0], "last": years[-1]},
        " ".join(filter(None, [reading, lines.note(report, broken, gaps)])),
    )


def _draw(ax: Axes, report: Report, comparison: Comparison, gaps: pd.DataFrame, broken: pd.DataFrame) -> list[int]:
    """Draw a line per neighbour against the level of equality; return the first years of new series."""
    looks = theme.looks(report.edition)
    ax.axhline(comparison.level, color=theme.INK, linewidth=1.0, zorder=2)
    new_series = lines.mark_breaks(ax, broken)
    lines.draw_lines(ax, gaps, looks, broken)
    lines.mark_missing(ax, gaps, looks)
    theme.decimal_ticks(ax.yaxis)
    last = _last_year(gaps)
    # «к Томской области»: a bare name would read as if the neighbour itself stood below the line.
    ends = [
        End(value, f"к {report.territory(name).dat} {_number(value, comparison.unit)} ({last})", looks[name].colour)
        for name, value in gaps.loc[last].dropna().items()
    ]
    label_ends(ax, last, [*ends, End(comparison.level, "поровну", theme.INK)])
    return new_series


def _within(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the years from the first to the last in which any neighbour can be compared."""
    known = gaps.dropna(how="all").index
    return gaps.loc[known[0] : known[-1]]


def _last_year(gaps: pd.DataFrame) -> int:
    """Return the last year in which any neighbour can be compared."""
    return gaps.dropna(how="all").index[-1]


def _number(value: float, unit: str) -> str:
    """Return a gap as the figure writes it: a difference with its sign, a ratio bare."""
    return signed(value, 1) if unit == "pp" else decimal(value, 1)


def _with_unit(value: float, unit: str) -> str:
    """Return a gap as the text in place of the figure says it."""
    text = with_symbol(value, 1, unit)
    return plus(text) if unit == "pp" else text


def _table(frame: pd.DataFrame, gaps: pd.DataFrame, region: str) -> pd.DataFrame:
    """Return the neighbours' rows with the region's value beside theirs and what is drawn; `table` names both rows."""
    frame = frame.assign(table=frame["table"] + "#" + frame["row"].astype(str)).drop(columns="row")
    frame = frame[frame["year"].between(gaps.index[0], gaps.index[-1])]
    own = frame[frame["territory"] == region].set_index("year")
    others = frame[frame["territory"] != region]
    drawn = [gaps.at[int(year), territory] for territory, year in zip(others["territory"], others["year"], strict=True)]
    rows = others["table"] + ("; " + others["year"].map(own["table"])).fillna("")
    return others.assign(
        table=rows, region_value=others["year"].map(own["value"]), shown=pd.Series(drawn, index=others.index).round(6)
    )


def _alt(report: Report, comparison: Comparison, gaps: pd.DataFrame, new_series: list[int]) -> str:
    unit, pairs = comparison.unit, []
    for name in gaps:
        known = gaps[name].dropna()
        said = [f"{_with_unit(known[year], unit)} в {year} году" for year in known.index[[0, -1][: len(known)]]]
        pairs.append(f"к {report.territory(name).dat} – {joined(said) if said else NO_DATA}")
    years = f"{gaps.index[0]}–{gaps.index[-1]}"
    whole = f"{comparison.subject}, {report.region.name}, линейный график за {years} годы: {joined(pairs)}."
    return " ".join([whole, *broken_off(new_series)])
