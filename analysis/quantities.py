"""A number that knows its unit and the observations it comes from; arithmetic keeps both."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import total_ordering

from analysis.errors import DataError
from analysis.numerals import with_symbol

PERCENT, POINTS, RATIO = "percent", "pp", "ratio"


@dataclass(frozen=True)
class Observation:
    """Where a number stands: the row of a table and the place in the source it was read from."""

    indicator: str
    territory: str
    category: str
    year: int | None
    status: str
    source: str
    locator: str
    table: str


@total_ordering
@dataclass(frozen=True, eq=False)
class Quantity:
    """A value with its unit, printed precision, formula and observations.

    Attributes
    ----------
    value : float or None
        None when the source does not give it; every result that needs it is None too.
    unit : str
        Id of `data/codes/units.csv`; `ratio` is a plain quotient.
    decimals : int
        Decimals it is printed with.
    sources : tuple of Observation
        The observations it rests on, without repetition.
    formula : str
        How it was got, in the ids of its observations.
    """

    value: float | None
    unit: str
    decimals: int
    sources: tuple[Observation, ...] = ()
    formula: str = ""

    @property
    def missing(self) -> bool:
        return self.value is None

    def __float__(self) -> float:
        return math.nan if self.value is None else float(self.value)

    def __add__(self, other: Quantity) -> Quantity:
        return self._combine(other, "+", self._same_unit(other, "+"))

    def __radd__(self, other: object) -> Quantity:
        return self if other == 0 else NotImplemented  # so that sum() works

    def __sub__(self, other: Quantity) -> Quantity:
        unit = self._same_unit(other, "−")
        return self._combine(other, "−", POINTS if unit == PERCENT else unit)

    def __mul__(self, factor: float) -> Quantity:
        value = None if self.value is None else self.value * factor
        return replace(self, value=value, formula=f"({self.formula}) × {factor:g}")

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | float) -> Quantity:
        if not isinstance(other, Quantity):
            return self * (1 / other)
        self._same_unit(other, "/")
        result = self._combine(other, "/", RATIO)
        return replace(result, decimals=3)

    def __neg__(self) -> Quantity:
        return self * -1.0

    def __abs__(self) -> Quantity:
        return replace(self, value=None if self.value is None else abs(self.value))

    def __eq__(self, other: object) -> bool:
        return float(self) == float(other)  # type: ignore[arg-type]

    def __lt__(self, other: Quantity | float) -> bool:
        return float(self) < float(other)

    def __hash__(self) -> int:
        return hash((self.value, self.unit))

    def _repr_markdown_(self) -> str:
        return with_symbol(self.value, self.decimals, self.unit)

    def _same_unit(self, other: Quantity, sign: str) -> str:
        if not isinstance(other, Quantity):
            raise DataError(f"К величине «{self.formula}» нельзя применить «{sign}» с голым числом {other}: нужно значение из данных.")
        if self.unit != other.unit:
            raise DataError(f"Нельзя посчитать «{self.formula} {sign} {other.formula}»: единицы {self.unit} и {other.unit} разные.")
        return self.unit

    def _combine(self, other: Quantity, sign: str, unit: str) -> Quantity:
        value = None if self.missing or other.missing else _OPERATIONS[sign](self.value, other.value)
        return Quantity(
            value=value,
            unit=unit,
            decimals=max(self.decimals, other.decimals),
            sources=tuple(dict.fromkeys(self.sources + other.sources)),
            formula=f"({self.formula} {sign} {other.formula})",
        )


# Nothing can be said as a multiple of nought: such a quotient is missing, as a value that no source gives is.
_OPERATIONS = {"+": lambda a, b: a + b, "−": lambda a, b: a - b, "/": lambda a, b: a / b if b else None}


def derived(value: float | None, unit: str, decimals: int, parts: Iterable[Quantity], formula: str) -> Quantity:
    """Return a quantity computed from others, resting on all their observations."""
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Quantity(None if value is None or math.isnan(value) else value, unit, decimals, sources, formula)


def counted(items: Iterable[Quantity], formula: str = "количество") -> Quantity:
    """Return how many items there are, as a quantity resting on the observations of all of them."""
    items = list(items)
    return derived(float(len(items)), "count", 0, items, formula)
