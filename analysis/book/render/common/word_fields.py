"""Word's own fields as the XML that goes through pandoc untouched."""

from __future__ import annotations

from html import escape

from analysis.book.render.common.nodes import Node, raw_inline

FIRST_BOOKMARK = 500_000  # pandoc counts its own bookmarks from a small number


def run(code: str) -> str:
    """Return code within a run."""
    return f"<w:r>{code}</w:r>"


def text(content: str) -> str:
    """Return a text as a run."""
    return run(f'<w:t xml:space="preserve">{escape(content)}</w:t>')


def field(instruction: str, shown: str, dirty: bool = False) -> str:
    """Return a complex field with the value a reader sees until Word counts again.

    Parameters
    ----------
    instruction
        What Word is to do, as `REF name`.
    shown
        The value until then.
    dirty
        Whether Word counts again when it opens the file.

    Returns
    -------
    str
        XML of Word.
    """
    mark = ' w:dirty="true"' if dirty else ""
    return (
        run(f'<w:fldChar w:fldCharType="begin"{mark}/>')
        + run(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + (text(shown) if shown else "")
        + run('<w:fldChar w:fldCharType="end"/>')
    )


def xml(code: str) -> Node:
    """Return code of Word as an inline."""
    return raw_inline("openxml", code)


def bookmark(name: str, number: int, inlines: list[Node]) -> list[Node]:
    """Return inlines with a bookmark around them.

    Parameters
    ----------
    name
        What references name.
    number
        Its number, each once in a file.
    inlines
        What stands within.

    Returns
    -------
    list
        The inlines between two marks.
    """
    identifier = FIRST_BOOKMARK + number
    return [
        xml(f'<w:bookmarkStart w:id="{identifier}" w:name="{name}"/>'),
        *inlines,
        xml(f'<w:bookmarkEnd w:id="{identifier}"/>'),
    ]


def contents(entries: list[tuple[int, str, str]], title: str) -> str:
    """Return a contents field, filled with links to the headings; Word adds the pages when it opens the file.

    Parameters
    ----------
    entries
        Level, bookmark and text of each heading.
    title
        What stands above.
    """
    begin = (
        run('<w:fldChar w:fldCharType="begin" w:dirty="true"/>')
        + run('<w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
    )
    rows = []
    for position, (level, name, heading) in enumerate(entries):
        rows.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{begin if not position else ""}'
            f'<w:hyperlink w:anchor="{name}" w:history="1">{text(heading)}</w:hyperlink></w:p>'
        )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of'
        ' Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle'
        f' w:val="ContentsHeading"/></w:pPr>{text(title)}</w:p>{"".join(rows)}<w:p><w:pPr><w:pStyle'
        f' w:val="SectionEnd"/></w:pPr>{run("""<w:fldChar w:fldCharType="end"/>""")}</w:p></w:sdtContent></w:sdt>'
    )
