"""Indicators agree with each other.

In minus out is net, employed and unemployed are the labour force, shares make a hundred.

The equations are data (`codes/identities.csv`). In them a name is an indicator (`labour_force`), with a suffix one
category of it (`employed_by_section__TOTAL`), all categories but the total together (`gva_structure__sum`), all towns
of the territory together (`colleges__towns`) or the value so many years before (`employed__lag1`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.base.formulas import EQUATION, evaluated, names_in
from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import findings_at, spelled

PLACE = ["territory", "year"]
TOTAL = "TOTAL"
# Relations: what makes up a whole is a rule of its own (`closing`), the others are put to numbers here.
EQUAL, CLOSES = "=", "closes"
SUM, TOWNS, LAG = "sum", "towns", re.compile(r"lag([0-9]{1,2})")
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
    put = [equation for equation in equations(known) if equation.rule.relation != CLOSES]
    by_indicator = by_indicators(given, put)
    read: dict[str, Term] = {}
    for equation in put:
        if not all(name.partition("__")[0] in by_indicator for name in equation.names):
            continue
        for name in equation.names:
            if name not in read:
                read[name] = term_of(name, by_indicator[name.partition("__")[0]], known)
        yield from _broken(equation, {name: read[name] for name in equation.names}, given)


def by_indicators(given: pd.DataFrame, put: Iterable[Equation]) -> dict[str, pd.DataFrame]:
    """Return of observations what equations ask for, by indicator."""
    wanted = {name.partition("__")[0] for equation in put for name in equation.names}
    narrow = given.loc[given["indicator"].isin(wanted), ["indicator", "territory", "category", "year", "value", "half"]]
    return {str(name): rows for name, rows in narrow.groupby("indicator", sort=False)}


def akin(indicators: Collection[str], known: Known) -> set[str]:
    """Return these indicators and those that an equation ties to one of them."""
    tied = [{name.partition("__")[0] for name in equation.names} for equation in equations(known)]
    return set(indicators).union(*(names for names in tied if not names.isdisjoint(indicators)))


@dataclass(frozen=True)
class Side:
    """One side of an equation and where it stands."""

    formula: str
    where: str

    def of(self, values: Mapping[str, pd.Series], index: pd.MultiIndex) -> pd.Series:
        """Return the values of the side, by the index of the observations."""
        result = evaluated(self.formula, values, self.where, EQUATION, (pd.Series,))
        return result if isinstance(result, pd.Series) else pd.Series(float(result), index=index)


@dataclass(frozen=True)
class Measured:
    """An equation put to numbers, place by place: its sides, and by how much rounding lets them differ.

    Attributes
    ----------
    left, right, allowed : pandas.Series
    far : pandas.Series
        By how much the sides are apart in the direction that the relation forbids.
    """

    left: pd.Series
    right: pd.Series
    allowed: pd.Series
    far: pd.Series

    @property
    def told(self) -> pd.Series:
        """Where both sides are numbers: a term of nought that is divided by gives none."""
        return pd.Series(np.isfinite(self.left - self.right), index=self.left.index)

    @property
    def broken(self) -> pd.Series:
        """Where the sides differ by more than rounding allows."""
        return self.told & self.far.gt(self.allowed * (1 + 1e-9) + 1e-9)


@dataclass(frozen=True)
class Equation:
    """A row of `codes/identities.csv`, read.

    Attributes
    ----------
    rule : Any
        The row.
    sides : tuple of Side
    names : tuple of str
        In their order; the first is the one a finding speaks of.
    """

    rule: Any
    sides: tuple[Side, Side]
    names: tuple[str, ...]

    def within(self, years: pd.Index) -> np.ndarray:
        """Tell which years the equation speaks of."""
        since, until = (
            edge if pd.notna(edge) else last
            for edge, last in ((self.rule.since, years.min()), (self.rule.until, years.max()))
        )
        return np.asarray((years >= since) & (years <= until), dtype=bool)

    def measured(self, values: Mapping[str, pd.Series], doubts: Mapping[str, pd.Series]) -> Measured:
        """Put the equation to numbers.

        Parameters
        ----------
        values, doubts : mapping of str to pandas.Series
            Of every name, at the same places: its value, and by how much rounding may have changed it.
        """
        index = values[self.names[0]].index
        left, right = (side.of(values, index) for side in self.sides)
        allowed = pd.Series(0.0 if pd.isna(self.rule.slack) else float(self.rule.slack), index=index)
        for name, doubt in doubts.items():
            moved = {**values, name: values[name] + doubt}
            allowed += ((self.sides[0].of(moved, index) - self.sides[1].of(moved, index)) - (left - right)).abs()
        apart = left - right
        return Measured(
            left,
            right,
            allowed.where(np.isfinite(allowed), 0.0),
            apart.abs() if self.rule.relation == EQUAL else -apart,
        )


def equations(known: Known) -> Iterator[Equation]:
    """Yield the equations of `codes/identities.csv`, each checked as it is read.

    Raises
    ------
    DataError
        An equation names what there is not, or would never be put to any number.
    """
    for number, rule in enumerate(known.identities.itertuples(index=False), start=2):
        sides = _sides(rule, number)
        names = _names(sides, known)
        if pd.notna(rule.since) and pd.notna(rule.until) and rule.since > rule.until:
            raise DataError(
                f"data/codes/identities.csv, строка {number}, равенство {rule.id}: первый год (since: {rule.since})"
                f" позже последнего (until: {rule.until}), равенство не проверялось бы. Исправьте один из них."
            )
        yield Equation(rule, sides, tuple(names))


def _sides(rule: Any, row: int) -> tuple[Side, Side]:
    place = f"data/codes/identities.csv, строка {row}, равенство {rule.id}"
    return Side(rule.left, f"{place}, столбец «left»"), Side(rule.right, f"{place}, столбец «right»")


def _names(sides: tuple[Side, Side], known: Known) -> list[str]:
    """Return the names of an equation in their order; the first is the one a finding speaks of."""
    found: dict[str, None] = {}
    for side in sides:
        for name in names_in(side.formula, side.where, EQUATION):
            if (base := name.partition("__")[0]) not in known.indicators.index:
                raise DataError(f"{side.where}: нет показателя «{base}».{did_you_mean(base, known.indicators.index)}")
            _require_meaning(name, side.where, known)
            found[name] = None
    if not found:
        raise DataError(
            f"{sides[0].where}: в равенстве нет ни одного показателя. Назовите показатель или уберите строку."
        )
    return list(found)


def _require_meaning(name: str, where: str, known: Known) -> None:
    """Refuse a suffix that picks nothing: its equation would never be put to any number, and nobody would know."""
    base, divided, suffix = name.partition("__")
    if not divided or suffix in (SUM, TOWNS) or LAG.fullmatch(suffix):
        return
    dimension = known.indicators.at[base, "dimension"]
    if dimension and dimension not in known.categories:  # a list of an edition that is not asked about
        return
    codes = {_suffix(code) for code in known.categories.get(dimension, ())}
    if suffix not in codes:
        said = (
            f"в перечне «{dimension}» нет категории «{suffix}»"
            if dimension
            else f"показатель «{base}» на категории не делится"
        )
        raise DataError(
            f"{where}: «{name}» ничего не значит, {said}.{did_you_mean(suffix, {*codes, SUM, TOWNS, 'lag1'})} Исправьте"
            " окончание."
        )


def _suffix(code: str) -> str:
    """Return a category as a name of an equation ends with it."""
    return code.replace("-", "_")


def _broken(equation: Equation, terms: Mapping[str, Term], given: pd.DataFrame) -> Iterator[Finding]:
    index = _common(terms)
    index = index[equation.within(index.get_level_values("year"))] if len(index) else index
    if index.empty:
        return
    measured, title = equation.measured(*laid_out(terms, index)), equation.rule.title
    # What gives no number holds nothing.
    wrong = measured.broken | ~measured.told
    if wrong.any():
        anchor = terms[equation.names[0]]
        named = given.loc[_aligned(anchor.rows, index)[wrong].astype(int)]
        problems = [
            (
                f"не вычисляется: {title} (деление на ноль или слишком большое число)"
                if not np.isfinite(first - second)
                else f"не сходится: {title} ({spelled(round(first, 4))} и {spelled(round(second, 4))})"
            )
            for first, second in zip(measured.left[wrong], measured.right[wrong], strict=True)
        ]
        yield from findings_at(named, f"identities:{equation.rule.id}", problems, REMEDY)


def term_of(name: str, rows: pd.DataFrame, known: Known) -> Term:
    """Return the values of one name of an equation.

    Parameters
    ----------
    name : str
    rows : pandas.DataFrame
        The observations of its indicator.
    known : Known

    Returns
    -------
    Term
    """
    _base, _, suffix = name.partition("__")
    if suffix == SUM:
        return _summed(rows[rows["category"] != TOTAL], PLACE)
    if suffix == TOWNS:
        towns = rows[rows["territory"].map(known.territories["kind"]).eq("municipality")]
        return _summed(towns.assign(territory=towns["territory"].map(known.territories["parent"])), PLACE)
    if lag := LAG.fullmatch(suffix):
        return _plain(rows.assign(year=rows["year"] + int(lag[1])))
    if suffix:
        return _plain(rows[rows["category"].map(_suffix) == suffix].assign(category=""))
    return _plain(rows)


def _plain(rows: pd.DataFrame) -> Term:
    level = [*PLACE, "category"] if rows["category"].ne("").any() else PLACE
    single = rows.drop_duplicates(level)
    indexed = single.set_index(level)
    return Term(indexed["value"], indexed["half"], pd.Series(single.index, index=indexed.index))


def _summed(rows: pd.DataFrame, by: list[str]) -> Term:
    """Add up, without the places that have fewer parts than others of the same territory.

    What is missing makes no error.
    """
    groups = rows.assign(label=rows.index).groupby(by)
    found = groups.agg(value=("value", "sum"), half=("half", "sum"), parts=("value", "size"), label=("label", "first"))
    whole = found["parts"].eq(found.groupby("territory")["parts"].transform("max"))
    found = found[whole]
    # Many parts are not all rounded the same way: twice the root of their number is more than chance makes of it.
    apart = 2 / np.sqrt(found["parts"])
    return Term(found["value"], found["half"] * apart.clip(upper=1.0), found["label"])


def _common(terms: Mapping[str, Term]) -> pd.MultiIndex:
    """Return the places for which every term has a value."""
    index = max((term.values.index for term in terms.values()), key=lambda index: index.nlevels)
    for term in terms.values():
        index = index[_narrow(index, term.values.index).isin(term.values.index)]
    return index


def _narrow(index: pd.MultiIndex, like: pd.MultiIndex) -> pd.MultiIndex:
    return index.droplevel("category") if index.nlevels > like.nlevels else index


def laid_out(terms: Mapping[str, Term], index: pd.MultiIndex) -> tuple[dict[str, pd.Series], dict[str, pd.Series]]:
    """Return values and doubts of terms at these places, by name."""
    return (
        {name: _aligned(term.values, index) for name, term in terms.items()},
        {name: _aligned(term.doubt, index) for name, term in terms.items()},
    )


def _aligned(series: pd.Series, index: pd.MultiIndex) -> pd.Series:
    return pd.Series(series.reindex(_narrow(index, series.index)).to_numpy(), index=index)
