"""Who comes to work and who leaves for work: flows between regions and their balance."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.base.russian import decimal
from analysis.editions.needs import NEIGHBOURS, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.labels import write_above
from analysis.show.figures.panels import hatch_missing, panels
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import signed, thousands
from analysis.show.needs import needs
from analysis.show.observed import complete, wide, years_of

INFLOW, OUTFLOW, BALANCE = "labour_inflow", "labour_outflow", "labour_balance"


@figure("labour-migration-balance")
@needs(*(Need(what, "y-2..y", NEIGHBOURS) for what in ("labour_inflow", "labour_outflow", "labour_balance")))
def labour_migration_balance(report: Report) -> Drawing:
    """Draw inflow upward, outflow downward and the balance as a point, a panel per region."""
    territories = [report.edition.region, *report.edition.comparison]
    years = years_of(report.frame(BALANCE, territories=[report.edition.region]))
    frames = {
        name: complete(report.frame(name, territories=territories), territories, years)
        for name in (INFLOW, OUTFLOW, BALANCE)
    }
    flows = {name: wide(frame, "year", "territory").loc[years] for name, frame in frames.items()}

    fig = theme.canvas(76)
    for territory, ax in panels(report, fig, territories, years).items():
        came, left, balance = (flows[name][territory] for name in (INFLOW, OUTFLOW, BALANCE))
        _draw(ax, came, left, balance)
    low, high = -flows[OUTFLOW].max().max(), flows[INFLOW].max().max()
    ax.set_ylim(low - 0.09 * (high - low), high + 0.09 * (high - low))
    fig.legend(
        [Patch(color=theme.BLUE), Patch(color=theme.ORANGE), ax.lines[-1]],
        ["въезжают на работу", "выезжают на работу", "сальдо (число под годом)"],
        loc="outside upper left",
        ncols=3,
        handlelength=1.0,
        columnspacing=1.4,
    )
    return Drawing(
        fig,
        pd.concat(frames.values(), ignore_index=True),
        _alt(report, flows, years),
        {"first": years[0], "last": years[-1]},
    )


def _draw(ax: Axes, came: pd.Series, left: pd.Series, balance: pd.Series) -> None:
    """Draw one territory: bars up and down, points for the balance, their numbers."""
    places = range(len(balance))
    ax.bar(places, came, width=0.62, color=theme.BLUE)
    ax.bar(places, -left, width=0.62, color=theme.ORANGE)
    hatch_missing(ax, balance)
    ax.spines["bottom"].set_visible(False)
    ax.axhline(0, color=theme.INK, linewidth=0.8)
    ax.plot(
        places,
        balance,
        linestyle="none",
        marker="D",
        markersize=5.5,
        color=theme.INK,
        markeredgecolor=theme.PAPER,
        markeredgewidth=0.9,
        zorder=5,
    )
    for place, (up, down, net) in enumerate(zip(came, left, balance, strict=True)):
        for value, side in ((up, 1), (down, -1)):
            if not pd.isna(value):
                write_above(ax, place, side * value, decimal(value, 1), side, fontsize=theme.TINY)
        _write_balance(ax, place, net)


def _write_balance(ax: Axes, place: int, net: float) -> None:
    ax.annotate(
        signed(net),
        (place, 0),
        (0, -19),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="center",
        va="top",
        fontweight="bold",
        fontsize=theme.SMALL,
    )


def _alt(report: Report, flows: dict[str, pd.DataFrame], years: list[int]) -> str:
    region, year = report.edition.region, years[-1]
    net = flows[BALANCE].loc[year].dropna()
    came, left = flows[INFLOW].at[year, region], flows[OUTFLOW].at[year, region]
    return (
        f"Столбчатая диаграмма въезда и выезда на работу за {years[0]}–{years[-1]} годы. {report.region.name} в {year}"
        f" году: въезжают {thousands(came)}, выезжают {thousands(left)}, сальдо"
        f" {thousands(flows[BALANCE].at[year, region])} Самое низкое сальдо – {report.territory(net.idxmin()).short}"
        f" ({thousands(net.min())}), самое высокое – {report.territory(net.idxmax()).short} ({thousands(net.max())})."
    )
