"""Vocational education among the unemployed: only the change over a period is known."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import decimal
from analysis.quantities.numerals import with_symbol
from analysis.show import theme
from analysis.show.figures.panels import complete, hatch_missing, of_year
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import period_in


@figure("unemployed-spo")
def unemployed_spo(report) -> Drawing:
    """Draw the change since the first year of the period; the years between are hatched, not joined."""
    region = report.edition.region
    # A change since one first year: that of another year has another.
    frame = of_year(report.frame("unemployed_vocational_change_printed", territories=[region]), report.edition.year - 1)
    last = int(frame["year"].max())
    first = (period_in(frame["note"].iloc[-1]) or (report.edition.first_year, last))[0]
    years = range(first, last + 1)
    data = complete(frame, [region], years[1:])
    change = data.set_index("year")["value"].astype(float).reindex(years)

    fig = theme.canvas(56)
    ax = fig.subplots()
    ax.bar(range(len(years)), change, width=0.5, color=theme.REGION)
    hatch_missing(ax, [0.0, *change.iloc[1:]])
    ax.set_ylim(0, change.max() * 1.2)
    ax.set_xlim(-0.6, len(years) - 0.4)
    ax.set_xticks(range(len(years)), [str(year) for year in years])
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
    for place, value in enumerate(change):
        if place and pd.isna(value):
            ax.text(
                place,
                0.47,
                "нет\nданных",
                transform=ax.get_xaxis_transform(),
                ha="center",
                va="center",
                fontsize=theme.SMALL,
                color=theme.MUTED,
                bbox={"facecolor": theme.PAPER, "edgecolor": "none", "pad": 2},
            )
        elif place:
            ax.annotate(
                f"+{decimal(value, 1)}",
                (place, value),
                (0, 2),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontweight="bold",
            )
    alt = (
        f"{report.region.name}: с {first} по {last} год доля лиц со средним профессиональным образованием среди"
        f" безработных изменилась на {with_symbol(change[last], 1, 'pp')} Значения за остальные годы не сохранились."
    )
    return Drawing(fig, data, alt, {"first": first, "last": last})
