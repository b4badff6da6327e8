"""Cohorts close: what all graduates do adds up to all graduates, shares to a hundred, within rounding.

Which parts make which whole are the rows of `codes/identities.csv` with the relation `closes`: the whole on the left,
the sum of its parts on the right. Unlike an equation they know the list that the parts are of: only where each of its
codes is known must they make up the whole; where some are not, the others may not exceed it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.identities import (
    CLOSES,
    PLACE,
    TOTAL,
    Equation,
    Term,
    by_indicators,
    equations,
    laid_out,
    term_of,
)
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import findings_at, spelled

REMEDY = "Сверьте с источником целое и каждую часть: каждый выпускник – ровно в одной."


def closing(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find cohorts whose parts do not make up the whole, or exceed it although some of them are not known."""
    given = rows[rows["value"].notna()]
    # Graduates are counted one by one, and their numbers are not rounded; shares are.
    given = given.assign(half=given["half"].where(given["unit"].ne("people"), 0.0))
    put = [equation for equation in equations(known) if equation.rule.relation == CLOSES]
    by_indicator = by_indicators(given, put)
    for equation in put:
        if all(name.partition("__")[0] in by_indicator for name in equation.names):
            yield from _open(equation, by_indicator, given, known)


def _open(
    equation: Equation, by_indicator: dict[str, pd.DataFrame], given: pd.DataFrame, known: Known
) -> Iterator[Finding]:
    name = equation.names[-1]
    indicator = name.partition("__")[0]
    codes = known.categories.get(known.indicators.at[indicator, "dimension"], frozenset()) - {TOTAL}
    parts = _summed(by_indicator[indicator])
    terms = {one: term_of(one, by_indicator[one.partition("__")[0]], known) for one in equation.names[:-1]}
    terms[name] = Term(parts["value"], parts["half"], parts["label"])
    index = parts.index
    for term in terms.values():
        index = index[index.isin(term.values.index)]
    index = index[equation.within(index.get_level_values("year"))] if len(index) else index
    if index.empty:
        return
    measured, there = equation.measured(*laid_out(terms, index)), parts["parts"].reindex(index)
    complete, allowed = there.ge(len(codes)), measured.allowed + 1e-9
    apart = measured.right - measured.left
    wrong = (complete & apart.abs().gt(allowed)) | apart.gt(allowed)
    problems = [
        _problem(equation, int(count), len(codes), f"в сумме {spelled(round(total, 4))}, целое {spelled(whole)}")
        for count, total, whole in zip(there[wrong], measured.right[wrong], measured.left[wrong], strict=True)
    ]
    named = given.loc[parts["label"].reindex(index)[wrong].astype(int)]
    yield from findings_at(named, f"closing:{equation.rule.id}", problems, REMEDY)


def _summed(flow: pd.DataFrame) -> pd.DataFrame:
    """Return by territory and year the sum of the parts that are known, its doubt, how many they are and the first."""
    parts = flow[flow["category"] != TOTAL].assign(label=lambda frame: frame.index)
    return parts.groupby(PLACE).agg(
        value=("value", "sum"), half=("half", "sum"), parts=("value", "size"), label=("label", "first")
    )


def _problem(equation: Equation, there: int, all_: int, sums: str) -> str:
    title = equation.rule.title
    if there < all_:
        return f"известные части ({there} из {all_}) уже больше целого: {title} ({sums})"
    return f"не сходится: {title} ({sums})"
