"""Numbers in a row, told as ranges."""

from __future__ import annotations

from collections.abc import Iterable


def as_ranges(numbers: Iterable[int], dash: str = "–", comma: str = ", ") -> str:
    """Return ascending numbers as ranges: [0, 1, 2, 7] is «0–2, 7».

    Parameters
    ----------
    numbers : iterable of int
        Ascending.
    dash, comma : str
        What stands within a range, and between two.

    Returns
    -------
    str
        Empty where there are no numbers.
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return comma.join(f"{first}{dash}{last}" if last > first else str(first) for first, last in found)
