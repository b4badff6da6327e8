"""Finishing Quarto's Word file: title page, filled contents, then the touches both renderers share."""

from __future__ import annotations

from copy import deepcopy
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from analysis.book.render.common.dates import book_time
from analysis.book.render.common.word_fields import contents
from analysis.book.render.common.word_package import finish

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

LEVELS = {"StructuralHeading": 1, "AppendixHeading": 1, "Heading1": 1, "Heading2": 2, "Heading3": 3}
FIRST_BOOKMARK = 700_000  # above those of pandoc and of word.lua


def finish_word(path: Path, config: BookConfig) -> None:
    """Finish the file in place."""
    document = Document(str(path))
    body = document.element.body
    paragraphs = [block for block in body if block.tag == qn("w:p")]
    for paragraph in paragraphs:
        if style(paragraph) == "Author":
            body.insert(0, paragraph)
        elif style(paragraph) == "Subtitle":
            in_lines(paragraph, config.subtitle_lines)
        elif empty(paragraph):
            body.remove(paragraph)
    headings = [paragraph for paragraph in paragraphs if style(paragraph) in LEVELS]
    entries = [
        (LEVELS[style(heading)], bookmarked(heading, number), text(heading))
        for number, heading in enumerate(headings, 1)
    ]
    old = body.find(qn("w:sdt"))
    new = parse_xml(contents(entries, "Содержание").replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1))
    old.getparent().remove(old)
    chapters = [heading for heading in headings if LEVELS[style(heading)] == 1]
    # Before the first page, or behind it where the book has one.
    chapters[1 if config.home and len(chapters) > 1 else 0].addprevious(new)
    document.save(str(path))
    finish(path, book_time(config.date), config.title, config.author)


def style(paragraph: BaseOxmlElement) -> str:
    """Return the identifier of a paragraph's style, empty where it has none."""
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if named is None else named.get(qn("w:val"))


def text(paragraph: BaseOxmlElement) -> str:
    """Return the words of a heading in one line."""
    return "".join(
        ". " if part.tag == qn("w:br") else part.text or "" for part in paragraph.iter(qn("w:t"), qn("w:br"))
    ).strip()


def empty(paragraph: BaseOxmlElement) -> bool:
    """Tell whether a paragraph is one of those that Quarto puts around callouts."""
    return (
        style(paragraph) == "BodyText"
        and not "".join(paragraph.itertext()).strip()
        and not list(paragraph.iter(qn("w:drawing")))
    )


def in_lines(paragraph: BaseOxmlElement, lines: list[str]) -> None:
    """Set each sentence of the subtitle on a line of its own."""
    properties = paragraph.find(qn("w:pPr"))
    for line in lines:
        copy = parse_xml(f'<w:p {nsdecls("w")}><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>')
        copy.insert(0, deepcopy(properties))
        paragraph.addprevious(copy)
    paragraph.getparent().remove(paragraph)


def bookmarked(heading: BaseOxmlElement, number: int) -> str:
    """Put a bookmark around a heading for the contents, and return its name."""
    name = f"_Toc{number:06d}"
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{FIRST_BOOKMARK + number}" w:name="{name}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{FIRST_BOOKMARK + number}"/>')
    heading.find(qn("w:pPr")).addnext(start)
    heading.append(end)
    return name
