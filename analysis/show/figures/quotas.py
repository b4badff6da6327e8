"""Admission quotas by group of specialties, and how admission stands beside them."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import NBSP, decimal
from analysis.show import theme
from analysis.show.figures import bars
from analysis.show.figures.bars import Column
from analysis.show.figures.panels import of_year
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import codes, counted, per_cent, short
from analysis.show.wording import joined


@figure("quotas")
def quotas(report) -> Drawing:
    """Draw the known shares of the groups in the admission quotas; the rest is a hatched remainder."""
    frame = _shares(report)
    dated = frame[frame["year"].notna()].sort_values("value", ascending=False)
    undated = frame[frame["year"].isna()]
    year, rest = int(dated["year"].max()), 100 - dated["value"].sum()
    names = (
        [_group(report, code) for code in dated["category"]]
        + ["Остальные группы (не названы)"]
        + [f"{_group(report, code)} (год не указан)" for code in undated["category"]]
    )

    fig = theme.canvas(bars.height(names, 3))
    ax = fig.subplots()
    share = Column("", [*dated["value"], rest, *undated["value"]], {"color": theme.BLUE})
    bars.rows(ax, names)
    bars.draw_bars(ax, share, hatched=[len(dated)])
    for row, value in enumerate(undated["value"], start=len(dated) + 1):
        bars.outline(ax, row, value)
    bars.write_ends(ax, share.values, [decimal(value, 1) for value in share.values])
    first, last = dated.iloc[0], dated.iloc[-1]
    alt = (
        f"Столбчатая диаграмма: доли {counted(len(dated), 'группа', 'gent')} в контрольных цифрах приема на"
        f" {year}/{year + 1} учебный год. Самая большая – {_group(report, first['category'])}"
        f" ({per_cent(first['value'])}), самая маленькая из названных – {_group(report, last['category'])}"
        f" ({per_cent(last['value'])}); на остальные группы приходится {per_cent(rest)}."
    )
    note = f"Заштрихованная полоса – остаток до 100{NBSP}%."
    if len(undated):
        note += " Полоса с контуром – доля без указания года, в остатке она не вычтена."
    data = pd.concat([frame, bars.remainder(frame, report.edition.region, year, rest)], ignore_index=True)
    return Drawing(fig, data, alt, {"year": year, "next_year": year + 1}, note)


@figure("admission-quotas")
def admission_quotas(report) -> Drawing:
    """Set admission to the largest programmes beside the quota shares of their groups, each on its own scale.

    Admission counts fee-paying students and belongs to one year, quotas are shares of places on
    budget money of the next: they are shown side by side, never divided by one another.
    """
    region, year = report.edition.region, report.edition.year
    intake = report.frame("intake", territories=[region], years=[year]).sort_values("value", ascending=False)
    group_of = codes(report, "specialties")["group"]
    totals = intake.groupby(intake["category"].map(group_of))["value"].sum().sort_values(ascending=False)
    known = _shares(report)
    # A share of a year says more than one without.
    known = known[known["category"].isin(totals.index)].sort_values("year", kind="stable").drop_duplicates("category")
    shares = known.set_index("category")["value"].reindex(totals.index)
    undated = known.loc[known["year"].isna(), "category"]
    quota_year = int(known["year"].max())
    names = [_group(report, code) for code in totals.index]

    titles = [
        bars.wrap(f"Прием {year} года на программы с наибольшим приемом, человек", 0.2),
        bars.wrap(f"Доля группы в контрольных цифрах {quota_year}/{quota_year + 1} учебного года, %", 0.17),
    ]
    fig = theme.canvas(bars.height(names, 6 + bars.LINE_MM * max(1 + title.count("\n") for title in titles)))
    left, right = fig.subplots(1, 2, sharey=True, width_ratios=[1.25, 1])
    fig.get_layout_engine().set(wspace=0.05)
    bars.rows(left, names)
    bars.rows(right, names)
    right.tick_params(axis="y", labelleft=False)
    left.set_title(titles[0])
    right.set_title(titles[1])
    for row, group in enumerate(totals.index):
        programmes = intake[intake["category"].map(group_of) == group]
        bars.stack(left, row, programmes["value"], programmes["category"], theme.GREEN)
    bars.draw_bars(right, Column("", shares.tolist(), {"color": theme.BLUE}))
    for row in [row for row, group in enumerate(totals.index) if group in set(undated)]:
        bars.outline(right, row, shares.iloc[row])
    bars.write_ends(left, totals.tolist(), [decimal(value, 0) for value in totals])
    bars.write_ends(right, shares.tolist(), ["" if pd.isna(value) else decimal(value, 1) for value in shares])
    top, low = totals.index[0], shares.idxmin()
    alt = (
        f"Две столбчатые диаграммы по {counted(len(totals), 'группа', 'datv')} специальностей. Наибольший прием {year}"
        f" года – {_group(report, top)}: {decimal(totals[top], 0)}{NBSP}человек. Наименьшая известная доля в"
        f" контрольных цифрах приема – {_group(report, low)}: {per_cent(shares[low])} при приеме"
        f" {decimal(totals[low], 0)}{NBSP}человек."
    )
    return Drawing(
        fig,
        pd.concat([intake, known], ignore_index=True),
        alt,
        {"first": year, "last": quota_year, "next_year": quota_year + 1},
        _admission_note(report, shares, undated),
    )


def _shares(report) -> pd.DataFrame:
    """Return the quota shares of the school year that follows the edition's, and those whose year is not given."""
    frame = report.frame("quota_share", territories=[report.edition.region])
    return pd.concat([of_year(frame[frame["year"].notna()], report.edition.year + 1), frame[frame["year"].isna()]])


def _admission_note(report, shares: pd.Series, undated: pd.Series) -> str:
    parts = [
        "Прием – общий, контрольные цифры – места за счет бюджета на следующий год, поэтому доли одного в другом не"
        " считаются. Прием группы – сумма только по показанным программам: весь прием группы не меньше указанного."
    ]
    if absent := shares.index[shares.isna()].tolist():
        parts.append(f"Заштрихованная ячейка – доля группы {joined(absent)} не названа.")
    if len(undated):
        parts.append(f"Полоса с контуром – доля группы {joined(undated)}, для которой год не указан.")
    return " ".join(parts)


def _group(report, code: str) -> str:
    return f"{code} {short(report, 'groups', code)}"
