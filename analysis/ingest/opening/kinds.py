"""What a file is, by its first bytes and not by its name."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Literal

from analysis.ingest.opening.refusal import AS_WORKBOOK, WEB_PAGE, refusal

Container = Literal["zip", "ole", "xml", "text"]

HEAD_BYTES = 4096
# Marks at the beginning of a text that tell its encoding.
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Files people take for tables, by their first bytes.
_STRANGERS = {
    b"%PDF": "– документ PDF",
    b"{\\rtf": "– текстовый документ RTF",
    b"\x89PNG": "– изображение",
    b"\xff\xd8\xff": "– изображение",
    b"GIF8": "– изображение",
    b"BM": "– изображение",
    b"II*\x00": "– изображение",
    b"MM\x00*": "– изображение",
    b"RIFF": "– изображение или звук",
    b"Rar!": "– архив RAR",
    b"7z\xbc\xaf": "– архив 7z",
    b"\x1f\x8b": "– архив gzip",
    b"BZh": "– архив bzip2",
    b"\xfd7zXZ": "– архив xz",
    b"\x7fELF": "– программа",
    b"MZ": "– программа",
    b"MIME-Version": "– веб-страница, а не таблица",
}
_HTML = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|script|div|title|style)\b",
    re.IGNORECASE | re.DOTALL,
)


def container(path: Path, head: bytes) -> Container:
    """Return what the file is made as.

    Raises
    ------
    DataError
        The file is no table at all: a page, a document, a picture, an archive of another kind.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    for start, what in _STRANGERS.items():
        # Two letters may begin a text; a picture or a program has zero bytes soon after.
        if head.startswith(start) and (len(start) > 2 or b"\0" in head[:64] or start == b"\x1f\x8b"):
            raise refusal(path, what, "распакуйте его и укажите саму таблицу" if "архив" in what else AS_WORKBOOK)
    beginning = _first_words(head)
    if _HTML.match(beginning):
        raise refusal(path, *WEB_PAGE)
    return "xml" if beginning.lstrip().startswith("<") else "text"


def _first_words(head: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head.removeprefix(mark).decode(encoding, errors="replace")
    return head.decode("latin-1")
