"""What the official series cover: how many territories have a value, by indicator and year."""

from __future__ import annotations

import pandas as pd

from analysis.catalogue import load, tables
from analysis.numerals import NBSP
from analysis.show import theme
from analysis.show.figures.registry import Drawing, figure
from analysis.show.wording import count_of

ROW_MM = 4.6


@figure("coverage")
def coverage(report) -> Drawing:
    """Draw a heat map of the official series: empty where the sources give nothing, a bar where a series breaks."""
    import seaborn as sns  # its import takes longer than all of this figure

    territories, years = list(report.edition.territories), range(report.since, report.edition.published + 1)
    data = _covered(report, territories, years)
    counts = data.pivot(index="indicator", columns="year", values="territories").reindex(columns=years)
    counts = counts.loc[list(dict.fromkeys(data["indicator"]))]
    names = load("indicators", report.edition.id).set_index("id")["short"]

    fig = theme.canvas(ROW_MM * len(counts) + 14)
    ax = fig.subplots()
    most = len(territories)
    colours = sns.light_palette(theme.BLUE, n_colors=most + 1)[1:]
    sns.heatmap(counts.astype(float), mask=counts.isna() | (counts == 0), ax=ax, cmap=colours, vmin=0.5, vmax=most + 0.5,
                linewidths=0.8, linecolor=theme.PAPER, cbar=False, yticklabels=[names[indicator] for indicator in counts.index])
    _mark_breaks(report, ax, counts)
    ax.set(xlabel="", ylabel="", facecolor=theme.SHADE)
    ax.set_xticks([i + 0.5 for i, year in enumerate(years) if year % 5 == 0], [str(year) for year in years if year % 5 == 0], rotation=0)
    ax.tick_params(length=0, labelsize=theme.SMALL)
    ax.grid(False)
    whole = int((counts == most).all(axis=1).sum())
    alt = (f"Тепловая карта: {count_of(len(counts), 'официальный ряд')} по годам с {years[0]} по {years[-1]}. Значения за все годы и для всех "
           f"территорий ({most}) есть у {count_of(whole, 'ряд', 'gent')}; пустые клетки – источник значений не дает, черта – разрыв ряда.")
    note = f"Чем темнее клетка, тем больше территорий (наибольшее число –{NBSP}{most}); пустая клетка – значений нет; черта – первый год нового ряда."
    return Drawing(fig, data, alt, {"first": years[0], "last": years[-1]}, note)


def _covered(report, territories: list[str], years: range) -> pd.DataFrame:
    """Return how many of the territories have a value: columns indicator, year, territories; single years left out."""
    parts = []
    for name, table in tables(report.edition.id).items():
        if not table.holds_observations or "printed" in table.columns:
            continue
        rows = load(name, report.edition.id)
        known = rows[rows["territory"].isin(territories) & rows["year"].isin(list(years)) & rows["value"].notna()]
        found = known.groupby(["indicator", "year"], sort=False)["territory"].nunique().rename("territories").reset_index()
        if len(found) > 1:
            parts.append(found.sort_values("year"))
    return pd.concat(parts, ignore_index=True)


def _mark_breaks(report, ax, counts: pd.DataFrame) -> None:
    breaks = load("breaks", report.edition.id)
    mine = breaks[breaks["territory"].isin([report.edition.region, ""])]
    for row, indicator in enumerate(counts.index):
        for year in mine.loc[mine["indicator"] == indicator, "year"]:
            if year in counts.columns:
                ax.vlines(counts.columns.get_loc(year), row + 0.05, row + 0.95, color=theme.REGION, linewidth=1.8)
