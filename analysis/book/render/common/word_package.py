"""The last touches pandoc has no words for, and a package that is the same every time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from analysis.book.render.common.dates import NO_DATE
from analysis.book.render.common.word_reference import TWIPS
from analysis.book.render.common.word_sections import complete, merge_page_breaks, placed
from analysis.book.render.common.word_tables import fit_all

DASH_ROOM, NUMBER_ROOM = 6, 9  # millimetres from the sign of an item to its words


def finish(path: Path, stamp: int, title: str, author: str) -> None:
    """Finish a file that pandoc wrote, in place.

    Parameters
    ----------
    path
        The file.
    stamp
        The time that the package carries, seconds since 1970.
    title, author
        What its properties say.
    """
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    notes: dict[str, int] = {}
    for name, mend in (
        ("docProps/core.xml", lambda tree: name_book(tree, title, author)),
        ("word/document.xml", lambda tree: notes.update(mend_document(tree))),
        ("word/footnotes.xml", lambda tree: mend_footnotes(tree, notes)),
        ("word/settings.xml", mend_settings),
        ("word/numbering.xml", mend_lists),
    ):
        if name in parts:
            tree = parse_xml(parts[name])
            mend(tree)
            parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    moment = datetime.fromtimestamp(max(stamp, NO_DATE), UTC).timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=moment)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            package.writestr(entry, content)


def name_book(properties: BaseOxmlElement, title: str, author: str) -> None:
    """Fill the properties of the file; on its pages the title stands where the title page has it.

    Parameters
    ----------
    properties
        The part `docProps/core.xml`.
    title, author
        What it is to say.
    """
    for name, text in (("title", title), ("creator", author)):
        properties.find(f"{{http://purl.org/dc/elements/1.1/}}{name}").text = text


def mend_document(document: BaseOxmlElement) -> dict[str, int]:
    """Complete the sections and give every table the width of its page; return the width of each footnote's page."""
    body = document.find(qn("w:body"))
    complete(body)
    notes: dict[str, int] = {}
    for block, width in placed(body):
        fit_all(block, width)
        notes |= {note.get(qn("w:id")): width for note in block.iter(qn("w:footnoteReference"))}
    merge_page_breaks(body)
    return notes


def mend_footnotes(footnotes: BaseOxmlElement, widths: Mapping[str, int]) -> None:
    """Give the tables of a footnote the width of the page it stands on."""
    for note in footnotes:
        if note.get(qn("w:id")) in widths:
            fit_all(note, widths[note.get(qn("w:id"))])


def mend_settings(settings: BaseOxmlElement) -> None:
    """Hyphenate, as justified Russian text needs, and speak Russian."""
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "ru-RU")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    settings.find(qn("w:defaultTabStop")).addnext(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))


def mend_lists(numbering: BaseOxmlElement) -> None:
    """Begin the items of a list at the indent of a paragraph, with a dash or a number."""
    for level in numbering.iter(qn("w:lvl")):
        indent = level.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        kind, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
        dash = kind is not None and kind.get(qn("w:val")) == "bullet" and bool(text.get(qn("w:val")).strip())
        if indent is not None:
            room, depth = DASH_ROOM if dash else NUMBER_ROOM, int(level.get(qn("w:ilvl")))
            indent.set(qn("w:left"), str(round((12.5 + NUMBER_ROOM * depth + room) * TWIPS)))
            indent.set(qn("w:hanging"), str(round(room * TWIPS)))
        if dash:
            text.set(qn("w:val"), "–")
