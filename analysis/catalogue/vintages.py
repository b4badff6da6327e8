"""Data as they were known: which file held a table on a day, or before an acceptance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.base import paths, reads, strict_json
from analysis.base.errors import DataError, did_you_mean
from analysis.catalogue.descriptor import Table

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Vintage:
    """One acceptance: the tables it replaced, as they were before it.

    Attributes
    ----------
    name : str
        Day and number in that day («2022-03-01-1»); also the name of its folder.
    folder : Path
    """

    name: str
    folder: Path

    @property
    def day(self) -> str:
        """The day of the acceptance, in ISO."""
        return self.name.rpartition("-")[0]

    @property
    def order(self) -> tuple[str, int]:
        """What acceptances are sorted by."""
        return self.day, int(self.name.rpartition("-")[2])

    @cached_property
    def manifest(self) -> dict:
        """What was accepted, from which files, read by what."""
        file = self.folder / "manifest.json"
        manifest = strict_json.load(reads.text(file), f"Файл {reads.label(file)}")
        if not all(isinstance(manifest.get(name), list) for name in ("created", "replaced")):
            raise DataError(
                f"Файл {reads.label(file)}: не сказано, какие таблицы появились (created) и заменены (replaced)."
                " Верните файл."
            )
        return manifest


def vintages(data: Path | None = None) -> list[Vintage]:
    """Return every acceptance, the first one first; of the data of this process unless a data folder is given."""
    folder = (data or paths.data()) / paths.vintages().name
    found = (
        [Vintage(path.name, path) for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    )
    return sorted(found, key=lambda vintage: vintage.order)


def file_as_of(table: Table, when: str, data: Path) -> Path:
    """Return the file that holds a table as it was known.

    Parameters
    ----------
    table : Table
    when : str
        A day («2022-03-01»: as known when it ended), or the name of an acceptance («2022-03-01-1»: as known before it).
    data : Path
        The data folder that the table is of.

    Returns
    -------
    Path
        The table itself where it has not been replaced since.

    Raises
    ------
    DataError
        No such acceptance, not a day, or the table was not there yet.
    """
    path = table.file.relative_to(data).as_posix()
    for vintage in _later(when, data):
        if path in vintage.manifest["created"]:
            raise DataError(f"Таблицы «{table.name}» на {when} ещё не было: она появилась с приёмом {vintage.name}.")
        if path in vintage.manifest["replaced"]:
            return vintage.folder / path
    return table.file


def _later(when: str, data: Path) -> Iterator[Vintage]:
    """Yield the acceptances that came after, the first one first."""
    known = vintages(data)
    if _DAY.fullmatch(when):
        return (vintage for vintage in known if vintage.day > when)
    names = [vintage.name for vintage in known]
    if when not in names:
        raise DataError(
            f"Нет приёма данных «{when}».{did_you_mean(when, names)} Нужны день вида 2022-03-01 или имя папки из"
            " data/vintages."
        )
    return iter(known[names.index(when) :])
