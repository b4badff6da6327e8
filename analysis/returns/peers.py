"""Returns unlike those of colleges that teach the same: each outcome, row by row and over all rows of a college.

How many false alarms there are is bounded by their number and not by their share: a test is an alarm where its
two-sided p value is below `ALARMS` divided by the number of tests, so that of colleges that differ no more than
colleges do, on the average no more than `ALARMS` are named, however the tests hang together (A. Gordon, G. Glazko,
X. Qiu, A. Yakovlev, Control of the mean number of false discoveries, Bonferroni and stability of multiple testing,
Annals of Applied Statistics 1 (2007) 179-190). A list to send back is read by people who pay for each false name with a
letter; a share of false names, as Benjamini and Hochberg bound it, would grow with the number of faults.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from analysis.base.russian import NBSP
from analysis.returns.faults import Fault, per_cent, persons
from analysis.returns.form import COLLEGE, GROUP, TOTAL, YEAR, Form
from analysis.returns.reading import place
from analysis.returns.spread import Profile, fitted, tails

# False alarms that are put up with in one quarter, on the average, for all tests of this module together.
ALARMS = 0.5
# With fewer rows of a group there is nobody to compare with: they are set beside all other rare groups.
FEW = 8
_RARE = "редкие группы"


@dataclass(frozen=True)
class Odd:
    """One test that is an alarm."""

    p: float
    outcome: str
    rows: pd.DataFrame
    k: float
    n: float
    usual: tuple[float, float]


def outliers(rows: pd.DataFrame, form: Form) -> Iterator[Fault]:
    """Yield for each college the outcome that is least like its peers, where that is beyond chance.

    Parameters
    ----------
    rows : pandas.DataFrame
        Sound rows: each once, its outcomes in sum its graduates.
    form : Form

    Yields
    ------
    Fault
        A college at most once for all its rows together; else each of its rows at most once.
    """
    rows = rows[rows[TOTAL] > 0]
    whole = _over_colleges(rows, form)
    tests = len(form.outcomes) * (len(rows) + whole[["key", YEAR]].drop_duplicates().shape[0])
    if rows["key"].nunique() < FEW:
        return
    alarms = [odd for outcome in form.outcomes for odd in _odd(rows, whole, outcome, ALARMS / tests)]
    told: set[tuple] = set()
    # What a college shows as a whole stands for its rows; of one row the least likely outcome stands for the others.
    for odd in sorted(alarms, key=lambda odd: (-len(odd.rows), odd.p)):
        keys = {(row["key"], row[GROUP], row[YEAR]) for _, row in odd.rows.iterrows()}
        if not keys & told:
            told |= keys
            yield _fault(odd, form)


def _over_colleges(rows: pd.DataFrame, form: Form) -> pd.DataFrame:
    return rows.groupby(["key", YEAR], sort=False)[[TOTAL, *form.outcomes]].sum().reset_index()


def _odd(rows: pd.DataFrame, whole: pd.DataFrame, outcome: str, bound: float) -> Iterator[Odd]:
    """Yield the rows and the colleges whose number of one outcome is beyond the bound."""
    k, n = rows[outcome].to_numpy(np.int64), rows[TOTAL].to_numpy(np.int64)
    by_row = fitted(k, n, _profiles(rows))
    yield from (_alarm(rows.iloc[[at]], outcome, by_row, at, p) for at, p in _beyond(k, n, by_row, bound))
    # A college is expected to have what its mix of groups has elsewhere.
    mix = (n * expit(by_row.centre)).astype(float)
    expected = pd.Series(mix, index=rows.index).groupby([rows["key"], rows[YEAR]], sort=False).sum().to_numpy()
    k, n = whole[outcome].to_numpy(np.int64), whole[TOTAL].to_numpy(np.int64)
    offset = logit(np.clip(expected / n, 1e-6, 1 - 1e-6))
    by_college = fitted(k, n, whole[YEAR].tolist(), offset)
    for at, p in _beyond(k, n, by_college, bound):
        own = rows[(rows["key"] == whole["key"].iloc[at]) & (rows[YEAR] == whole[YEAR].iloc[at])]
        yield _alarm(own, outcome, by_college, at, p)


def _profiles(rows: pd.DataFrame) -> list[tuple]:
    """Return with whom each row is compared: the same group of the same cohort, or all that are rare in it."""
    peers = rows.groupby([GROUP, YEAR])["key"].transform("nunique")
    named = rows[GROUP].where(peers >= FEW, _RARE)
    return list(zip(named, rows[YEAR], strict=True))


def _beyond(k: np.ndarray, n: np.ndarray, profile: Profile, bound: float) -> Iterator[tuple[int, float]]:
    few, many = tails(k, n, profile)
    p = np.minimum(1.0, 2 * np.minimum(few, many))
    yield from ((int(at), float(p[at])) for at in np.flatnonzero(p <= bound))


def _alarm(rows: pd.DataFrame, outcome: str, profile: Profile, at: int, p: float) -> Odd:
    low, high = (float(bound[at]) for bound in profile.usual())
    return Odd(p, outcome, rows, float(rows[outcome].sum()), float(rows[TOTAL].sum()), (low, high))


def _fault(odd: Odd, form: Form) -> Fault:
    first, (low, high) = odd.rows.iloc[0], odd.usual
    usual = f"{100 * low:.0f}–{100 * high:.0f}{NBSP}%"
    where = f"группа {first[GROUP]}" if len(odd.rows) == 1 else "все группы вместе"
    why = (
        f"{form.title(odd.outcome)} – {persons(odd.k)} из {persons(odd.n)} ({per_cent(odd.k, odd.n)}; {where}), а у"
        f" организаций с теми же группами обычно {usual}: подтвердите списком выпускников или исправьте."
    )
    spots = [place(row, [odd.outcome]) for _, row in odd.rows.iterrows()]
    cells = tuple(cell for spot in spots if spot["file"] == first["file"] for cell in spot["cells"])
    return Fault(first[COLLEGE], "outlier", why, first["file"], first["sheet"], cells)
