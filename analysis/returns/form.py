"""The form of a return: which of its columns are outcomes, which a group of graduates, and how they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.base.errors import DataError
from analysis.catalogue.descriptor import Table
from analysis.catalogue.opened import load
from analysis.ingest.targets import form

NAME = "college_return"
COLLEGE, GROUP, YEAR, REPORT_YEAR, QUARTER, TOTAL = "college", "group", "year", "report_year", "quarter", "graduates"
OWN_BOSS, EMPLOYED, ARMY = "self_employed", "employed", "army"
# What a row is about: one group of specialties of one cohort of a college.
KEY = ("key", GROUP, YEAR)


@dataclass(frozen=True)
class Form:
    """The columns of a return.

    Attributes
    ----------
    table : Table
        The form by its schema.
    outcomes : tuple of str
        Columns of what graduates do; together they are all graduates.
    groups : tuple of str
        Columns of graduates who are counted apart as well.
    titles : mapping
        What stands above each column.
    """

    table: Table
    outcomes: tuple[str, ...]
    groups: tuple[str, ...]
    titles: Mapping[str, str]

    @property
    def counts(self) -> list[str]:
        """The columns that hold numbers of persons, in the order of the form."""
        groups = [name for group in self.groups for name in (group, *self.of(group))]
        return [TOTAL, *self.outcomes, OWN_BOSS, *groups]

    @property
    def required(self) -> list[str]:
        """The columns that no row leaves empty."""
        return [spec["name"] for spec in self.table.fields if spec.get("constraints", {}).get("required")]

    def of(self, group: str) -> list[str]:
        """Return the columns of the outcomes of a group of graduates."""
        return [f"{group}_{outcome}" for outcome in self.outcomes]

    def title(self, column: str) -> str:
        """Return the words above a column, as a sentence names them."""
        return f"«{self.titles[column]}»"


def read_form() -> Form:
    """Return the form, held against the lists of outcomes and of groups of graduates.

    Raises
    ------
    DataError
        The form lacks a column that the lists ask for.
    """
    table = form(NAME)
    outcomes = tuple(code.replace("-", "_") for code in load("outcomes")["id"])
    groups = tuple(code.replace("-", "_") for code in load("graduate_groups")["id"])
    made = Form(table, outcomes, groups, {spec["name"]: spec.get("title", spec["name"]) for spec in table.fields})
    if lacking := [name for name in made.counts if name not in table.columns]:
        raise DataError(
            f"В форме data/schemas/{NAME}.json нет столбца «{lacking[0]}», а исход или категория такая есть"
            " (data/federal/outcomes.csv, graduate_groups.csv). Добавьте столбец."
        )
    return made
