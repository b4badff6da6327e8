"""What a forecast may know of one series of the edition's region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.quantities import Quantity, Year
from analysis.quantities.formula import Gathered, Seen

# Fewer years than FEW since the last break, or than EVER in all, by which nothing could be checked on the past:
# no line is drawn into the future, the range of experience is told.
FEW, EVER = 3, 8


@dataclass(frozen=True)
class Past:
    """A series up to the vintage.

    Attributes
    ----------
    indicator : str
        Its id; a sum of `analysis.outlook.panels.SUMS` has the id of the whole.
    values : mapping of int to Quantity
        By year, ascending, known ones only.
    breaks : tuple of int
        First years of new reckonings.
    """

    indicator: str
    values: Mapping[int, Quantity]
    breaks: tuple[int, ...]

    @cached_property
    def usable(self) -> dict[int, Quantity]:
        """The values since the last break: what comes before was measured otherwise."""
        start = max((year for year in self.breaks if year <= max(self.values)), default=min(self.values))
        return {year: value for year, value in self.values.items() if year >= start}

    @property
    def sufficient(self) -> bool:
        """Whether there is enough to draw a line from."""
        return len(self.usable) >= FEW and len(self.values) >= EVER

    @property
    def last_year(self) -> Year:
        """The last year known; it remembers its observation."""
        year = max(self.values)
        seen = next(seen for seen in self.values[year].sources if seen.year == year)
        return Year(year, Gathered("year", (Seen(seen),)), (seen,))

    @property
    def last(self) -> Quantity:
        """The value of the last year known."""
        return self.values[self.last_year]

    @cached_property
    def changes(self) -> dict[int, Quantity]:
        """The changes from one year to the next, never across a break or a missing year."""
        return {
            year: value - self.values[year - 1]
            for year, value in self.values.items()
            if year - 1 in self.values and year not in self.breaks
        }

    def extreme(self, which: str) -> Quantity:
        """Return an extreme of experience.

        Parameters
        ----------
        which : {'fall', 'rise', 'lowest', 'highest', 'last'}
            The largest yearly change of that kind on record, or a value since the last break.

        Raises
        ------
        DataError
            There is no yearly change on record, or no such word.
        """
        if which in ("fall", "rise"):
            if not self.changes:
                why = "нет двух соседних лет, измеренных одинаково"
                raise GapError([Gap(f"Изменение за год: {self.indicator}", why)])
            return (min if which == "fall" else max)(self.changes.values())
        if which in ("lowest", "highest"):
            return (min if which == "lowest" else max)(self.usable.values())
        if which == "last":
            return self.last
        raise DataError(f"Нет уровня «{which}»: есть last, highest, lowest, fall, rise.")

    def year_of(self, value: Quantity) -> int:
        """Return the latest year of a value, or the year into which a change led."""
        return max(seen.year for seen in value.sources if seen.year is not None)
