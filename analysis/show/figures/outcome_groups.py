"""Groups of graduates at risk beside all graduates, and a cohort two years after it graduated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP, decimal
from analysis.editions.needs import ALL, Need
from analysis.quantities import total
from analysis.quantities.absent import missing_of
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.outcomes import GROUPS
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import per_cent, short
from analysis.show.needs import needs

EVERYBODY = "Все выпускники"
OUTCOMES, LATER = "graduate_outcomes", "graduate_outcomes_two_years"
_CODES = [code for _, codes in GROUPS.values() for code in codes]
_REPORTED, _REPORTED_ALL = "employed_share_colleges_by_group_printed", "employed_share_colleges_printed"


@figure("outcome-groups")
@needs(
    Need(OUTCOMES, "y+1", categories=ALL),
    Need(f"{OUTCOMES}_orphans", "y+1", categories=ALL),
    Need(f"{OUTCOMES}_disabled", "y+1", categories=ALL),
    Need("graduates"),
    Need("graduates_by_group", categories=ALL),
    Need(_REPORTED_ALL),
    Need(_REPORTED, categories=ALL),
)
def outcome_groups(report: Report) -> Drawing:
    """Draw what groups at risk do beside all graduates; where only the shares at work are known, these."""
    groups = list(report.load("graduate_groups")["id"])
    frames = {EVERYBODY: _known(report, OUTCOMES)} | {
        short(report, "graduate_groups", group): _known(report, f"{OUTCOMES}_{group}") for group in groups
    }
    whole = {who: _latest_whole(frame) for who, frame in frames.items()}
    year = max(
        (int(frame["year"].iloc[0]) for who, frame in whole.items() if who != EVERYBODY and len(frame)), default=0
    )
    flows = {who: frame for who, frame in whole.items() if len(frame) and frame["year"].eq(year).all()}
    if EVERYBODY in flows and len(flows) > 1:
        return _stacked(flows, f"Чем заняты выпускники {year} года", {"year": year})
    return _at_work(report, groups)


@figure("outcomes-two-years")
@needs(Need(LATER, "y-1", categories=ALL), Need(OUTCOMES, "y-1", categories=ALL))
def outcomes_two_years(report: Report) -> Drawing:
    """Draw one cohort as it was counted in the year of graduation and two years later."""
    at_once, later = _known(report, OUTCOMES), _latest_whole(_known(report, LATER))
    if later.empty:
        year = report.edition.year - 1
        raise GapError(_missing(report, LATER, year))
    year = int(later["year"].iloc[0])
    first = at_once[at_once["year"].eq(year)]
    flows = {"В год выпуска": first} if _is_whole(first) else {}
    return _stacked(flows | {"Через два года": later}, f"Чем занят выпуск {year} года", {"year": year})


def _known(report: Report, indicator: str) -> pd.DataFrame:
    """Return what is known of the region, nothing where no table has a row for it."""
    try:
        frame = report.frame(indicator, [report.edition.region])
    except GapError:
        return pd.DataFrame(columns=["indicator", "category", "year", "value"])
    return frame[frame["value"].notna()]


def _missing(report: Report, indicator: str, year: int) -> tuple[Gap, ...]:
    """Return the outcomes of a year that are not known, as one gap."""
    return missing_of([total(report.values(indicator, year=year, keys=_CODES).values())])


def _is_whole(frame: pd.DataFrame) -> bool:
    return set(_CODES) <= set(frame["category"])


def _latest_whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the observations of the last year in which every outcome was counted; shares of fewer are of nothing."""
    years = [year for year, of_year in frame.groupby("year") if _is_whole(of_year)]
    return frame[frame["year"].eq(max(years))] if years else frame.iloc[:0]


def _stacked(flows: Mapping[str, pd.DataFrame], subject: str, said: Mapping[str, int]) -> Drawing:
    """Draw a bar of a hundred per cent for each flow, and beside it how many graduates it is of."""
    names = list(flows)
    fig = theme.canvas(bars.height(names, 20))
    ax = fig.subplots()
    bars.rows(ax, names)
    ax.set_xlim(0, 100)
    told, totals = [], []
    for row, (name, frame) in enumerate(flows.items()):
        counts = frame.set_index("category")["value"].astype(float)
        totals.append(counts.sum())
        told.append(f"{name} – {_of_flow(ax, row, counts)}")
    bars.write_columns(ax, [Column("человек", totals, digits=0)])
    _legend(ax)
    data = pd.concat(
        [frame.assign(share=(frame["value"] / frame["value"].sum() * 100).round(6)) for frame in flows.values()]
    )
    return Drawing(fig, data, f"Столбцы по сто процентов. {subject}: {'; '.join(told)}.", said)


def _of_flow(ax: Axes, row: int, counts: pd.Series) -> str:
    left, said = 0.0, []
    for name, (colour, codes) in GROUPS.items():
        width = counts[list(codes)].sum() / counts.sum() * 100
        ax.barh(row, width, left=left, height=0.62, color=colour, edgecolor=theme.PAPER, linewidth=1)
        if width > 8:
            ax.text(left + width / 2, row, per_cent(width), ha="center", va="center", color=theme.PAPER)
        said.append(f"{name} {per_cent(width)}")
        left += width
    return ", ".join(said)


def _legend(ax: Axes) -> None:
    """Name the colours under the bars, each in its own."""
    for place, (name, (colour, _)) in enumerate(GROUPS.items()):
        ax.annotate(
            f"{theme.SIGNS['s']} {name}",
            (place / len(GROUPS), 0),
            (0, -6),
            xycoords="axes fraction",
            textcoords="offset points",
            va="top",
            color=colour,
            fontsize=theme.SMALL,
            annotation_clip=False,
        )


def _at_work(report: Report, groups: list[str]) -> Drawing:
    """Draw the shares at work that colleges reported: all graduates, then each group."""
    year = report.edition.year
    shares = {EVERYBODY: report.value(_REPORTED_ALL, year=year)}
    sizes = {EVERYBODY: report.value("graduates", year=year)}
    for group in groups:
        name = short(report, "graduate_groups", group)
        shares[name] = report.value(_REPORTED, year=year, category=group)
        sizes[name] = report.value("graduates_by_group", year=year, category=group)
    known = [name for name, share in shares.items() if not share.missing]
    if EVERYBODY not in known or len(known) == 1:
        lacking = [gap for group in groups for gap in _missing(report, f"{OUTCOMES}_{group}", year + 1)]
        raise GapError(lacking or missing_of(shares.values()))
    values = [float(shares[name].value or 0) for name in known]
    counts = [float("nan") if sizes[name].missing else float(sizes[name].value or 0) for name in known]
    fig = theme.canvas(bars.height(known, 14))
    ax = fig.subplots()
    bars.rows(ax, known)
    ax.set_xlim(0, 100)
    digits = [shares[name].decimals for name in known]
    texts = [decimal(*pair) for pair in zip(values, digits, strict=True)]
    share = Column("работают, %", values, {"color": theme.BLUE}, texts=texts)
    bars.draw_bars(ax, share)
    bars.write_columns(ax, [Column("выпускников", counts, digits=0), share])
    said = "; ".join(f"{name} – {text}{NBSP}%" for name, text in zip(known, texts, strict=True))
    data = pd.concat([report.frame(name, [report.edition.region], [year]) for name in (_REPORTED_ALL, _REPORTED)])
    return Drawing(
        fig,
        data,
        f"Столбчатая диаграмма: доля трудоустроенных среди выпускников {year} года. {said}.",
        {"year": year},
        "Доли – по отчетам образовательных организаций; чем заняты остальные в каждой категории, неизвестно.",
    )
