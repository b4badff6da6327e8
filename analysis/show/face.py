"""What figures, tables, lists and the ledger ask of a report, as a type: they know no more of it than this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol, overload

import pandas as pd

from analysis.base.gaps import Gap
from analysis.catalogue import Project
from analysis.editions.argument import Argument
from analysis.editions.edition import Edition
from analysis.editions.named import Named
from analysis.editions.plan import Plan
from analysis.editions.plan_status import Standing
from analysis.outlook import Forecast, Past, Prospects
from analysis.outlook.cohorts import Cohorts
from analysis.outlook.earlier import Earlier
from analysis.outlook.record import Record
from analysis.outlook.scenarios import Scenario
from analysis.outlook.working import Working
from analysis.quantities import Quantity, Text, Year
from analysis.show.panel.panel import Panel


class Report(Protocol):
    """One edition with its parameters, observations, names, plan and forecasts (`analysis.report.Report`).

    What a method takes, returns and raises stands where it is written: values in `analysis.editions.values`, names in
    `analysis.editions.names`, forecasts in `analysis.report`.
    """

    @property
    def edition(self) -> Edition:
        """The parameters of the edition."""
        ...

    @property
    def project(self) -> Project:
        """The data, as they were when the report was opened or refreshed."""
        ...

    @property
    def scope(self) -> frozenset[str]:
        """See `analysis.report.Report`."""
        ...

    @property
    def since(self) -> Year:
        """First year of the long series."""
        ...

    @property
    def steady(self) -> float:
        """Change in per cent that is still called «практически не изменилась»."""
        ...

    @property
    def vintage(self) -> Year:
        """Last year whose observations a forecast may use."""
        ...

    @property
    def horizon(self) -> Year:
        """Last year forecast."""
        ...

    def load(self, name: str) -> pd.DataFrame:
        """Return a table of the edition or of the common package."""
        ...

    def filled(self, name: str) -> pd.DataFrame:
        """Return a table of words of the edition; one without rows is a gap."""
        ...

    def unfilled(self, name: str, part: str = "") -> Gap:
        """Return the gap of a table of words without rows."""
        ...

    def latest(self, indicator: str, territory: str | None = None, category: str | None = None) -> Year:
        """Return the latest year that the publisher of an indicator had reached.

        Parameters
        ----------
        indicator : str
        territory, category : str, optional
            The edition's region and any unless given.

        Returns
        -------
        Year
        """
        ...

    def frame(
        self,
        indicator: str,
        territories: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        categories: Iterable[str] | None = None,
    ) -> pd.DataFrame:
        """Return the observations of an indicator, in the order of their table.

        Parameters
        ----------
        indicator : str
        territories, years, categories : iterable, optional
            Which ones; all unless given.

        Returns
        -------
        pandas.DataFrame
            Columns of an observation table, `table` and `row`.
        """
        ...

    def value(
        self, indicator: str, territory: str | None = None, year: int | None = None, category: str | None = None
    ) -> Quantity:
        """Return one observation as a quantity.

        Parameters
        ----------
        indicator : str
        territory, year : optional
            The edition's unless given.
        category : str, optional
            Needed where the indicator has several.

        Returns
        -------
        Quantity
        """
        ...

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

    def quantities(self, rows: pd.DataFrame) -> pd.Series:
        """Return the quantities of rows of `frame`, as a series of the type `quantity`."""
        ...

    def unit(self, indicator: str) -> str:
        """Return the id of the indicator's unit."""
        ...

    @property
    def region(self) -> Named:
        """The territory the edition is about."""
        ...

    def territory(self, territory_id: str) -> Named:
        """Return a territory with its case forms."""
        ...

    def parts(self) -> list[str]:
        """Return the ids of the municipal territories of the region, in the order of the list."""
        ...

    def name(self, name_id: str) -> Named:
        """Return a body, organisation, programme or project with its case forms."""
        ...

    def label(self, dimension: str, code: str) -> Text:
        """Return the name of a code in a code list."""
        ...

    def code(self, dimension: str, code: str) -> Text:
        """Return a code of a list as prose names it."""
        ...

    def document(self, document_id: str) -> Text:
        """Return how prose cites an order, a strategy or a programme."""
        ...

    def row(self, table: str, wanted: str) -> pd.Series:
        """Return one row of a table that has ids."""
        ...

    @property
    def plan(self) -> Plan:
        """The action plan of the edition."""
        ...

    @property
    def standings(self) -> list[Standing]:
        """How every measure of the plan stands on the day of the edition."""
        ...

    @property
    def plan_states(self) -> dict[str, Quantity]:
        """Measures of the plan by how they stand on the day of the edition, in words."""
        ...

    @property
    def panel(self) -> Panel:
        """The outcome indicators."""
        ...

    @property
    def argument(self) -> Argument:
        """What stands behind each problem."""
        ...

    @property
    def prospects(self) -> Prospects:
        """What is to come, from observations up to the vintage, to the horizon."""
        ...

    def forecast(self, indicator: str) -> Forecast:
        """Return the forecast of a series of the region, year by year with intervals."""
        ...

    def past(self, indicator: str) -> Past:
        """Return what a forecast may know of a series."""
        ...

    @property
    def record(self) -> Record:
        """How forecasts of the series drawn into the future held in the past."""
        ...

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios of the edition by id."""
        ...

    @property
    def earlier(self) -> Earlier:
        """What was forecast earlier of years whose outcome is known by now."""
        ...

    @property
    def working(self) -> Working:
        """How many graduates will be at work."""
        ...

    @property
    def cohorts(self) -> Cohorts:
        """What past admissions say of graduates, beside the trend."""
        ...

    @property
    def graduates_at_work(self) -> Mapping[str, Mapping[int, Quantity]]:
        """Graduates at work by scenario and year."""
        ...

    def rose(self, new: Quantity, old: Quantity, gender: str = "f") -> Text:
        """Return «выросла», «снизилась» or «практически не изменилась» by the edition's tolerance.

        Parameters
        ----------
        new, old : Quantity
        gender : {'m', 'f', 'n', 'pl'}
            Of what rose or fell.

        Returns
        -------
        Text
            It remembers both numbers.
        """
        ...

    @property
    def tolerance(self) -> Quantity:
        """The change that is still called steady, in per cent."""
        ...

    @property
    def tolerance_points(self) -> Quantity:
        """The same for what is itself measured in per cent, in percentage points."""
        ...
