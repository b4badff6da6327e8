"""Employment in the informal sector: what the printed text still says."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import NO_DATA, decimal
from analysis.editions.needs import NEIGHBOURS, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.labels import write_above
from analysis.show.figures.panels import hatch_missing, panels
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent
from analysis.show.needs import needs
from analysis.show.observed import complete, wide, years_of
from analysis.show.wording import joined


@figure("informal")
@needs(Need("informal_share_printed", "y-2..y", NEIGHBOURS))
def informal(report: Report) -> Drawing:
    """Draw the share of informal employment by region and year; a region without data is a hatched panel."""
    edition = report.edition
    territories = [edition.region, *edition.comparison]
    known = report.frame("informal_share_printed", territories=territories)
    years = years_of(known)
    frame = complete(known, territories, years)
    shares = wide(frame, "year", "territory")

    fig = theme.canvas(54)
    for territory, ax in panels(report, fig, territories, years).items():
        values = shares[territory]
        ax.bar(range(len(years)), values, width=0.62, color=theme.REGION if territory == edition.region else theme.BLUE)
        hatch_missing(ax, values)
        for place, value in enumerate(values):
            if not pd.isna(value):
                write_above(ax, place, value, decimal(value, 1), fontsize=theme.SMALL)
    ax.set_ylim(0, shares.max().max() * 1.15)
    absent = [report.territory(name).short for name in territories if shares[name].isna().all()]
    own = shares[edition.region]
    alt = (
        f"Столбчатая диаграмма доли занятых в неформальном секторе. {report.region.name}: "
        f"{joined([f'{per_cent(value)} в {year} году' for year, value in own.dropna().items()])}."
        + (f" {NO_DATA.capitalize()}: {', '.join(absent)}." if absent else "")
    )
    return Drawing(
        fig,
        frame,
        alt,
        {"first": years[0], "last": years[-1]},
        "Заштрихованы годы, за которые данных нет." if frame["value"].isna().any() else None,
    )
