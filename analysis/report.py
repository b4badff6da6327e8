"""The report of one edition: what a chapter asks for values, tables, figures and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.catalogue import load, tables
from analysis.edition import Edition, read_edition
from analysis.errors import DataError, did_you_mean
from analysis.plan import Plan
from analysis.quantities import Observation, Quantity
from analysis.show import wording
from analysis.show.wording import STEADY, Text


@dataclass(frozen=True)
class Named:
    """Something with a name that prose declines: full and short name, genitive, dative, prepositional.

    In prose the object itself is its short name; `.name` is the full one.
    """

    id: str
    name: str
    short: str
    gen: str
    dat: str
    loc: str

    def __str__(self) -> str:
        return self.short

    def _repr_markdown_(self) -> str:
        return self.short


class Report:
    """One edition, ready to be asked.

    Parameters
    ----------
    edition : Edition
    since : int
        First year of the long series.
    steady : float
        Change in per cent that is still called «практически не изменилась».
    """

    def __init__(self, edition: Edition, since: int = 2000, steady: float = STEADY):
        self.edition, self.since, self.steady = edition, since, steady

    # -- values ---------------------------------------------------------------------------

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
            status, source, locator, note (and printed in the edition's own tables), and `table`.
        """
        parts = [load(table, self.edition.id) for table in self._tables_of[self._known(indicator)]]
        rows = pd.concat([part[part["indicator"] == indicator].assign(table=part.attrs["table"]) for part in parts])
        for column, wanted in (("territory", territories), ("year", years), ("category", categories)):
            if wanted is not None:
                rows = rows[rows[column].isin(list(wanted))]
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
        rows = self._narrow(rows, indicator, "territory", territory or self.edition.region)
        if category is not None:
            rows = self._narrow(rows, indicator, "category", category)
        if year is not None:
            rows = self._narrow(rows, indicator, "year", year)
        elif len(rows) > 1 and rows["year"].eq(self.edition.year).any():
            rows = rows[rows["year"] == self.edition.year]
        if len(rows) != 1:
            raise DataError(
                f"Показатель «{indicator}»: подходят {len(rows)} наблюдений, нужно одно. Уточните "
                f"год ({_listed(rows['year'])}) или категорию ({_listed(rows['category'])})."
            )
        return self._quantity(rows.iloc[0])

    def values(
        self,
        indicator: str,
        by: str = "category",
        *,
        keys: Sequence[str] | None = None,
        territory: str | None = None,
        year: int | None = None,
        category: str | None = None,
    ) -> dict[str, Quantity]:
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
                rows = self._narrow(rows, indicator, column, wanted)
        found = {row[by]: self._quantity(row) for _, row in rows.iterrows()}
        if len(found) != len(rows):
            raise DataError(f"Показатель «{indicator}»: по «{by}» есть повторы; уточните территорию, год или категорию.")
        if keys is None:
            return found
        if absent := [str(key) for key in keys if key not in found]:
            raise DataError(f"Показатель «{indicator}»: нет данных для {', '.join(absent)}.{did_you_mean(absent[0], map(str, found))}")
        return {key: found[key] for key in keys}

    def unit(self, indicator: str) -> str:
        """Return the id of the indicator's unit."""
        return self._indicators.loc[self._known(indicator), "unit"]

    @cached_property
    def plan(self) -> Plan:
        """The action plan of the edition."""
        return Plan(self.edition)

    # -- names ----------------------------------------------------------------------------

    @cached_property
    def region(self) -> Named:
        return self.territory(self.edition.region)

    def territory(self, territory_id: str) -> Named:
        """Return a territory with its case forms."""
        return self._named("territories", territory_id)

    def parts(self) -> list[str]:
        """Return the ids of the municipal territories of the region, in the order of the list."""
        known = load("territories", self.edition.id)
        return known.loc[known["parent"] == self.edition.region, "id"].tolist()

    def name(self, name_id: str) -> Named:
        """Return a body, organisation, programme or project with its case forms."""
        return self._named("names", name_id)

    def label(self, dimension: str, code: str) -> Text:
        """Return the name of a code in a code list (`sections`, `groups`, `specialties`, …)."""
        return Text(self.row(dimension, code)["name"])

    def document(self, document_id: str) -> Text:
        """Return how prose cites an order, a strategy or a programme."""
        return Text(self.row("documents", document_id)["text"])

    # -- words that follow the numbers ----------------------------------------------------

    def rose(self, new: Quantity, old: Quantity, gender: str = "f") -> Text:
        """Return «выросла», «снизилась» or «практически не изменилась» by this edition's tolerance."""
        return wording.rose(new, old, gender, self.steady)

    @property
    def tolerance(self) -> Quantity:
        """The change that is still called steady, in per cent, for the prose to name."""
        return Quantity(self.steady, "percent", 0 if self.steady == int(self.steady) else 1, (), "steady")

    # -- exhibits -------------------------------------------------------------------------

    def table(self, table_id: str):
        """Return a table of the report by id (`employed` for `tbl-employed`)."""
        from analysis.show import tables as shown

        return shown.build(self, table_id)

    def figure(self, figure_id: str):
        """Return a figure of the report by id; nothing is shown where its data are not there yet."""
        from analysis.show.exhibits import figure

        return figure(self, figure_id)

    def glance(self, *rows):
        """Return the key numbers: rows of (name, value, value to compare with or None)."""
        from analysis.show.glance import glance

        return glance(rows)

    def bullets(self, list_id: str):
        """Return a list of the edition as bullet points."""
        from analysis.show.lists import bullets

        return bullets(self, list_id)

    def numbered(self, list_id: str):
        """Return a list of the edition as numbered points."""
        from analysis.show.lists import numbered

        return numbered(self, list_id)

    def measures(self):
        """Return the support measures for all students and graduates as numbered points."""
        from analysis.show.lists import column

        return column(self, "support_measures", "text")

    @property
    def goal(self) -> Text:
        """The goal of the plan."""
        aims = load("plan_aims", self.edition.id)
        return Text(aims.loc[aims["kind"] == "goal", "text"].item())

    def aims(self, kind: str):
        """Return the tasks or the expected results of the plan (`task`, `result`)."""
        from analysis.show.lists import aims

        return aims(self, kind)

    # -- inside ---------------------------------------------------------------------------

    @cached_property
    def _indicators(self) -> pd.DataFrame:
        return load("indicators", self.edition.id).set_index("id")

    @cached_property
    def _tables_of(self) -> dict[str, list[str]]:
        """Which tables hold which indicator: a series has the name of its file, edition tables are looked into."""
        held: dict[str, list[str]] = {}
        for name, table in tables(self.edition.id).items():
            if table.holds_observations:
                inside = [name] if name in self._indicators.index else load(name, self.edition.id)["indicator"].unique()
                for indicator in inside:
                    held.setdefault(indicator, []).append(name)
        return held

    def _known(self, indicator: str) -> str:
        if indicator not in self._tables_of:
            raise DataError(f"Нет показателя «{indicator}».{did_you_mean(indicator, self._tables_of)}")
        return indicator

    def _narrow(self, rows: pd.DataFrame, indicator: str, column: str, wanted) -> pd.DataFrame:
        kept = rows[rows[column] == wanted]
        if kept.empty:
            there = [str(key) for key in dict.fromkeys(rows[column].dropna())]
            raise DataError(f"Показатель «{indicator}»: нет значения «{wanted}» в столбце «{column}».{did_you_mean(str(wanted), there)}")
        return kept

    def _quantity(self, row: Mapping) -> Quantity:
        meta = self._indicators.loc[row["indicator"]]
        year = None if pd.isna(row["year"]) else int(row["year"])
        seen = Observation(row["indicator"], row["territory"], row["category"], year, row["status"], row["source"], row["locator"], row["table"])
        key = ", ".join(str(part) for part in (row["territory"], row["category"], year) if part)
        return Quantity(
            value=None if pd.isna(row["value"]) else float(row["value"]),
            unit=meta["unit"],
            decimals=int(meta["decimals"]),
            sources=(seen,),
            formula=f"{row['indicator']}[{key}]",
        )

    def _named(self, table: str, wanted: str) -> Named:
        row = self.row(table, wanted)
        return Named(*(row[field] for field in ("id", "name", "short", "gen", "dat", "loc")))

    def row(self, table: str, wanted: str) -> pd.Series:
        """Return one row of a table that has ids; an unknown id is answered with the nearest."""
        rows = load(table, self.edition.id).set_index("id", drop=False)
        if wanted not in rows.index:
            raise DataError(f"В таблице «{table}» нет строки «{wanted}».{did_you_mean(wanted, rows.index)}")
        return rows.loc[wanted]


def open_report(edition: str, since: int = 2000, steady: float = STEADY) -> Report:
    """Open the report of an edition by its id.

    Raises
    ------
    UsageError, DataError
        As `analysis.edition.read_edition`.
    """
    return Report(read_edition(edition), since=since, steady=steady)


def _listed(values: pd.Series) -> str:
    return ", ".join(str(value) for value in dict.fromkeys(values.dropna())) or "пусто"
