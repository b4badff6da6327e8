"""Tables of HTML as a grid: rows that fill its columns, the head told from the body, one way of writing."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html
from lxml.html import HtmlElement

from analysis.book.authored import cells

MOST_COLUMNS = 30
# What stands for an inline expression while its table is read.
VALUE = re.compile("\U000f0000(\\d+)\U000f0001")
_NUMBER = re.compile(r"[−+-]?\d[\d\u00a0\u202f ,.]*\s*%?")


def marked(number: int) -> str:
    """Return what stands for an inline expression, see `VALUE`."""
    return f"\U000f0000{number}\U000f0001"


def tree(code: str) -> HtmlElement:
    """Return the one table of a piece of HTML.

    Raises
    ------
    ForeignMarkupError
        It holds what no table of the book does.
    ValueError
        There is none or several; the text goes on after «таблица».
    """
    code = re.sub(r"<!--.*?-->", "", code, flags=re.DOTALL)
    code = re.sub(r"<\?xml[^>]*>|<!\[[^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", code)
    try:
        body = html.fromstring(f"<div>{code}</div>")
    except (etree.ParserError, ValueError):
        raise ValueError("не читается") from None
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag not in (
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "caption",
        ):
            cells.checked(element)
        elif isinstance(element.tag, str) and any(key.startswith("on") for key in element.attrib):
            raise cells.ForeignMarkupError(
                f"обработчик «{next(key for key in element.attrib if key.startswith('on'))}»"
            )
    tables = list(body.iter("table"))
    if len(tables) != 1:
        raise ValueError("вложена в другую")
    if any(caption.text_content().strip() for caption in tables[0].iter("caption")):
        raise ValueError(
            "несет подпись внутри себя (<caption>): перенесите ее в строку «: Подпись {#tbl-имя}» под таблицей"
        )
    return tables[0]


def rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """Return the cells of every row that is shown."""
    rows = [
        [cell for cell in row if cell.tag in ("td", "th") and not cells.is_hidden(cell)]
        for row in table.iter("tr")
        if not cells.is_hidden(row)
    ]
    rows = [row for row in rows if row]
    if not rows or not any(cell.text_content().strip() for row in rows for cell in row):
        raise ValueError("пуста")
    return rows


def head(rows: list[list[HtmlElement]]) -> int:
    """Return how many rows are the head, merged cells not cut; every row has to fill the columns.

    The head is what the table marks as one, else its first row.
    """
    taken: list[int] = []
    head = marked = 0
    for number, row in enumerate(rows, start=1):
        at, filled = 0, {column: left for column, left in enumerate(taken) if left > 0}
        for cell in row:
            while at in filled:
                at += 1
            across, down = max(1, _span(cell, "colspan")), _span(cell, "rowspan") or len(rows)
            down = min(down, len(rows) - number + 1)
            cell.set("colspan", str(across))
            cell.set("rowspan", str(down))
            filled |= dict.fromkeys(range(at, at + across), down)
            at += across
        width = len(taken) or len(filled)
        if len(filled) != width or max(filled) >= width:
            raise ValueError(
                f"неровная: в строке {number} столбцов {len(filled)}, а в первой {width} (проверьте объединенные"
                " ячейки)"
            )
        if width > MOST_COLUMNS:
            raise ValueError(f"в {width} столбцов не поместится на страницу")
        taken = [filled[column] - 1 for column in range(width)]
        if number == marked + 1 and (
            row[0].getparent().getparent().tag == "thead" or all(cell.tag == "th" for cell in row)
        ):
            marked = number
        if number <= max(head, marked, 1):
            head = max(head, marked, number + max(taken))
    return head if head < len(rows) else 0


def _span(cell: HtmlElement, name: str) -> int:
    given = (cell.get(name) or "1").strip()
    return int(given) if re.fullmatch(r"\d{1,4}", given) else 1


def written(rows: list[list[tuple[HtmlElement, str]]], head: int) -> str:
    """Return a table as the book writes them: the first row, and those its merged cells reach into, are the head."""
    lines = ["<table>", "<thead>"] if head else ["<table>", "<tbody>"]
    for number, row in enumerate(rows):
        lines += ["</thead>", "<tbody>"] if head and number == head else []
        name = "th" if number < head else "td"
        parts = []
        for cell, text in row:
            spans = "".join(f' {key}="{cell.get(key)}"' for key in ("colspan", "rowspan") if cell.get(key) != "1")
            bare = unescape(re.sub(r"<[^>]+>", "", text)).strip()
            side = ' class="num"' if name == "td" and (_NUMBER.fullmatch(bare) or VALUE.fullmatch(bare)) else ""
            parts.append(f"<{name}{spans}{side}>{text if bare else ''}</{name}>")
        lines.append(f"<tr>{''.join(parts)}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])
