"""Numbers that are no data: what a quantity may be multiplied by or divided by, each by the name that says what it is.

Any other number in arithmetic would be a datum that nobody can be asked for, with the card of a number that can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from numbers import Real
from typing import NoReturn, ParamSpec, TypeVar

from analysis.base.errors import DataError

Given = ParamSpec("Given")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Constant:
    """A number by its name."""

    value: float

    def __rmul__(self, other: object) -> NoReturn:
        # A quantity multiplies itself: what comes here is none.
        refuse_bare("×", other, f"{self.value:.10g}")


HUNDRED = Constant(100.0)  # of per cents
TEN_THOUSAND = Constant(10_000.0)  # inhabitants, of whom a rate is told
HALF = Constant(0.5)  # of a value, against which «гораздо меньше» and the like are held


def refuse_bare(sign: str, number: object, beside: object) -> NoReturn:
    """Raise at a number that stands for itself in arithmetic.

    Parameters
    ----------
    sign : str
        The sign before it.
    number : object
        What was given in place of a value of the data.
    beside : object
        The formula of the quantity it was to change.

    Raises
    ------
    DataError
        Always.
    """
    raise DataError(
        f"К величине «{beside}» нельзя применить «{sign}» с голым числом {number}: у него нет источника. Возьмите"
        " значение из данных; доли, темпы и разности считают share, growth, index, gap."
    )


def of_quantities(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a function of quantities that says so where it is given a bare number."""

    @wraps(function)
    def asked(*given: Given.args, **named: Given.kwargs) -> Made:
        try:
            return function(*given, **named)
        except AttributeError as error:
            if not isinstance(error.obj, Real):
                raise
            raise DataError(
                f"{getattr(function, '__name__', '')}: дано голое число {error.obj}, без единицы и источника. Возьмите"
                " значение из данных: report.value(…)."
            ) from None

    return asked
