"""What a table is, and which of them a Frictionless descriptor describes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.base import reads, strict_json
from analysis.base.errors import DataError
from analysis.catalogue.described import Package, Schema, require
from analysis.catalogue.known_columns import shortage

# What of the title of a table speaks of a print.
_OF_PRINT = re.compile(r"^Таблица \d+ печатного издания: |, уцелевшие в тексте$")
OBSERVATION_KEY = ("indicator", "territory", "category", "year")


@dataclass(frozen=True)
class Table:
    """One tabular resource: where it lies and what it must look like.

    Attributes
    ----------
    layer : str
        Folder of its package within the data folder: empty for the country, `federal`, `regions/tomsk`,
        `editions/tomsk-2021`.
    above : tuple of Table
        The tables of its name in the layers above: their rows come first.
    """

    name: str
    file: Path
    title: str
    schema: dict
    licence: str = ""
    layer: str = ""
    above: tuple[Table, ...] = ()

    @property
    def parts(self) -> tuple[Table, ...]:
        """The files of the table, one a layer, in the order of their rows."""
        return (*self.above, replace(self, above=()))

    @property
    def fields(self) -> list[dict]:
        """The fields of the schema, in the order of the columns."""
        return self.schema["fields"]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [field["name"] for field in self.fields]

    @property
    def owner(self) -> str:
        """The column that names whose a row is; empty where the schema marks none."""
        return next((field["name"] for field in self.fields if field.get("owner") is True), "")

    @property
    def holds_observations(self) -> bool:
        """Whether a row is an observation."""
        return {*OBSERVATION_KEY, "value", "status"} <= set(self.columns)

    @property
    def label(self) -> str:
        """Path of the file as the user knows it, relative to the project."""
        return reads.label(self.file)


def read_package(
    descriptor: Path, noted: Callable[[Path], Path], layer: str = "", *, complete: bool = True
) -> dict[str, Table]:
    """Return the tables that a descriptor describes.

    Parameters
    ----------
    descriptor : Path
        A `datapackage.json`; schemas it refers to lie beneath its folder or in that of the schemas all layers share.
    noted : callable
        Is given each file before it is read, and returns it.
    layer : str
        Of which layer the package is.
    complete : bool
        Whether the schemas must have the columns the program needs; those of a former state had what was needed then.

    Returns
    -------
    dict
        Tables by name.

    Raises
    ------
    DataError
        The descriptor or a schema is missing, is not JSON, or leaves out what the program needs.
    """
    schemas: dict[str, dict] = {}
    package = require(read_json(noted(descriptor)), Package, reads.label(descriptor))
    resources = package.get("resources", [])
    found = {
        resource["name"]: Table(
            name=resource["name"],
            file=descriptor.parent / resource["path"],
            title=resource.get("title", resource["name"]),
            schema=_schema(resource["schema"], descriptor, schemas, noted),
            # A resource that names no licence has that of its package.
            licence="; ".join(
                f"{licence.get('title', '')}" for licence in resource.get("licenses", package.get("licenses", []))
            ),
            layer=layer,
        )
        for resource in resources
        if resource.get("type", "table") == "table"
    }
    for table in found.values():
        if complete and (lacking := shortage(table.name, table.fields)):
            raise DataError(
                f"Файл {reads.label(descriptor)}, схема таблицы «{table.name}»: {lacking}. Верните схему и таблицу к"
                " прежнему виду."
            )
    return found


def read_json(file: Path) -> dict:
    """Return a JSON file of the data folder.

    Raises
    ------
    DataError
        It cannot be read or is not JSON.
    """
    return strict_json.load(reads.text(file), f"Файл {reads.label(file)}")


def _schema(schema: dict | str, descriptor: Path, known: dict[str, dict], noted: Callable[[Path], Path]) -> dict:
    """Return a schema, that of a file read once for all tables of a package.

    Parameters
    ----------
    schema : dict or str
        As the descriptor gives it: itself, or its file.
    descriptor : Path
        The `datapackage.json`.
    known : dict
        The schemas read so far, by file; grows.
    noted : callable
        As in `read_package`.

    Returns
    -------
    dict
        The schema.
    """
    if not isinstance(schema, str):
        return require(schema, Schema, reads.label(descriptor))
    if schema not in known:
        file = descriptor.parent / schema
        known[schema] = require(read_json(noted(file)), Schema, reads.label(file))
    return known[schema]


def title_of_any_year(title: str) -> str:
    """Return the title of a table without what it says of the print of one year."""
    said = _OF_PRINT.sub("", title)
    return said[:1].upper() + said[1:]
