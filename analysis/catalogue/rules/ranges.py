"""Values stay within what their kind allows.

Yearly changes beyond the stated limit are named, unless the series breaks there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.base.russian import signed
from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.corroborated import corroborated
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import broken, findings_at, spelled

PERCENT = "\u00a0%"
COUNTRY = ("russia", "russia-sum")
# So many times the median change of the series itself: of normally spread changes one in a thousand is so large.
OWN = 5
# Of fewer changes it is not known what is usual.
ENOUGH = 10


def ranges(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find values outside the limits of their indicator or kind (`minimum`, `maximum` of `limits.csv`)."""
    given = rows[rows["value"].notna()]
    for bound, outside, words in (("minimum", given["value"].lt, "меньше"), ("maximum", given["value"].gt, "больше")):
        limit = _limit(given, known, bound)
        wrong = given[outside(limit)]
        yield from findings_at(
            wrong,
            "ranges",
            [f"значение {words} допустимого для показателя ({spelled(value)})" for value in limit[wrong.index]],
            "Проверьте значение и единицу; допустимое названо в data/codes/limits.csv.",
        )


def jumps(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find changes against the year before beyond `jump` of `limits.csv`.

    Per cent for levels, units of the indicator for the rest.

    What the whole country went through is no slip of one territory: a change counts by as much as it differs from the
    country's. A change at a break of the series is what the break says; one of few units of the last decimal is
    rounding. Where the note on what is counted changes too, half the limit is enough.

    What is much for a large region is the usual thing in a small one, so a change also has to be unlike those of its
    own series. And a change of one territory of which an equation with other tables tells the same is no slip: what
    changes how the whole country is counted, or the note, changes in all tables alike and is told.
    """
    every = rows[rows["value"].notna()].drop(columns="locator").sort_values(["series", "year"])
    before = every[["value", "year", "note"]].shift().assign(label=every.index.to_series().shift())
    step = pd.Series(np.where(every["periodicity"].eq("biennial"), 2, 1), index=every.index)
    follows = every["series"].eq(every["series"].shift()) & (every["year"] - before["year"]).eq(step)
    given, before = every[follows], before[follows]
    level, old, new = given["kind"].eq("level"), before["value"], given["value"]
    change = (new - old).where(~level, np.log(new.where(new > 0)) - np.log(old.where(old > 0)))
    country = given["territory"].isin(COUNTRY)
    beside = given["cut"].map(change[country].groupby(given["cut"]).first()).where(~country).fillna(0)
    size = np.minimum(change.abs(), (change - beside).abs())
    own = size.groupby(given["series"])
    strange = size.gt(OWN * own.transform("median")) | own.transform("size").lt(ENOUGH)
    size = size.where(~level, 100 * np.expm1(size.where(level)))
    turned = before["note"].ne(given["note"]) & before["note"].ne("") & given["note"].ne("")
    limit = _limit(given, known, "jump") * np.where(turned, 0.5, 1)
    noticed = size.gt(limit) & strange & (new - old).abs().gt(20 * given["half"])
    noticed &= ~broken(given[noticed], known).reindex(given.index, fill_value=False)
    alone = noticed & ~country & ~turned
    noticed &= ~_told_twice(given[alone], before, every, known).reindex(given.index, fill_value=False)
    problems = [
        f"за год изменилось на {_points(last, row)} при пределе {spelled(bound)}"
        + (PERCENT if row.kind == "level" else "")
        + (", и оговорка у значения стала другой" if also else "")
        for row, last, bound, also in zip(
            given[noticed].itertuples(), old[noticed], limit[noticed], turned[noticed], strict=True
        )
    ]
    yield from findings_at(
        given[noticed],
        "jumps",
        problems,
        "Сверьте с источником; если изменилось определение, добавьте разрыв в data/statistics/breaks.csv.",
        "warning",
    )


def _told_twice(changed: pd.DataFrame, before: pd.DataFrame, given: pd.DataFrame, known: Known) -> pd.Series:
    """Tell of which changes both values agree with other tables, and neither would if it were the other."""
    changed = changed[changed["category"].eq("")]
    last = given.loc[before.loc[changed.index, "label"].astype("int64")]
    other = np.concatenate([before.loc[changed.index, "value"], changed["value"]])
    now, then = np.split(corroborated(pd.concat([changed, last]), other, given, known), 2)
    return pd.Series(now & then, index=changed.index, dtype=bool)


def _points(before: float, row: Any) -> str:
    """Return a change with its sign: in per cent for a level, in the unit of the indicator for the rest."""
    relative = row.kind == "level" and before != 0
    return f"{signed(100 * (row.value / before - 1), 0)}{PERCENT}" if relative else signed(row.value - before, 1)


def _limit(rows: pd.DataFrame, known: Known, column: str) -> pd.Series:
    """Return the limit of each observation, none where there is none.

    The row of its indicator goes before that of its kind and unit; a blank cell in it says that there is no limit.
    """
    own = known.limits[known.limits["indicator"] != ""].set_index("indicator")[column].astype(float)
    general = known.limits[known.limits["indicator"] == ""].set_index(["kind", "unit"])[column].astype(float).to_dict()
    limits = {
        row.indicator: own.get(row.indicator, general.get((row.kind, row.unit), np.nan))
        for row in rows.drop_duplicates("indicator").itertuples()
    }
    return rows["indicator"].map(limits).astype(float)
