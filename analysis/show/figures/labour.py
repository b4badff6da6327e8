"""Employment and unemployment against the neighbours: long official series, the report's years enlarged."""

from __future__ import annotations

from analysis.base.russian import decimal
from analysis.editions.needs import LONG, SIDES, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import lines
from analysis.show.figures.labels import End, label_ends
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import series_alt
from analysis.show.needs import needs

RECENT = 3  # years a report compares in its tables


@figure("employment-rate")
@needs(Need("employment_rate", LONG, SIDES))
def employment_rate(report: Report) -> Drawing:
    """Draw the employment rate of all territories, from the first year asked."""
    return _rates(report, "employment_rate", "Уровень занятости населения")


@figure("unemployment-rate")
@needs(Need("unemployment_rate", LONG, SIDES))
def unemployment_rate(report: Report) -> Drawing:
    """Draw the unemployment rate by the ILO definition of all territories."""
    return _rates(report, "unemployment_rate", "Уровень безработицы по методологии МОТ")


def _rates(report: Report, indicator: str, subject: str) -> Drawing:
    edition, looks = report.edition, theme.looks(report.edition)
    last = int(report.latest(indicator))
    recent = range(last - RECENT + 1, last + 1)
    frame = report.frame(indicator, territories=edition.territories, years=range(report.since, edition.published + 1))
    years = range(report.since, max(last, lines.last_known(frame)) + 1)
    values = lines.wide(frame, edition.territories, years)
    broken = lines.breaks(report, indicator, edition.territories, years)

    fig = theme.canvas(62)
    long, near = fig.subplots(1, 2, width_ratios=[1.7, 1])
    lines.mark_years(long, recent)
    new_series = lines.mark_breaks(long, broken)
    # Six lines in a third of a page cannot be told apart: the neighbours are a band there, and lines on the right.
    told = [edition.region, edition.wider[0]]
    lines.draw_range(long, values[list(edition.comparison)], broken)
    lines.draw_lines(long, values[told], looks, broken)
    lines.mark_missing(long, values, looks)
    lines.draw_lines(near, values.loc[list(recent)], looks, broken)
    near.set_xticks(list(recent))
    for ax in (long, near):
        theme.decimal_ticks(ax.yaxis)
    long.set_title(f"{years[0]}–{years[-1]} годы, %", pad=16)
    near.set_title(f"{recent[0]}–{recent[-1]} годы, %, масштаб крупнее", pad=16)
    ends = [
        End(value, f"{report.territory(name).short} {decimal(value, 1)}", looks[name].colour, looks[name].weight)
        for name, value in values.loc[last].dropna().items()
    ]
    label_ends(near, last, ends)
    return Drawing(
        fig,
        frame,
        series_alt(report, subject, values, new_series),
        {"first": years[0], "last": years[-1]},
        " ".join(filter(None, [_reading(report), lines.note(report, broken, values)])),
    )


def _reading(report: Report) -> str:
    """Return what stands in the panel of the long series."""
    country = report.territory(report.edition.wider[0]).short
    band = "; полоса – от наименьшего до наибольшего значения соседних регионов" if report.edition.comparison else ""
    return f"Слева – {report.region.short} (сплошная линия) и {country} (пунктир){band}; справа – все территории."
