"""Years and days that remember where they come from; in arithmetic and as keys they are what they always were."""

from __future__ import annotations

import datetime as dt
from typing import Self

from analysis.quantities.formula import Factor, Formula, Operation, as_formula
from analysis.quantities.observation import Observation
from analysis.quantities.quantity import Quantity
from analysis.quantities.text import Text
from analysis.quantities.units import YEAR


class Year(int):
    """A calendar year with its origin: a parameter of the edition, a row of a table.

    So many years on, it still has one.

    Attributes
    ----------
    formula : Formula
    sources : tuple of Observation
    """

    formula: Formula
    sources: tuple[Observation, ...]

    def __new__(cls, value: int, formula: Formula | str, sources: tuple[Observation, ...] = ()) -> Self:
        """Keep the origin of the year."""
        made = super().__new__(cls, value)
        made.formula, made.sources = as_formula(formula), sources
        return made

    @property
    def quantity(self) -> Quantity:
        """The year as a quantity."""
        return Quantity(float(self), YEAR, 0, self.sources, self.formula)

    def __add__(self, years: int) -> Year:
        return Year(int(self) + int(years), Operation("+", self.formula, Factor(int(years))), self.sources)

    def __sub__(self, other: int) -> int:
        if isinstance(other, Year):
            return int(self) - int(other)
        return Year(int(self) - int(other), Operation("−", self.formula, Factor(int(other))), self.sources)

    def __str__(self) -> Text:
        return Text.of(int.__repr__(self), self.quantity)

    def __format__(self, spec: str) -> str:
        return int(self).__format__(spec)

    def _repr_markdown_(self) -> str:
        return Text.of(int.__repr__(self), self.quantity)._repr_markdown_()


class Day(dt.date):
    """A day that remembers where it comes from.

    Attributes
    ----------
    formula : Formula
    sources : tuple of Observation
    """

    formula: Formula
    sources: tuple[Observation, ...]

    @classmethod
    def at(cls, day: dt.date | str, formula: Formula | str, sources: tuple[Observation, ...] = ()) -> Day:
        """Return a day, given as a date or in ISO, with its origin.

        Parameters
        ----------
        day : datetime.date or str
            A string is in ISO.
        formula : Formula or str
            How it was got; a text names it.
        sources : tuple of Observation
            What it rests on.

        Returns
        -------
        Day
            The same day.
        """
        day = dt.date.fromisoformat(day) if isinstance(day, str) else day
        made = cls(day.year, day.month, day.day)
        made.formula, made.sources = as_formula(formula), sources
        return made
