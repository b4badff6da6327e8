"""Everything an edition needs, cell by cell, with what it is needed for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.catalogue import Project
from analysis.editions.edition import Edition
from analysis.editions.needs import PARTS, SOME_PARTS, Cell, Need, Place, Words
from analysis.show.declared import declared
from analysis.show.needs import Needs

# The list that has to name the municipal territories before anything can be asked of them.
TERRITORIES = "territories"


def needs(project: Project) -> dict[str, Needs]:
    """Return what each table, figure and section of the report needs, by label and id of section."""
    told: dict[str, list[Need | Words]] = {}
    for row in project.load("needs").to_dict("records"):
        told.setdefault(row["section"], []).append(
            Need(row["what"], row["years"], row["territories"], row["categories"])
            if row["years"]
            else Words(row["what"], row["categories"])
        )
    return declared() | {section: tuple(found) for section, found in told.items()}


def place(project: Project, edition: Edition) -> Place:
    """Return what the words of a need mean for an edition."""
    known = project.load(TERRITORIES, edition.id)
    indicators = project.load("indicators")
    divided = indicators[indicators["dimension"] != ""]
    tables = project.tables(edition.id)
    return Place(
        edition,
        known.loc[known["parent"] == edition.region, "id"].tolist(),
        {
            indicator: project.load(dimension, edition.id)["id"].tolist() if dimension in tables else []
            for indicator, dimension in zip(divided["id"], divided["dimension"], strict=True)
        },
        dict(zip(indicators["id"], indicators["lag"].fillna(0).astype(int), strict=True)),
    )


def cells(needs_of: Mapping[str, Needs], where: Place) -> dict[Cell, list[str]]:
    """Return every observation that is needed, with the labels of what needs it."""
    found: dict[Cell, list[str]] = {}
    for label, told in needs_of.items():
        for need in told:
            for cell in where.cells(need) if isinstance(need, Need) else ():
                labels = found.setdefault(cell, [])
                if label not in labels:
                    labels.append(label)
    return found


def words(needs_of: Mapping[str, Needs], where: Place) -> dict[tuple[str, str], list[str]]:
    """Return every table of words that is needed, or the list of it, with the labels of what needs it."""
    found: dict[tuple[str, str], list[str]] = {}
    for label, told in needs_of.items():
        for key in _words(told, where):
            labels = found.setdefault(key, [])
            if label not in labels:
                labels.append(label)
    return found


def _words(told: Needs, where: Place) -> Iterator[tuple[str, str]]:
    for need in told:
        if isinstance(need, Words):
            yield from ((need.what, part) for part in need.parts.split(";"))
        elif {PARTS, SOME_PARTS} & set(need.territories.split(";")) and not where.parts:
            yield TERRITORIES, ""
