"""The region set against each neighbour, year by year: how far apart, and which way it goes."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.base.russian import decimal, plus
from analysis.quantities.numerals import with_symbol
from analysis.show import theme
from analysis.show.figures import lines
from analysis.show.figures.labels import End, label_ends
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import broken_off, signed
from analysis.show.wording import joined


@figure("employment-gap")
def employment_gap(report) -> Drawing:
    """Draw the employment rate of the region less that of each neighbour."""
    return _gap(
        report,
        "employment_rate",
        "Разность уровней занятости с соседями",
        lambda own, other: own - other,
        0,
        "pp",
        f"Ниже нуля – уровень занятости {report.region.gen} ниже, чем у соседа.",
    )


@figure("wage-gap")
def wage_gap(report) -> Drawing:
    """Draw the nominal wage of the region as per cent of that of each neighbour."""
    return _gap(
        report,
        "wage_nominal",
        "Заработная плата в процентах к соседним регионам",
        lambda own, other: own / other * 100,
        100,
        "percent",
        f"Ниже 100 – заработная плата {report.region.gen} ниже, чем у соседа.",
    )


def _gap(report, indicator: str, subject: str, compare: Callable, level: float, unit: str, reading: str) -> Drawing:
    edition, looks = report.edition, theme.looks(report.edition)
    years = range(report.since, edition.published + 1)
    territories = [edition.region, *edition.comparison]
    frame = report.frame(indicator, territories=territories, years=years)
    values = lines.wide(frame, territories, years)
    gaps = values[list(edition.comparison)].apply(lambda other: compare(values[edition.region], other))
    broken = lines.spread_to_pairs(
        lines.breaks(report, indicator, territories, years), edition.region, edition.comparison
    )

    fig = theme.canvas(78)
    ax = fig.subplots()
    ax.axhline(level, color=theme.INK, linewidth=1.0, zorder=2)
    new_series = lines.mark_breaks(ax, broken)
    lines.draw_lines(ax, gaps, looks, broken)
    lines.mark_missing(ax, gaps, looks)
    theme.decimal_ticks(ax.yaxis)
    last = gaps.dropna(how="all").index[-1]
    # «к Томской области»: a bare name would read as if the neighbour itself stood below the line.
    ends = [
        End(value, f"к {report.territory(name).dat} {_number(value, unit)}", looks[name].colour)
        for name, value in gaps.loc[last].dropna().items()
    ]
    ends.append(End(level, "поровну", theme.INK))
    label_ends(ax, last, ends)
    note = " ".join(filter(None, [reading, lines.note(report, broken, gaps)]))
    return Drawing(
        fig,
        _table(frame, gaps, edition.region),
        _alt(report, subject, gaps, last, unit, new_series),
        {"first": years[0], "last": years[-1]},
        note,
    )


def _number(value: float, unit: str) -> str:
    return signed(value) if unit == "pp" else decimal(value, 1)


def _said(value: float, unit: str) -> str:
    text = with_symbol(value, 1, unit)
    return plus(text) if unit == "pp" else text


def _table(frame: pd.DataFrame, gaps: pd.DataFrame, region: str) -> pd.DataFrame:
    """Return the neighbours' rows with the region's value beside theirs and the difference drawn; `table` names both rows it rests on."""
    frame = frame.assign(table=frame["table"] + "#" + frame["row"].astype(str)).drop(columns="row")
    own = frame[frame["territory"] == region].set_index("year")
    others = frame[frame["territory"] != region]
    drawn = [gaps.at[int(year), territory] for territory, year in zip(others["territory"], others["year"], strict=True)]
    rows = others["table"] + ("; " + others["year"].map(own["table"])).fillna("")
    return others.assign(
        table=rows, region_value=others["year"].map(own["value"]), shown=pd.Series(drawn, index=others.index).round(6)
    )


def _alt(report, subject: str, gaps: pd.DataFrame, last: int, unit: str, new_series: list[int]) -> str:
    first = gaps.dropna(how="all").index[0]
    said = joined(
        [
            f"к {report.territory(name).dat} – {_said(gaps.at[first, name], unit)} в {first} году и "
            f"{_said(gaps.at[last, name], unit)} в {last} году"
            for name in gaps
        ]
    )
    whole = f"{subject}, {report.region.name}, линейный график за {gaps.index[0]}–{gaps.index[-1]} годы: {said}."
    return " ".join([whole, *broken_off(new_series)])
