"""Cohorts close: what all graduates do adds up to all graduates, shares to a hundred, within rounding.

Which parts make which whole are the rows of `codes/identities.csv` with the relation `closes`: the whole on the left,
the sum of its parts on the right. Unlike an equation they know the list that the parts are of: only where each of its
codes is known must they make up the whole; where some are not, the others may not exceed it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.identities import CLOSES, PLACE, SUM, TOTAL, Equation, by_indicators, equations
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import findings_at, spelled

REMEDY = "Сверьте с источником целое и каждую часть: каждый выпускник – ровно в одной."


def closing(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find cohorts whose parts do not make up the whole, or exceed it although some of them are not known."""
    given = rows[rows["value"].notna()]
    put = [equation for equation in equations(known) if equation.rule.relation == CLOSES]
    by_indicator = by_indicators(given, put)
    for equation in put:
        whole, parts = equation.names if len(equation.names) > 1 else ("", *equation.names)
        flow = by_indicator.get(parts.partition("__")[0])
        if parts.endswith(f"__{SUM}") and flow is not None:
            yield from _open(equation, _beside(equation, flow, _whole(whole, by_indicator, equation)), given, known)


def _whole(name: str, by_indicator: dict[str, pd.DataFrame], equation: Equation) -> pd.DataFrame | float:
    """Return the whole by territory and year with half a unit of its last digit, or the number it always is."""
    if not name:
        return float(equation.rule.left)
    base, _, category = name.partition("__")
    rows = by_indicator.get(base)
    if rows is None:
        return pd.DataFrame(columns=["whole", "unsure"])
    own = rows[rows["category"].str.replace("-", "_").eq(category)].drop_duplicates(PLACE)
    return own.set_index(PLACE)[["value", "half"]].set_axis(["whole", "unsure"], axis=1)


def _beside(equation: Equation, flow: pd.DataFrame, whole: pd.DataFrame | float) -> pd.DataFrame:
    """Return by territory and year the sum of the known parts, how many there are, and the whole."""
    parts = flow[flow["category"] != TOTAL].assign(label=lambda frame: frame.index)
    found = parts.groupby(PLACE).agg(
        total=("value", "sum"), half=("half", "sum"), parts=("value", "size"), label=("label", "first")
    )
    found = found.assign(whole=whole, unsure=0.0) if isinstance(whole, float) else found.join(whole, how="inner")
    return found[equation.within(found.index.get_level_values("year"))] if len(found) else found


def _open(equation: Equation, found: pd.DataFrame, given: pd.DataFrame, known: Known) -> Iterator[Finding]:
    indicator = equation.names[-1].partition("__")[0]
    codes = known.categories.get(known.indicators.at[indicator, "dimension"], frozenset()) - {TOTAL}
    slack = 0.0 if pd.isna(equation.rule.slack) else float(equation.rule.slack)
    apart, allowed = found["total"] - found["whole"], found["half"] + found["unsure"] + slack + 1e-9
    complete = found["parts"].ge(len(codes))
    wrong = found[(complete & apart.abs().gt(allowed)) | apart.gt(allowed)]
    problems = [
        (
            f"не сходится: {equation.rule.title} (в сумме {spelled(round(row.total, 4))}, а целое {spelled(row.whole)})"
            if row.parts >= len(codes)
            else f"известные части ({row.parts} из {len(codes)}) уже больше целого: {equation.rule.title}"
            f" (в сумме {spelled(round(row.total, 4))}, а целое {spelled(row.whole)})"
        )
        for row in wrong.itertuples(index=False, name="Flow")
    ]
    yield from findings_at(given.loc[wrong["label"].astype(int)], f"closing:{equation.rule.id}", problems, REMEDY)
