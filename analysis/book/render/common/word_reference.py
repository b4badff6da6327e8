"""The styles of the Word file, after GOST 7.32-2017, made from pandoc's own reference document."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor

from analysis.base import paper
from analysis.book.render.common.pandoc import executable

FONT = "Times New Roman"
HALF_AGAIN = 1.5  # of the size of the type, as print has it; a line of the type's own is 1.15 of it already
TWIPS = 1440 / 25.4  # in a millimetre
CELL_MARGIN = 70  # twips between the sides of a cell and its text
LEFT, CENTER, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


class Style(NamedTuple):
    """A style of paragraphs.

    Attributes
    ----------
    base : str or None
        The style it is based on.
    size, before, after : float
        Type size, spacing before and after, points.
    first_line : float
        Indent of the first line, centimetres.
    height : float
        Line height, times the type's own; `HALF_AGAIN` is of its size, and a formula may take more.
    keep : bool
        Whether it stays on the page of the next paragraph.
    """

    base: str | None
    size: float
    bold: bool
    alignment: WD_ALIGN_PARAGRAPH
    first_line: float
    before: float
    after: float
    height: float
    keep: bool


# In the order of the fields of `Style`.
_STYLES = {
    "Normal": (None, 12, False, BOTH, 0, 0, 0, 1.0, False),
    "Body Text": ("Normal", 12, False, BOTH, 1.25, 0, 0, HALF_AGAIN, False),
    "First Paragraph": ("Body Text", 12, False, BOTH, 1.25, 0, 0, HALF_AGAIN, False),
    "Compact": ("Body Text", 12, False, BOTH, 0, 0, 0, HALF_AGAIN, False),
    "Bibliography": ("Body Text", 12, False, LEFT, 1.25, 0, 0, HALF_AGAIN, False),
    "Footnote Text": ("Normal", 10, False, BOTH, 0, 0, 0, 1.0, False),
    "Title": ("Normal", 22, True, CENTER, 0, 180, 12, 1.0, False),
    "Subtitle": ("Normal", 16, False, CENTER, 0, 0, 0, 1.0, False),
    "Author": ("Normal", 12, False, CENTER, 0, 0, 0, 1.0, False),
    "Date": ("Normal", 12, False, CENTER, 0, 260, 0, 1.0, False),
    "Heading 1": ("Normal", 14, True, LEFT, 1.25, 0, 18, 1.0, True),
    "Heading 2": ("Normal", 13, True, LEFT, 1.25, 16, 9, 1.0, True),
    "Heading 3": ("Normal", 12, True, LEFT, 1.25, 14, 8, 1.0, True),
    "Heading 4": ("Normal", 12, True, LEFT, 1.25, 12, 8, 1.0, True),
    "Heading 5": ("Normal", 12, True, LEFT, 1.25, 12, 8, 1.0, True),
    "Structural Heading": ("Normal", 13, True, CENTER, 0, 0, 18, 1.0, True),
    "Appendix Heading": ("Normal", 13, True, CENTER, 0, 0, 18, 1.0, True),
    "Contents Heading": ("Normal", 13, True, CENTER, 0, 0, 18, 1.0, True),
    "Caption": ("Normal", 11, False, LEFT, 0, 12, 6, 1.0, False),
    "Table Caption": ("Caption", 11, False, LEFT, 0, 14, 6, 1.0, True),
    "Image Caption": ("Caption", 11, False, CENTER, 0, 6, 10, 1.0, True),
    "Exhibit Title": ("Normal", 12, True, LEFT, 0, 14, 0, 1.0, True),
    "Figure": ("Normal", 11, False, CENTER, 0, 12, 0, 1.0, True),
    "Exhibit Note": ("Normal", 10, False, LEFT, 0, 4, 12, 1.0, False),
    "Table Text": ("Normal", 10, False, LEFT, 0, 1, 1, 1.0, False),
    "Equation": ("Normal", 12, False, LEFT, 0, 12, 12, 1.0, False),
    "Callout": ("Normal", 12, False, BOTH, 0, 3, 3, 1.15, False),
    "Finding": ("Normal", 12, False, LEFT, 0, 4, 0, 1.15, True),
    "Section End": ("Normal", 1, False, LEFT, 0, 0, 0, 1.0, False),
    "toc 1": ("Normal", 12, False, LEFT, 0, 6, 0, 1.0, False),
    "toc 2": ("Normal", 12, False, LEFT, 0, 2, 0, 1.0, False),
    "toc 3": ("Normal", 12, False, LEFT, 0, 0, 0, 1.0, False),
}
STYLES = {name: Style(*rule) for name, rule in _STYLES.items()}


def write_reference(path: Path) -> None:
    """Write the document that pandoc takes styles, page and footer from."""
    done = subprocess.run(
        [executable(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True
    )
    document = docx.Document(BytesIO(done.stdout))
    for name, rule in STYLES.items():
        set_style(document, name, rule)
    special_styles(document)
    table_style(document)
    page(document)
    document.save(str(path))


def set_style(document: Document, name: str, rule: Style) -> None:
    """Set one style of paragraphs, made where the document has none of the name.

    Parameters
    ----------
    document
        The document, changed.
    name
        The style as Word calls it.
    rule
        How it looks.
    """
    named = {style.name: style for style in document.styles}
    style = named.get(name) or document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    properties = style.element.find(qn("w:rPr"))
    if properties is not None:
        style.element.remove(properties)
    if rule.base:
        style.base_style = named[rule.base]
    style.hidden, style.quick_style = False, True
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(rule.size), rule.bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    shape = style.paragraph_format
    shape.alignment, shape.keep_with_next, shape.widow_control = rule.alignment, rule.keep, True
    shape.first_line_indent, shape.left_indent, shape.right_indent = Cm(rule.first_line), Cm(0), Cm(0)
    shape.space_before, shape.space_after = Pt(rule.before), Pt(rule.after)
    if rule.height == HALF_AGAIN:
        shape.line_spacing = Pt(rule.height * rule.size)
        shape.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    else:
        shape.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        shape.line_spacing = rule.height


def special_styles(document: Document) -> None:
    """Set what a table of numbers cannot say."""
    styles = {style.name: style for style in document.styles}
    styles["Structural Heading"].font.all_caps = True
    styles["Contents Heading"].font.all_caps = True
    for name in ("Heading 1", "Structural Heading", "Appendix Heading", "Contents Heading"):
        styles[name].paragraph_format.page_break_before = True
    for name in [f"Heading {level}" for level in range(1, 6)] + ["Structural Heading", "Appendix Heading", "Title"]:
        no_hyphens = OxmlElement("w:suppressAutoHyphens")
        properties = styles[name].element.get_or_add_pPr()
        properties.insert_element_before(no_hyphens, *AFTER_HYPHENS)
    for name in ("Structural Heading", "Appendix Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "0")
        styles[name].element.get_or_add_pPr().append(level)
    for depth in (1, 2, 3):
        shape = styles[f"toc {depth}"].paragraph_format
        shape.left_indent, shape.right_indent = Cm(0.75 * (depth - 1)), Cm(1)
        shape.tab_stops.add_tab_stop(Mm(paper.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    tabs = styles["Equation"].paragraph_format.tab_stops
    tabs.add_tab_stop(Mm(paper.TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    tabs.add_tab_stop(Mm(paper.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    border = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="12" w:space="8" w:color="7F7F7F"/></w:pBdr>'
    callout = styles["Callout"]
    callout.paragraph_format.left_indent = Cm(0.5)
    callout.element.get_or_add_pPr().insert_element_before(parse_xml(border), "w:shd", "w:tabs", *AFTER_HYPHENS)
    for name in ("Hyperlink", "Footnote Reference"):
        styles[name].font.name, styles[name].font.italic = FONT, False
    styles["Hyperlink"].font.color.rgb = RGBColor(0x0B, 0x4A, 0x78)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/>'))


# What the schema puts after `suppressAutoHyphens` in paragraph properties.
AFTER_HYPHENS = (
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)


def table_style(document: Document) -> None:
    """Rule the tables all round; cells of the head stand in the middle."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="5A5A5A"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    style = document.styles["Table"].element
    for old in style.findall(qn("w:tblPr")) + style.findall(qn("w:tblStylePr")):
        style.remove(old)
    style.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
            f'<w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}"'
            ' w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
    style.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:tblStylePr>'
        )
    )


def page(document: Document) -> None:
    """Set the page, and its number at the foot of every page but the first."""
    section = document.sections[-1]
    section.page_width, section.page_height = Mm(paper.WIDTH), Mm(paper.HEIGHT)
    section.left_margin, section.right_margin = Mm(paper.LEFT), Mm(paper.RIGHT)
    section.top_margin, section.bottom_margin = Mm(paper.TOP), Mm(paper.BOTTOM)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    # Pandoc's own reference starts footnotes anew in each section; a book counts them through.
    properties = document.element.body.find(qn("w:sectPr"))
    for old in properties.findall(qn("w:footnotePr")):
        properties.remove(old)
    number = section.footer.paragraphs[0]
    number.alignment = CENTER
    run = number._p  # noqa: SLF001 - a field has to stand in the XML of the paragraph, which nothing else gives
    for code in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        run.append(parse_xml(f"<w:r {nsdecls('w')}>{code}</w:r>"))
    section.first_page_footer.paragraphs[0].text = ""
