"""Admission quotas by group of specialties, and how admission stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP, decimal
from analysis.editions.needs import SOME, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import codes, per_cent, short
from analysis.show.needs import needs
from analysis.show.observed import of_year, with_remainder
from analysis.show.wording import count_of, joined

ADMISSION_NOTE = (
    "Прием – общий, контрольные цифры – места за счет бюджета на следующий год, поэтому доли одного в другом не"
    " считаются. Прием группы – сумма только по показанным программам: весь прием группы не меньше указанного."
)

WHO = "орган управления образованием региона"
LEAST_REST = 0.05  # per cent that a remainder must come to before it is printed as anything but nought


@figure("quotas")
@needs(Need("quota_share", "y+1", categories=SOME))
def quotas(report: Report) -> Drawing:
    """Draw the known shares of the groups in the admission quotas; what they leave is told below."""
    frame = _shares(report)
    frame = frame[frame["value"].notna()]
    dated = frame[frame["year"].notna()].sort_values("value", ascending=False)
    undated = frame[frame["year"].isna()]
    if dated.empty:
        raise GapError([Gap("доли групп в контрольных цифрах приема с годом", "год не указан", WHO)])
    year, rest = int(dated["year"].max()), 100 - dated["value"].sum()
    # Shares of all groups, each rounded, leave nothing to name.
    remainder = [rest] if rest >= LEAST_REST else []
    names = [_group(report, code) for code in dated["category"]]
    names += [f"{_group(report, code)} (год не указан)" for code in undated["category"]]

    fig = theme.canvas(bars.height(names, 3))
    ax = fig.subplots()
    share = Column("", [*dated["value"], *undated["value"]], {"color": theme.BLUE})
    bars.rows(ax, names)
    bars.draw_bars(ax, share)
    for row, value in enumerate(undated["value"], start=len(dated)):
        bars.outline(ax, row, value)
    bars.write_ends(ax, share.values)
    data = with_remainder(frame, report.edition.region, year, rest) if remainder else frame
    notes = [f"На группы, не названные в источнике, приходится {per_cent(rest)}."] * len(remainder)
    if len(undated):
        notes.append("Полоса с контуром – доля без указания года" + (", в остатке она не вычтена." if notes else "."))
    placeholders = {"year": year, "next_year": year + 1}
    return Drawing(fig, data, _quotas_alt(report, dated, remainder), placeholders, " ".join(notes) or None)


@figure("admission-quotas")
@needs(Need("intake", categories=SOME), Need("quota_share", "y+1", categories=SOME))
def admission_quotas(report: Report) -> Drawing:
    """Set admission to the largest programmes beside the quota shares of their groups, each on its own scale.

    Admission counts fee-paying students and belongs to one year, quotas are shares of places on
    budget money of the next: they are shown side by side, never divided by one another.
    """
    region, year = report.edition.region, report.latest("intake")
    intake = report.frame("intake", territories=[region], years=[year]).sort_values("value", ascending=False)
    intake_group = intake["category"].map(codes(report, "specialties")["group"])
    totals = intake.groupby(intake_group)["value"].sum().sort_values(ascending=False)
    known = _shares(report)
    known = _dated_before_undated(known[known["category"].isin(totals.index) & known["value"].notna()])
    if known.empty:
        raise GapError([Gap("доли групп самых массовых программ в контрольных цифрах приема", "не названы", WHO)])
    shares = known.set_index("category")["value"].reindex(totals.index)
    undated = known.loc[known["year"].isna(), "category"]
    quota_year = year + 1 if known["year"].isna().all() else int(known["year"].max())
    names = [_group(report, code) for code in totals.index]

    titles = [
        bars.wrap(f"Прием {year} года на программы с наибольшим приемом, человек", 0.2),
        bars.wrap(f"Доля группы в контрольных цифрах{_school_year(known)}, %", 0.17),
    ]
    fig = theme.canvas(bars.height(names, 6 + bars.LINE_MM * max(1 + title.count("\n") for title in titles)))
    left, right = _side_by_side(fig, names, titles)
    for row, group in enumerate(totals.index):
        programmes = intake[intake_group == group]
        bars.stack(left, row, programmes["value"], programmes["category"], theme.GREEN)
    bars.draw_bars(right, Column("", shares.tolist(), {"color": theme.BLUE}))
    for row in [row for row, group in enumerate(totals.index) if group in set(undated)]:
        bars.outline(right, row, shares.iloc[row])
    bars.write_ends(left, totals.tolist(), digits=0)
    bars.write_ends(right, shares.tolist())
    return Drawing(
        fig,
        pd.concat([intake, known], ignore_index=True),
        _admission_alt(report, year, totals, shares),
        {"first": year, "last": quota_year, "next_year": quota_year + 1},
        _admission_note(shares, undated),
    )


def _quotas_alt(report: Report, dated: pd.DataFrame, remainder: Sequence[float]) -> str:
    """Say what the chart of the quotas shows: the largest and the smallest share, and what is left."""
    first, last, year = dated.iloc[0], dated.iloc[-1], int(dated["year"].max())
    rest = f"; на остальные группы приходится {per_cent(remainder[0])}" if remainder else ""
    return (
        f"Столбчатая диаграмма: доли {count_of(len(dated), 'группа', 'gent')} в контрольных цифрах приема на"
        f" {year}/{year + 1} учебный год. Самая большая – {_group(report, first['category'])}"
        f" ({per_cent(first['value'])}), самая маленькая из названных – {_group(report, last['category'])}"
        f" ({per_cent(last['value'])}){rest}."
    )


def _school_year(shares: pd.DataFrame) -> str:
    """Return « 2021/2022 учебного года», nothing where no share has a year."""
    if shares["year"].isna().all():
        return ""
    year = int(shares["year"].max())
    return f" {year}/{year + 1} учебного года"


def _dated_before_undated(shares: pd.DataFrame) -> pd.DataFrame:
    """Return one share a group: that of a year says more than one without."""
    return shares.sort_values("year", kind="stable").drop_duplicates("category")


def _side_by_side(fig: Figure, names: Sequence[str], titles: Sequence[str]) -> Sequence[Axes]:
    """Return two charts of the same rows, named on the left alone."""
    axes = fig.subplots(1, 2, sharey=True, width_ratios=[1.25, 1])
    fig.set_layout_engine("constrained", wspace=0.05)
    for ax, title in zip(axes, titles, strict=True):
        bars.rows(ax, names)
        ax.set_title(title)
    axes[1].tick_params(axis="y", labelleft=False)
    return axes


def _admission_alt(report: Report, year: int, totals: pd.Series, shares: pd.Series) -> str:
    top, low = totals.index[0], shares.idxmin()
    return (
        f"Две столбчатые диаграммы по {count_of(len(totals), 'группа', 'datv')} специальностей. Наибольший прием"
        f" {year} года – {_group(report, top)}: {decimal(totals[top], 0)}{NBSP}человек. Наименьшая"
        f" известная доля в контрольных цифрах приема – {_group(report, low)}: {per_cent(shares[low])} при приеме"
        f" {decimal(totals[low], 0)}{NBSP}человек."
    )


def _shares(report: Report) -> pd.DataFrame:
    """Return the quota shares of the school year that follows the edition's, and those whose year is not given."""
    frame = report.frame("quota_share", territories=[report.edition.region])
    return pd.concat([of_year(frame[frame["year"].notna()], report.edition.year + 1), frame[frame["year"].isna()]])


def _admission_note(shares: pd.Series, undated: pd.Series) -> str:
    parts = [ADMISSION_NOTE]
    if absent := shares.index[shares.isna()].tolist():
        parts.append(f"Заштрихованная ячейка – доля группы {joined(absent)} не названа.")
    if len(undated):
        parts.append(f"Полоса с контуром – доля группы {joined(undated)}, для которой год не указан.")
    return " ".join(parts)


def _group(report: Report, code: str) -> str:
    return f"{code} {short(report, 'groups', code)}"
