"""The tables of a state of the data as text, whatever of them the program needs today: a former state had its own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.base import paths, reads
from analysis.base.errors import DataError
from analysis.catalogue.descriptor import Table, read_package

PACKAGE = "datapackage.json"
# Folders of the data whose packages belong to one region or one edition; their names say to which.
OWNED = ("editions", "regions")
# What is compared as forecasts and as a history, not as words.
APART = ("forecasts", "vintages")


@dataclass(frozen=True)
class Held:
    """A table of one state.

    Attributes
    ----------
    scope : str
        The edition or the region it belongs to, empty for what is common to all.
    table : Table
    rows : pandas.DataFrame
        All text, columns as in the file.
    """

    scope: str
    table: Table
    rows: pd.DataFrame


def held(root: Path) -> list[Held]:
    """Return every table of the data of a project folder.

    Raises
    ------
    DataError
        A descriptor or a table cannot be read; the file is named.
    """
    data = root / paths.PUBLISHED
    return [
        Held(scope, table, _text(table))
        for descriptor, scope in _packages(data)
        for table in read_package(descriptor, lambda file: file, complete=False).values()
    ]


def words(tables: Iterable[Held]) -> list[Held]:
    """Return the tables of words."""
    return [one for one in tables if not one.table.holds_observations and one.table.name not in APART]


def paired(before: Sequence[Held], after: Sequence[Held]) -> list[tuple[list[Held], list[Held]]]:
    """Return tables of one name and scope together, then those of one name that have another scope now.

    A table may be moved to its region, or be cut in what is common and what is a region's own.
    """
    here, there = ({(one.scope, one.table.name): one for one in side} for side in (before, after))
    both = [([here[key]], [there[key]]) for key in here if key in there]
    rest: dict[str, tuple[list[Held], list[Held]]] = {}
    for place, (mine, other) in enumerate(((here, there), (there, here))):
        for key, one in mine.items():
            if key not in other:
                rest.setdefault(key[1], ([], []))[place].append(one)
    return [*both, *rest.values()]


def listed(tables: Iterable[Held], name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a common list of codes by id; nothing where there is none."""
    for one in tables:
        if one.table.name == name and not one.scope and "id" in one.rows:
            return {row["id"]: row for row in one.rows.to_dict("records")}
    return {}


def _packages(data: Path) -> Iterator[tuple[Path, str]]:
    """Yield the descriptors of a data folder with the scope of each."""
    if not (data / PACKAGE).is_file():
        raise DataError(f"Нет файла {reads.label(data / PACKAGE)}: это не данные доклада.")
    yield data / PACKAGE, ""
    for folder in sorted(path for path in data.iterdir() if path.is_dir()):
        if folder.name in OWNED:
            for descriptor in sorted(folder.glob(f"*/{PACKAGE}")):
                yield descriptor, descriptor.parent.name
        elif (folder / PACKAGE).is_file():
            yield folder / PACKAGE, ""


def _text(table: Table) -> pd.DataFrame:
    text = reads.text(table.file)
    try:
        return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, index_col=False).fillna("")
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise DataError(f"Файл {table.label}: это не таблица CSV. Исправьте его или верните из копии.") from None
