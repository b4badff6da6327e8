"""Look through the content of an .ods before it is read: how far sheets go, formulas without a result, errors.

Source of the layout: OASIS OpenDocument 1.3, part 3, section 9 (tables); LibreOffice marks errors by
calcext:value-type.
"""

from __future__ import annotations

from analysis.ingest.opening import limits
from analysis.ingest.opening.archive import Archive
from analysis.ingest.opening.refusal import too_big
from analysis.ingest.opening.scan import ANY_ERROR, TEXT_LENGTH, Scan, refuse_too_many
from analysis.ingest.opening.strict_xml import feed, strict_parser

CONTENT = "content.xml"
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def is_ods(archive: Archive) -> bool:
    """Tell a spreadsheet by the type it names itself."""
    return (
        CONTENT in archive.parts and "mimetype" in archive.parts and archive.read("mimetype").strip().startswith(_KIND)
    )


def scan_ods(archive: Archive) -> dict[str, Scan]:
    """Return what the sheets of an .ods hold by their names.

    Raises
    ------
    DataError
        The content is damaged, declares a document type, or is too big.
    """
    scans: dict[str, Scan] = {}
    walk = _Walk(archive, scans)
    parser = strict_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
        walk.started,
        walk.ended,
        walk.written,
    )
    feed(archive.path, CONTENT, archive.inflate(CONTENT), parser)
    refuse_too_many(archive.path, scans.values())
    return scans


class _Walk:
    """The place in the content while it streams by."""

    def __init__(self, archive: Archive, scans: dict[str, Scan]) -> None:
        self.archive, self.scans, self.scan = archive, scans, Scan()
        self.row = self.column = self.seen = 0
        self.repeat_row = self.repeat = 1
        self.attributes: dict[str, str] = {}
        self.text = ""

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.scan = self.scans[attributes.get("table:name", "")] = Scan()
            self.row = 0
        elif name == "table:table-row":
            self.column, self.repeat_row = 0, _count(attributes, "table:number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.seen += 1
            self.attributes, self.text = attributes, ""
            self.repeat = _count(attributes, "table:number-columns-repeated")
        if self.seen > limits.CELLS:
            raise too_big(self.archive.path)

    def ended(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.repeat_row
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
            self.column += self.repeat

    def written(self, data: str) -> None:
        if len(self.text) < TEXT_LENGTH:
            self.text += data.strip()

    def _cell(self) -> None:
        kind = self.attributes.get("office:value-type")
        place = self.row, self.column
        if self.attributes.get("calcext:value-type") == "error" or (
            self.text.startswith("#") and "table:formula" in self.attributes
        ):
            self.scan.errors[place] = self.text or ANY_ERROR
        elif "table:formula" in self.attributes and not kind and not self.text:
            self.scan.unresolved[place] = ""
        elif not kind and not self.text:
            return
        self.scan.reach(self.row + self.repeat_row, self.column + self.repeat)


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdigit() else 1
