"""Growth, shares, gaps, ranks: pure functions of quantities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.quantities import PERCENT, Quantity, derived


def growth(new: Quantity, old: Quantity) -> Quantity:
    """Return the change of `new` against `old` in per cent (minus is a fall)."""
    ratio = new / old
    value = None if ratio.missing else (ratio.value - 1) * 100
    return replace(ratio, value=value, unit=PERCENT, decimals=1, formula=f"({ratio.formula} − 1) × 100")


def index(new: Quantity, old: Quantity) -> Quantity:
    """Return `new` as per cent of `old` (100 is no change)."""
    return share(new, old)


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Return `part` as per cent of `whole`."""
    ratio = part / whole
    return replace(ratio, value=None if ratio.missing else ratio.value * 100, unit=PERCENT, decimals=1,
                   formula=f"{ratio.formula} × 100")


def gap(value: Quantity, other: Quantity) -> Quantity:
    """Return `value` less `other` (percentage points for per cents)."""
    return value - other


def total(values: Sequence[Quantity]) -> Quantity:
    """Return the sum of quantities of one unit; missing parts make it missing."""
    result = values[0]
    for value in values[1:]:
        result = result + value
    return replace(result, formula="сумма: " + " + ".join(value.formula for value in values))


def mean(values: Sequence[Quantity]) -> Quantity:
    """Return the arithmetic mean of quantities of one unit."""
    return total(values) / len(values)


def ordered(values: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the quantities that are known from the largest down; equal ones keep their order."""
    known = {key: value for key, value in values.items() if not value.missing}
    return dict(sorted(known.items(), key=lambda item: -float(item[1])))


def highest(values: Mapping[str, Quantity]) -> str:
    """Return the key of the largest known quantity."""
    return next(iter(ordered(values)))


def lowest(values: Mapping[str, Quantity]) -> str:
    """Return the key of the smallest known quantity."""
    return list(ordered(values))[-1]


def rank(values: Mapping[str, Quantity], key: str) -> Quantity:
    """Return the place of `key` among the known quantities, 1 for the largest."""
    place = list(ordered(values)).index(key) + 1
    return derived(float(place), "count", 0, values.values(), f"место «{key}» по убыванию")
