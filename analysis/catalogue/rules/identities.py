"""Indicators agree with each other: in minus out is net, employed and unemployed are the labour force, shares make a hundred.

The equations are data (`codes/identities.csv`). In them a name is an indicator (`labour_force`), with a suffix one category of it
(`employed_by_section__TOTAL`), all categories but the total together (`gva_structure__sum`), all towns of the territory together
(`colleges__towns`) or the value so many years before (`employed__lag1`).
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import spelled, told
from analysis.errors import DataError, did_you_mean

PLACE = ["territory", "year"]
TOTAL = "TOTAL"
_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
REMEDY = "Сверьте значения с источником; равенство записано в data/codes/identities.csv."


@dataclass(frozen=True)
class Term:
    """Values of one name of an equation, by territory, year and, where it stands for every category, category.

    Attributes
    ----------
    values : pandas.Series
    doubt : pandas.Series
        By how much rounding may have changed each value.
    rows : pandas.Series
        Label of the observation that a finding names.
    """

    values: pd.Series
    doubt: pd.Series
    rows: pd.Series


def identities(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find observations that break an equation or an inequality by more than the rounding of its terms allows."""
    given = rows[rows["value"].notna()]
    by_indicator = dict(tuple(given.groupby("indicator", sort=False)))
    for rule in known.identities.itertuples(index=False):
        names = _names(rule, known)
        if not all(name.partition("__")[0] in by_indicator for name in names):
            continue
        terms = {name: _term(name, by_indicator[name.partition("__")[0]], known) for name in names}
        yield from _broken(rule, terms, given)


def _names(rule, known: Known) -> list[str]:
    """Return the names of an equation in their order; the first is the one a finding speaks of."""
    try:
        names = [node.id for side in (rule.left, rule.right) for node in ast.walk(ast.parse(side, mode="eval")) if isinstance(node, ast.Name)]
    except SyntaxError:
        raise DataError(f"data/codes/identities.csv, равенство {rule.id}: «{rule.left} {rule.relation} {rule.right}» – не запись из чисел, "
                        "показателей и знаков + - * /. Исправьте стороны.") from None
    for name in names:
        if (base := name.partition("__")[0]) not in known.indicators.index:
            raise DataError(f"data/codes/identities.csv, равенство {rule.id}: нет показателя «{base}».{did_you_mean(base, known.indicators.index)}")
    return list(dict.fromkeys(names))


def _broken(rule, terms: Mapping[str, Term], given: pd.DataFrame) -> Iterator[Finding]:
    index = _common(terms)
    years = index.get_level_values("year")
    kept = (years >= (rule.since if pd.notna(rule.since) else years.min())) & (years <= (rule.until if pd.notna(rule.until) else years.max())) if len(index) else []
    index = index[kept] if len(index) else index
    if index.empty:
        return
    values = {name: _aligned(term.values, index) for name, term in terms.items()}
    left, right = (_evaluated(side, values, index) for side in (rule.left, rule.right))
    allowed = pd.Series(0.0 if pd.isna(rule.slack) else float(rule.slack), index=index)
    for name, term in terms.items():
        moved = values | {name: values[name] + _aligned(term.doubt, index)}
        allowed += ((_evaluated(rule.left, moved, index) - _evaluated(rule.right, moved, index)) - (left - right)).abs()
    apart = left - right
    wrong = apart.abs().gt(allowed * (1 + 1e-9) + 1e-9) if rule.relation == "=" else apart.lt(-allowed * (1 + 1e-9) - 1e-9)
    if wrong.any():
        anchor = next(term for term in terms.values())
        named = given.loc[_aligned(anchor.rows, index)[wrong].astype(int)]
        problems = [f"не сходится: {rule.title} ({spelled(round(one, 4))} и {spelled(round(other, 4))})"
                    for one, other in zip(left[wrong], right[wrong], strict=True)]
        yield from told(named, f"identities:{rule.id}", problems, REMEDY)


def _term(name: str, rows: pd.DataFrame, known: Known) -> Term:
    base, _, suffix = name.partition("__")
    if suffix == "sum":
        return _summed(rows[rows["category"] != TOTAL], PLACE)
    if suffix == "towns":
        towns = rows[rows["territory"].map(known.territories["kind"]).eq("municipality")]
        return _summed(towns.assign(territory=towns["territory"].map(known.territories["parent"])), PLACE)
    if lag := re.fullmatch(r"lag(\d+)", suffix):
        return _plain(rows.assign(year=rows["year"] + int(lag[1])))
    if suffix:
        return _plain(rows[rows["category"].str.replace("-", "_") == suffix].assign(category=""))
    return _plain(rows)


def _plain(rows: pd.DataFrame) -> Term:
    level = [*PLACE, "category"] if rows["category"].ne("").any() else PLACE
    single = rows.drop_duplicates(level)
    indexed = single.set_index(level)
    return Term(indexed["value"], indexed["half"], pd.Series(single.index, index=indexed.index))


def _summed(rows: pd.DataFrame, by: list[str]) -> Term:
    """Add up; a place that has fewer parts than others of the same territory is left out: what is missing makes no error."""
    groups = rows.assign(label=rows.index).groupby(by)
    found = groups.agg(value=("value", "sum"), half=("half", "sum"), parts=("value", "size"), label=("label", "first"))
    whole = found["parts"].eq(found.groupby("territory")["parts"].transform("max"))
    found = found[whole]
    return Term(found["value"], found["half"], found["label"])


def _common(terms: Mapping[str, Term]) -> pd.MultiIndex:
    """Return the places for which every term has a value."""
    index = max((term.values.index for term in terms.values()), key=lambda index: index.nlevels)
    for term in terms.values():
        index = index[_narrow(index, term.values.index).isin(term.values.index)]
    return index


def _narrow(index: pd.MultiIndex, like: pd.MultiIndex) -> pd.MultiIndex:
    return index.droplevel("category") if index.nlevels > like.nlevels else index


def _aligned(series: pd.Series, index: pd.MultiIndex) -> pd.Series:
    return pd.Series(series.reindex(_narrow(index, series.index)).to_numpy(), index=index)


def _evaluated(side: str, values: Mapping[str, pd.Series], index: pd.MultiIndex) -> pd.Series:
    result = _value(ast.parse(side, mode="eval").body, values)
    return result if isinstance(result, pd.Series) else pd.Series(float(result), index=index)


def _value(node: ast.expr, values: Mapping[str, pd.Series]) -> pd.Series | float:
    """Evaluate numbers, names and the four operations; a text of data may do nothing else."""
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if isinstance(node, ast.Name):
        return values[node.id]
    raise DataError(f"data/codes/identities.csv: в равенстве понятны только числа, показатели и знаки + - * /, а записано «{ast.unparse(node)}».")
