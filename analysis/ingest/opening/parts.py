"""Look through the parts of an .xlsx before its reader does: how far sheets go, formulas without a result, errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from analysis.base.errors import DataError
from analysis.ingest.opening import limits
from analysis.ingest.opening.archive import Archive
from analysis.ingest.opening.refusal import refusal
from analysis.ingest.opening.xml import feed, strict_parser

_LONG_PART = 16 * limits.MIB
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Scan:
    """What the cells of one sheet hold besides their values.

    Attributes
    ----------
    unresolved, errors : dict of (int, int) to str
        Zero-based row and column of formulas without a stored result, and of error values, with the cell's text.
    height, width : int
        The rectangle from A1 that holds every cell with a value.
    """

    unresolved: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    height: int = 0
    width: int = 0


def position(reference: str) -> tuple[int, int] | None:
    """Return the zero-based row and column of «AB12»."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def scan_workbook(archive: Archive) -> dict[str, Scan]:
    """Check every part of an .xlsx, and return what its sheets hold by their names.

    Raises
    ------
    DataError
        A part is damaged, declares a document type or unfolds beyond bounds; the sheets are too big.
    """
    parts = {target: name for name, target in _sheet_parts(archive).items()}
    scans, cells = {}, 0
    for part in archive.parts:
        if part in parts:
            scan = scans[parts[part]] = _scan_sheet(archive, part, parts[part])
            cells += scan.height * scan.width
            if cells > limits.CELLS:
                raise too_big(archive.path)
    look_through(archive, archive.parts.keys() - parts.keys())
    return scans


def look_through(archive: Archive, parts: Iterable[str]) -> None:
    """Unfold parts to the end, so that none is bigger than it says, and check those in XML."""
    for part in parts:
        if part.endswith((".xml", ".rels")):
            feed(archive.path, part, archive.inflate(part), strict_parser())
        else:
            for _ in archive.inflate(part):
                pass


def too_big(path: Path, sheet: str = "") -> DataError:
    """Return the refusal of a workbook with too many cells."""
    where = f"на листе «{sheet}» " if sheet else ""
    return refusal(
        path,
        f"{where}занимает больше {limits.CELLS:,} ячеек".replace(",", " "),
        "удалите лишние строки и столбцы (и далекие случайные ячейки) или выгрузите показатели по отдельности",
    )


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            targets[attributes.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            ).casefold()

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            identifier = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets[attributes.get("name", "")] = identifier

    _walk(archive, "xl/_rels/workbook.xml.rels", relation)
    _walk(archive, "xl/workbook.xml", sheet)
    return {name: targets[identifier] for name, identifier in sheets.items() if identifier in targets}


def _walk(archive: Archive, part: str, started: Callable[[str, dict[str, str]], None]) -> None:
    if part in archive.parts:
        parser = strict_parser()
        parser.StartElementHandler = started
        feed(archive.path, part, archive.inflate(part), parser)


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _cells_at_least(piece: bytes) -> int:
    """Return how many cells begin in a piece of a sheet: fast, so that a sheet far too big is refused before it is parsed."""
    return piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/>")


def _scan_sheet(archive: Archive, part: str, sheet: str) -> Scan:
    """Stream one sheet: the hot loop of opening, so that it does little a cell."""
    if archive.parts[part].file_size > _LONG_PART and sum(map(_cells_at_least, archive.inflate(part))) > limits.CELLS:
        raise too_big(archive.path, sheet)
    scan, parser = Scan(), strict_parser()
    seen = row = column = 0
    kind, formula, inside, text = "", False, False, ""

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal seen, row, column, kind, formula, inside, text
        name = _local(name)
        if name == "c":
            seen += 1
            kind, formula, text = attributes.get("t", ""), False, ""
            found = position(attributes.get("r", ""))
            row, column = found if found else (row, column + 1)
        elif name == "row":
            row, column = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else row + 1, -1
        elif name == "f":
            formula = True
        elif name in ("v", "t"):
            inside = True
        if seen > limits.CELLS:
            raise too_big(archive.path, sheet)

    def ended(name: str) -> None:
        nonlocal inside
        name = _local(name)
        if name in ("v", "t"):
            inside = False
        elif name == "c":
            if kind == "e" and text:
                scan.errors[row, column] = text
            elif formula and not text and kind != "str":
                scan.unresolved[row, column] = text
            elif not text:
                return
            scan.height, scan.width = max(scan.height, row + 1), max(scan.width, column + 1)

    def written(data: str) -> None:
        nonlocal text
        if inside and len(text) < 32:
            text += data

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, written
    feed(archive.path, part, archive.inflate(part), parser)
    return scan
