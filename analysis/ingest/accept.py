"""Write what a difference shows: all of it or nothing, and what was there before is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
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
# New tables as they will stand in, findings that forbid them out.
Check = Callable[[Sequence[Table]], Iterable[Finding]]


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
    check: Check | None = None,
) -> Accepted:
    """Write new, changed and, where asked, without the vanished rows; keep the tables as they were.

    Parameters
    ----------
    differences : sequence of Difference
        What is to change, one a table; those that change nothing are passed over.
    origins : mapping
        The files the rows of each table came from, by table.
    today : date
        The day of the acceptance.
    editions : mapping, optional
        The edition of each table that belongs to one, by table.
    options : str
        The options of the command, for the record.
    remove : bool
        Take out the rows that vanished; without it they stay.
    keep : iterable of Path
        Files to copy to `data/raw`.
    check : callable, optional
        Called with the new tables as they will stand; returns findings that forbid the acceptance.

    Returns
    -------
    Accepted
        The vintage that keeps what was replaced.

    Raises
    ------
    DataError
        The new rows contradict each other or break the schema or the rules; or nothing is to be written.
    UsageError
        The data cannot be written, are being changed elsewhere, or have changed since they were compared.
    """
    changing = [difference for difference in differences if difference.put or (remove and difference.gone)]
    for difference in changing:
        if not difference.conflicts.empty:
            raise DataError(f"Не принято: {conflict(difference)} Оставьте в файле одно из двух.")
    if not changing:
        raise DataError("Принимать нечего: в файлах нет ничего, чего не было бы в данных.")
    try:
        with locked(paths.data_lock(), journal.BUSY):
            journal.settle()
            record = Record(_next_name(today), today, editions or {}, options, remove)
            return _write(changing, record, _files(changing, origins, record, keep), check)
    except OSError as error:
        journal.drop()
        raise UsageError(
            f"Новые данные не записать ({reason(error)}: {error.filename or paths.data()}). "
            "Проверьте права и свободное место; данные остались прежними."
        ) from error


def _write(changing: Sequence[Difference], record: Record, files: Mapping[str, bytes], check: Check | None) -> Accepted:
    stage = journal.prepare(files)
    try:
        _refuse_defects(
            [replace(difference.table, file=stage / _path(difference.table)) for difference in changing], check
        )
    except BaseException:
        journal.drop()
        raise
    journal.commit()
    clear_cache()
    return Accepted(record.name, tuple(files))


def _files(
    changing: Sequence[Difference], origins: Mapping[str, Sequence[Origin]], record: Record, keep: Iterable[Path]
) -> dict[str, bytes]:
    """Return what is to be written, by its path in the data folder: tables, the vintage, copies, manifest and log."""
    texts = _texts(changing, record.remove)
    before = {path: (paths.data() / path).read_bytes() for path in texts if (paths.data() / path).exists()}
    manifest = record.manifest(changing, origins, replaced=sorted(before), created=sorted(set(texts) - set(before)))
    log = text_of(paths.data() / LOG) or line(table("vintages").columns)
    vintage = f"vintages/{record.name}"
    return {
        **{path: text.encode("utf-8") for path, text in texts.items()},
        **{f"{vintage}/{path}": content for path, content in before.items()},
        **{f"raw/{_digest(path)[:8]}-{path.name}": path.read_bytes() for path in keep},
        f"{vintage}/manifest.json": manifest.encode("utf-8"),
        LOG: (log + record.log(changing, origins)).encode("utf-8"),
    }


def _texts(changing: Sequence[Difference], remove: bool) -> dict[str, str]:
    """Return the tables as they will stand, and the descriptor that names new ones, by their paths."""
    for difference in changing:
        if text_of(difference.table.file) != difference.text:
            raise UsageError(
                f"Таблица {difference.table.label} изменилась, пока файл сравнивали с ней. Повторите команду."
            )
    texts = {
        _path(difference.table): merge(
            difference.text,
            difference.table.columns,
            key_columns(difference.table),
            difference.put,
            difference.gone if remove else (),
        )
        for difference in changing
    }
    if created := [difference.table for difference in changing if not difference.text]:
        texts["datapackage.json"] = _described(created)
    return texts


def conflict(difference: Difference) -> str:
    """Return a sentence about the first contradiction among the new rows."""
    row = difference.conflicts.iloc[0]
    named = row["key"] or ", ".join(filter(None, (row["indicator"], row["territory"], row["category"], row["year"])))
    return (
        f"у строки «{named}» два разных значения столбца «{row['column']}»: {row['old']} и {row['new']}"
        f" ({row['locator']})."
    )


def _refuse_defects(staged: list[Table], check: Check | None) -> None:
    findings = [defect for new in staged for defect in find_defects(new)]
    if not findings and check is not None:
        findings = list(check(staged))
    if findings:
        more = and_more(len(findings) - 1)
        raise DataError(f"Не принято: {findings[0]}{more}".replace(f"{paths.acceptance().name}/new/", ""))


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
