"""What tables there are: the Frictionless descriptors of the package and of an edition."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis import paths
from analysis.errors import DataError, did_you_mean

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
        try:
            return self.file.relative_to(paths.project_root()).as_posix()
        except ValueError:
            return self.file.as_posix()


def tables(edition_id: str | None = None) -> dict[str, Table]:
    """Return the tables of the common package and, where named, of one edition.

    Raises
    ------
    DataError
        A descriptor or a schema is missing or is not JSON.
    """
    found = dict(_package(paths.data() / "datapackage.json"))
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
    package = _json(descriptor)
    resources = package.get("resources", [])
    return {
        resource["name"]: Table(
            name=resource["name"],
            file=descriptor.parent / resource["path"],
            title=resource.get("title", resource["name"]),
            schema=_schema(resource.get("schema"), descriptor.parent),
            # A resource that names no licence has that of its package.
            licence="; ".join(licence["title"] for licence in resource.get("licenses", package.get("licenses", []))),
        )
        for resource in resources
        if resource.get("type", "table") == "table"
    }


def _schema(schema: dict | str | None, folder: Path) -> dict:
    return _json(folder / schema) if isinstance(schema, str) else dict(schema or {"fields": []})


@lru_cache(maxsize=64)
def _json(file: Path) -> dict:
    label = file.relative_to(paths.project_root()).as_posix() if file.is_relative_to(paths.project_root()) else str(file)
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"Нет файла {label}: верните его из хранилища или из копии издания.") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"Файл {label} – не JSON в кодировке UTF-8 ({error}). Исправьте или верните файл.") from None
