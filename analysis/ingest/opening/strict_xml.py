"""XML from outside: no document type, no entities of its own, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from analysis.ingest.opening.refusal import AS_WORKBOOK, WEB_PAGE, refusal

_CHUNK = 1 << 20
_EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


class _DocumentTypeError(Exception):
    """A document type is declared: entities could follow."""


def strict_parser() -> expat.XMLParserType:
    """Return a streaming parser that stops at a document type, before any entity exists; for `feed` alone."""
    parser = expat.ParserCreate()

    def stop(*_: object) -> None:
        raise _DocumentTypeError

    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop
    return parser


def feed(path: Path, part: str, pieces: Iterable[bytes], parser: expat.XMLParserType) -> None:
    """Run a parser over the pieces of an XML document.

    Parameters
    ----------
    path : Path
        The file, for the sentence.
    part : str
        How the document is called inside of it; empty for the file itself.
    pieces : iterable of bytes
        The document from its beginning to its end.
    parser : expat.XMLParserType
        Made by `strict_parser`; its handlers get the elements.

    Raises
    ------
    DataError
        A document type is declared, or the document is not well-formed.
    """
    where = f"в части {part} " if part else ""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _DocumentTypeError:
        raise refusal(
            path,
            f"{where}объявляет собственный тип документа XML (DTD), через который читают чужие файлы",
            "удалите строку <!DOCTYPE …> или выгрузите файл заново",
        ) from None
    except (expat.ExpatError, LookupError, ValueError) as error:
        place = f", строка {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        raise refusal(path, f"{where}– поврежденный XML{place}", "скачайте его заново") from None


def checked_xml(path: Path, content: bytes) -> bytes:
    """Return the content of an XML file that is well-formed and has neither a document type nor a page in it.

    Raises
    ------
    DataError
        It is something else.
    """
    parser, root = strict_parser(), []

    def first(name: str, attributes: dict[str, str]) -> None:
        root.append((name, attributes))
        parser.StartElementHandler = None

    parser.StartElementHandler = first
    try:
        feed(path, "", (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)), parser)
    finally:
        name, attributes = root[0] if root else ("", {})
        if name.casefold() == "html":
            raise refusal(path, *WEB_PAGE)
    if _EXCEL_2003 in attributes.values():
        raise refusal(path, "– таблица в старом виде «XML 2003»", AS_WORKBOOK)
    return content


def elements(content: bytes, tags: Iterable[str]) -> Iterator[etree._Element]:
    """Yield the finished elements of these local names, in any namespace, and forget each afterwards.

    The content has passed `checked_xml`; entities stay off and nothing is fetched all the same.
    """
    wanted = [f"{{*}}{tag}" for tag in tags]
    for _, element in etree.iterparse(
        BytesIO(content),
        tag=wanted,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    ):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
