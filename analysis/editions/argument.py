"""What ties a problem to its evidence, measures, plan lines, indicators and risks: links that lead somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import pandas as pd

from analysis.base.errors import did_you_mean
from analysis.base.gaps import Gap, GapError
from analysis.catalogue import Project, opened
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place
from analysis.editions.edition import Edition
from analysis.quantities import Quantity, Text, quoted
from analysis.quantities.rows import row_seen, rows_counted

TABLE, PROBLEMS = "argument_links", "problems"
EVIDENCE, MEASURE, PLAN, INDICATOR, RISK = "evidence", "measure", "plan", "indicator", "risk"
# In which table each kind of link ends.
ENDS: Mapping[str, str] = {
    EVIDENCE: "outcome_indicators",
    MEASURE: "support_measures",
    PLAN: "plan",
    INDICATOR: "outcome_indicators",
    RISK: "swot",
}
_WORDS = {PLAN: "title"}  # the column that says what a row is; of others `text`
_RISKS = ("W", "T")  # sides of the SWOT that hinder


class Argument:
    """The links of an edition: what stands behind each problem, and which ends hang loose.

    Parameters
    ----------
    edition : Edition
    project : Project, optional
        The data; those of the project folder as they are now unless given.

    Attributes
    ----------
    problems : pandas.DataFrame
        Columns n, problem, solution, source, locator.

    Raises
    ------
    GapError
        The edition names no problem, or ties nothing to any.
    """

    def __init__(self, edition: Edition, project: Project | None = None) -> None:
        self._edition, self._project = edition, project or opened()
        self.problems, self._links = (self._project.load(name, edition.id) for name in (PROBLEMS, TABLE))
        if self.problems.empty or self._links.empty:
            what = "Связи проблем с мерами, планом и показателями"
            raise GapError([Gap(what, "таблица издания не заполнена", "составитель издания")])

    def refs(self, problem: int, kind: str) -> list[str]:
        """Return what a problem is tied to by links of a kind, in the order of the table they end in."""
        links = self._links[(self._links["problem"] == problem) & (self._links["kind"] == kind)]
        return [end for end in self._ends(kind) if end in set(links["ref"].astype(str))]

    def without(self, kind: str) -> list[int]:
        """Return the numbers of the problems that no link of a kind leads from."""
        tied = set(self._links.loc[self._links["kind"] == kind, "problem"])
        return [int(number) for number in self.problems["n"] if number not in tied]

    def count_without(self, kind: str) -> Quantity:
        """Return how many problems no link of a kind leads from."""
        rows = self.problems[self.problems["n"].isin(self.without(kind))]
        return rows_counted(rows, self._edition.id, f"проблемы без связи вида «{kind}»")

    def measurable(self, known: Collection[str]) -> Quantity:
        """Return for how many problems one of the indicators of their solution is among those that are known."""
        numbers = [number for number in self.problems["n"] if set(known) & set(self.refs(int(number), INDICATOR))]
        rows = self.problems[self.problems["n"].isin(numbers)]
        return rows_counted(rows, self._edition.id, "проблемы, у которых известен показатель решения")

    @property
    def count(self) -> Quantity:
        """How many problems there are."""
        return rows_counted(self.problems, self._edition.id, "проблемы")

    def loose(self, kind: str) -> list[int]:
        """Return the numbers of the measures or plan lines that no problem is tied to."""
        tied = set(self._links.loc[self._links["kind"] == kind, "ref"].astype(str))
        return [int(end) for end in self._ends(kind) if end not in tied]

    def count_loose(self, kind: str) -> Quantity:
        """Return how many measures or plan lines no problem is tied to."""
        rows = self._rows(kind)
        rule = f"строки таблицы {ENDS[kind]} без связи с проблемами"
        return rows_counted(rows[rows["n"].isin(self.loose(kind))], self._edition.id, rule)

    def loose_names(self, kind: str) -> list[Text]:
        """Return the measures or plan lines that no problem is tied to, in their own words."""
        rows = self._rows(kind)
        return [self.words(kind, index) for index in rows.index[rows["n"].isin(self.loose(kind))]]

    def words(self, kind: str, index: object) -> Text:
        """Return what a row of the table that links of a kind end in says."""
        rows = self._rows(kind)
        return quoted(rows.at[index, _WORDS.get(kind, "text")], row_seen(rows, index, self._edition.id))

    def rows(self, problem: int, kind: str) -> pd.DataFrame:
        """Return the rows that links of a kind lead to from a problem."""
        rows = self._rows(kind)
        keys = rows["quadrant"] + rows["n"].astype(str) if kind == RISK else rows["n"].astype(str)
        return rows[keys.isin(self.refs(problem, kind))]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {kind: self._project.load(table, self._edition.id) for kind, table in ENDS.items()}

    def _rows(self, kind: str) -> pd.DataFrame:
        return self._tables[kind]

    def _ends(self, kind: str) -> list[str]:
        return ends_of(kind, self._rows(kind))


def ends_of(kind: str, rows: pd.DataFrame) -> list[str]:
    """Return what a link of a kind may end at, in the order of its table.

    Parameters
    ----------
    kind : str
        One of `ENDS`.
    rows : pandas.DataFrame
        The table it ends in.

    Returns
    -------
    list of str
    """
    if kind == RISK:
        sides = rows[rows["quadrant"].isin(_RISKS)]
        return [f"{side}{number}" for side, number in zip(sides["quadrant"], sides["n"], strict=True)]
    return [str(one) for one in rows["n" if "n" in rows else "id"]]


def leading_nowhere(frames: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find links that end at nothing; of a problem that is not there another rule tells.

    Parameters
    ----------
    frames : mapping
        All tables of package and edition, typed, by name.

    Yields
    ------
    Finding
        One a link.
    """
    if not {TABLE, *ENDS.values()} <= set(frames):
        return
    links = frames[TABLE]
    for index, kind, ref in zip(links.index, links["kind"], links["ref"].astype(str), strict=True):
        if kind in ENDS and ref not in (known := ends_of(kind, frames[ENDS[kind]])):
            why = f"нет в таблице {ENDS[kind]}" + (" среди слабых сторон (W) и угроз (T)" if kind == RISK else "")
            remedy = did_you_mean(ref, known).strip() or "Исправьте ячейку."
            yield Finding(*place(links, index), "ref", ref, why, remedy, rule="reference")
