"""The values of one edition: observations asked for by indicator, territory, year and category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, overload

import pandas as pd

from analysis.base import reads
from analysis.base.errors import DataError, did_you_mean
from analysis.base.gaps import GapError
from analysis.catalogue import Project, opened, renewed
from analysis.editions.edition import Edition
from analysis.editions.given import Given
from analysis.editions.held import Held, holds
from analysis.editions.listed import UnknownNameError, require_listed, several
from analysis.editions.scope import scope_of
from analysis.editions.stated import absent, stated
from analysis.quantities import Observation, Quantity, Year
from analysis.quantities.absent import gaps_of
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.frames import series


class Values:
    """The observations of an edition: those of its own tables and the official series.

    Parameters
    ----------
    edition : Edition
    project : Project, optional
        The data; those of the project folder as they are now unless given.
    """

    def __init__(self, edition: Edition, project: Project | None = None) -> None:
        self.edition = edition
        self.project = project or opened()

    def refresh(self) -> None:
        """See tables that were changed since they were read; what was computed from them is forgotten."""
        project = renewed(self.project)
        if project is not self.project:
            for name in [name for name in vars(self) if isinstance(getattr(type(self), name, None), cached_property)]:
                delattr(self, name)
            self.project = project

    def load(self, name: str) -> pd.DataFrame:
        """Return a table of the edition or of the common package; see `analysis.catalogue.load`."""
        return self.project.load(name, self.edition.id)

    def frame(
        self,
        indicator: str,
        territories: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        categories: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        """Return the observations of an indicator, in the order of their table.

        Years and territories without any are left out; where nothing is left, or nothing of the edition's own region
        where that is asked for, that is a gap.

        Parameters
        ----------
        indicator : str
            Its id in `data/codes/indicators.csv`.
        territories, years, categories : iterable, optional
            Which observations; all of the territories of the edition unless given.

        Returns
        -------
        pandas.DataFrame
            Columns of an observation table: indicator, territory, category, year, value,
            status, source, locator, note (and printed in the edition's own tables), `table` and
            `row`: the file and its row, the header being row 1.

        Raises
        ------
        GapError
            No row is left, or none of the edition's region where it is asked for.
        DataError
            A name that no list knows; or two tables state one observation.
        """
        territories = None if territories is None else list(territories)
        rows = self._held(indicator, territories or ()).frame
        for column, wanted in (("territory", territories), ("year", years), ("category", categories)):
            if wanted is not None:
                keys: list[Any] = list(wanted)
                # Neighbours may be missing from a comparison; one without the region itself is about nothing.
                needed = [self.edition.region] if column == "territory" and self.edition.region in keys else keys
                rows = self._selected(rows, indicator, {column: keys}, needed)
        return rows.reset_index(drop=True)

    def value(
        self, indicator: str, territory: str | None = None, year: int | None = None, category: str | None = None
    ) -> Quantity:
        """Return one observation as a quantity.

        Parameters
        ----------
        indicator : str
            Its id in `data/codes/indicators.csv`.
        territory : str, optional
            The edition's region unless given.
        year : int, optional
            The edition's year unless given; where the indicator has no such year but a single one, that one.
        category : str, optional
            Needed where the indicator has several.

        Returns
        -------
        Quantity
            In the unit of the indicator; missing where its status is M or no table has such a row.

        Raises
        ------
        UnknownNameError
            No list of codes knows the indicator, the territory or the category.
        DataError
            More than one observation fits; the sentence names what there is.

        Examples
        --------
        >>> print(report.value("unemployment_rate", year=2020))
        6,7 %
        """
        held = self._held(indicator, [territory] if territory else ())
        fixed: dict[str, object] = {"territory": territory or self.edition.region}
        if category is not None:
            fixed["category"] = category
        if year is not None:
            fixed["year"] = year
        numbers = held.numbers(fixed)
        if year is None and len(numbers) > 1:
            of_year = [number for number in numbers if holds(held.records[number]["year"], self.edition.year)]
            single = len({held.records[number]["year"] for number in numbers}) == 1
            numbers = of_year or (numbers if single else [])
        if not numbers:
            self._require_listed(indicator, held.frame, {column: [wanted] for column, wanted in fixed.items()})
            return self._absent(indicator, {"year": self.edition.year} | fixed)
        if len(numbers) > 1:
            raise several(indicator, held.frame["category"].iloc[numbers])
        return self._quantity_of(held, numbers[0])

    @overload
    def values(
        self,
        indicator: str,
        by: Literal["year"],
        *,
        keys: Sequence[int] | None = None,
        territory: str | None = None,
        year: int | None = None,
        category: str | None = None,
    ) -> dict[int, Quantity]: ...

    @overload
    def values(
        self,
        indicator: str,
        by: Literal["category", "territory"] = "category",
        *,
        keys: Sequence[str] | None = None,
        territory: str | None = None,
        year: int | None = None,
        category: str | None = None,
    ) -> dict[str, Quantity]: ...

    def values(
        self,
        indicator: str,
        by: Literal["category", "territory", "year"] = "category",
        *,
        keys: Sequence[Any] | None = None,
        territory: str | None = None,
        year: int | None = None,
        category: str | None = None,
    ) -> dict[Any, Quantity]:
        """Return the quantities of an indicator by category, territory or year.

        Parameters
        ----------
        indicator : str
            Its id in `data/codes/indicators.csv`.
        by : {'category', 'territory', 'year'}
            What the keys of the result are.
        keys : sequence, optional
            Which ones and in which order; all of the table unless given, of territories those of the edition.
        territory, year, category : optional
            What the others are fixed at; the edition's region and year unless given.

        Returns
        -------
        dict
            Quantities by code, territory or year; missing ones for keys that no table has.

        Raises
        ------
        GapError
            There is nothing of the kind, and no keys were given.
        UnknownNameError
            No list of codes knows the indicator, or a territory or category that was asked for.
        DataError
            Two observations have one key.

        Examples
        --------
        >>> print(report.values("unemployment_rate", "year", keys=[2019, 2020])[2019])
        5,5 %
        """
        fixed = {"territory": territory or self.edition.region, "year": year, "category": category}
        fixed.pop(by)
        held = self._held(indicator, [*([territory] if territory else ()), *((by == "territory" and keys) or ())])
        if "year" in fixed and year is None:
            here = held.numbers({"territory": fixed["territory"]} if "territory" in fixed else {})
            current_year = any(holds(held.records[number]["year"], self.edition.year) for number in here)
            fixed["year"] = self.edition.year if current_year else None
        asked = {column: wanted for column, wanted in fixed.items() if wanted is not None}
        numbers = held.numbers(asked)
        wanted = {column: [value] for column, value in asked.items()}
        self._require_listed(indicator, held.frame, wanted if keys is None else {**wanted, by: keys})
        quantities = [self._quantity_of(held, number) for number in numbers]
        found = {_key(quantity.sources[0], by): quantity for quantity in quantities}
        if len(found) != len(numbers):
            raise DataError(
                f"Показатель «{indicator}»: по «{by}» есть повторы; уточните территорию, год или категорию."
            )
        if keys is not None:
            return {key: found[key] if key in found else self._absent(indicator, {**asked, by: key}) for key in keys}
        if not found:
            raise GapError(gaps_of(self._absent(indicator, {"year": self.edition.year} | asked)))
        return found

    def quantities(self, rows: pd.DataFrame) -> pd.Series:
        """Return the quantities of rows selected from `frame`, as a pandas series that keeps what each rests on.

        Returns
        -------
        pandas.Series
            Of the type `quantity`, with the index of the rows: selections, sums, quotients of it are quantities too.
        """
        return series((self._quantity(row) for row in rows.to_dict("records")), rows.index)

    def unit(self, indicator: str) -> str:
        """Return the id of the indicator's unit."""
        return self._indicators.loc[self._known(indicator), "unit"]

    @cached_property
    def scope(self) -> frozenset[str]:
        """The territories that the edition speaks of."""
        return scope_of(self.project, self.edition)

    def _held(self, indicator: str, asked: Iterable[str] = ()) -> Held:
        """Return the observations of the edition's territories, of all where another is asked for; noted each time."""
        key = indicator, self.scope.issuperset(asked)
        held = self._gathered.get(key)
        if held is None:
            every = self._observations(self._known(indicator))
            own = every[every["territory"].isin(self.scope)] if key[1] else every
            self._given.setdefault(indicator, Given(every))
            held = self._gathered[key] = Held(every if own.empty else own)
        for file in held.files:
            reads.note_name(file)
        return held

    def _quantity_of(self, held: Held, number: int) -> Quantity:
        if number not in held.quantities:
            held.quantities[number] = self._quantity(held.records[number])
        return held.quantities[number]

    def _selected(
        self, rows: pd.DataFrame, indicator: str, wanted: dict[str, list[Any]], needed: Sequence | None = None
    ) -> pd.DataFrame:
        """Return the observations that have one of those wanted, of which one of those needed must be there."""
        ((column, keys),) = wanted.items()
        self._require_listed(indicator, rows, wanted)
        kept = rows[rows[column].isin(keys)]
        needed = keys if needed is None else needed
        if not kept[column].isin(needed).any():
            raise GapError(gaps_of(self._absent(indicator, {column: needed[0]} if needed else {})))
        return kept

    def _require_listed(self, indicator: str, frame: pd.DataFrame, wanted: Mapping[str, Sequence]) -> None:
        lists = {"territory": "territories", "category": self._indicators.at[indicator, "dimension"]}
        for column, keys in wanted.items():
            if column in lists:
                codes = self.project.codes(lists[column], self.edition.id)
                # Which rows there are is looked through only for what the list does not have.
                if strange := [key for key in keys if key not in codes]:
                    require_listed(indicator, column, strange, set(frame[column]), codes)

    def _absent(self, indicator: str, key: Mapping[str, Any]) -> Quantity:
        return absent(self.edition, indicator, key, self._printed[indicator])

    @cached_property
    def _gathered(self) -> dict[tuple[str, bool], Held]:
        return {}

    @cached_property
    def _given(self) -> dict[str, Given]:
        return {}

    @cached_property
    def _indicators(self) -> pd.DataFrame:
        return self.load("indicators").set_index("id")

    @cached_property
    def _tables_of(self) -> dict[str, list[str]]:
        return self.project.tables_of(self.edition.id)

    def _known(self, indicator: str) -> str:
        if indicator not in self._indicators.index:
            raise UnknownNameError(f"Нет показателя «{indicator}».{did_you_mean(indicator, self._indicators.index)}")
        return indicator

    def _observations(self, indicator: str) -> pd.DataFrame:
        """Return the observations of an indicator of the code list.

        An edition that has none of its own takes those of the official series that states the same, in the years of
        its tables; none where no table holds either.
        """
        if indicator in self._tables_of:
            return self.project.observations(indicator, self.edition.id)
        official = self._indicators.at[indicator, "same_as"] if "same_as" in self._indicators else ""
        if official not in self._tables_of:
            return self.project.observations(next(iter(self._tables_of)), self.edition.id).iloc[:0]
        rows = self.project.observations(official, self.edition.id).assign(indicator=indicator)
        return rows[rows["year"].between(self.edition.first_table_year, self.edition.year)]

    @cached_property
    def _printed(self) -> dict[str, tuple[str, int]]:
        """Unit and decimals of every indicator."""
        return {
            key: (unit, int(decimals)) for key, unit, decimals in self._indicators[["unit", "decimals"]].itertuples()
        }

    def _quantity(self, row: Mapping) -> Quantity:
        indicator = row["indicator"]
        if indicator not in self._given:
            self._given[indicator] = Given(self._observations(indicator))
        return stated(self.edition, row, self._printed[indicator], self._given[indicator].of(row))


def _key(seen: Observation, by: str) -> str | Year | None:
    """Return what tells an observation from its neighbours; a year remembers the observation."""
    key = getattr(seen, by)
    return Year(key, Gathered("year", (Seen(seen),)), (seen,)) if by == "year" and key is not None else key
