"""Write what a difference shows: all of it or nothing, and what was there before is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analysis.base import journal, paths
from analysis.base.errors import DataError, UsageError, reason
from analysis.base.lock import locked
from analysis.base.russian import and_more
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.opened import clear_cache, find_defects, table
from analysis.catalogue.vintages import vintages
from analysis.ingest.csvtext import line, merge, text_of
from analysis.ingest.difference import Difference, key_columns
from analysis.ingest.record import Origin, Record

LOG = "vintages/log.csv"


@dataclass(frozen=True)
class Accepted:
    """What an acceptance wrote: its name and the files of the data folder that are new or changed."""

    vintage: str
    files: tuple[str, ...]


def accept(
    differences: Sequence[Difference],
    origins: Mapping[str, Sequence[Origin]],
    today: date,
    *,
    editions: Mapping[str, str] | None = None,
    options: str = "",
    remove: bool = False,
    keep: Iterable[Path] = (),
    check: object = None,
) -> Accepted:
    """Write new, changed and, where asked, without the vanished rows; keep the tables as they were.

    Parameters
    ----------
    differences
        What is to change, one a table; those that change nothing are passed over.
    origins
        The files the rows of each table came from, by table.
    today
        The day of the acceptance.
    editions
        The edition of each table that belongs to one, by table.
    options
        The options of the command, for the record.
    remove
        Take out the rows that vanished; without it they stay.
    keep
        Files to copy to `data/raw`.
    check
        Called with the new tables as they will stand; returns findings that forbid the acceptance.

    Raises
    ------
    DataError
        The new rows contradict each other or break the schema or the rules; or nothing is to be written.
    UsageError
        The data cannot be written, are being changed elsewhere, or have changed since they were compared.
    """
    changing = [found for found in differences if found.put or (remove and found.gone)]
    for found in changing:
        if not found.conflicts.empty:
            raise DataError(f"Не принято: {conflict(found)} Оставьте в файле одно из двух.")
    if not changing:
        raise DataError("Принимать нечего: в файлах нет ничего, чего не было бы в данных.")
    try:
        with locked(paths.data_lock(), journal.BUSY):
            return _write(changing, origins, today, editions or {}, options, remove, keep, check)
    except OSError as error:
        journal.drop()
        raise UsageError(
            f"Новые данные не записать ({reason(error)}: {error.filename or paths.data()}). "
            "Проверьте права и свободное место; данные остались прежними."
        ) from error


def _write(changing, origins, today, editions, options, remove, keep, check) -> Accepted:
    journal.settle()
    for found in changing:
        if text_of(found.table.file) != found.text:
            raise UsageError(f"Таблица {found.table.label} изменилась, пока файл сравнивали с ней. Повторите команду.")
    name = _next_name(today)
    texts = {
        _path(found.table): merge(
            found.text, found.table.columns, key_columns(found.table), found.put, found.gone if remove else ()
        )
        for found in changing
    }
    created = [found.table for found in changing if not found.text]
    if created:
        texts["datapackage.json"] = _described(created)
    files = {path: text.encode("utf-8") for path, text in texts.items()}
    before = {path: (paths.data() / path).read_bytes() for path in texts if (paths.data() / path).exists()}
    files |= {f"vintages/{name}/{path}": content for path, content in before.items()}
    files |= {f"raw/{_digest(path)[:8]}-{path.name}": path.read_bytes() for path in keep}
    record = Record(name, today, editions, options, remove)
    manifest = record.manifest(changing, origins, replaced=sorted(before), created=sorted(set(texts) - set(before)))
    files[f"vintages/{name}/manifest.json"] = manifest.encode("utf-8")
    log = text_of(paths.data() / LOG) or line(table("vintages").columns)
    files[LOG] = (log + record.log(changing, origins)).encode("utf-8")
    stage = journal.prepare(files)
    try:
        _refuse_defects([replace(found.table, file=stage / _path(found.table)) for found in changing], check)
    except BaseException:
        journal.drop()
        raise
    journal.commit()
    clear_cache()
    return Accepted(name, tuple(files))


def conflict(found: Difference) -> str:
    """Return a sentence about the first contradiction among the new rows."""
    row = found.conflicts.iloc[0]
    named = row["key"] or ", ".join(filter(None, (row["indicator"], row["territory"], row["category"], row["year"])))
    return (
        f"у строки «{named}» два разных значения столбца «{row['column']}»: {row['old']} и {row['new']}"
        f" ({row['locator']})."
    )


def _refuse_defects(staged: list[Table], check) -> None:
    found: list[Finding] = [defect for new in staged for defect in find_defects(new)]
    if not found and check is not None:
        found = list(check(staged))
    if found:
        more = and_more(len(found) - 1)
        raise DataError(f"Не принято: {found[0]}{more}".replace(f"{paths.acceptance().name}/new/", ""))


def _described(created: Iterable[Table]) -> str:
    """Return the descriptor of the package with the new tables after the last one of the statistics."""
    package = json.loads(text_of(paths.data() / "datapackage.json"))
    resources = package["resources"]
    last = max(
        (index for index, known in enumerate(resources) if known["path"].startswith("statistics/")),
        default=len(resources) - 1,
    )
    for offset, new in enumerate(created, start=1):
        resources.insert(
            last + offset,
            {
                "name": new.name,
                "type": "table",
                "title": new.title,
                "path": _path(new),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": "schemas/observations.json",
            },
        )
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _next_name(today: date) -> str:
    taken = [vintage.order[1] for vintage in vintages() if vintage.day == today.isoformat()]
    return f"{today.isoformat()}-{max(taken, default=0) + 1}"


def _path(of: Table) -> str:
    return of.file.relative_to(paths.data()).as_posix()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
