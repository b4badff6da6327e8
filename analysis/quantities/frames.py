"""Quantities in pandas: what is selected, summed or divided there still knows its rows.

A series of the type `quantity` behaves as any other: `.loc`, masks, `sort_values`, `groupby`, `+`, `/`, `sum`,
`mean`, `max`. Every result is made of quantities again, so units are checked and rows are kept.
"""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import (
    ExtensionArray,
    ExtensionDtype,
    ExtensionScalarOpsMixin,
    register_extension_dtype,
    take,
)

from analysis.base.errors import DataError
from analysis.quantities.formula import Named
from analysis.quantities.quantity import Quantity, mean, total


@register_extension_dtype
class QuantityType(ExtensionDtype):
    """The type of such a column."""

    name = "quantity"
    kind = "O"
    na_value = None

    @property
    def type(self) -> builtins.type[Quantity]:
        """What one cell holds."""
        return Quantity

    @classmethod
    def construct_array_type(cls) -> builtins.type[QuantityArray]:
        """Return what such columns are held in."""
        return QuantityArray


class QuantityArray(ExtensionScalarOpsMixin, ExtensionArray):
    """Quantities side by side; what an alignment leaves empty is None, what no source gives a missing quantity."""

    def __init__(self, values: Iterable[Quantity | None]) -> None:
        values = list(values)
        self._values = np.empty(len(values), dtype=object)
        self._values[:] = values

    @classmethod
    def _from_sequence(cls, scalars: Sequence[Any], *, dtype: Any = None, copy: bool = False) -> QuantityArray:
        scalars = [None if _hole(quantity) else quantity for quantity in scalars]
        if not all(quantity is None or isinstance(quantity, Quantity) for quantity in scalars):
            raise TypeError("not quantities")
        return cls(scalars)

    @classmethod
    def _from_factorized(cls, values: np.ndarray, original: QuantityArray) -> QuantityArray:
        return cls(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[QuantityArray]) -> QuantityArray:
        return cls([quantity for array in to_concat for quantity in array._values])  # noqa: SLF001 - its own kind

    @property
    def dtype(self) -> QuantityType:
        """The type of the column."""
        return QuantityType()

    @property
    def nbytes(self) -> int:
        """How many bytes the column takes."""
        return self._values.nbytes

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, at: Any) -> Any:
        at = pd.api.indexers.check_array_indexer(self, at)
        found = self._values[at]
        return QuantityArray(found) if isinstance(found, np.ndarray) else found

    def __setitem__(self, at: Any, value: Any) -> None:
        self._values[pd.api.indexers.check_array_indexer(self, at)] = value

    def isna(self) -> np.ndarray:
        """Return where no value is given."""
        return np.array([_hole(quantity) or quantity.missing for quantity in self._values], dtype=bool)

    def copy(self) -> QuantityArray:
        """Return the same quantities in a column of their own."""
        return QuantityArray(self._values)

    def take(self, indices: Sequence[int], *, allow_fill: bool = False, fill_value: Any = None) -> QuantityArray:
        """Return the quantities at some places; what is filled in is missing.

        Parameters
        ----------
        indices : sequence of int
            Places; −1 is a hole where filling is allowed.
        allow_fill : bool
            Whether −1 is a hole or the last place.
        fill_value : object
            Not looked at: a hole is None.

        Returns
        -------
        QuantityArray
            In the order of the places.
        """
        return QuantityArray(take(self._values, np.asarray(indices), allow_fill=allow_fill, fill_value=None))

    def _values_for_argsort(self) -> np.ndarray:
        return self._floats()

    def _values_for_factorize(self) -> tuple[np.ndarray, None]:
        return self._values, None

    def _floats(self) -> np.ndarray:
        return np.array([np.nan if quantity is None else float(quantity) for quantity in self._values])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self._floats() if dtype is not None and np.issubdtype(dtype, np.number) else self._values.copy()

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **_: Any) -> Any:
        """Reduce to one quantity.

        A missing part makes sum and mean missing, as nothing is said of what is not known.
        """
        whole = [Quantity(None, "", 0, (), Named("–")) if quantity is None else quantity for quantity in self._values]
        known = [quantity for quantity in whole if not quantity.missing]
        match name:
            case "sum" | "mean":
                found = (total if name == "sum" else mean)(whole)
            case "min" | "max" if known:
                found = (min if name == "min" else max)(known)
            case _:
                raise DataError(f"Для столбца величин нет действия «{name}»: есть sum, mean, min, max.")
        return QuantityArray([found]) if keepdims else found

    def _formatter(self, boxed: bool = False) -> Callable[[Quantity | None], str]:
        return lambda quantity: "" if quantity is None else str(quantity)


def _binary(op: Callable[[Any, Any], Any]) -> Callable[[QuantityArray, Any], Any]:
    def method(self: QuantityArray, other: Any) -> Any:
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return NotImplemented
        others = other if isinstance(other, QuantityArray | np.ndarray | list) else [other] * len(self)
        made = [
            None if _hole(first) or _hole(second) else op(first, second)
            for first, second in zip(self, others, strict=True)
        ]
        return (
            np.array([bool(result) for result in made])
            if op.__name__ in ("lt", "le", "gt", "ge", "eq", "ne")
            else QuantityArray(made)
        )

    return method


for _name in ("add", "sub", "mul", "truediv", "lt", "le", "gt", "ge", "eq", "ne"):
    setattr(QuantityArray, f"__{_name}__", _binary(getattr(operator, _name)))
QuantityArray.__rmul__ = QuantityArray.__mul__
QuantityArray.__radd__ = QuantityArray.__add__


def series(quantities: Iterable[Quantity], index: Any = None, name: str | None = None) -> pd.Series:
    """Return quantities as a series of the type `quantity`.

    Parameters
    ----------
    quantities : iterable of Quantity
        The values; None stands for a hole.
    index : index, optional
        As of `pandas.Series`.
    name : str, optional
        As of `pandas.Series`.

    Returns
    -------
    pandas.Series
        Of the type `quantity`.
    """
    return pd.Series(QuantityArray(quantities), index=index, name=name)


def _hole(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and np.isnan(cell)) or cell is pd.NA
