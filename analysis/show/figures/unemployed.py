"""Vocational education among the unemployed: only the change over a period is known."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.base.errors import DataError
from analysis.base.russian import NO_DATA, signed
from analysis.editions.needs import Need
from analysis.quantities.numerals import with_symbol
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.labels import write_above
from analysis.show.figures.panels import hatch_missing, write_missing
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import period_in
from analysis.show.needs import needs
from analysis.show.observed import complete, of_year

INDICATOR = "unemployed_vocational_change_printed"


@figure("unemployed-spo")
@needs(Need(INDICATOR, "y-1"))
def unemployed_spo(report: Report) -> Drawing:
    """Draw the change since the first year of the period; the years between are hatched, not joined."""
    region = report.edition.region
    # A change since one first year: that of another year has another.
    frame = of_year(report.frame(INDICATOR, territories=[region]), report.edition.year - 1)
    last = int(frame["year"].max())
    first = _first_year(report, frame)
    years = range(first, last + 1)
    data = complete(frame, [region], years[1:])
    change = data.set_index("year")["value"].astype(float).reindex(years)

    fig = theme.canvas(56)
    _draw(fig.subplots(), change)
    alt = (
        f"{report.region.name}: с {first} по {last} год доля лиц со средним профессиональным образованием среди"
        f" безработных изменилась на {with_symbol(change[last], 1, 'pp')} Значения за остальные годы не сохранились."
    )
    return Drawing(fig, data, alt, {"first": first, "last": last})


def _draw(ax: Axes, change: pd.Series) -> None:
    """Draw a bar per year after the first, which is the base and has none."""
    ax.bar(range(len(change)), change, width=0.5, color=theme.REGION)
    hatch_missing(ax, [0.0, *change.iloc[1:]])
    ax.set_ylim(0, change.max() * 1.2)
    ax.set_xlim(-0.6, len(change) - 0.4)
    ax.set_xticks(range(len(change)), [str(year) for year in change.index])
    theme.decimal_ticks(ax.yaxis, 5)
    ax.annotate(
        "база сравнения,\nуровень не сохранился",
        (0, 0),
        (0, 4),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=theme.SMALL,
        color=theme.MUTED,
    )
    for place, value in enumerate(change.iloc[1:], start=1):
        if pd.isna(value):
            write_missing(ax, place, NO_DATA.replace(" ", "\n"), ax.get_xaxis_transform())
        else:
            write_above(ax, place, value, signed(value, 1), fontweight="bold")


def _first_year(report: Report, frame: pd.DataFrame) -> int:
    """Return the year since which the change is counted: the first of the note's period, else of the edition's tables.

    Raises
    ------
    DataError
        Neither says it.
    """
    if period := period_in(frame["note"].iloc[-1]):
        return period[0]
    if report.edition.first_year is None:
        raise DataError(
            f"Показатель «{INDICATOR}»: не сказано, с какого года считается изменение. Назовите период в столбце note"
            " («за 2017–2019 годы») или впишите first_year в edition.yml."
        )
    return report.edition.first_year
