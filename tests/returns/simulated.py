"""A quarter's returns of a made-up region, graduate by graduate, and twelve ways in which a return is wrong.

It knows nothing of the checks: colleges differ in size, in what they teach, in their towns and in how much changes
within a quarter, and the faults are laid into colleges drawn by lot, small ones too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.base.files.tables import for_excel
from analysis.returns.form import Form

OUTCOMES = ("employed", "studying", "army", "childcare", "registered", "not_employed")
# Roughly how graduates of a region are spread; what a group of specialties or a college has is drawn around it.
USUAL = np.array([0.59, 0.10, 0.19, 0.025, 0.01, 0.085])
# Groups in which few are called up, and their part among all.
TAUGHT = ("08.00.00", "09.00.00", "13.00.00", "15.00.00", "19.00.00", "21.00.00", "22.00.00", "23.00.00", "38.00.00")
TAUGHT_MOSTLY_TO_WOMEN = ("34.00.00", "40.00.00", "43.00.00", "44.00.00")
# How many of those who do it a quarter ago do something else now: who waits for work or a call-up moves most.
STIRRING = np.array([0.06, 0.02, 0.003, 0.05, 0.4, 0.35])
QUARTER, BEFORE, COHORT = (2021, 4), (2021, 3), 2021


def graduates(rng: np.random.Generator, colleges: int) -> pd.DataFrame:
    """Draw the graduates of a region: college, group, what each did a quarter ago and does now, and more."""
    groups = (*TAUGHT, *TAUGHT_MOSTLY_TO_WOMEN)
    popular = rng.dirichlet(np.full(len(groups), 4.0))
    of_group = {group: rng.dirichlet(60 * _tilted(group)) for group in groups}
    made = []
    for number in range(1, colleges + 1):
        size = int(np.clip(rng.lognormal(np.log(185), 0.5), 25, 700))
        taught = rng.choice(len(groups), size=int(rng.integers(2, 6)), replace=False, p=popular)
        weights = rng.dirichlet(np.full(len(taught), 3.0))
        town = np.exp(rng.normal(0, 0.3, len(OUTCOMES)))
        moving = STIRRING * rng.lognormal(0, 0.4)
        for place, part in zip(taught, rng.multinomial(size, weights), strict=True):
            share = of_group[groups[place]] * town * np.exp(rng.normal(0, 0.15, len(OUTCOMES)))
            made.append(_row(rng, f"Техникум № {number}", groups[place], int(part), share / share.sum(), moving))
    return pd.concat(made, ignore_index=True)


def _tilted(group: str) -> np.ndarray:
    tilted = USUAL * (np.array([1, 1.3, 0.15, 2.5, 1, 1]) if group in TAUGHT_MOSTLY_TO_WOMEN else 1)
    return tilted / tilted.sum()


def _row(
    rng: np.random.Generator, college: str, group: str, size: int, share: np.ndarray, moving: np.ndarray
) -> pd.DataFrame:
    before = rng.choice(len(OUTCOMES), size=size, p=share)
    moves = rng.random(size) < moving[before]
    # Who moves goes to work, into the army or home; nobody begins to study in winter.
    to = np.array([0.5, 0.0, 0.3, 0.05, 0.05, 0.1])
    now = np.where(moves, rng.choice(len(OUTCOMES), size=size, p=to), before)
    return pd.DataFrame(
        {
            "college": college,
            "group": group,
            "before": before,
            "now": now,
            "boss": rng.random(size) < 0.06,
            "orphans": rng.random(size) < 0.055,
            "disabled": rng.random(size) < 0.014,
        }
    )


def tabulated(people: pd.DataFrame, when: str, quarter: tuple[int, int]) -> pd.DataFrame:
    """Return the returns that honest colleges would make of their graduates."""
    rows = []
    for (college, group), own in people.groupby(["college", "group"], sort=False):
        row = {"college": college, "group": group, "year": COHORT, "report_year": quarter[0], "quarter": quarter[1]}
        row |= {"graduates": len(own)} | _counted(own[when], "")
        row["self_employed"] = int((own["boss"] & own[when].eq(0)).sum())
        for who in ("orphans", "disabled"):
            if own[who].any():
                row |= {who: int(own[who].sum())} | _counted(own.loc[own[who], when], f"{who}_")
        rows.append(row)
    return pd.DataFrame(rows)


def _counted(outcomes: pd.Series, before: str) -> dict[str, int]:
    return {f"{before}{name}": int(outcomes.eq(place).sum()) for place, name in enumerate(OUTCOMES)}


def written(rows: pd.DataFrame, form: Form, file: Path) -> Path:
    """Write returns as the CSV that the template makes."""
    columns = form.table.columns
    cells = rows.reindex(columns=columns).astype(object)
    file.write_bytes(for_excel(columns, cells.where(cells.notna(), None).itertuples(index=False)))
    return file


# What each fault does to the returns of one college, and by which rule it is to be found.
Edit = Callable[[pd.DataFrame, pd.DataFrame, pd.Index], pd.DataFrame]


def _sum(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    rows.loc[own[0], "not_employed"] += 3
    return rows


def _group(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    names = [f"orphans_{name}" for name in OUTCOMES]
    rows.loc[own[0], names] = rows.loc[own[0], names].fillna(0)
    rows.loc[own[0], "orphans_childcare"] = rows.loc[own[0], "childcare"] + 2
    rows.loc[own[0], "orphans"] = rows.loc[own[0], names].sum()
    return rows


def _share(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    rows.loc[own[0], "employed"] = rows.loc[own[0], "graduates"] + 1
    return rows


def _negative(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    rows.loc[own[0], "employed"] += rows.loc[own[0], "registered"] + 1
    rows.loc[own[0], "registered"] = -1
    return rows


def _fraction(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    rows["employed"] = rows["employed"].astype(float)
    rows.loc[own[0], "employed"] = round(rows.loc[own[0], "employed"] / rows.loc[own[0], "graduates"], 2)
    return rows


def _copy(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    counts = [name for name in rows if name not in {"college", "group", "year", "report_year", "quarter"}]
    rows.loc[own, counts] = last.loc[own, counts].to_numpy()
    return rows


def _all_at_work(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    for before in ("", "orphans_", "disabled_"):
        names = [f"{before}{name}" for name in OUTCOMES]
        everyone = rows.loc[own, names].sum(axis=1, min_count=1)
        rows.loc[own, names[1:]] = rows.loc[own, names[1:]].where(rows.loc[own, names[1:]].isna(), 0)
        rows.loc[own, names[0]] = everyone
    return rows


def _back_from_the_army(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    # Half of those who served a quarter ago are said to work now, of all and of each group.
    for before in ("", "orphans_", "disabled_"):
        army, work = f"{before}army", f"{before}employed"
        back = rows.loc[own, army] - (last.loc[own, army] // 2).where(last.loc[own, army].notna())
        rows.loc[own, army] -= back
        rows.loc[own, work] += back
    return rows


def _total(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    rows.loc[own[0], ["graduates", "not_employed"]] += 2
    return rows


def _twice(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    return pd.concat([rows, rows.loc[own[:1]]])


def _missing(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    return rows.drop(index=own)


def _quarter(rows: pd.DataFrame, last: pd.DataFrame, own: pd.Index) -> pd.DataFrame:
    rows.loc[own, "quarter"] = BEFORE[1]
    return rows


FAULTS: dict[str, Edit] = {
    "sum": _sum,
    "group": _group,
    "share": _share,
    "negative": _negative,
    "fraction": _fraction,
    "copy": _copy,
    "outlier": _all_at_work,
    "reversal": _back_from_the_army,
    "total": _total,
    "quarter": _quarter,
    "duplicate": _twice,
    "missing": _missing,
}


def simulated(seed: int, colleges: int = 68) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """Return the returns of a quarter with twelve faults, those of the last one, and the college of each fault."""
    rng = np.random.default_rng(seed)
    people = graduates(rng, colleges)
    last, rows = tabulated(people, "before", BEFORE), tabulated(people, "now", QUARTER)
    chosen = rng.choice(rows["college"].unique(), size=len(FAULTS), replace=False)
    planted = dict(zip(FAULTS, chosen, strict=True))
    for rule, college in planted.items():
        rows = FAULTS[rule](rows, last, rows.index[rows["college"] == college])
    return rows, last, planted
