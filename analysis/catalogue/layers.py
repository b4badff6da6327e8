"""The four layers of data and where each lies: the country, the federal template, a region, one of its years.

A row of words belongs to one layer. A table of one name in several layers is the rows of all of them, the widest layer
first; a layer that is not there is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from analysis.base import reads, strict_yaml
from analysis.base.errors import DataError
from analysis.base.paths import EDITIONS, FEDERAL, REGIONS
from analysis.catalogue.descriptor import Table

DESCRIPTOR = "datapackage.json"


def common() -> tuple[str, ...]:
    """Return the layers that every edition rests on, as folders within the data folder."""
    return "", FEDERAL


def of_region(territory: str) -> str:
    """Return the layer of a region."""
    return f"{REGIONS}/{territory}"


def of_edition(edition_id: str) -> str:
    """Return the layer of an edition."""
    return f"{EDITIONS}/{edition_id}"


def region_of(layer: str) -> str:
    """Return whose region a layer is; empty for another layer."""
    return _named(layer, REGIONS)


def edition_of(layer: str) -> str:
    """Return of which edition a layer is; empty for another layer."""
    return _named(layer, EDITIONS)


def _named(layer: str, kind: str) -> str:
    folder = PurePosixPath(layer)
    return folder.name if folder.parent.name == kind else ""


def regions(data: Path) -> list[str]:
    """Return the territories whose layer lies in a data folder, in alphabetical order."""
    return sorted(file.parent.name for file in (data / REGIONS).glob(f"*/{DESCRIPTOR}"))


def region_in(settings: Path) -> str:
    """Return the region that the settings of an edition name; empty where they name none.

    What else is wrong with them the edition itself says (`analysis.editions.edition`).
    """
    if not settings.is_file():
        return ""
    fields = strict_yaml.load(reads.text(settings), f"Файл {reads.label(settings)}", error=DataError)
    named = fields.get("region") if isinstance(fields, dict) else None
    # What is no plain name could lead to another folder.
    return named if isinstance(named, str) and PurePosixPath(named).name == named else ""


def chain(edition_id: str | None, data: Path, noted: Callable[[Path], Path]) -> Iterator[str]:
    """Yield the layers that an edition is read from, the widest first.

    Parameters
    ----------
    edition_id : str or None
        Without one, the layers that every edition rests on.
    data : Path
        The data folder.
    noted : callable
        Is given each file before it is read, and returns it.

    Yields
    ------
    str
        A folder within the data folder.
    """
    yield from common()
    if edition_id is not None:
        if region := region_in(noted(data / of_edition(edition_id) / "edition.yml")):
            yield of_region(region)
        yield of_edition(edition_id)


def joined(packages: Iterable[Mapping[str, Table]]) -> dict[str, Table]:
    """Return the tables of several layers by name, those of one name joined.

    Raises
    ------
    DataError
        Two layers describe the columns of one table differently.
    """
    tables: dict[str, Table] = {}
    for package in packages:
        for name, table in package.items():
            if (above := tables.get(name)) is None:
                tables[name] = table
                continue
            if above.fields != table.fields:
                raise DataError(
                    f"Таблицы {above.label} и {table.label} зовутся одинаково («{name}»), а столбцы у них разные."
                    " Переименуйте одну из них в datapackage.json или дайте обеим одну схему."
                )
            tables[name] = replace(table, above=above.parts)
    return tables
