"""The action plan as data: who answers for how many measures, what falls due when."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.base.days import in_words
from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.catalogue import Project, opened
from analysis.editions.edition import Edition
from analysis.quantities import Quantity, Text, Wording, quoted
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.rows import row_seen, rows_counted
from analysis.quantities.text import plain

DATED = ("date", "month", "from-date")
_WITHOUT_DAY = {
    "quarterly": "раз в квартал",
    "yearly": "раз в год",
    "twice-yearly": "два раза в год",
    "school-year": "в течение учебного года",
    "permanent": "постоянно",
}
_AFTERWARDS = {"from-date": ", далее постоянно"}
REPEATED = ("quarterly", "yearly", "twice-yearly", "school-year")


class Plan:
    """The measures of an edition's plan.

    Attributes
    ----------
    measures : pandas.DataFrame
        Columns n, title, responsible (ids joined by «;»), expected_result, deadline_kind,
        deadline_iso (a day or a month), source, locator.
    """

    def __init__(self, edition: Edition, project: Project | None = None) -> None:
        self._edition = edition
        self.measures = (project or opened()).load("plan", edition.id)
        if self.measures.empty:
            raise GapError([Gap("План мероприятий", "таблица издания не заполнена", "составитель издания")])

    @property
    def count(self) -> Quantity:
        """How many measures there are."""
        return self._counted(self.measures, "мероприятия плана")

    def of(self, responsible: str) -> Quantity:
        """How many measures a body answers for, alone or with others."""
        return self._counted(
            self.measures[self._answers(responsible)], f"мероприятия, за которые отвечает {responsible}"
        )

    def by_responsible(self) -> Mapping[str, Quantity]:
        """Measures per responsible body, most first; shared ones count for each."""
        bodies = dict.fromkeys(body for row in self.measures["responsible"] for body in row.split(";"))
        counts = {body: self.of(body) for body in bodies}
        return dict(sorted(counts.items(), key=lambda item: -float(item[1])))

    @property
    def shared(self) -> Quantity:
        """How many measures have more than one body responsible."""
        return self._counted(
            self.measures[self.measures["responsible"].str.contains(";")], "мероприятия с несколькими исполнителями"
        )

    @property
    def dated(self) -> Quantity:
        """How many measures have a day or a month to be ready by."""
        return self._counted(self._kinds(DATED), "мероприятия к дню или месяцу")

    @property
    def repeated(self) -> Quantity:
        """How many measures recur through the year."""
        return self._counted(self._kinds(REPEATED), "мероприятия, повторяющиеся в течение года")

    @property
    def permanent(self) -> Quantity:
        """How many measures run without an end."""
        return self._counted(self._kinds(("permanent",)), "постоянные мероприятия")

    def by_deadline(self) -> Mapping[str, Quantity]:
        """Measures per kind of deadline in words; a kind that the plan does not know is not there."""
        kinds = {
            "к определенному дню или месяцу": self.dated,
            "с повторением в течение года": self.repeated,
            "постоянно": self.permanent,
        }
        return {when: many for when, many in kinds.items() if many.value}

    def due(self, day: str) -> Quantity:
        """How many measures fall due on a day or in a month (ISO)."""
        return self._counted(self.measures[self.measures["deadline_iso"] == day], f"мероприятия со сроком {plain(day)}")

    def deadline(self, number: int) -> Text:
        """Return the deadline of a measure in words («1 мая 2022 г.», «раз в квартал»).

        Raises
        ------
        DataError
            The plan has no measure of this number.
        """
        found = self.measures.index[self.measures["n"] == number]
        if found.empty:
            raise DataError(
                f"{self.measures.attrs['table']}: в плане нет мероприятия № {number}. Назовите номер из столбца «n»."
            )
        seen = row_seen(self.measures, found[0], self._edition.id)
        return quoted(deadline_in_words(*self.measures.loc[found[0], ["deadline_kind", "deadline_iso"]]), seen)

    def _kinds(self, kinds: tuple[str, ...]) -> pd.DataFrame:
        return self.measures[self.measures["deadline_kind"].isin(kinds)]

    @property
    def first_deadline(self) -> Text:
        """The earliest day or month (ISO) to which a measure is set."""
        return self._deadline(min(self._days(), key=_ends), "самый ранний срок")

    @property
    def last_deadline(self) -> Text:
        """The latest day or month (ISO) to which a measure is set."""
        return self._deadline(max(self._days(), key=_ends), "самый поздний срок")

    def _deadline(self, day: str, rule: str) -> Text:
        rows = self.measures[self.measures["deadline_iso"] == day]
        seen = tuple(row_seen(rows, index, self._edition.id) for index in rows.index)
        return Text.of(day, Wording(Gathered(rule, tuple(map(Seen, seen)), "сроки плана"), seen))

    def _days(self) -> list[str]:
        days = [day for day in self.measures["deadline_iso"].dropna() if day]
        if not days:
            why = "ни у одного мероприятия нет дня или месяца"
            raise GapError([Gap("Сроки плана мероприятий", why, "составитель издания")])
        return days

    def _answers(self, responsible: str) -> pd.Series:
        return self.measures["responsible"].str.split(";").map(lambda bodies: responsible in bodies)

    def _counted(self, rows: pd.DataFrame, rule: str) -> Quantity:
        return rows_counted(rows, self._edition.id, rule)


def deadline_in_words(kind: str, day: str) -> str:
    """Return a deadline in words: «1 мая 2022 г.», «1 июля 2022 г., далее постоянно», «раз в квартал».

    Parameters
    ----------
    kind : str
        As the table of the plan gives it.
    day : str
        A day or a month in ISO; empty where the deadline is none.

    Examples
    --------
    >>> deadline_in_words("twice-yearly", "")
    'два раза в год'
    """
    return _WITHOUT_DAY[kind] if kind in _WITHOUT_DAY else in_words(day) + _AFTERWARDS.get(kind, "")


def _ends(day: str) -> str:
    """Return by what a day or a month is set in order: a month is over on its last day."""
    return day if day.count("-") > 1 else f"{day}-31"
