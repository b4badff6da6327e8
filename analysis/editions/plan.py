"""The action plan as data: who answers for how many measures, what falls due when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.base.deadlines import DATED, PERMANENT, REPEATED, UNSET, Deadline, ends, kinds_of, misfit
from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.catalogue import Project, opened
from analysis.catalogue.bibliography import Publication
from analysis.catalogue.places import place
from analysis.catalogue.rules.deadlines import TABLE as KINDS
from analysis.editions.edition import Edition
from analysis.quantities import Quantity, Text, Wording, quoted
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.rows import row_seen, rows_counted
from analysis.quantities.text import plain

# What stands beside these in the table is a day or a month as the plan prints it.
_PRINTED = ("day", "month")
_WHOLE_OR_PART = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


class Plan:
    """The measures of an edition's plan.

    Attributes
    ----------
    measures : pandas.DataFrame
        Columns n, title, responsible (ids joined by «;»), expected_result, deadline_kind,
        deadline_iso, source, locator.
    kinds : mapping of str to Kind
        The kinds of deadlines by id.
    """

    def __init__(self, edition: Edition, project: Project | None = None) -> None:
        self._edition = edition
        project = project or opened()
        self.measures = project.load("plan", edition.id)
        self._publications = project.publications()
        self.kinds = kinds_of(project.load(KINDS).to_dict("records"))
        if self.measures.empty:
            raise GapError([Gap("План мероприятий", "таблица издания не заполнена", "составитель издания")])

    def beginnings(self) -> dict[int, dt.date]:
        """Return for each measure the day from which periods that come again are counted; see `beginning`."""
        rows = self.measures
        return {
            int(number): beginning(self._edition, self._publications.get(source))
            for number, source in zip(rows["n"], rows["source"], strict=True)
        }

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
        """How many measures have a day, a month or a period to be ready by."""
        return self._counted(self._of_group(DATED), "мероприятия к определенному сроку")

    @property
    def repeated(self) -> Quantity:
        """How many measures recur through the year."""
        return self._counted(self._of_group(REPEATED), "мероприятия, повторяющиеся в течение года")

    @property
    def permanent(self) -> Quantity:
        """How many measures run without an end."""
        return self._counted(self._of_group(PERMANENT), "постоянные мероприятия")

    @property
    def unset(self) -> Quantity:
        """How many measures are done when they are wanted."""
        return self._counted(self._of_group(UNSET), "мероприятия по мере необходимости")

    def by_deadline(self) -> Mapping[str, Quantity]:
        """Measures per kind of deadline in words; a kind that the plan does not know is not there."""
        kinds = {
            "к определенному сроку": self.dated,
            "с повторением в течение года": self.repeated,
            "постоянно": self.permanent,
            "по мере необходимости": self.unset,
        }
        return {when: many for when, many in kinds.items() if many.value}

    def due(self, day: str) -> Quantity:
        """How many measures fall due on a day or in a month (ISO)."""
        return self._counted(self.measures[self._days() == day], f"мероприятия со сроком {plain(day)}")

    def of_kind(self, kind: str) -> Quantity:
        """How many measures have a deadline of a kind."""
        rows = self.measures[self.measures["deadline_kind"] == kind]
        return self._counted(rows, f"мероприятия со сроком вида «{self.kinds[kind].name}»")

    def numbered(self, numbers: Iterable[int], rule: str) -> Quantity:
        """Return how many measures these are; `rule` says in words which."""
        return self._counted(self.measures[self.measures["n"].isin(list(numbers))], rule)

    def deadlines(self) -> dict[int, Deadline]:
        """Return the deadline of each measure by its number.

        Raises
        ------
        DataError
            A kind that the list does not have, or a day that cannot stand beside it.
        """
        return {int(self.measures.at[index, "n"]): self._deadline_of(index) for index in self.measures.index}

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
        return quoted(self._deadline_of(found[0]).words, row_seen(self.measures, found[0], self._edition.id))

    def _deadline_of(self, index: object) -> Deadline:
        kind, day = (str(self.measures.at[index, column] or "") for column in ("deadline_kind", "deadline_iso"))
        known = self.kinds.get(kind)
        wrong = misfit(known, day) if known else f"вида срока «{kind}» нет в списке {KINDS}"
        if wrong or not known:
            file, row = place(self.measures, index)
            raise DataError(f"{file}, строка {row}: {wrong}. Исправьте deadline_kind или deadline_iso.")
        return Deadline(known, day)

    def _of_group(self, group: str) -> pd.DataFrame:
        named = [kind.id for kind in self.kinds.values() if kind.group == group]
        return self.measures[self.measures["deadline_kind"].isin(named)]

    @property
    def first_deadline(self) -> Text:
        """The earliest day or month (ISO) to which a measure is set."""
        return self._deadline(min(self._known_days(), key=_ends), "самый ранний срок")

    @property
    def last_deadline(self) -> Text:
        """The latest day or month (ISO) to which a measure is set."""
        return self._deadline(max(self._known_days(), key=_ends), "самый поздний срок")

    def _deadline(self, day: str, rule: str) -> Text:
        rows = self.measures[self._days() == day]
        seen = tuple(row_seen(rows, index, self._edition.id) for index in rows.index)
        return Text.of(day, Wording(Gathered(rule, tuple(map(Seen, seen)), "сроки плана"), seen))

    def _days(self) -> pd.Series:
        """Return by row the day or month to which a measure is set, in ISO; empty where there is none."""
        dated = self._of_group(DATED)
        days = [
            day if self.kinds[kind].day in _PRINTED else str(ends(day)[1])
            for kind, day in zip(dated["deadline_kind"], dated["deadline_iso"], strict=True)
        ]
        return pd.Series(days, dated.index, dtype=object).reindex(self.measures.index, fill_value="")

    def _known_days(self) -> list[str]:
        days = [day for day in self._days() if day]
        if not days:
            why = "ни у одного мероприятия нет дня или месяца"
            raise GapError([Gap("Сроки плана мероприятий", why, "составитель издания")])
        return days

    def _answers(self, responsible: str) -> pd.Series:
        return self.measures["responsible"].str.split(";").map(lambda bodies: responsible in bodies)

    def _counted(self, rows: pd.DataFrame, rule: str) -> Quantity:
        return rows_counted(rows, self._edition.id, rule)


def beginning(edition: Edition, source: Publication | None) -> dt.date:
    """Return the day from which the periods of a measure («раз в квартал») are counted.

    A quarter or a year that had begun when the plan came out cannot be asked for, so the first that is counted is the
    first whole one after the day, month or year of the source; a deadline that names its own days needs none.

    Parameters
    ----------
    edition : Edition
        Came out with the plan, unless the source says when.
    source : Publication or None
        That of the measure.

    Returns
    -------
    datetime.date
    """
    said = source.date if source else ""
    day = said if _WHOLE_OR_PART.fullmatch(said) else str(edition.published)
    try:
        _, last = ends(day)
    except ValueError:
        last = None
    return (last or dt.date(edition.published, 12, 31)) + dt.timedelta(days=1)


def _ends(day: str) -> str:
    """Return by what a day or a month is set in order: a month is over on its last day."""
    return day if day.count("-") > 1 else f"{day}-31"
