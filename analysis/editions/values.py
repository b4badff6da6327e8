"""The values of one edition: observations asked for by indicator, territory, year and category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, overload

import pandas as pd

from analysis.base import reads
from analysis.base.errors import DataError, did_you_mean
from analysis.catalogue import load
from analysis.catalogue.read import observations, selected, tables_of, version
from analysis.editions.edition import Edition
from analysis.quantities import Observation, Quantity, Year
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.frames import series


class UnknownNameError(DataError):
    """An indicator, a territory or a category that no list of codes knows: misspelt, whatever the data hold."""


class Values:
    """The observations of an edition: those of its own tables and the official series."""

    def __init__(self, edition: Edition):
        self.edition = edition

    def frame(
        self,
        indicator: str,
        territories: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        categories: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        """Return the observations of an indicator, in the order of their table.

        Returns
        -------
        pandas.DataFrame
            Columns of an observation table: indicator, territory, category, year, value,
            status, source, locator, note (and printed in the edition's own tables), `table` and
            `row`: the file and its row, the header being row 1.

        Raises
        ------
        DataError
            No row is left, or none of the edition's region where it is asked for; or two
            tables state one observation.
        """
        rows = self._observations(self._known(indicator))
        for column, wanted in (("territory", territories), ("year", years), ("category", categories)):
            if wanted is not None:
                wanted = list(wanted)
                # Neighbours may be missing from a comparison; one without the region itself is about nothing.
                needed = [self.edition.region] if column == "territory" and self.edition.region in wanted else wanted
                rows = self._selected(rows, column, wanted, needed)
        return rows.reset_index(drop=True)

    def value(
        self, indicator: str, territory: str | None = None, year: int | None = None, category: str | None = None
    ) -> Quantity:
        """Return one observation as a quantity.

        Parameters
        ----------
        territory : str, optional
            The edition's region unless given.
        year : int, optional
            The edition's year unless given; where the indicator has no such year but a single
            one, that one.
        category : str, optional
            Needed where the indicator has several.

        Raises
        ------
        DataError
            There is no such observation, or more than one fits; the sentence names what there is.
        """
        rows = self.frame(indicator)
        rows = self._selected(rows, "territory", [territory or self.edition.region])
        if category is not None:
            rows = self._selected(rows, "category", [category])
        if year is not None:
            rows = self._selected(rows, "year", [year])
        elif len(rows) > 1 and rows["year"].eq(self.edition.year).any():
            rows = rows[rows["year"] == self.edition.year]
        if len(rows) != 1:
            raise DataError(
                f"Показатель «{indicator}»: подходят {len(rows)} наблюдений, нужно одно. Уточните "
                f"год ({_listed(rows['year'])}) или категорию ({_listed(rows['category'])})."
            )
        return self._quantity(rows.iloc[0])

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
        by : {'category', 'territory', 'year'}
        keys : sequence, optional
            Which ones and in which order; all of the table unless given.
        """
        fixed = {"territory": territory or self.edition.region, "year": year, "category": category}
        fixed.pop(by)
        rows = self.frame(indicator)
        for column, wanted in fixed.items():
            if column == "year" and wanted is None and rows["year"].eq(self.edition.year).any():
                wanted = self.edition.year
            if wanted is not None:
                rows = self._selected(rows, column, [wanted])
        quantities = [self._quantity(row) for row in rows.to_dict("records")]
        found = {_key(quantity.sources[0], by): quantity for quantity in quantities}
        if len(found) != len(rows):
            raise DataError(
                f"Показатель «{indicator}»: по «{by}» есть повторы; уточните территорию, год или категорию."
            )
        if keys is None:
            return found
        if absent := [str(key) for key in keys if key not in found]:
            said = (
                f"Показатель «{indicator}»: нет данных для"
                f" {', '.join(absent)}.{did_you_mean(absent[0], map(str, found))}"
            )
            raise self._missing(said, indicator, by, absent)
        return {key: found[key] for key in keys}

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

    def _observations(self, indicator: str) -> pd.DataFrame:
        """Return all observations of an indicator: gathered once as long as their files do not change, noted as read each time."""
        stamp = version(*self._tables_of[indicator], edition_id=self.edition.id)
        if self._gathered.get(indicator, (None, None))[0] != stamp:
            self._gathered[indicator] = stamp, observations(indicator, self.edition.id)
        for file, _ in stamp:
            reads.note(file)
        return self._gathered[indicator][1]

    def _selected(
        self, rows: pd.DataFrame, column: str, wanted: Sequence, needed: Sequence | None = None
    ) -> pd.DataFrame:
        """Return the observations that have one of those wanted, see `catalogue.read.selected`; a code that no list knows is misspelt."""
        try:
            return selected(rows, column, wanted, needed)
        except DataError as error:
            raise self._missing(str(error), rows["indicator"].iloc[0], column, wanted) from None

    def _missing(self, said: str, indicator: str, column: str, wanted: Iterable) -> DataError:
        """Return the error that says of some codes that no observation has them: another one where no list has them either."""
        known: set[str] = set()
        if column == "territory":
            known = set(load("territories", self.edition.id)["id"])
        elif column == "category" and (dimension := self._indicators.at[indicator, "dimension"]):
            known = set(load(dimension, self.edition.id)["id"])
        return UnknownNameError(said) if column != "year" and not set(wanted) <= known else DataError(said)

    @cached_property
    def _gathered(self) -> dict[str, tuple]:
        return {}

    @cached_property
    def _indicators(self) -> pd.DataFrame:
        return load("indicators", self.edition.id).set_index("id")

    @cached_property
    def _tables_of(self) -> dict[str, list[str]]:
        return tables_of(self.edition.id)

    def _known(self, indicator: str) -> str:
        if indicator not in self._tables_of:
            kind = DataError if indicator in self._indicators.index else UnknownNameError
            raise kind(f"Нет показателя «{indicator}».{did_you_mean(indicator, self._tables_of)}")
        return indicator

    @cached_property
    def _printed(self) -> dict[str, tuple[str, int]]:
        """Unit and decimals of every indicator."""
        return {
            key: (unit, int(decimals)) for key, unit, decimals in self._indicators[["unit", "decimals"]].itertuples()
        }

    def _quantity(self, row: Mapping) -> Quantity:
        unit, decimals = self._printed[row["indicator"]]
        year = None if pd.isna(row["year"]) else int(row["year"])
        value = None if pd.isna(row["value"]) else float(row["value"])
        seen = Observation(
            row["indicator"],
            row["territory"],
            row["category"],
            year,
            row["status"],
            row["source"],
            row["locator"],
            row["table"],
            int(row["row"]),
            self.edition.id,
            value,
            unit,
            decimals,
        )
        return Quantity(value, unit, decimals, (seen,), Seen(seen))


def _key(seen: Observation, by: str) -> str | Year | None:
    """Return what tells an observation from its neighbours; a year remembers the observation."""
    key = getattr(seen, by)
    return Year(key, Gathered("year", (Seen(seen),)), (seen,)) if by == "year" and key is not None else key


def _listed(values: pd.Series) -> str:
    return ", ".join(str(value) for value in dict.fromkeys(values.dropna())) or "пусто"
