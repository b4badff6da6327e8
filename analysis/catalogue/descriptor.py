"""What tables there are: the Frictionless descriptors of the package and of an edition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis.base import paths, reads, strict_json
from analysis.base.errors import DataError, did_you_mean
from analysis.catalogue.described import Package, Schema, require
from analysis.catalogue.known_columns import shortage

OBSERVATION_KEY = ("indicator", "territory", "category", "year")


@dataclass(frozen=True)
class Table:
    """One tabular resource: where it lies and what it must look like."""

    name: str
    file: Path
    title: str
    schema: dict
    licence: str = ""

    @property
    def fields(self) -> list[dict]:
        return self.schema["fields"]

    @property
    def columns(self) -> list[str]:
        return [field["name"] for field in self.fields]

    @property
    def holds_observations(self) -> bool:
        return {*OBSERVATION_KEY, "value", "status"} <= set(self.columns)

    @property
    def label(self) -> str:
        """Path of the file as the user knows it, relative to the project."""
        return reads.label(self.file)


def tables(edition_id: str | None = None) -> dict[str, Table]:
    """Return the tables of the common package and, where named, of one edition.

    Raises
    ------
    DataError
        A descriptor or a schema is missing or is not JSON.
    """
    found = dict(_package(paths.data() / "datapackage.json"))
    if not found:
        raise DataError("Файл data/datapackage.json: не описано ни одной таблицы (resources). Верните файл из копии.")
    if edition_id is not None:
        found |= _package(paths.edition(edition_id) / "datapackage.json")
    return found


def table(name: str, edition_id: str | None = None) -> Table:
    """Return one table by name; an unknown name is answered with the nearest right one."""
    known = tables(edition_id)
    if name not in known:
        raise DataError(f"В каталоге данных нет таблицы «{name}».{did_you_mean(name, known)}")
    return known[name]


def observation_schema() -> dict:
    """Return the schema of a table of official series."""
    return dict(_json(paths.data() / "schemas" / "observations.json"))


@lru_cache(maxsize=16)
def _package(descriptor: Path) -> dict[str, Table]:
    package = require(_json(descriptor), Package, reads.label(descriptor))
    resources = package.get("resources", [])
    found = {
        resource["name"]: Table(
            name=resource["name"],
            file=descriptor.parent / resource["path"],
            title=resource.get("title", resource["name"]),
            schema=_schema(resource["schema"], descriptor),
            # A resource that names no licence has that of its package.
            licence="; ".join(
                f"{licence.get('title', '')}" for licence in resource.get("licenses", package.get("licenses", []))
            ),
        )
        for resource in resources
        if resource.get("type", "table") == "table"
    }
    for one in found.values():
        if lacking := shortage(one.name, one.fields):
            raise DataError(
                f"Файл {reads.label(descriptor)}, схема таблицы «{one.name}»: {lacking}. Верните схему и таблицу к"
                " прежнему виду."
            )
    return found


def _schema(schema: dict | str, descriptor: Path) -> dict:
    file = descriptor.parent / schema if isinstance(schema, str) else descriptor
    return require(_json(file) if isinstance(schema, str) else schema, Schema, reads.label(file))


@lru_cache(maxsize=64)
def _json(file: Path) -> dict:
    return strict_json.load(reads.text(file), f"Файл {reads.label(file)}")
