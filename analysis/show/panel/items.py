"""What an edition knows of an outcome indicator, and what it wants of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.base.gaps import Gap, GapError
from analysis.quantities import Quantity, Text
from analysis.show.panel.rows import Indicator

FEWEST = 3  # points that make a line


@dataclass(frozen=True)
class Target:
    """What an edition wants of an indicator.

    Attributes
    ----------
    value : Quantity
        It rests on the row.
    year : int or None
        By when; None where nobody said.
    author, reason : Text
    """

    value: Quantity
    year: int | None
    author: Text
    reason: Text


@dataclass(frozen=True)
class Measured:
    """What is known of an indicator.

    Attributes
    ----------
    row : Indicator
    value : Quantity or None
        In the last year that all its parts have; None where there is none.
    year : int or None
        That year; None also where no part has any.
    before : Quantity or None
        A year earlier, where it was measured alike.
    near : mapping of str to Quantity
        The neighbours in the same year; empty where one of them is not known.
    lines : mapping of str to mapping of int to Quantity
        By territory, the region first, the years that can be compared.
    gaps : tuple of Gap
        What is missing where there is no value.
    forecast : str
        The series whose forecast it has; empty for one that is not forecast.
    target : Target or None
    asked : tuple of str
        The indicators of the data of which nothing is known.
    """

    row: Indicator
    value: Quantity | None
    year: int | None
    before: Quantity | None
    near: Mapping[str, Quantity]
    lines: Mapping[str, Mapping[int, Quantity]]
    gaps: tuple[Gap, ...]
    forecast: str
    target: Target | None
    asked: tuple[str, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether there is a line to draw."""
        return any(len(line) >= FEWEST for line in list(self.lines.values())[:1])

    @property
    def known(self) -> Quantity:
        """The value of one that has it.

        Raises
        ------
        GapError
            It has none.
        """
        if self.value is None:
            raise GapError(self.gaps)
        return self.value
