"""Sections of the Word file: upright and turned pages, pages begun anew."""

from __future__ import annotations

from copy import deepcopy

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from analysis.book.render.common.word_reference import TURNED_WIDTH, TWIPS

# Mark what kind of section a break ends; Word itself takes them for revision numbers.
UPRIGHT, TURNED = "0000000A", "0000000B"


def sections(body) -> dict[int, int]:
    """Complete the section breaks; return the text width of blocks on turned pages."""
    last = body.find(qn("w:sectPr"))
    widths: dict[int, int] = {}
    pending: list[int] = []
    for block in list(body):
        pending.append(id(block))
        mark = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if mark is None:
            continue
        turned = mark.get(qn("w:rsidR")) == TURNED
        if turned:
            widths |= dict.fromkeys(pending, TURNED_WIDTH)
        pending = []
        settings = deepcopy(last)
        if body.index(block) > first_break(body):
            for old in settings.findall(qn("w:titlePg")):
                settings.remove(old)
        if turned:
            turn(settings)
        mark.getparent().replace(mark, settings)
        absorb(block)
    if body.find(f".//{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        for old in last.findall(qn("w:titlePg")):
            last.remove(old)
    return widths


def first_break(body) -> int:
    return next(
        number for number, block in enumerate(body) if block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    )


def turn(settings) -> None:
    """Lay the page on its side: the binding edge goes up."""
    size, margins = settings.find(qn("w:pgSz")), settings.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    for side, millimetres in (("top", 30), ("bottom", 15), ("left", 20), ("right", 20)):
        margins.set(qn(f"w:{side}"), str(round(millimetres * TWIPS)))
    margins.set(qn("w:footer"), str(round(8 * TWIPS)))


def absorb(block) -> None:
    """Hand the break to the paragraph before it: an empty one of its own could make an empty page."""
    before = block.getprevious()
    if before is None or before.tag != qn("w:p") or before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        return
    properties = before.find(qn("w:pPr"))
    if properties is None:
        properties = parse_xml(f"<w:pPr {nsdecls('w')}/>")
        before.insert(0, properties)
    properties.append(block.find(qn("w:pPr")).find(qn("w:sectPr")))
    block.getparent().remove(block)


def merge_page_breaks(body) -> None:
    """Move a page break that stands alone into the heading after it."""
    for block in list(body):
        mark = block.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
        after = block.getnext()
        while after is not None and after.tag != qn("w:p"):
            after = after.getnext()
        if mark is None or len(block) > 1 or after is None or after.find(qn("w:pPr")) is None:
            continue
        after.find(qn("w:pPr")).insert(1, mark)
        body.remove(block)
