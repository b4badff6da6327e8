"""Workbooks new and old: .xlsx, .xlsm, .xlsb, .ods and .xls."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

from analysis.base.russian import shortened
from analysis.ingest.opening import limits
from analysis.ingest.opening.archive import Archive
from analysis.ingest.opening.biff import scan_old
from analysis.ingest.opening.ods import CONTENT, is_ods, scan_ods
from analysis.ingest.opening.ooxml import look_through, scan_workbook
from analysis.ingest.opening.refusal import AS_WORKBOOK, DAMAGED, PASSWORD, WORD_DOCUMENT, refusal, too_big
from analysis.ingest.opening.scan import Scan
from analysis.ingest.opening.sheets import NO_RESULT, OpenedFile, Sheet, cell_name

_READER = Path(__file__).with_name("calamine.py")
_MACROS = "В книге есть макросы; они не запускались."


def open_archive(path: Path) -> OpenedFile:
    """Open a zipped workbook: every part is looked through before the workbook is read.

    Raises
    ------
    DataError
        It is no workbook, is damaged, encrypted or too big, or a part of it declares a document type.
    """
    archive = Archive(path)
    remarks: list[str] = []
    scans: dict[str, Scan] = {}
    if "xl/workbook.xml" in archive.parts:
        scans = scan_workbook(archive)
    elif is_ods(archive):
        look_through(archive, archive.parts.keys() - {CONTENT})
        scans = scan_ods(archive)
    elif "xl/workbook.bin" in archive.parts:
        look_through(archive, archive.parts)
        remarks.append(
            "Книга сохранена как .xlsb: ошибки вычислений в ней не отличить от пустых ячеек; надежнее .xlsx."
        )
    else:
        raise refusal(path, *_other_archive(archive))
    if any(part.endswith("vbaproject.bin") or part.startswith("basic/") for part in archive.parts):
        remarks.append(_MACROS)
    read = _read(path)
    return _opened(path, read, [scans.get(name, Scan()) for name, *_ in read], remarks)


def open_old(path: Path) -> OpenedFile:
    """Open an .xls.

    Raises
    ------
    DataError
        It is no workbook, is damaged, encrypted or too big.
    """
    scans, has_macros = scan_old(path)
    read = _read(path)
    if len(scans) != len(read):
        raise refusal(path, *DAMAGED)
    return _opened(path, read, scans, [_MACROS] if has_macros else [])


def _opened(path: Path, read: list[list], scans: list[Scan], remarks: list[str]) -> OpenedFile:
    sheets = []
    for (name, visible, is_cells, rows, merged), scan in zip(read, scans, strict=True):
        _put(rows, scan.unresolved | scan.errors)
        sheets.append(Sheet(name, rows, [(tuple(first), tuple(last)) for first, last in merged]))
        remarks += _remarks(name, visible, is_cells, scan)
    return OpenedFile(path, "workbook", sheets, remarks=tuple(remarks))


def _put(rows: list[list], marks: dict[tuple[int, int], str]) -> None:
    """Write into their cells what the library leaves empty, so that nothing is taken for a cell without data."""
    for (row, column), text in marks.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = text or NO_RESULT


def _remarks(name: str, visible: bool, is_cells: bool, scan: Scan) -> list[str]:
    remarks = []
    if not is_cells:
        remarks.append(f"Лист «{name}» – не таблица (диаграмма или лист макросов), он не читался.")
    elif not visible:
        remarks.append(f"Лист «{name}» в книге скрыт; он прочитан.")
    for cells, what in (
        (scan.unresolved, "у формул нет сохраненного результата (откройте книгу в Excel и сохраните)"),
        (scan.errors, "вместо значений стоят ошибки вычислений"),
    ):
        if cells:
            places = [cell_name(row, column) for row, column in sorted(cells)]
            remarks.append(f"Лист «{name}»: {what}, ячейки {shortened(places, limits.NAMED_CELLS)}.")
    return remarks


def _read(path: Path) -> list[list]:
    """Run the library in a process of its own, as a damaged .xls makes it abort or ask for 60 GB."""
    command = [sys.executable, "-I", str(_READER), str(path.resolve()), str(limits.READER_BYTES), str(limits.CELLS)]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=limits.READER_SECONDS, stdin=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired:
        raise refusal(path, f"не прочитан за {limits.READER_SECONDS} секунд", AS_WORKBOOK) from None
    if done.returncode:
        raise refusal(path, *DAMAGED)
    answer = json.loads(done.stdout, object_hook=_day)
    if answer == "password":
        raise refusal(path, *PASSWORD)
    if answer == "too many":
        raise too_big(path)
    return answer


def _day(answer: dict[str, str]) -> dt.date:
    """Return a day of a cell: with a time where it has one."""
    return (dt.datetime if "T" in answer["day"] else dt.date).fromisoformat(answer["day"])


def _other_archive(archive: Archive) -> tuple[str, str]:
    if "word/document.xml" in archive.parts:
        return WORD_DOCUMENT
    if any(part.startswith("ppt/") for part in archive.parts):
        return "– презентация", WORD_DOCUMENT[1]
    return "– архив, а не книга Excel", "распакуйте его и укажите саму таблицу"
