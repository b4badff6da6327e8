"""What graduates do after their college: six outcomes of one count."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.base.russian import NBSP, decimal
from analysis.editions.needs import ALL, Need
from analysis.quantities.absent import require_known
from analysis.show import theme
from analysis.show.dates import date
from analysis.show.face import Report
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent, short
from analysis.show.needs import needs

# The outcomes of the code list, from work to none, as the three answers the reader is after.
GROUPS = {
    "работают": (theme.BLUE, ("employed",)),
    "вне рынка труда": (theme.SKY, ("studying", "army", "childcare")),
    "без работы": (theme.ORANGE, ("registered", "not-employed")),
}


@figure("outcomes-2021")
@needs(Need("graduate_outcomes", "y+1", categories=ALL))
def outcomes(report: Report) -> Drawing:
    """Draw the graduates by outcome, and above them the three groups in one bar."""
    frame = report.frame("graduate_outcomes", [report.edition.region], [report.latest("graduate_outcomes")])
    # Shares are of all graduates: they can be told only where every outcome was counted.
    everyone = [code for _, codes in GROUPS.values() for code in codes]
    year = int(frame["year"].max())
    require_known(*report.values("graduate_outcomes", year=year, keys=everyone).values())
    counts = frame.set_index("category")["value"].astype(float)
    total = counts.sum()
    order = [code for _, codes in GROUPS.values() for code in sorted(codes, key=lambda code: -counts[code])]
    colours = {code: colour for colour, codes in GROUPS.values() for code in codes}
    names = [short(report, "outcomes", code) for code in order]

    fig = theme.canvas(bars.height(names, 26))
    (above,), (below,) = fig.subfigures(2, 1, squeeze=False, height_ratios=[1, 2.7])
    shares = _draw_groups(above.subplots(), counts / total * 100)
    ax = below.subplots()
    bars.rows(ax, names)
    for row, code in enumerate(order):
        ax.barh(row, counts[code], height=0.62, color=colours[code])
    values = [counts[code] for code in order]
    percents = [value / total * 100 for value in values]
    bars.write_columns(ax, [Column("человек", values, digits=0), Column("%", percents)])
    groups = ", ".join(f"{name} – {per_cent(value)}" for name, value in shares.items())
    as_of = date(report.edition.as_of).replace("г.", "года")
    alt = (
        f"Столбчатая диаграмма: {decimal(total, 0)}{NBSP}выпускников {year} года по занятости на {as_of}. Из них"
        f" {groups}. Самая большая группа – «{names[values.index(max(values))]}»:"
        f" {decimal(max(values), 0)}{NBSP}человек."
    )
    data = frame.assign(share=(frame["value"] / total * 100).round(6))
    return Drawing(
        fig,
        data,
        alt,
        {"year": year, "as_of": as_of},
        "Вне рынка труда – учатся, служат в армии или ухаживают за ребенком; без работы – состоят на учете или не"
        " трудоустроены.",
    )


def _draw_groups(ax: Axes, shares: pd.Series) -> dict[str, float]:
    """Draw the three groups in one bar; return their shares in per cent."""
    theme.bare(ax)
    ax.set(xlim=(0, 100), ylim=(-0.9, 0.5), xticks=[], yticks=[])
    left, drawn = 0.0, dict[str, float]()
    for name, (colour, codes) in GROUPS.items():
        drawn[name] = width = shares[list(codes)].sum()
        ax.barh(0, width, left=left, height=0.8, color=colour, edgecolor=theme.PAPER, linewidth=1)
        ax.text(left + width / 2, 0, per_cent(width), ha="center", va="center", color=theme.PAPER, fontweight="bold")
        last = len(drawn) == len(GROUPS)
        ax.text(
            left + (width if last else 0),
            -0.5,
            name,
            ha="right" if last else "left",
            va="top",
            fontsize=theme.SMALL,
            color=theme.INK,
        )
        left += width
    return drawn
