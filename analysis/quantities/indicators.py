"""Growth, shares, gaps, ranks: pure functions of quantities.

What picks some of the quantities of a table (`highest`, `top`, `rising`) gives back their keys as texts that remember
all the quantities the choice was made among, so that a name in prose can be asked why it is this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from analysis.base.errors import DataError, did_you_mean
from analysis.quantities import PERCENT, Quantity, derived
from analysis.quantities.absent import require_known
from analysis.quantities.constants import HUNDRED, of_quantities
from analysis.quantities.formula import Factor, Gathered, Operation
from analysis.quantities.text import ORDER, picked


@of_quantities
def growth(new: Quantity, old: Quantity) -> Quantity:
    """Return the change of `new` against `old` in per cent (minus is a fall).

    Examples
    --------
    >>> now, before = Quantity(1189.3, "thousand_people", 1), Quantity(1218.2, "thousand_people", 1)
    >>> print(signed(growth(now, before)))
    −2,4 %
    """
    ratio = new / old
    value = None if ratio.value is None else (ratio.value - 1) * 100
    formula = Operation("×", Operation("−", ratio.formula, Factor(1)), Factor(100))
    return replace(ratio, value=value, unit=PERCENT, decimals=1, formula=formula)


@of_quantities
def index(new: Quantity, old: Quantity) -> Quantity:
    """Return `new` as per cent of `old` (100 is no change).

    Examples
    --------
    >>> print(with_unit(index(Quantity(46.2, "thousand_rub", 1), Quantity(51.3, "thousand_rub", 1))))
    90,1 %
    """
    return share(new, old)


@of_quantities
def share(part: Quantity, whole: Quantity) -> Quantity:
    """Return `part` as per cent of `whole`.

    Examples
    --------
    >>> print(with_unit(share(Quantity(412.0, "people", 0), Quantity(530.0, "people", 0))))
    77,7 %
    """
    ratio = part / whole
    return replace(ratio * HUNDRED, unit=PERCENT, decimals=1)


@of_quantities
def gap(value: Quantity, other: Quantity) -> Quantity:
    """Return `value` less `other` (percentage points for per cents).

    Examples
    --------
    >>> print(gap(Quantity(6.7, "percent", 1), Quantity(5.5, "percent", 1)))
    1,2 п. п.
    """
    return value - other


@of_quantities
def plus(value: Quantity, other: Quantity) -> Quantity:
    """Return the sum of two quantities of one unit.

    Examples
    --------
    >>> print(plus(Quantity(10.5, "thousand_people", 1), Quantity(300.0, "people", 0)))
    10,8 тыс. чел.
    """
    return value + other


@of_quantities
def part(whole: Quantity, percent: Quantity) -> Quantity:
    """Return the part of `whole` that a share in per cent makes up.

    Examples
    --------
    >>> print(part(Quantity(530.0, "people", 0), Quantity(60.0, "percent", 1)))
    318 чел.
    """
    if percent.unit != PERCENT:
        raise DataError(f"part: величина «{percent.formula}» измерена не в процентах ({percent.unit}).")
    return replace(whole * percent, decimals=whole.decimals)


def each(function: Callable[..., Quantity], *tables: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return `function` of the quantities that stand under the same key of the tables, by the keys of the first.

    Examples
    --------
    >>> now = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> before = {"tomsk": Quantity(6.7, "percent", 1), "omsk": Quantity(6.4, "percent", 1)}
    >>> for town, change in each(gap, now, before).items():
    ...     print(town, signed(change))
    tomsk −1,2 п. п.
    omsk +0,5 п. п.
    """
    return {key: function(*(table[key] for table in tables)) for key in tables[0]}


def only(values: Mapping[str, Quantity], keys: Iterable[str]) -> dict[str, Quantity]:
    """Return the quantities of these keys, in their order.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(joined(only(rates, ["omsk"])))
    omsk
    """
    return {key: values[key] for key in keys}


def rising(changes: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the changes that are above zero.

    Examples
    --------
    >>> change = {"tomsk": Quantity(1.0, "pp", 1), "omsk": Quantity(-2.0, "pp", 1), "altai": Quantity(0.5, "pp", 1)}
    >>> print(joined(rising(change)))
    tomsk и altai
    """
    return _picked(changes, "рост", lambda change: change > 0)


def falling(changes: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the changes that are below zero.

    Examples
    --------
    >>> change = {"tomsk": Quantity(1.0, "pp", 1), "omsk": Quantity(-2.0, "pp", 1), "altai": Quantity(0.5, "pp", 1)}
    >>> print(joined(falling(change)))
    omsk
    """
    return _picked(changes, "снижение", lambda change: change < 0)


def unchanged(changes: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the changes that are zero; a growth from zero is none.

    Examples
    --------
    >>> change = {"tomsk": Quantity(0.0, "pp", 1), "omsk": Quantity(-2.0, "pp", 1)}
    >>> print(joined(unchanged(change)))
    tomsk
    """
    return _picked(changes, "без изменения", lambda change: change == 0)


def zero(values: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the quantities that are zero; a missing one is not.

    Examples
    --------
    >>> students = {"tomsk": Quantity(0.0, "people", 0), "omsk": Quantity(None, "people", 0)}
    >>> print(joined(zero(students)))
    tomsk
    """
    return _picked(values, "ноль", lambda value: value == 0)


def ordered(values: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return the quantities that are known from the largest down; equal ones keep their order.

    Raises
    ------
    GapError
        None is known, so there is nothing to put in order.
    DataError
        There is none at all.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(joined(f"{town} – {rate}" for town, rate in ordered(rates).items()))
    omsk – 6,9 % и tomsk – 5,5 %
    """
    known = {key: value for key, value in values.items() if not value.missing}
    if not values:
        raise DataError("Упорядочить нечего: список пуст. Для пустого списка нужна своя фраза: if_any(…).")
    if not known:
        require_known(*values.values())
    return _rekeyed(dict(sorted(known.items(), key=lambda item: -float(item[1]))), ORDER, values)


def highest(values: Mapping[str, Quantity]) -> str:
    """Return the key of the largest known quantity.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(highest(rates), rates[highest(rates)])
    omsk 6,9 %
    """
    return _key(next(iter(ordered(values))), "наибольшее значение", values)


def lowest(values: Mapping[str, Quantity]) -> str:
    """Return the key of the smallest known quantity.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(lowest(rates), rates[lowest(rates)])
    tomsk 5,5 %
    """
    return _key(list(ordered(values))[-1], "наименьшее значение", values)


def top(values: Mapping[str, Quantity], number: int) -> list[str]:
    """Return the keys of the largest known quantities, from the largest down.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(joined(top(rates, 1)))
    omsk
    """
    return list(ordered(values))[:number]


@of_quantities
def rank(values: Mapping[str, Quantity], key: str) -> Quantity:
    """Return the place of `key` among the known quantities, 1 for the largest.

    Raises
    ------
    GapError
        The quantity of `key` is missing, so it has no place.
    DataError
        There is no such key.

    Examples
    --------
    >>> rates = {"tomsk": Quantity(5.5, "percent", 1), "omsk": Quantity(6.9, "percent", 1)}
    >>> print(ordinal(rank(rates, "tomsk")), "место")
    2-е место
    """
    known = list(ordered(values))
    if key not in values:
        raise DataError(f"Места «{key}» не определить: его нет среди сравниваемых.{did_you_mean(key, values)}")
    require_known(values[key])
    place = known.index(key) + 1
    formula = Gathered("rank", (values[key].formula, *(value.formula for name, value in values.items() if name != key)))
    return derived(float(place), "count", 0, values.values(), formula)


@of_quantities
def per_head(cost: Quantity, people: Quantity) -> Quantity:
    """Return million roubles over people as thousand roubles for each.

    Raises
    ------
    DataError
        The units are not million roubles and people.

    Examples
    --------
    >>> print(per_head(Quantity(12.6, "mln_rub", 1), Quantity(450.0, "people", 0)))
    28 тыс. руб.
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
