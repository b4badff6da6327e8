"""How a number is written of which only a range is known: «1–3», «от −25 до −22»."""

from __future__ import annotations

from analysis.base.russian import NBSP, decimal, plus
from analysis.quantities import Quantity
from analysis.quantities.precision import known_within


def ranged(quantity: Quantity, digits: int | None, *, signs: bool = False) -> str:
    """Return a number as the range it is known within: «1–3», «от −25 до −22»; nothing where its digits can be said.

    Parameters
    ----------
    quantity : Quantity
    digits : int or None
        Decimals that the author asked for: then the number is told to these.
    signs : bool
        Whether a plus is written.

    Returns
    -------
    str
    """
    known = known_within(quantity) if digits is None else None
    if known is None:
        return ""
    first, last = (decimal(bound, known.digits) for bound in known[:2])
    if first == last:
        return plus(first) if signs else first
    if known.low < 0 or signs:
        first, last = (plus(first), plus(last)) if signs else (first, last)
        return f"от{NBSP}{first} до{NBSP}{last}"
    return f"{first}–{last}"
