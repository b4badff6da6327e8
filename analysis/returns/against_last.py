"""A return beside the one before it: what may not change and did, what must change and did not, what cannot go back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.base.russian import decimal
from analysis.returns.faults import Fault, persons
from analysis.returns.form import ARMY, COLLEGE, EMPLOYED, GROUP, KEY, QUARTER, REPORT_YEAR, TOTAL, YEAR, Form
from analysis.returns.listed import Quarter
from analysis.returns.reading import place

# A part of graduates that changes what it does within a quarter even where the returns do not show it: were all of them
# copies, none would. Call-ups, ends of leave and of seasons move more in any quarter.
MOVING = 0.02
# Graduates do not move one by one: a call-up or a hiring takes several of one college. How many times as uneven as
# independent moves they are at least, whatever the returns show.
UNEVEN = 2.0
# Copies of honest colleges that are put up with in one quarter, on the average.
COPIES = 0.5
# And how likely one that is named may be honest: one in twenty, as is usual.
SURE = 0.05
# Discharged before their term for health or family: of those who serve, at most, and one person in any case.
EARLY = 0.05
_BEFORE = "_before"
_MEDIAN_OF_SQUARES = 0.455  # of a standard normal number


def last_before(previous: pd.DataFrame, wanted: Quarter) -> pd.DataFrame:
    """Return of former returns the last row of each group and cohort before a quarter."""
    when = previous[[REPORT_YEAR, QUARTER]].apply(tuple, axis=1)
    earlier = previous[(when < wanted) & previous[[YEAR, TOTAL]].notna().all(axis=1)]
    return earlier.sort_values([REPORT_YEAR, QUARTER], kind="stable").drop_duplicates(list(KEY), keep="last")


def paired(rows: pd.DataFrame, last: pd.DataFrame, form: Form) -> pd.DataFrame:
    """Return the rows that were there before, with the former counts beside them.

    Parameters
    ----------
    rows : pandas.DataFrame
        The returns of the quarter.
    last : pandas.DataFrame
        As `last_before` gives them.
    form : Form

    Returns
    -------
    pandas.DataFrame
        One row a group and cohort; the former count of `x` stands in `x_before`.
    """
    before = last[[*KEY, *form.counts]]
    return rows.drop_duplicates(list(KEY)).merge(before, on=list(KEY), suffixes=("", _BEFORE))


def changed_totals(pairs: pd.DataFrame, form: Form) -> Iterator[Fault]:
    """Yield cohorts, and groups of graduates in them, that are not as large as they were."""
    for _, row in pairs.iterrows():
        for name in (TOTAL, *form.groups):
            now, before = row[name], row[f"{name}{_BEFORE}"]
            if pd.notna(now) and pd.notna(before) and now != before:
                why = (
                    f"{form.title(name)} – {persons(now)}, а в прошлом отчете о том же выпуске было {persons(before)}:"
                    " выпуск прошлых лет не меняется."
                )
                yield Fault(row[COLLEGE], "total", why, **place(row, [name]))


def lost_rows(rows: pd.DataFrame, last: pd.DataFrame) -> Iterator[Fault]:
    """Yield groups that a college reported last time and leaves out now."""
    there = set(rows[list(KEY)].itertuples(index=False, name=None))
    for key, own in rows.groupby("key", sort=False):
        for _, before in last[last["key"] == key].iterrows():
            if tuple(before[list(KEY)]) not in there:
                why = (
                    f"нет группы {before[GROUP]} выпуска {before[YEAR]:.0f} года, а в прошлом отчете в ней"
                    f" {persons(before[TOTAL])}: впишите строку."
                )
                yield Fault(own.iloc[0][COLLEGE], "total", why, **place(own.iloc[0], []))


def copies(pairs: pd.DataFrame, form: Form) -> Iterator[Fault]:
    """Yield colleges all of whose figures are those of the last quarter although some of so many graduates must move.

    How many changes are to be expected is told by all colleges together, cohort by cohort, and how unevenly they fall
    by how far colleges are from that. The count of changes is taken for negative binomial, with a variance of `uneven`
    times its mean `m`, so an honest college shows none with probability uneven ** (-m / (uneven - 1)). Large colleges
    are named first, as long as the honest ones among all that would be named are no more than `COPIES` on the average
    and each has a chance of `SURE` at most. A small college in which nothing has changed is
    believed: from figures alone nobody can tell.
    """
    colleges = _changes(pairs, form)
    if colleges.empty:
        return
    off = (colleges["moved"] - colleges["expected"]) ** 2 / colleges["expected"]
    uneven = max(float(off.median()) / _MEDIAN_OF_SQUARES, UNEVEN)
    colleges["chance"] = uneven ** (-colleges["expected"] / (uneven - 1))
    in_turn = colleges.sort_values("chance")
    for key in in_turn.index[in_turn["same"] & in_turn["chance"].le(SURE) & in_turn["chance"].cumsum().le(COPIES)]:
        own = pairs[pairs["key"] == key]
        first, expected = own.iloc[0], colleges.at[key, "expected"]
        why = (
            f"все числа те же, что в прошлом отчете (выпускников {persons(own[TOTAL].sum())}), а за квартал занятие"
            f" обычно меняют около {decimal(expected, 0)} из стольких. Заполните отчет заново."
        )
        cells = tuple(cell for _, row in own.iterrows() for cell in place(row, [EMPLOYED])["cells"])
        yield Fault(first[COLLEGE], "copy", why, first["file"], first["sheet"], cells)


def _changes(pairs: pd.DataFrame, form: Form) -> pd.DataFrame:
    """Return by college how many graduates are seen to have changed, how many to expect, and whether no figure did."""
    told = pairs[pairs[TOTAL] > 0]
    moved = (told[list(form.outcomes)].to_numpy(float) - _before(told, form.outcomes)).clip(min=0).sum(axis=1)
    same = (told[form.counts].fillna(0).to_numpy(float) == _before(told, form.counts, 0)).all(axis=1)
    told = told.assign(moved=moved, same=same).dropna(subset=["moved"])
    by_cohort = told.groupby(YEAR)[["moved", TOTAL]].sum()
    rate = (by_cohort["moved"] / by_cohort[TOTAL]).clip(lower=MOVING)
    told = told.assign(expected=told[TOTAL] * told[YEAR].map(rate))
    return told.groupby("key").agg(moved=("moved", "sum"), expected=("expected", "sum"), same=("same", "all"))


def reversals(pairs: pd.DataFrame, wanted: Quarter) -> Iterator[Fault]:
    """Yield conscripts who are home before their year is out.

    Conscription lasts twelve months, so of those called up after graduation nobody is back before July of the next
    year, save the discharged. Other outcomes may end in any quarter: nothing is called impossible of them.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As `paired` gives them.
    wanted : tuple
        The quarter that is collected.

    Yields
    ------
    Fault
    """
    for _, row in pairs.iterrows():
        now, before = row[ARMY], row[f"{ARMY}{_BEFORE}"]
        if wanted < (int(row[YEAR]) + 1, 3) and before - now > max(1, np.ceil(EARLY * before)):
            why = (
                f"служат {persons(now)}, а в прошлом отчете служили {persons(before)}: призванные после выпуска"
                " вернутся не раньше, чем через год."
            )
            yield Fault(row[COLLEGE], "reversal", why, **place(row, [ARMY]))


def _before(pairs: pd.DataFrame, names: tuple[str, ...] | list[str], empty: float = np.nan) -> np.ndarray:
    return pairs[[f"{name}{_BEFORE}" for name in names]].fillna(empty).to_numpy(float)
