"""The one project of this process, and what is asked of it by name: `load` and its like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.base import build_env, journal, paths
from analysis.catalogue.bibliography import Publication
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.project import Project

# The one project of the process, by its folder: what is opened last.
_OPENED: dict[Path, Project] = {}
# Folders whose files are not looked at again for now (`held`).
_HELD: list[Path] = []


def current() -> Project:
    """Return the project of this process as it was opened, without a look at the disk.

    What it was opened with stays until `opened` finds a file changed: for the units and names that arithmetic and words
    need.
    """
    root = paths.project_root()
    if root not in _OPENED:
        # An acceptance that was cut off is undone before anything is read.
        journal.recover()
        _OPENED.clear()
        _OPENED[root] = Project(root, checked=not build_env.data_checked())
    return _OPENED[root]


def opened() -> Project:
    """Return the project of this process with its files as they are now."""
    if paths.project_root() in _HELD:
        return current()
    # One that was cut off while this process lives is undone too.
    journal.recover()
    project = current().renewed()
    _OPENED[project.root] = project
    return project


@contextmanager
def held() -> Iterator[None]:
    """Look at the files of the project once, at the beginning of the block: all that is said in it is of one state.

    Who asks for hundreds of tables would else ask the disk for the state of hundreds of files with each of them.
    """
    _HELD.append(opened().root)
    try:
        yield
    finally:
        _HELD.pop()


def renewed(project: Project) -> Project:
    """Return a project with its files as they are now.

    Of the folder of this process it is the one that `current` gives: a report must not show new values with the units
    and names of yesterday.
    """
    now = opened()
    return now if now.root == project.root else project.renewed()


def clear_cache() -> None:
    """Forget what was read: for tests, and after the data were replaced."""
    _OPENED.clear()


def tables(edition_id: str | None = None) -> dict[str, Table]:
    """Return the tables of the common package and, where named, of one edition; see `Project.tables`."""
    return opened().tables(edition_id)


def table(name: str, edition_id: str | None = None) -> Table:
    """Return one table by name; an unknown name is answered with the nearest right one."""
    return opened().table(name, edition_id)


def read_table(wanted: Table) -> pd.DataFrame:
    """Return a table typed as its schema says; see `Project.read_table`."""
    return opened().read_table(wanted)


def everywhere(name: str) -> pd.DataFrame:
    """Return a table of the common layers with the rows of every region; see `Project.everywhere`."""
    return opened().everywhere(name)


def find_defects(*wanted: Table) -> list[Finding]:
    """Return what in these tables breaks their schemas; empty when they are sound."""
    return opened().find_defects(*wanted)


def observation_schema() -> dict:
    """Return the schema of a table of official series."""
    return opened().observation_schema()


def publications() -> dict[str, Publication]:
    """Return the entries of `data/sources.bib` by key; see `Project.publications`."""
    return opened().publications()


def load(
    name: str,
    edition_id: str | None = None,
    *,
    territory: str | Iterable[str] | None = None,
    years: int | Iterable[int] | None = None,
    category: str | Iterable[str] | None = None,
    vintage: str | None = None,
) -> pd.DataFrame:
    """Return a table of the catalogue, or the observations of an indicator.

    Parameters
    ----------
    name : str
        Name of a table in `data/datapackage.json` or in the edition's own package, or id of an indicator
        (`unemployment_rate`).
    edition_id : str, optional
        The edition whose tables are wanted besides the common ones.
    territory, years, category : one or several, optional
        Which observations: ids of `territories`, years, codes of the indicator's dimension. A series that lacks some of
        those asked for gives the others.
    vintage : str, optional
        Data as they were known: a day («2022-03-01»: when it ended), or an acceptance («2022-03-01-1»: before it).

    Returns
    -------
    pandas.DataFrame
        Columns as the schema says; text that is not given is an empty string, a number that is not given is NaN.
        Observations: indicator, territory, category (str), year (Int64), value (float64, in the unit of the indicator,
        NaN where status is M), status (SDMX code), source (key of `sources.bib`), locator (place in the source), note
        (str), and in the edition's own tables printed (str). Of an indicator that is not a table by itself, or where
        some observations are asked for, also table and row (file each stands in, and where). `attrs["table"]` is the
        path of the file, `attrs["indicator"]` the row of `indicators` (name, unit, decimals, definition, age_base, …)
        as a dict.

    Raises
    ------
    DataError
        The name, a territory, a year or a category is unknown (the nearest right one is offered), nothing is left, two
        tables state one observation, or a table breaks its schema or was not there yet.

    Examples
    --------
    >>> load("unemployment_rate", territory=["kemerovo", "tomsk"], years=range(2017, 2022))  # doctest: +SKIP
    """
    return opened().load(name, edition_id, territory=territory, years=years, category=category, vintage=vintage)
