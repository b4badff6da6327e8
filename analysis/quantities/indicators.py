"""Growth, shares, gaps, ranks: pure functions of quantities.

What picks some of the quantities of a table (`highest`, `top`, `rising`) gives back their keys as texts that remember
all the quantities the choice was made among, so that a name in prose can be asked why it is this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from analysis.base.errors import DataError, did_you_mean
from analysis.quantities import PERCENT, Quantity, derived
from analysis.quantities.formula import Factor, Gathered, Operation
from analysis.quantities.text import picked


def growth(new: Quantity, old: Quantity) -> Quantity:
    """Return the change of `new` against `old` in per cent (minus is a fall)."""
    ratio = new / old
    value = None if ratio.value is None else (ratio.value - 1) * 100
    formula = Operation("×", Operation("−", ratio.formula, Factor(1)), Factor(100))
    return replace(ratio, value=value, unit=PERCENT, decimals=1, formula=formula)


def index(new: Quantity, old: Quantity) -> Quantity:
    """Return `new` as per cent of `old` (100 is no change)."""
    return share(new, old)


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Return `part` as per cent of `whole`."""
    ratio = part / whole
    return replace(ratio * 100, unit=PERCENT, decimals=1)


def gap(value: Quantity, other: Quantity) -> Quantity:
    """Return `value` less `other` (percentage points for per cents)."""
    return value - other


def plus(value: Quantity, other: Quantity) -> Quantity:
    """Return the sum of two quantities of one unit."""
    return value + other


def part(whole: Quantity, percent: Quantity) -> Quantity:
    """Return the part of `whole` that a share in per cent makes up."""
    if percent.unit != PERCENT:
        raise DataError(f"part: величина «{percent.formula}» измерена не в процентах ({percent.unit}).")
    return replace(whole * percent, decimals=whole.decimals)


def each(function: Callable[..., Quantity], *tables: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return `function` of the quantities that stand under the same key of the tables, by the keys of the first."""
    return {key: function(*(table[key] for table in tables)) for key in tables[0]}


def only(values: Mapping[str, Quantity], keys: Iterable[str]) -> dict[str, Quantity]:
    """Return the quantities of these keys, in their order."""
    return {key: values[key] for key in keys}


def rising(changes: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the changes that are above zero."""
    return _picked(changes, "рост", lambda change: change > 0)


def falling(changes: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the changes that are below zero."""
    return _picked(changes, "снижение", lambda change: change < 0)


def unchanged(changes: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the changes that are zero; a growth from zero is none."""
    return _picked(changes, "без изменения", lambda change: change == 0)


def zero(values: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the quantities that are zero; a missing one is not."""
    return _picked(values, "ноль", lambda value: value == 0)


def ordered(values: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the quantities that are known from the largest down; equal ones keep their order.

    Raises
    ------
    DataError
        None is known, so there is nothing to put in order.
    """
    known = {key: value for key, value in values.items() if not value.missing}
    if not known:
        raise DataError(
            f"Упорядочить нечего: ни одно значение из {len(values)} не известно ({', '.join(map(str, values))})."
        )
    return _rekeyed(dict(sorted(known.items(), key=lambda item: -float(item[1]))), "порядок по убыванию", values)


def highest(values: Mapping[str, Quantity]) -> str:
    """Return the key of the largest known quantity."""
    return _key(next(iter(ordered(values))), "наибольшее значение", values)


def lowest(values: Mapping[str, Quantity]) -> str:
    """Return the key of the smallest known quantity."""
    return _key(list(ordered(values))[-1], "наименьшее значение", values)


def top(values: Mapping[str, Quantity], number: int) -> list[str]:
    """Return the keys of the largest known quantities, from the largest down."""
    return list(ordered(values))[:number]


def rank(values: Mapping[str, Quantity], key: str) -> Quantity:
    """Return the place of `key` among the known quantities, 1 for the largest.

    Raises
    ------
    DataError
        The quantity of `key` is missing, so it has no place.
    """
    known = list(ordered(values))
    if key not in known:
        raise DataError(f"Место «{key}» не определить: значение не известно.{did_you_mean(key, known)}")
    place = known.index(key) + 1
    formula = Gathered("rank", (values[key].formula, *(value.formula for name, value in values.items() if name != key)))
    return derived(float(place), "count", 0, values.values(), formula)


def per_head(cost: Quantity, people: Quantity) -> Quantity:
    """Return million roubles over people as thousand roubles for each.

    Raises
    ------
    DataError
        The units are not million roubles and people.
    """
    if (cost.unit, people.unit) != ("mln_rub", "people"):
        raise DataError(f"На человека делятся млн руб. и чел., а даны {cost.unit} и {people.unit}.")
    each = cost.to("thousand_rub") / people
    return replace(
        each,
        value=None if each.value is None else each.value / 1000,
        unit="thousand_rub",
        decimals=0,
        formula=Operation("/", cost.to("thousand_rub").formula, people.formula),
    )


def _picked(values: Mapping[str, Quantity], rule: str, fits: Callable[[float], bool]) -> dict[str, Quantity]:
    return _rekeyed({key: value for key, value in values.items() if fits(float(value))}, rule, values)


def _rekeyed(some: Mapping[str, Quantity], rule: str, among: Mapping[str, Quantity]) -> dict[str, Quantity]:
    return {_key(key, rule, among): value for key, value in some.items()}


def _key(key: str, rule: str, among: Mapping[str, Quantity]) -> str:
    """Return a picked key with its reason; a year or another key that is no text stays what it is."""
    return picked(key, rule, among.values()) if isinstance(key, str) else key
