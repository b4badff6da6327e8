"""The report of one edition: what a chapter asks for values, names, tables, figures and lists."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from analysis.base import paths
from analysis.base.desk import refresh_before_cells
from analysis.base.gaps import SECTION
from analysis.base.guard import LeftOut, install, shown
from analysis.base.russian import decimals_needed
from analysis.catalogue import Project
from analysis.editions.argument import Argument
from analysis.editions.edition import Edition, read_edition
from analysis.editions.plan import Plan
from analysis.editions.plan_status import STATES, Standing, by_state, standings
from analysis.editions.published import Published
from analysis.outlook import Forecast, Past, Prospects
from analysis.outlook.cohorts import Cohorts
from analysis.outlook.earlier import Earlier, earlier
from analysis.outlook.forecasts import DRAWN, last_known
from analysis.outlook.record import Record
from analysis.outlook.scenarios import Scenario, scenarios
from analysis.outlook.working import RATE, Working
from analysis.quantities import PERCENT, POINTS, Day, Quantity, Text, Year
from analysis.quantities.formula import Named
from analysis.show import directions, exhibits, glance, lists, phrases, prose, tables, training
from analysis.show.directions import STEADY
from analysis.show.exhibits import Exhibit
from analysis.show.findings import Choice, Findings, findings
from analysis.show.forecasts import LIKELY
from analysis.show.glance import Glance
from analysis.show.lists import Listing
from analysis.show.panel import measured
from analysis.show.panel.panel import Panel
from analysis.show.panel.proposed import count_proposed

_FIELDS = {"year": "год издания", "published": "год выхода издания", "as_of": "дата учета выпускников"}
AHEAD = 6  # years a forecast reaches unless a chapter says otherwise


class Report(Published):
    """One edition, ready to be asked.

    Parameters
    ----------
    edition : Edition
        Its parameters.
    since : int
        First year of the long series.
    steady : float
        Change in per cent that is still called «практически не изменилась».
    horizon : int, optional
        Last year forecast; six years after the vintage unless given.
    vintage : int, optional
        Last year whose observations a forecast may use; the last year known of what is forecast unless given.
    project : Project, optional
        The data; those of the project folder as they are now unless given.
    """

    def __init__(
        self,
        edition: Edition,
        since: int = 2000,
        steady: float = STEADY,
        horizon: int | None = None,
        vintage: int | None = None,
        project: Project | None = None,
    ) -> None:
        super().__init__(_traced(edition), project)
        self._vintage, self._horizon = vintage, horizon
        self.since, self.steady = Year(since, "параметр главы since (первый год длинных рядов)"), steady

    @cached_property
    def vintage(self) -> Year:
        """Last year whose observations a forecast may use."""
        if self._vintage is not None:
            return Year(self._vintage, "параметр главы vintage (последний год данных для прогноза)")
        # Where nothing is known of what is forecast, nothing is forecast from any year.
        return last_known(self) or Year(self.edition.year, _origin("year"))

    @property
    def horizon(self) -> Year:
        """Last year forecast."""
        if self._horizon is not None:
            return Year(self._horizon, "параметр главы horizon (последний год прогноза)")
        return self.vintage + AHEAD

    @cached_property
    def plan(self) -> Plan:
        """The action plan of the edition."""
        return Plan(self.edition, self.project)

    @cached_property
    def standings(self) -> list[Standing]:
        """How every measure of the plan stands on the day of the edition."""
        return standings(self.edition, self.edition.as_of, self.project)

    @property
    def plan_states(self) -> dict[str, Quantity]:
        """Measures of the plan by how they stand on the day of the edition, in words; a state of none is not there."""
        return {
            STATES[state]: self.plan.numbered(
                [one.number for one in self.standings if one.state == state], f"мероприятия: {STATES[state]}"
            )
            for state in by_state(self.standings)
        }

    @cached_property
    def panel(self) -> Panel:
        """The outcome indicators: which are known, which lack data."""
        return measured.panel(self)

    @property
    def proposed(self) -> Quantity:
        """For how many of the outcome indicators the report proposes a range."""
        return count_proposed(self)

    @cached_property
    def argument(self) -> Argument:
        """What stands behind each problem of the edition, and which ends hang loose."""
        return Argument(self.edition, self.project)

    @cached_property
    def prospects(self) -> Prospects:
        """What is to come, from observations up to the vintage, to the horizon."""
        return Prospects(self, self.vintage, self.horizon)

    def forecast(self, indicator: str) -> Forecast:
        """Return the forecast of a series of the region, year by year with intervals; see `analysis.outlook`."""
        return self.prospects.forecast(indicator)

    def past(self, indicator: str) -> Past:
        """Return what a forecast may know of a series: values up to the vintage, breaks, yearly changes."""
        return self.prospects.past(indicator)

    @cached_property
    def record(self) -> Record:
        """How forecasts of the series this report draws into the future held in the past."""
        return self.prospects.record(DRAWN)

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """The scenarios of the edition by id: judgements on top of the forecast, kept apart from it."""
        return scenarios(self.prospects)

    @cached_property
    def earlier(self) -> Earlier:
        """What was forecast earlier of years whose outcome is known by now; see `analysis.outlook.earlier`."""
        return earlier(self.prospects)

    @cached_property
    def working(self) -> Working:
        """How many graduates will be at work; see `analysis.outlook.working`."""
        return Working(self.prospects)

    @cached_property
    def cohorts(self) -> Cohorts:
        """What past admissions say of graduates, beside the trend; see `analysis.outlook.cohorts`."""
        return Cohorts(self.prospects)

    @cached_property
    def graduates_at_work(self) -> dict[str, dict[int, Quantity]]:
        """Graduates at work by scenario of the employment rate and year; see `analysis.outlook.working`."""
        return {
            key: self.working.at_rates(scenario.values)
            for key, scenario in self.scenarios.items()
            if scenario.indicator == RATE
        }

    def rose(self, new: Quantity, old: Quantity, gender: str = "f") -> Text:
        """Return «выросла», «снизилась» or «практически не изменилась» by this edition's tolerance.

        Parameters
        ----------
        new, old : Quantity
            Of one unit.
        gender : {'m', 'f', 'n', 'pl'}
            Of the verb.

        Returns
        -------
        Text
            The word, which remembers both values and the tolerance.

        Examples
        --------
        >>> print(report.rose(report.value("employed"), report.value("employed", year=2019)))
        снизилась
        """
        return directions.rose(new, old, gender, self.steady)

    def changed(self, new: Quantity, old: Quantity, gender: str = "f") -> Text:
        """Return «снизилась на 2,4 %», within this edition's tolerance «практически не изменилась (+0,3 %)».

        Parameters
        ----------
        new, old, gender
            As for `rose`.

        Returns
        -------
        Text

        Examples
        --------
        >>> print(report.changed(report.value("employed"), report.value("employed", year=2019)))
        снизилась на 2,4 %
        """
        return directions.changed(new, old, gender, self.steady)

    @property
    def tolerance(self) -> Quantity:
        """The change that is still called steady, in per cent, for the prose to name."""
        return _bound(self.steady, PERCENT)

    @property
    def tolerance_points(self) -> Quantity:
        """The same for what is itself measured in per cent, in percentage points."""
        return _bound(directions.steady_points(self.steady), POINTS)

    @property
    def likely(self) -> Quantity:
        """From which share of outcomes within such intervals on words call one likely, for the prose to name."""
        return Quantity(float(LIKELY), PERCENT, 0, (), Named("с какой доли исходов интервал назван вероятным"))

    def table(self, table_id: str, *, printed: bool = True) -> Exhibit | LeftOut:
        """Return a table of the report by id (`employed` for `tbl-employed`); what tells why where nothing is known.

        What is not printed stands on the pages alone, with its data beside them, and has no number.

        Examples
        --------
        >>> report.table("employed").label
        'tbl-employed'
        """
        return shown(f"tbl-{table_id}", lambda: replace(tables.build(self, table_id), printed=printed))

    def figure(self, figure_id: str, *, printed: bool = True) -> Exhibit | LeftOut:
        """Return a figure of the report by id; what tells why where its data are not there. As `table`, if printed.

        Examples
        --------
        >>> report.figure("employment-rate").label
        'fig-employment-rate'
        """
        return shown(f"fig-{figure_id}", lambda: replace(exhibits.figure(self, figure_id), printed=printed))

    def prose(self, anchor: str) -> None:
        """Show the edition's own text of this place of the chapter; nothing where it has none.

        It stands alone in its cell: a build lays the file `prose/<chapter>/<anchor>.md` of the edition in its place.
        """
        prose.lay(paths.prose(self.edition.id), anchor)

    def needs(self, *names: str) -> LeftOut | None:
        """Leave the section out where nothing of these is known: indicators of the region, tables of words.

        It stands alone in its cell, below the heading of the section.
        """
        return shown(SECTION, lambda: self.require_any(*names))

    def glance(self, *rows: tuple[str, Quantity, Quantity | None]) -> Glance | LeftOut:
        """Return the key numbers that are known: rows of (name, value, value to compare with or None)."""
        return shown("", lambda: glance.glance(rows))

    def bullets(self, list_id: str) -> Listing | LeftOut:
        """Return a list of the edition as bullet points."""
        return shown("", lambda: lists.bullets(self, list_id))

    def measures(self) -> Listing | LeftOut:
        """Return the support measures for all students and graduates as points, one a kind."""
        return shown("", lambda: lists.measures(self))

    def training(self, indicator: str) -> dict[str, Quantity]:
        """Return an indicator of training beside demand by group, in the year of the edition."""
        return training.by_group(self, indicator)

    def findings(self, choice: Choice | None = None) -> Findings:
        """Return the findings of the first page: by the rule, and by the author's word (`main_points`)."""
        return findings(self, choice)

    @property
    def carried_over(self) -> Text:
        """What came from the last edition and is not checked yet, in a sentence; empty where all is."""
        return phrases.carried_over(self)

    @property
    def goal(self) -> Text:
        """The goal of the plan."""
        return lists.goal(self)

    def aims(self, kind: str) -> Listing | LeftOut:
        """Return the tasks or the expected results of the plan (`task`, `result`)."""
        return shown("", lambda: lists.aims(self, kind))


def open_report(
    edition: str, since: int = 2000, steady: float = STEADY, horizon: int | None = None, vintage: int | None = None
) -> Report:
    """Open the report of an edition by its id.

    Parameters
    ----------
    edition : str
        Id of the edition, the name of its folder.
    since, steady, horizon, vintage
        As in `Report`.

    Returns
    -------
    Report

    Raises
    ------
    UsageError, DataError
        As `analysis.editions.edition.read_edition`.

    Examples
    --------
    >>> edition = open_report("kemerovo-2021")
    >>> print(edition.edition.year, edition.value("employed"))
    2020 1189,3 тыс. чел.
    """
    report = Report(read_edition(edition), since=since, steady=steady, horizon=horizon, vintage=vintage)
    refresh_before_cells(report)
    install()
    return report


def _bound(value: float, unit: str) -> Quantity:
    """Return a bound with no more decimals than it has."""
    origin = Named("параметр главы steady (что считается неизменным)")
    return Quantity(value, unit, decimals_needed(value), (), origin)


def _traced(edition: Edition) -> Edition:
    """Return the edition with years and a day that say where they come from."""
    years = {field: Year(getattr(edition, field), _origin(field)) for field in ("year", "published")}
    return edition.model_copy(update=years | {"as_of": Day.at(edition.as_of, _origin("as_of"))})


def _origin(field: str) -> Named:
    """Return where a field of an edition stands, in words."""
    return Named(f"{_FIELDS[field]} (поле {field} файла edition.yml)")
