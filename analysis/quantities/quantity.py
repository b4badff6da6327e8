"""A number that knows its unit and the observations it comes from; arithmetic keeps both."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import total_ordering
from numbers import Real
from typing import Any, NoReturn

from analysis.base.errors import DataError
from analysis.base.russian import decimal
from analysis.quantities.constants import Constant, of_quantities, refuse_bare
from analysis.quantities.formula import UNNAMED, Factor, Formula, Gathered, Operation, as_formula
from analysis.quantities.numerals import with_symbol
from analysis.quantities.observation import Observation
from analysis.quantities.text import Text, rule_of, sources_of
from analysis.quantities.units import RATIO, converts, product_unit, quotient_unit, sum_unit, unit


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
        Decimals it is printed with: those of its source, a derived one those of the finest it is made of.
    sources : tuple of Observation
        The observations it rests on, without repetition.
    formula : Formula
        How it was got; a text given instead names it.
    """

    value: float | None
    unit: str
    decimals: int
    sources: tuple[Observation, ...] = ()
    formula: Formula = UNNAMED

    def __post_init__(self) -> None:
        # A notebook may name a formula by a word.
        object.__setattr__(self, "formula", as_formula(self.formula))

    @property
    def missing(self) -> bool:
        """Whether no source gives the value."""
        return self.value is None

    @property
    def exact(self) -> str:
        """The value as it was computed, with no more digits than tell it from its neighbours."""
        if self.value is None:
            return ""
        return decimal(self.value, min(4, max(self.decimals, len(f"{self.value:.10g}".partition(".")[2]))))

    def to(self, into: str) -> Quantity:
        """Return the same amount in another unit of its dimension (people in thousand people).

        Raises
        ------
        DataError
            The unit measures something else.
        """
        factor = converts(self.unit, into)
        if factor is None:
            raise DataError(
                f"Величину «{self.formula}» ({self.unit}) нельзя выразить в единицах «{into}»: они измеряют разное."
            )
        if factor == 1:
            return replace(self, unit=into)
        # A thousand times larger a unit needs three more decimals to say the same, and three fewer the other way.
        decimals = max(0, self.decimals - round(math.log10(factor)))
        return replace(self._scaled(factor), unit=into, decimals=decimals)

    def __float__(self) -> float:
        return math.nan if self.value is None else float(self.value)

    def __add__(self, other: Quantity) -> Quantity:
        return self._added(other, "+")

    def __radd__(self, other: object) -> Quantity:
        if isinstance(other, Real) and other == 0:  # so that sum() works
            return self
        return refuse_bare("+", other, self.formula)

    def __sub__(self, other: Quantity) -> Quantity:
        return self._added(other, "−")

    def __rsub__(self, other: object) -> NoReturn:
        refuse_bare("−", other, self.formula)

    def __mul__(self, other: Quantity | Constant) -> Quantity:
        if isinstance(other, Quantity):
            into, factor = self._ruled(lambda: product_unit(self.unit, other.unit), other, "×")
            value = None if self.value is None or other.value is None else self.value * other.value * factor
            return self._made(value, into, max(self.decimals, other.decimals), other, "×", factor)
        return self._scaled(_factor(other, self, "×"))

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | Constant) -> Quantity:
        if not isinstance(other, Quantity):
            divisor = _factor(other, self, "/")
            value = None if self.value is None or not divisor else self.value / divisor
            return replace(self, value=value, formula=_over(self.formula, divisor))
        into, factor = self._ruled(lambda: quotient_unit(self.unit, other.unit), other, "/")
        # Nothing can be said as a multiple of zero: such a quotient is missing, as a value that no source gives is.
        value = None if self.value is None or not other.value else self.value / other.value * factor
        return self._made(value, into, 3 if into == RATIO else max(self.decimals, other.decimals), other, "/", factor)

    def __rtruediv__(self, other: object) -> NoReturn:
        refuse_bare("/", other, self.formula)

    def __pow__(self, other: object) -> NoReturn:
        refuse_bare("в степени", other, self.formula)

    def __neg__(self) -> Quantity:
        return self._scaled(-1.0)

    def __abs__(self) -> Quantity:
        if self.value is None or self.value >= 0:
            return self
        return replace(self, value=-self.value, formula=Gathered("abs", (self.formula,)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Quantity):
            factor = converts(other.unit, self.unit)
            return factor is not None and float(self) == float(other) * factor
        return isinstance(other, Real) and float(self) == float(other)

    def __lt__(self, other: Quantity | float) -> bool:
        if not isinstance(other, Quantity):
            return float(self) < float(other)
        return float(self) < float(other) * self._ruled(lambda: sum_unit(self.unit, "<", other.unit), other, "<")[1]

    def __hash__(self) -> int:
        known = unit(self.unit)
        return hash((None if self.value is None else self.value * known.scale, known.dimension))

    def __str__(self) -> str:
        return with_symbol(self.value, self.decimals, self.unit)

    def _repr_markdown_(self) -> str:
        return Text.of(str(self), self)._repr_markdown_()

    def _repr_mimebundle_(self, **wanted: object) -> dict[str, Any]:
        return Text.of(str(self), self)._repr_mimebundle_(**wanted)

    def _added(self, other: Quantity, sign: str) -> Quantity:
        if not isinstance(other, Quantity):
            refuse_bare(sign, other, self.formula)
        into, factor = self._ruled(lambda: sum_unit(self.unit, sign, other.unit), other, sign)
        value = None
        if self.value is not None and other.value is not None:
            value = self.value + (1 if sign == "+" else -1) * other.value * factor
        other = replace(other, formula=_times(other.formula, factor))
        return self._made(value, into, max(self.decimals, other.decimals), other, sign)

    def _ruled(self, rule: Callable[[], tuple[str, float]], other: Quantity, sign: str) -> tuple[str, float]:
        try:
            return rule()
        except DataError as error:
            raise DataError(f"Нельзя посчитать «{self.formula} {sign} {other.formula}»: {error}.") from None

    def _made(
        self, value: float | None, into: str, decimals: int, other: Quantity, sign: str, factor: float = 1.0
    ) -> Quantity:
        formula = _times(Operation(sign, self.formula, other.formula), factor)
        return Quantity(value, into, decimals, tuple(dict.fromkeys(self.sources + other.sources)), formula)

    def _scaled(self, factor: float) -> Quantity:
        return replace(
            self, value=None if self.value is None else self.value * factor, formula=_times(self.formula, factor)
        )


def derived(
    value: float | None, unit: str, decimals: int, parts: Iterable[Quantity], formula: Formula | str
) -> Quantity:
    """Return a quantity computed from others, resting on all their observations.

    Parameters
    ----------
    value : float or None
        In the unit given; NaN counts as none.
    unit : str
        Id of `data/codes/units.csv`.
    decimals : int
        Decimals it is printed with.
    parts : iterable of Quantity
        What it was computed from.
    formula : Formula or str
        How; a text names it.

    Returns
    -------
    Quantity
        Resting on the observations of all parts, each once.
    """
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Quantity(None if value is None or math.isnan(value) else value, unit, decimals, sources, as_formula(formula))


@of_quantities
def counted(items: Mapping[Any, Quantity] | Iterable[Quantity], formula: str = "") -> Quantity:
    """Return how many items there are, as a quantity resting on the observations of all of them.

    Parameters
    ----------
    items : mapping or iterable of Quantity
        What is counted. Keys that were picked by a rule (`rising`) tell it: the formula names what was counted.
    formula : str
        The rule in words, where the keys do not tell it.

    Returns
    -------
    Quantity
        In the unit `count`.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(count(counted(rates.values()), "город"))
    2 города
    """
    rule = formula or (rule_of(items) if isinstance(items, Mapping) else "")
    picked_by = sources_of(items) if isinstance(items, Mapping) else ()
    items = list(items.values() if isinstance(items, Mapping) else items)
    number = derived(
        float(len(items)), "count", 0, items, Gathered("count", tuple(item.formula for item in items), rule)
    )
    # How many there are depends on all that were compared.
    return replace(number, sources=tuple(dict.fromkeys((*number.sources, *picked_by))))


@of_quantities
def total(values: Iterable[Quantity]) -> Quantity:
    """Return the sum of quantities that add; missing parts make it missing.

    Raises
    ------
    DataError
        There is nothing to add, or the units do not add.

    Examples
    --------
    >>> print(total([Quantity(10.5, "thousand_people", 1), Quantity(1.2, "thousand_people", 1)]))
    11,7 тыс. чел.
    """
    values = list(values)
    if not values:
        raise DataError("Складывать нечего: список величин пуст. Проверьте условие отбора.")
    result = sum(values[1:], values[0])
    return replace(
        result, formula=Gathered("sum", tuple(value.formula for value in values)) if len(values) > 1 else result.formula
    )


def mean(values: Iterable[Quantity]) -> Quantity:
    """Return the plain mean of quantities that add."""
    values = list(values)
    result = total(values)
    value = None if result.value is None else result.value / len(values)
    return replace(result, value=value, formula=Gathered("mean", tuple(part.formula for part in values)))


def _factor(number: object, quantity: Quantity, sign: str) -> float:
    if not isinstance(number, Constant):
        refuse_bare(sign, number, quantity.formula)
    return number.value


def _over(formula: Formula, divisor: float) -> Formula:
    """Return a formula divided by a number; a division that takes back the factor before it is not written."""
    match formula:
        case Operation("×", inner, Factor(before)) if before == divisor:
            return inner
    return Operation("/", formula, Factor(divisor))


def _times(formula: Formula, factor: float) -> Formula:
    """Return a formula with its factor recorded; a thousandth is written as division by a thousand.

    A factor that takes back the one before is not written: «× 1000 / 1000» tells nothing.
    """
    if factor == 1:
        return formula
    match formula:
        case Operation("×", inner, Factor(before)) if before * factor == 1:
            return inner
        case Operation("/", inner, Factor(before)) if before == factor:
            return inner
    if 0 < factor < 1 and round(1 / factor) * factor == 1:
        return Operation("/", formula, Factor(round(1 / factor)))
    return Operation("×", formula, Factor(factor))
