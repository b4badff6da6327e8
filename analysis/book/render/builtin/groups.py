"""Rows of a printed table that head the rows below them: one cell across the table.

Such a row alone at the foot of a page heads nothing. Typst keeps a header with the row after it and repeats it on the
next page, also one of the second level, but pandoc writes it as any other row: it is marked in the tree and made a
header in the text.
"""

from __future__ import annotations

import re

from analysis.book.render.common.nodes import Node, raw_inline

END = "/*group*/"  # pandoc escapes the text of cells, so no text ends like this
_ROW = re.compile(rf"table\.cell\(([^()]*), group: true\)\[(.*?){re.escape(END)}\],", re.DOTALL)


def marked(table: Node) -> Node:
    """Return a table whose group rows can be found in what pandoc writes."""
    _, _, columns, _, bodies, _ = table["c"]
    rows = [row for body in bodies for row in (*body[2], *body[3])]
    for _, cells in rows[:-1]:
        if len(cells) == 1 < len(columns) == cells[0][3] and cells[0][4] and cells[0][4][-1]["t"] in ("Plain", "Para"):
            cells[0][0][2].append(["typst:group", "true"])
            cells[0][4][-1]["c"].append(raw_inline("typst", END))
    return table


def headed(text: str) -> str:
    """Return the text for Typst in which the marked rows are headers of the second level."""
    return _ROW.sub(r"table.header(level: 2, table.cell(\1)[\2]),", text)
