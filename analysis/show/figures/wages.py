"""Wages by branch and by education: what the printed text still gives, and Russia beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.base.russian import NBSP, NO_DATA, decimal
from analysis.catalogue.captions import cited
from analysis.editions.needs import COUNTRY, SOME, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent, period_in, short, signed
from analysis.show.needs import needs
from analysis.show.observed import of_year, wide

INDEX, INCREASE, OFFICIAL = "wage_index_printed", "wage_increase_printed", "wage_by_section"
RANGES = (
    "wage_vocational_to_mean_printed",
    "wage_vocational_to_mean_spread_low_printed",
    "wage_vocational_to_mean_spread_high_printed",
    "wage_vocational_to_higher_low_printed",
    "wage_vocational_to_higher_high_printed",
)


@figure("wages-by-section")
@needs(
    Need("wage_index_printed", categories=SOME),
    Need("wage_increase_printed", categories=SOME),
    Need("wage_by_section", "y-1..y", COUNTRY, SOME),
)
def wages_by_section(report: Report) -> Drawing:
    """Draw the change of the nominal wage in the branches that the text names, with Russia's official change."""
    year, country = report.edition.year, report.edition.wider[0]
    printed = _printed_changes(report)
    levels = report.frame(OFFICIAL, territories=[country], years=[year - 1, year], categories=printed["category"])
    by_year = wide(levels, "category", "year").reindex(printed["category"])
    official = (by_year[year] / by_year[year - 1] - 1) * 100
    names = [short(report, "sections", code) for code in printed["category"]]

    fig = theme.canvas(bars.height(names))
    ax = fig.subplots()
    changes = [signed(value) for value in printed["shown"]]
    own = Column(report.region.short, printed["shown"].round(6).tolist(), {"color": theme.REGION}, texts=changes)
    other = Column(
        report.territory(country).short,
        official.tolist(),
        theme.looks(report.edition)[country].point | {"markersize": 5},
        texts=[signed(value) for value in official],
    )
    bars.rows(ax, names)
    bars.draw_bars(ax, own)
    bars.draw_points(ax, other)
    ax.axvline(0, color=theme.INK, linewidth=0.8)
    bars.write_columns(ax, [own, other], bold=[own.head])
    alt = (
        f"Столбчатая диаграмма изменения заработной платы за {year} год, {report.region.name}. Наибольший рост – "
        f"«{names[0]}» ({changes[0]}{NBSP}%), наибольшее снижение – «{names[-1]}» ({changes[-1]}{NBSP}%)."
    )
    note = ("Для сравнения – изменение по России, официальные данные: ", cited(levels["source"].iloc[0]), ".")
    return Drawing(fig, pd.concat([printed, levels], ignore_index=True), alt, {"year": year}, note)


def _printed_changes(report: Report) -> pd.DataFrame:
    """Return the rows of the printed edition with the change in per cent that each states, as an index or as such."""
    frames = []
    for indicator, base in ((INDEX, 100), (INCREASE, 0)):
        frame = report.frame(indicator, territories=[report.edition.region], years=[report.edition.year])
        frames.append(frame.assign(shown=frame["value"] - base))
    return pd.concat(frames).sort_values("shown", ascending=False)


@figure("wage-by-education")
@needs(*(Need(name, "any") for name in RANGES))
def wage_by_education(report: Report) -> Drawing:
    """Draw the two ranges that the text names, against the wage they are measured by."""
    frames = [of_year(report.frame(name, territories=[report.edition.region]), report.edition.year) for name in RANGES]
    mean, low, high, from_higher, to_higher = (frame["value"].iloc[0] for frame in frames)
    texts = [
        f"около {decimal(mean, 0)} (±{decimal(low, 0)}–{decimal(high, 1)})",
        f"{decimal(from_higher, 0)}–{decimal(to_higher, 0)}",
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
    _draw_ranges(ax, [(mean - high, mean + high), (from_higher, to_higher)], texts)
    ax.plot(mean, 0, "|", color=theme.PAPER, markersize=11, markeredgewidth=1.6)
    ax.barh(2, 50, left=50, height=0.5, **theme.MISSING)
    ax.text(75, 2, NO_DATA, **theme.ON_HATCH)
    _draw_level(ax)
    period = period_in(frames[0]["note"].iloc[0])
    alt = (
        "Заработная плата работников со средним профессиональным образованием, территория в источнике не названа:"
        f" около {per_cent(mean, 0)} средней и {texts[1]}{NBSP}% заработной платы работников с высшим"
        " образованием. Другие значения не сохранились."
    )
    placeholders = dict(zip(("first", "last"), period, strict=True)) if period else {}
    return Drawing(fig, pd.concat(frames, ignore_index=True), alt, placeholders, marks=len(texts))


def _draw_ranges(ax: Axes, ranges: Sequence[tuple[float, float]], texts: Sequence[str]) -> None:
    for row, ((start, end), text) in enumerate(zip(ranges, texts, strict=True)):
        ax.barh(row, end - start, left=start, height=0.5, color=theme.BLUE)
        ax.annotate(text, (end, row), (5, 0), textcoords="offset points", va="center", fontsize=theme.SMALL)


def _draw_level(ax: Axes) -> None:
    """Draw the wage that both ranges are measured by, and name it."""
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
