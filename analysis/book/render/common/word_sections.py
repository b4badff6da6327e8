"""Sections of the Word file: upright and turned pages, pages begun anew."""

from __future__ import annotations

from copy import deepcopy

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from analysis.book.render.common.word_reference import TWIPS

# Mark whether a break begins turned pages or ends them; Word itself takes them for revision numbers.
UPRIGHT, TURNED = "0000000A", "0000000B"
BREAK = f"{qn('w:pPr')}/{qn('w:sectPr')}"
TEXT = frozenset(map(qn, ("w:p", "w:tbl", "w:sdt")))


def complete(body: BaseOxmlElement) -> None:
    """Make whole section breaks of the marks in the text, none of them around a section without text."""
    for stray in body.findall(f".//{qn('w:tc')}//{qn('w:sectPr')}"):
        stray.getparent().remove(stray)  # no page can be turned within a cell
    last = body.find(qn("w:sectPr"))
    ended: list[BaseOxmlElement] = []
    depth, filled = 0, False
    for block in list(body):
        mark = block.find(BREAK)
        if mark is None:
            filled = filled or block.tag in TEXT
            continue
        turned = depth > 0
        depth += 1 if mark.get(qn("w:rsidR")) == UPRIGHT else -1
        if filled:
            ended.append(settings(last, turned, first=not ended))
            mark.getparent().replace(mark, ended[-1])
            absorb(block)
        else:
            body.remove(block)
        filled = False
    if ended:
        # A break that nothing follows would make an empty page: its settings become those of the end.
        body.replace(last, settings(last, False, first=False) if filled else ended[-1])
    part_from_tables(body)


def settings(whole: BaseOxmlElement, turned: bool, first: bool) -> BaseOxmlElement:
    """Return the settings of one section from those of the whole text; only the first has a title page.

    Parameters
    ----------
    whole
        Settings of the last section of the text.
    turned
        Whether the page lies.
    first
        Whether the section begins the text.

    Returns
    -------
    BaseOxmlElement
        Settings of the section.
    """
    own = deepcopy(whole)
    if not first:
        for title in own.findall(qn("w:titlePg")):
            own.remove(title)
    if turned:
        turn(own)
    return own


def part_from_tables(body: BaseOxmlElement) -> None:
    """Begin every section with a paragraph: where a table is first, LibreOffice does not turn the page."""
    for block in list(body):
        after = block.getnext()
        if block.find(BREAK) is not None and after.tag == qn("w:tbl"):
            after.addprevious(parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="SectionEnd"/></w:pPr></w:p>'))


def placed(body: BaseOxmlElement) -> list[tuple[BaseOxmlElement, int]]:
    """Return every block of a text with whole breaks, and the width in twips that its pages leave for text."""
    found: list[tuple[BaseOxmlElement, int]] = []
    pending: list[BaseOxmlElement] = []
    for block in body:
        pending.append(block)
        ending = block if block.tag == qn("w:sectPr") else block.find(BREAK)
        if ending is not None:
            found += [(one, text_width(ending)) for one in pending]
            pending = []
    return found


def text_width(section: BaseOxmlElement) -> int:
    """Return the width between the margins of a section in twips."""
    margins = section.find(qn("w:pgMar"))
    taken = sum(int(margins.get(qn(f"w:{side}"), "0")) for side in ("left", "right", "gutter"))
    return int(section.find(qn("w:pgSz")).get(qn("w:w"))) - taken


def turn(section: BaseOxmlElement) -> None:
    """Lay the page on its side: the binding edge goes up."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    for side, millimetres in (("top", 30), ("bottom", 15), ("left", 20), ("right", 20)):
        margins.set(qn(f"w:{side}"), str(round(millimetres * TWIPS)))
    margins.set(qn("w:footer"), str(round(8 * TWIPS)))


def absorb(block: BaseOxmlElement) -> None:
    """Hand the break to the paragraph before it: an empty one of its own could make an empty page."""
    before = block.getprevious()
    if before is None or before.tag != qn("w:p") or before.find(BREAK) is not None:
        return
    properties = before.find(qn("w:pPr"))
    if properties is None:
        properties = parse_xml(f"<w:pPr {nsdecls('w')}/>")
        before.insert(0, properties)
    properties.append(block.find(BREAK))
    block.getparent().remove(block)


def merge_page_breaks(body: BaseOxmlElement) -> None:
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
