"""Formulas of the ledger: in the words of the chapters, counting with quantities."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.base.formulas import FormulaError, evaluated
from analysis.quantities import Quantity

__all__ = ["FormulaError", "evaluate"]


def evaluate(formula: str, names: Mapping[str, Any], where: str) -> Any:
    """Return what a formula comes to; see `analysis.base.formulas.evaluated`.

    Parameters
    ----------
    formula : str
        One cell of a table of formulas.
    names : mapping
        The words it may use.
    where : str
        What an error calls the formula («Таблица claim_formulas, утверждение A36, прочтение 1, столбец «value»»).

    Returns
    -------
    any
        A quantity, quantities by key, a key, keys, a text or a plain number.

    Raises
    ------
    FormulaError
        The formula is not an expression of this kind, or uses an unknown word.
    DataError
        The data do not hold what it asks for.
    """
    value = evaluated(formula, names, where, operands=(Quantity,))
    if callable(value):
        raise FormulaError(f"{where}: «{formula}» – функция, которой ничего не дано. Исправьте формулу.")
    if any(isinstance(part, Quantity) and math.isinf(float(part)) for part in _parts(value)):
        raise FormulaError(f"{where}: получается слишком большое число. Исправьте формулу.")
    return value


def _parts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
