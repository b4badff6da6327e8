"""Workbooks made by hand, part by part, so that a test can spoil one thing: .xlsx, .xls and .ods."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default'
    ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
    ' PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_TOP = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """Return a worksheet around the XML of its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet'
        f' xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def xlsx(path: Path, sheets: dict[str, str], extra: dict[str, bytes | str] | None = None, level: int = 6) -> Path:
    """Write a workbook from the XML of its sheets by name, with further parts beside them."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, 1))
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _TOP,
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        **{f"xl/worksheets/sheet{at}.xml": sheets[name] for at, name in enumerate(names, 1)},
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def ods(path: Path, content: str) -> Path:
    """Write an OpenDocument spreadsheet from the XML of its tables."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{content}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def record(kind: int, data: bytes) -> bytes:
    """Return one record of BIFF."""
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula_error(row: int, column: int, code: int) -> bytes:
    result = bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def cells(rows: list[list]) -> bytes:
    """Return the records of a table of texts, numbers and None."""
    return b"".join(
        (label if isinstance(value, str) else number)(row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value is not None
    )


def xls(
    path: Path, sheets: dict[str, bytes], globals_: bytes = b"", stream: str = "Workbook", storage: str = ""
) -> Path:
    """Write an old workbook from the records of its sheets by name, with further records of the whole book."""
    start = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        + record(0x0042, struct.pack("<H", 1200))
        + globals_
    )
    end = record(0x000A, b"")
    sizes = [
        len(record(0x0085, struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + name.encode("utf-16-le"))) for name in sheets
    ]
    position, listed, bodies = len(start) + sum(sizes) + len(end), b"", b""
    for name, content in sheets.items():
        listed += record(0x0085, struct.pack("<IBBBB", position, 0, 0, len(name), 1) + name.encode("utf-16-le"))
        body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + content + end
        bodies, position = bodies + body, position + len(body)
    return compound(path, {stream: start + listed + end + bodies}, storage)


def compound(path: Path, streams: dict[str, bytes], storage: str = "") -> Path:
    """Write a compound file (the container of old Office) with its streams in the root."""
    size, free, chain_end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    # Streams under 4096 bytes would lie in a stream of their own kind; padding keeps the file simple.
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    entries, fat, data = [], [0xFFFFFFFD, chain_end], b""
    for name, content in padded.items():
        count = -(-len(content) // size)
        first = len(fat)
        fat += [*range(first + 1, first + count), chain_end]
        data += content.ljust(count * size, b"\0")
        entries.append(_entry(name, 2, first, len(content), right=len(entries) + 2))
    if storage:
        entries.append(_entry(storage, 1, 0, 0))
    entries[-1] = entries[-1][:72] + struct.pack("<I", free) + entries[-1][76:]
    directory = b"".join([_entry("Root Entry", 5, chain_end, 0, child=1), *entries]).ljust(size, b"\0")[:size]
    assert len(fat) <= size // 4 and len(entries) < 4
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHHHIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, chain_end, 0, chain_end)
    )
    header += struct.pack("<I", 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108
    path.write_bytes(
        header[:512] + struct.pack(f"<{size // 4}I", *fat, *[free] * (size // 4 - len(fat))) + directory + data
    )
    return path


def _entry(name: str, kind: int, first: int, length: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, length)
    )
