"""Data as they were known: which file held a table on a day, or before an acceptance."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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


def copy_out(data: Path, target: Path) -> None:
    """Copy a data folder without its history, of which the log alone is a table."""
    history, apart = data / paths.vintages().name, {paths.raw().name, paths.acceptance().name}

    def left(folder: str, names: list[str]) -> set[str]:
        kept = {name for name in names if (Path(folder) / name).is_file()}
        return set(names) - kept if Path(folder) == history else apart & set(names) if Path(folder) == data else set()

    shutil.copytree(data, target, ignore=left)


def restore(when: str, data: Path, target: Path) -> None:
    """Lay out the data as they were known in an empty folder: every file that an acceptance replaces or makes.

    Parameters
    ----------
    when : str
        As in `file_as_of`.
    data : Path
        The data folder.
    target : Path
        Where the copy is made; it must not be there yet.

    Raises
    ------
    DataError
        As `file_as_of`; or what an acceptance kept is not there any more.
    """
    later = list(_later(when, data))
    copy_out(data, target)
    # The last acceptance is undone first.
    for vintage in reversed(later):
        for path in vintage.manifest["replaced"]:
            (target / path).write_bytes(reads.content(vintage.folder / path))
        for path in vintage.manifest["created"]:
            (target / path).unlink(missing_ok=True)


def _later(when: str, data: Path) -> Iterator[Vintage]:
    """Yield the acceptances that came after, the first one first."""
    known = vintages(data)
    if _DAY.fullmatch(when):
        try:
            date.fromisoformat(when)
        except ValueError:
            raise DataError(f"«{when}»: такого дня нет. Исправьте дату.") from None
        return (vintage for vintage in known if vintage.day > when)
    names = [vintage.name for vintage in known]
    if when not in names:
        raise DataError(
            f"Нет приёма данных «{when}».{did_you_mean(when, names)} Нужны день вида 2022-03-01 или имя папки из"
            " data/vintages."
        )
    return iter(known[names.index(when) :])
