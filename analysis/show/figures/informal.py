"""Employment in the informal sector: what the printed text still says."""

from __future__ import annotations

from analysis.base.russian import decimal
from analysis.show import theme
from analysis.show.figures.panels import complete, hatch_missing, panels
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent
from analysis.show.wording import joined


@figure("informal")
def informal(report) -> Drawing:
    """Draw the share of informal employment by region and year; a region without data is a hatched panel."""
    edition = report.edition
    territories = [edition.region, *edition.comparison]
    known = report.frame("informal_share_printed", territories=territories)
    years = sorted(int(year) for year in known["year"].unique())
    frame = complete(known, territories, years)
    wide = frame.pivot(index="year", columns="territory", values="value").astype(float)

    fig = theme.canvas(62)
    for territory, ax in panels(report, fig, territories, years).items():
        values = wide[territory]
        ax.bar(range(len(years)), values, width=0.62, color=theme.REGION if territory == edition.region else theme.BLUE)
        hatch_missing(ax, values)
        for place, value in enumerate(values):
            if value == value:
                ax.annotate(
                    decimal(value, 1),
                    (place, value),
                    (0, 2),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    fontsize=theme.SMALL,
                )
    ax.set_ylim(0, wide.max().max() * 1.15)
    absent = [report.territory(name).short for name in territories if wide[name].isna().all()]
    own = wide[edition.region]
    alt = (
        f"Столбчатая диаграмма доли занятых в неформальном секторе. {report.region.name}: "
        f"{joined([f'{per_cent(value)} в {year} году' for year, value in own.dropna().items()])}."
        + (f" Нет данных: {', '.join(absent)}." if absent else "")
    )
    return Drawing(
        fig,
        frame,
        alt,
        {"first": years[0], "last": years[-1]},
        "Заштрихованы годы, за которые данных нет." if frame["value"].isna().any() else None,
    )
