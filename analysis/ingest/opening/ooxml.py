"""Look through the parts of an .xlsx before its reader does: how far sheets go, formulas without a result, errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from analysis.ingest.opening import limits
from analysis.ingest.opening.archive import Archive
from analysis.ingest.opening.refusal import too_big
from analysis.ingest.opening.scan import TEXT_LENGTH, Scan
from analysis.ingest.opening.strict_xml import feed, strict_parser

_LONG_PART = 16 * limits.MIB
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def position(reference: str) -> tuple[int, int] | None:
    """Return the zero-based row and column of «AB12»."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def scan_workbook(archive: Archive) -> dict[str, Scan]:
    """Check every part of an .xlsx, and return what its sheets hold by their names.

    Raises
    ------
    DataError
        A part is damaged, declares a document type or unfolds beyond bounds; the sheets are too big.
    """
    parts = {target: name for name, target in _sheet_parts(archive).items()}
    scans: dict[str, Scan] = {}
    cells = 0
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
    """Return how many cells begin in a piece of a sheet.

    It is fast, so that a sheet far too big is refused before it is parsed.
    """
    return piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/>")


def _scan_sheet(archive: Archive, part: str, sheet: str) -> Scan:
    if archive.parts[part].file_size > _LONG_PART and sum(map(_cells_at_least, archive.inflate(part))) > limits.CELLS:
        raise too_big(archive.path, sheet)
    walk, parser = _SheetWalk(archive, sheet), strict_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
        walk.started,
        walk.ended,
        walk.written,
    )
    feed(archive.path, part, archive.inflate(part), parser)
    return walk.scan


class _SheetWalk:
    """The place in a sheet while it streams by: the hot loop of opening, so that it does little a cell."""

    def __init__(self, archive: Archive, sheet: str) -> None:
        self.archive, self.sheet, self.scan = archive, sheet, Scan()
        self.seen = self.row = self.column = 0
        self.kind, self.text = "", ""
        self.formula = self.inside = False

    def started(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            number = attributes.get("r", "")
            self.row, self.column = int(number) - 1 if number.isdigit() else self.row + 1, -1
        elif name == "f":
            self.formula = True
        elif name in ("v", "t"):
            self.inside = True

    def ended(self, name: str) -> None:
        name = _local(name)
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            self._end_cell()

    def written(self, data: str) -> None:
        if self.inside and len(self.text) < TEXT_LENGTH:
            self.text += data

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.seen += 1
        if self.seen > limits.CELLS:
            raise too_big(self.archive.path, self.sheet)
        self.kind, self.formula, self.text = attributes.get("t", ""), False, ""
        self.row, self.column = position(attributes.get("r", "")) or (self.row, self.column + 1)

    def _end_cell(self) -> None:
        place = self.row, self.column
        if self.kind == "e" and self.text:
            self.scan.errors[place] = self.text
        elif self.formula and not self.text and self.kind != "str":
            self.scan.unresolved[place] = self.text
        elif not self.text:
            return
        self.scan.reach(self.row + 1, self.column + 1)
