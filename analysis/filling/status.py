"""How far an edition is: table by table and section by section, and how much of it would print."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pandas as pd

from analysis.base import ipynb, paths
from analysis.base.markdown import headings
from analysis.catalogue import Project
from analysis.editions.edition import Edition
from analysis.filling.fill_list import FILLED, STATES, fill_list

# Where a build tells how much of the report it printed, and under which names.
_RECORD, _MEASURED = "provenance.json", ("paragraphsPrinted", "paragraphs", "exhibitsPrinted", "exhibits")
# What a caption fills in for each edition («…, {years} годы», «… приемом в {year} году»), from there on.
_FILLED_IN = re.compile(r"(?:,| (?:в|во|за|на|по|с|к))?\s*\{.*", re.DOTALL)
_EXHIBITS = ("tbl-", "fig-")


@dataclass(frozen=True)
class Share:
    """How many of some have all they need."""

    whole: int
    all: int


@dataclass(frozen=True)
class Status:
    """The state of an edition.

    Attributes
    ----------
    listed : pandas.DataFrame
        Its fill list.
    tables, parts : pandas.DataFrame
        Counts by state and who supplies what lacks: of each table of the edition; of each section, table and figure.
    measured : dict of str to int
        What the last build printed; empty where none has told.
    """

    listed: pd.DataFrame
    tables: pd.DataFrame
    parts: pd.DataFrame
    measured: dict[str, int]

    @property
    def filled(self) -> Share:
        """How much of what is needed is there."""
        return Share(int(self.listed["state"].eq(FILLED).sum()), len(self.listed))

    @property
    def exhibits(self) -> Share:
        """How many tables and figures have all they need."""
        return self._whole(self.parts.index.str.startswith(_EXHIBITS))

    @property
    def sections(self) -> Share:
        """How many sections have all that their prose needs."""
        return self._whole(~self.parts.index.str.startswith(_EXHIBITS))

    def _whole(self, chosen: pd.Series) -> Share:
        parts = self.parts[chosen]
        return Share(int((parts[FILLED] == parts["all"]).sum()), len(parts))


def status(project: Project, edition: Edition) -> Status:
    """Return how far an edition is."""
    listed = fill_list(project, edition)
    titles = {name: table.title for name, table in project.tables(edition.id).items()} | {"": "Официальная статистика"}
    tables = _counted(listed, "table")
    tables.insert(0, "title", [titles.get(name, name) for name in tables.index])
    parts = _counted(listed.explode("used_by"), "used_by")
    called = section_titles() | _captions(project, edition)
    parts.insert(0, "title", [called.get(label, label) for label in parts.index])
    return Status(listed, tables, parts, measured(edition.id))


def _counted(listed: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return counts by state, all, and who supplies what is not there."""
    order = list(dict.fromkeys(listed[by]))
    counts = pd.crosstab(listed[by], listed["state"]).reindex(index=order, columns=list(STATES), fill_value=0)
    counts["all"] = counts.sum(axis=1)
    lacking = listed[listed["state"] != FILLED]
    who = lacking.groupby(by)["who"].agg(lambda names: "; ".join(dict.fromkeys(filter(None, names))))
    counts["who"] = who.reindex(counts.index).fillna("")
    return counts


def section_titles() -> dict[str, str]:
    """Return the heading of each section by its id, inline expressions left out."""
    found = {}
    for file in sorted(paths.chapters().glob("*.ipynb")):
        for cell in ipynb.read(file).cells:
            for heading in headings(cell.source) if cell.cell_type == "markdown" else ():
                found[heading.id] = " ".join("".join(heading.text.split("`")[::2]).split())
    return found


def _captions(project: Project, edition: Edition) -> dict[str, str]:
    exhibits = project.load("exhibits", edition.id)
    words = {"tbl": "Таблица", "fig": "Рисунок"}
    return {
        label: f"{words[label.partition('-')[0]]}: {_FILLED_IN.sub('', caption)}"
        for label, caption in zip(exhibits["id"], exhibits["caption"], strict=True)
    }


def measured(edition_id: str) -> dict[str, int]:
    """Return what the last build says it printed; nothing where there is no book, or its build told nothing."""
    file = paths.book(edition_id) / _RECORD
    try:
        told = json.loads(file.read_text(encoding="utf-8"))["entity"]["spo:project"]
        return {name: int(told[f"spo:{name}"]["$"]) for name in _MEASURED}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def built(edition_id: str) -> bool:
    """Tell whether the edition has a finished book."""
    return paths.book(edition_id).is_dir()


def per_cent(share: Share) -> int:
    """Return a share in whole per cent, rounded down: what lacks something is not told as whole."""
    return 100 * share.whole // share.all if share.all else 0
