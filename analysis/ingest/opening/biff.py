"""Look through an old .xls before it is read: passwords, macros, how far sheets go, formulas that ended in an error.

Source of the layout: [MS-XLS], Excel Binary File Format (.xls) Structure, sections 2.4 (records) and 2.5.10 (errors).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from analysis.ingest.opening.refusal import AS_WORKBOOK, DAMAGED, PASSWORD, WORD_DOCUMENT, refusal
from analysis.ingest.opening.scan import ANY_ERROR, Scan, refuse_too_many

_BOF, _FILEPASS, _SHEET = 0x0809, 0x002F, 0x0085
_BOOL_ERROR, _FORMULA, _MANY_NUMBERS = 0x0205, 0x0006, 0x00BD
# NUMBER, RK, LABEL, LABELSST, RSTRING: one cell with a value each.
_VALUES = frozenset((0x0203, 0x027E, 0x0204, 0x00FD, 0x00D6))
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def scan_old(path: Path) -> tuple[list[Scan], bool]:
    """Return what the sheets of an .xls hold, in their order, and whether it has macros.

    Raises
    ------
    DataError
        The file is damaged, encrypted, another document of Office, or too big.
    """
    try:
        with olefile.OleFileIO(str(path)) as document:
            streams = {entry[0].casefold(): entry for entry in document.listdir(streams=True, storages=True)}
            book = streams.get("workbook") or streams.get("book")
            if book is None:
                raise refusal(path, *_other_document(streams))
            content = document.openstream(book).read()
    except (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError, RecursionError, MemoryError):
        raise refusal(path, *DAMAGED) from None
    return _scan(path, content), "_vba_project_cur" in streams


def _other_document(streams: dict[str, list[str]]) -> tuple[str, str]:
    if "encryptedpackage" in streams:
        return PASSWORD
    if "worddocument" in streams:
        return WORD_DOCUMENT
    return "– не книга Excel", AS_WORKBOOK


def _scan(path: Path, content: bytes) -> list[Scan]:
    sheets: dict[int, Scan] = {}
    scan: Scan | None = None
    for position, kind, data in _records(content):
        try:
            if kind == _FILEPASS:
                raise refusal(path, *PASSWORD)
            if kind == _SHEET:
                sheets[struct.unpack_from("<I", data)[0]] = Scan()
            elif kind == _BOF:
                scan = sheets.get(position, scan)
            elif scan is not None:
                _see(scan, kind, data)
        except struct.error:
            raise refusal(path, *DAMAGED) from None
    refuse_too_many(path, sheets.values())
    return list(sheets.values())


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the records of a stream: where each begins, its kind and its data."""
    position = 0
    while position + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, position)
        yield position, kind, content[position + 4 : position + 4 + length]
        position += 4 + length


def _see(scan: Scan, kind: int, data: bytes) -> None:
    if kind not in _VALUES and kind not in (_BOOL_ERROR, _FORMULA, _MANY_NUMBERS):
        return
    row, column = struct.unpack_from("<HH", data)
    if kind == _MANY_NUMBERS:
        column = struct.unpack_from("<H", data, len(data) - 2)[0]
    error = None
    if kind == _BOOL_ERROR and data[7]:
        error = data[6]
    elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
        error = data[8]
    if error is not None:
        scan.errors[row, column] = _ERRORS.get(error, ANY_ERROR)
    scan.reach(row + 1, column + 1)
