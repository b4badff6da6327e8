"""Who comes to work and who leaves for work: flows between regions and their balance."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Patch

from analysis.base.russian import NO_DATA_SHORT, decimal, signed
from analysis.show import theme
from analysis.show.figures.panels import complete, hatch_missing, panels
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import thousands

INFLOW, OUTFLOW, BALANCE = "labour_inflow", "labour_outflow", "labour_balance"


@figure("labour-migration-balance")
def labour_migration_balance(report) -> Drawing:
    """Draw inflow upward, outflow downward and the balance as a point, a panel per region."""
    territories = [report.edition.region, *report.edition.comparison]
    years = sorted(int(year) for year in report.frame(BALANCE)["year"].unique())
    flows = {
        name: complete(report.frame(name, territories=territories), territories, years)
        for name in (INFLOW, OUTFLOW, BALANCE)
    }
    wide = {
        name: frame.pivot(index="year", columns="territory", values="value").loc[years] for name, frame in flows.items()
    }

    fig = theme.canvas(84)
    for territory, ax in panels(report, fig, territories, years).items():
        came, left, balance = (wide[name][territory] for name in (INFLOW, OUTFLOW, BALANCE))
        ax.bar(range(len(years)), came, width=0.62, color=theme.BLUE)
        ax.bar(range(len(years)), -left, width=0.62, color=theme.ORANGE)
        hatch_missing(ax, balance)
        ax.spines["bottom"].set_visible(False)
        ax.axhline(0, color=theme.INK, linewidth=0.8)
        ax.plot(
            range(len(years)),
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
            _ends(ax, place, up, down)
            _balance(ax, place, net)
    low, high = -wide[OUTFLOW].max().max(), wide[INFLOW].max().max()
    ax.set_ylim(low - 0.09 * (high - low), high + 0.09 * (high - low))
    fig.legend(
        handles=[
            Patch(color=theme.BLUE, label="въезжают на работу"),
            Patch(color=theme.ORANGE, label="выезжают на работу"),
            ax.lines[-1],
        ],
        labels=["въезжают на работу", "выезжают на работу", "сальдо (число под годом)"],
        loc="outside upper left",
        ncols=3,
        handlelength=1.0,
        columnspacing=1.4,
    )
    return Drawing(
        fig,
        pd.concat(flows.values(), ignore_index=True),
        _alt(report, wide, years),
        {"first": years[0], "last": years[-1]},
    )


def _ends(ax, place: int, up: float, down: float) -> None:
    for value, sign in ((up, 1), (down, -1)):
        if not pd.isna(value):
            ax.annotate(
                decimal(value, 1),
                (place, sign * value),
                (0, 2 * sign),
                textcoords="offset points",
                ha="center",
                va="bottom" if sign > 0 else "top",
                fontsize=theme.TINY,
            )


def _balance(ax, place: int, net: float) -> None:
    text = NO_DATA_SHORT if pd.isna(net) else signed(net, 1)
    ax.annotate(
        text,
        (place, 0),
        (0, -19),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="center",
        va="top",
        fontweight="bold",
        fontsize=theme.SMALL,
    )


def _alt(report, wide: dict[str, pd.DataFrame], years: list[int]) -> str:
    region, year = report.edition.region, years[-1]
    net = wide[BALANCE].loc[year].dropna()
    came, left = wide[INFLOW].at[year, region], wide[OUTFLOW].at[year, region]
    return (
        f"Столбчатая диаграмма въезда и выезда на работу за {years[0]}–{years[-1]} годы. {report.region.name} в {year}"
        f" году: въезжают {thousands(came)}, выезжают {thousands(left)}, сальдо"
        f" {thousands(wide[BALANCE].at[year, region])} Самое низкое сальдо – {report.territory(net.idxmin()).short}"
        f" ({thousands(net.min())}), самое высокое – {report.territory(net.idxmax()).short} ({thousands(net.max())})."
    )
