"""Wages by branch and by education: what the printed text still gives, and Russia beside it."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import NBSP, NO_DATA, decimal
from analysis.catalogue.captions import cited
from analysis.show import theme
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.panels import of_year
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent, period_in, short, signed

INDEX, INCREASE, OFFICIAL = "wage_index_printed", "wage_increase_printed", "wage_by_section"
RANGES = (
    "wage_vocational_to_mean_printed",
    "wage_vocational_to_mean_spread_low_printed",
    "wage_vocational_to_mean_spread_high_printed",
    "wage_vocational_to_higher_low_printed",
    "wage_vocational_to_higher_high_printed",
)


@figure("wages-by-section")
def wages_by_section(report) -> Drawing:
    """Draw the change of the nominal wage in the branches that the text names, with Russia's official change."""
    edition = report.edition
    year, country = edition.year, edition.wider[0]
    printed = pd.concat(
        [
            report.frame(INDEX, territories=[edition.region], years=[year]).assign(
                shown=lambda rows: rows["value"] - 100
            ),
            report.frame(INCREASE, territories=[edition.region], years=[year]).assign(shown=lambda rows: rows["value"]),
        ]
    ).sort_values("shown", ascending=False)
    levels = report.frame(OFFICIAL, territories=[country], years=[year - 1, year], categories=printed["category"])
    wide = levels.pivot(index="category", columns="year", values="value").reindex(printed["category"])
    official = (wide[year] / wide[year - 1] - 1) * 100
    names = [short(report, "sections", code) for code in printed["category"]]
    looks = theme.looks(edition)

    said = [signed(value) for value in printed["shown"]]

    fig = theme.canvas(bars.height(names))
    ax = fig.subplots()
    own = Column(report.region.short, printed["shown"].round(6).tolist(), {"color": theme.REGION}, texts=said)
    other = Column(
        report.territory(country).short,
        official.tolist(),
        looks[country].point | {"markersize": 5},
        texts=[signed(value) for value in official],
    )
    bars.rows(ax, names)
    bars.draw_bars(ax, own)
    bars.draw_points(ax, other)
    ax.axvline(0, color=theme.INK, linewidth=0.8)
    bars.write_columns(ax, [own, other], bold=[own.head])
    alt = (
        f"Столбчатая диаграмма изменения заработной платы за {year} год, {report.region.name}. Наибольший рост – "
        f"«{names[0]}» ({said[0]}{NBSP}%), наибольшее снижение – «{names[-1]}» ({said[-1]}{NBSP}%)."
    )
    note = ("Для сравнения – изменение по России, официальные данные: ", cited(levels["source"].iloc[0]), ".")
    return Drawing(fig, pd.concat([printed, levels], ignore_index=True), alt, {"year": year}, note)


@figure("wage-by-education")
def wage_by_education(report) -> Drawing:
    """Draw the two ranges that the text names, against the wage they are measured by."""
    frames = [of_year(report.frame(name, territories=[report.edition.region]), report.edition.year) for name in RANGES]
    mean, low, high, from_higher, to_higher = (frame.iloc[0] for frame in frames)
    spread = high["value"]
    ranges = [(mean["value"] - spread, mean["value"] + spread), (from_higher["value"], to_higher["value"])]
    texts = [
        f"около {decimal(mean['value'], 0)} (±{decimal(low['value'], 0)}–{decimal(spread, 1)})",
        f"{decimal(from_higher['value'], 0)}–{decimal(to_higher['value'], 0)}",
    ]
    names = [
        "К средней заработной плате всех работников",
        "К заработной плате работников с высшим образованием",
        "Другие уровни образования, отдельные годы",
    ]

    fig = theme.canvas(bars.height(names, 17))
    ax = fig.subplots()
    bars.rows(ax, names, scale=True)
    ax.set_xlim(50, 104)
    for row, (start, end) in enumerate(ranges):
        ax.barh(row, end - start, left=start, height=0.5, color=theme.BLUE)
        ax.annotate(texts[row], (end, row), (5, 0), textcoords="offset points", va="center", fontsize=theme.SMALL)
    ax.plot(mean["value"], 0, "|", color=theme.PAPER, markersize=11, markeredgewidth=1.6)
    ax.barh(2, 50, left=50, height=0.5, **theme.MISSING)
    ax.text(
        75,
        2,
        NO_DATA,
        ha="center",
        va="center",
        fontsize=theme.SMALL,
        color=theme.MUTED,
        bbox={"facecolor": theme.PAPER, "edgecolor": "none", "pad": 2},
    )
    ax.axvline(100, color=theme.INK, linewidth=1.0)
    ax.annotate(
        "100 – заработная плата, с которой сравнивают",
        (100, 1),
        (-3, 3),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right",
        fontsize=theme.TINY,
        color=theme.MUTED,
    )
    period = period_in(mean["note"])
    alt = (
        "Заработная плата работников со средним профессиональным образованием, территория в источнике не названа:"
        f" около {per_cent(mean['value'], 0)} средней и {texts[1]}{NBSP}% заработной платы работников с высшим"
        " образованием. Другие значения не сохранились."
    )
    return Drawing(
        fig,
        pd.concat(frames, ignore_index=True),
        alt,
        dict(zip(("first", "last"), period, strict=True)) if period else {},
    )
