"""What the region lives by: structure of value added and of employment."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import NO_DATA, NO_DATA_SHORT
from analysis.editions.needs import COUNTRY, DISTRICT, REGION, SOME, SUBJECTS, Need
from analysis.quantities import Text
from analysis.quantities.indicators import gap, highest
from analysis.quantities.text import named_by
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent, short
from analysis.show.needs import needs
from analysis.show.observed import of_year, wide, with_remainder
from analysis.show.wording import count_of, joined, lowered, pct

HALF_KNOWN = 0.5  # the share of known values from which on a comparison is drawn beside the bars
LEAST_REST = 0.05  # per cent that a remainder must come to before it is printed as anything but nought
BESIDE_BAR: theme.Style = {"markersize": 5.5}


@figure("economy")
@needs(Need("gva_structure", "y-1", f"{REGION};{SUBJECTS}", SOME), Need("gva_structure_sna", "y-1", COUNTRY, SOME))
def economy(report: Report) -> Drawing:
    """Draw the structure of value added, the region against the sum of regions, all sections."""
    # Only the sum of the regions is comparable with a region's product; the national accounts count more.
    region, whole, year = report.edition.region, report.edition.all_subjects, int(report.latest("gva_structure"))
    frame = report.frame("gva_structure", territories=[region, whole], years=[year])
    shares = wide(frame, "category", "territory").reindex(columns=[region, whole]).sort_values(region, ascending=False)
    names = [short(report, "sections", code) for code in shares.index]
    looks = theme.looks(report.edition)

    fig = theme.canvas(bars.height(names))
    ax = fig.subplots()
    own = Column(report.region.short, shares[region].tolist(), {"color": theme.REGION})
    country = Column(
        report.territory(report.edition.wider[0]).short,
        shares[whole].tolist(),
        looks[report.edition.wider[0]].point | {"markersize": 5},
    )
    bars.rows(ax, names)
    bars.draw_bars(ax, own)
    bars.draw_points(ax, country)
    bars.write_columns(ax, [own, country], bold=[own.head])
    return Drawing(fig, frame, _structure_alt(report, shares, year), {"year": year}, _definitions(report, year))


def _structure_alt(report: Report, shares: pd.DataFrame, year: int) -> str:
    region, whole = report.edition.region, report.edition.all_subjects

    def name(code: str) -> str:
        return lowered(short(report, "sections", code))

    leaders = joined([f"{name(code)} ({per_cent(shares.loc[code, region])})" for code in shares.index[:3]])
    words = (
        f"Столбчатая диаграмма долей {count_of(len(shares), 'раздел', 'gent')} ОКВЭД2 в валовой добавленной стоимости,"
        f" {year} год. {report.region.short}: больше всего дают {leaders}."
    )
    apart = (shares[region] - shares[whole]).dropna()
    if apart.empty:
        return words
    above = apart.idxmax()
    return (
        f"{words} Сильнее всего доля региона превышает российскую в разделе «{short(report, 'sections', above)}»:"
        f" {per_cent(shares.loc[above, region])} против {per_cent(shares.loc[above, whole])}."
    )


def _definitions(report: Report, year: int) -> Text:
    said = Text("Россия – сумма субъектов: только она сопоставима со структурой валового регионального продукта.")
    keys = sorted(set(report.frame("gva_structure", years=[year])["category"]))
    accounts = report.values("gva_structure_sna", territory=report.edition.wider[0], keys=keys, year=year)
    whole = report.values("gva_structure", territory=report.edition.all_subjects, keys=keys, year=year)
    differences = {code: abs(gap(accounts[code], whole[code])) for code in keys}
    known = {code: difference for code, difference in differences.items() if not difference.missing}
    if not known:
        return said
    widest = highest(known)
    return (
        said
        + " В структуре по национальным счетам доли иные: например, раздел «"
        + named_by(widest, short(report, "sections", widest))
        + "» – "
        + pct(accounts[widest])
        + " вместо "
        + pct(whole[widest])
        + "."
    )


@figure("employment-structure")
@needs(Need("employment_structure_printed", "y-1", f"{REGION};{DISTRICT}", SOME))
def employment_structure(report: Report) -> Drawing:
    """Draw the shares of employment that the printed text names; what they leave is told below."""
    region, district = report.edition.region, report.edition.wider[-1]
    # The printed edition gives the structure of the year before its own.
    frame = of_year(
        report.frame("employment_structure_printed", territories=[region, district]), report.edition.year - 1
    )
    year = int(frame["year"].max())
    shares = wide(frame, "category", "territory").sort_values(region, ascending=False)
    rest = 100 - shares[region].sum()
    names = [short(report, "sections", code) for code in shares.index]
    looks = theme.looks(report.edition)

    fig = theme.canvas(bars.height(names))
    ax = fig.subplots()
    own = Column(report.region.short, shares[region].tolist(), {"color": theme.REGION})
    bars.rows(ax, names)
    bars.draw_bars(ax, own)
    # A column of gaps says nothing that a sentence would not.
    compared = shares[district].notna().mean() > HALF_KNOWN
    other = Column(report.territory(district).short, shares[district].tolist(), looks[district].point | BESIDE_BAR)
    if compared:
        bars.draw_points(ax, other)
    bars.write_columns(ax, [own, other] if compared else [own], bold=[own.head])
    return Drawing(
        fig,
        with_remainder(frame, region, year, rest),
        _employment_alt(report, shares, year, rest),
        {"year": year},
        _employment_note(report, shares, rest, compared=compared),
    )


def _employment_note(report: Report, shares: pd.DataFrame, rest: float, *, compared: bool) -> str | None:
    """Say what the named shares leave, and what is known of the district where it has no column."""
    parts = [f"На разделы, не названные в источнике, приходится {per_cent(rest)}."] * bool(rest >= LEAST_REST)
    district = report.edition.wider[-1]
    known = shares[district].dropna()
    if compared and len(known) < len(shares):
        parts.append(f"{NO_DATA_SHORT} – {NO_DATA}.")
    if not compared and len(known):
        listed = joined(
            f"«{short(report, 'sections', str(code))}» – {per_cent(value)}" for code, value in known.items()
        )
        parts.append(f"{report.territory(district).short}: известно только {listed}.")
    return " ".join(parts) or None


def _employment_alt(report: Report, shares: pd.DataFrame, year: int, rest: float) -> str:
    region, district, top = report.edition.region, report.edition.wider[-1], shares.index[0]
    return (
        f"Столбчатая диаграмма: {count_of(len(shares), 'доля')} занятых по видам деятельности, {year} год."
        f" {report.region.short}: больше всего занято в разделе «{short(report, 'sections', top)}» –"
        f" {per_cent(shares.loc[top, region])}; на разделы, не названные в источнике, остается {per_cent(rest)}."
        f" {report.territory(district).short}: известно значений – {shares[district].notna().sum()}."
    )
