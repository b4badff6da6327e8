"""Statements that confirm each other and nothing else: one equation solved for each of its parts in turn.

Where a sum is known and each of its six parts is only printed, six formulas «the sum less the other five» are one
equation. It holds where the six parts add up, which one statement says; it does not tell that each of them is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

Cells = Mapping[str, float]


@dataclass(frozen=True)
class Solved:
    """A formula that gives a printed number.

    Attributes
    ----------
    cells : mapping
        The observations it counts with, and their values.
    printed : float
        The number it is held against.
    """

    cells: Cells
    printed: float


def circular(formulas: Mapping[str, Solved]) -> frozenset[str]:
    """Return the statements whose formulas are one equation solved for different parts of it.

    Two are where each counts with one cell that the other leaves out, all others alike, and one of these cells is the
    very number that the statement which leaves it out prints: a slip in the other cell makes no second equation of it.

    Parameters
    ----------
    formulas : mapping
        Statement to its formula.
    """
    found: set[str] = set()
    known = {claim: frozenset(solved.cells) for claim, solved in formulas.items()}
    for one, other in combinations(formulas, 2):
        if len(known[one]) != len(known[other]):
            continue
        left_by_one, left_by_other = known[other] - known[one], known[one] - known[other]
        if len(left_by_one) != 1 or len(known[one]) == 1:
            continue
        (first,), (second,) = left_by_one, left_by_other
        if (
            formulas[other].cells[first] == formulas[one].printed
            or formulas[one].cells[second] == formulas[other].printed
        ):
            found |= {one, other}
    return frozenset(found)
