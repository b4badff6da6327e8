"""Which outcome indicators there are: rows of `outcome_indicators.csv`, and the words that formulas may use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.base.errors import DataError, did_you_mean
from analysis.base.formulas import evaluated
from analysis.outlook.panels import SUMS
from analysis.quantities import Quantity, total
from analysis.quantities.indicators import index, per_head, share
from analysis.quantities.mismatch import mismatch

TABLE = "outcome_indicators"
# In the order in which they are shown.
GROUPS: Mapping[str, str] = {
    "context": "Условия",
    "system": "Система подготовки",
    "process": "Меры",
    "result": "Результаты",
    "risk": "Группы риска",
}
# What a formula may call besides the data.
CALLS: Mapping[str, Callable[..., Any]] = {
    "share": share,
    "index": index,
    "per_head": per_head,
    "total": lambda values: total(values.values()),
    "mismatch": mismatch,
}


@dataclass(frozen=True)
class Indicator:
    """An outcome indicator.

    Attributes
    ----------
    id, code : str
        By which tables name it, and under which readers know it from year to year.
    group : str
        One of `GROUPS`.
    name, definition : str
    formula : str
        Over the data of one territory and one year.
    unit : str
        What the formula is to come to.
    better : {'up', 'down', 'none'}
        Which direction is good for graduates.
    periodicity : {'annual', 'quarterly'}
    """

    id: str
    code: str
    group: str
    name: str
    definition: str
    formula: str
    unit: str
    better: str
    periodicity: str


@dataclass(frozen=True)
class Asked:
    """An indicator of the data that a formula asks for: one category of it, all together, or each group."""

    indicator: str
    category: str | None = None
    each: bool = False


def asked(formula: str, where: str) -> list[Asked]:
    """Return what of the data a formula asks for, in its order, each once.

    Raises
    ------
    FormulaError
        It is no formula of this kind.
    """
    seen: dict[Asked, None] = {}

    def noted(one: Asked) -> str:
        seen[one] = None
        return ""

    told(formula, where, noted)
    return list(seen)


def told(formula: str, where: str, name: Callable[[Asked], str]) -> str:
    """Return a formula in words.

    Parameters
    ----------
    formula, where : str
        The formula, and what an error calls it.
    name : callable
        Returns how readers know an indicator of the data.

    Returns
    -------
    str
        «Трудоустроены / Выпускники, %».

    Raises
    ------
    FormulaError
        It is no formula of this kind.
    DataError
        It takes nothing from the data.
    """

    def of(indicator: str, category: str | None = None) -> _Told:
        return _Told(name(Asked(_text(indicator, where), category)))

    def groups(indicator: str) -> _Told:
        return _Told(name(Asked(_text(indicator, where), each=True)))

    made = evaluated(formula, {**_SAID, "of": of, "groups": groups}, where, operands=(_Told,))
    if not isinstance(made, _Told):
        raise DataError(f'{where}: формула ничего не берет из данных. Возьмите показатель: of("unemployment_rate").')
    return made.words


def value(formula: str, where: str, of: Callable[..., Quantity], groups: Callable[..., Mapping]) -> Quantity:
    """Return what a formula comes to.

    Parameters
    ----------
    formula, where : str
        The formula, and what an error calls it.
    of, groups : callable
        Give the data of one territory and year: an indicator with its category, and an indicator by its categories.

    Returns
    -------
    Quantity
    """
    return evaluated(formula, {**CALLS, "of": of, "groups": groups}, where, operands=(Quantity,))


def faults(row: Mapping[str, str], known: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a row: column, problem, remedy.

    Parameters
    ----------
    row : mapping
        The row as its table holds it.
    known : collection of str
        Ids of the indicators of the data.

    Yields
    ------
    tuple of str
    """
    try:
        needed = asked(row["formula"], "формула")
    except DataError as error:
        yield "formula", str(error), "Как пишут формулы, сказано в docs/ru/indicators.md."
        return
    for one in needed:
        if one.indicator not in known and one.indicator not in SUMS:
            remedy = did_you_mean(one.indicator, known).strip() or "Возьмите показатель из data/codes/indicators.csv."
            yield "formula", f"показателя «{one.indicator}» нет", remedy
            return


@dataclass(frozen=True)
class _Told:
    """What stands in a formula for a quantity while it is told in words."""

    words: str
    is_sum: bool = False

    @property
    def part(self) -> str:
        """The words as part of a product or quotient."""
        return f"({self.words})" if self.is_sum else self.words

    def __add__(self, other: _Told) -> _Told:
        return _Told(f"{self.words} + {other.words}", is_sum=True)

    def __sub__(self, other: _Told) -> _Told:
        return _Told(f"{self.words} − {other.part}", is_sum=True)

    def __mul__(self, other: _Told) -> _Told:
        return _Told(f"{self.part} × {other.part}")

    def __truediv__(self, other: _Told) -> _Told:
        return _Told(f"{self.part} / {other.part}")


def _in_per_cent(some: _Told, whole: _Told) -> _Told:
    return _Told(f"{(some / whole).words}, %")


# How the calls of a formula are told; each has as many parts as the call.
_SAID: Mapping[str, Callable[..., _Told]] = {
    "share": _in_per_cent,
    "index": _in_per_cent,
    "per_head": lambda cost, people: cost / people,
    "total": lambda values: _Told(f"сумма: {values.words}"),
    "mismatch": lambda supply, demand: _Told(f"несоответствие: {supply.words} и {demand.words}"),
}


def _text(indicator: object, where: str) -> str:
    if not isinstance(indicator, str):
        raise DataError(f'{where}: показатель называют в кавычках: of("unemployment_rate").')
    return indicator
