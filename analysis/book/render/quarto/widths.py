"""Widths of table columns, reckoned as the built-in renderer reckons them."""

from __future__ import annotations

import re

from analysis.book.render.common.nodes import find
from analysis.book.render.common.pandoc import read
from analysis.book.render.common.tables import fitted

TABLE = re.compile(r"(?<=\n)<table.*?</table>(?=\n```)", re.DOTALL)
GIVEN = re.compile(r"<colgroup>.*?</colgroup>\s*", re.DOTALL)


def with_widths(texts: list[tuple[str, int]]) -> list[str]:
    """Return Markdown texts whose raw HTML tables say how wide their columns are.

    Parameters
    ----------
    texts
        Each text with the number of characters that a line of its page holds.
    """
    found = [(table, line) for text, line in texts for table in TABLE.findall(text)]
    if not found:
        return [text for text, _ in texts]
    trees = find(read("".join(table for table, _ in found), "html")["blocks"], "Table")
    filled = iter([colgroup(table, fitted(tree, line)) for (table, line), tree in zip(found, trees, strict=True)])
    return [TABLE.sub(lambda _: next(filled), text) for text, _ in texts]


def colgroup(table: str, tree: dict) -> str:
    """Return an HTML table with the column widths of its tree."""
    columns = "".join(f'<col style="width: {column[1]["c"]:.2%}">' for column in tree["c"][2])
    return re.sub(
        r"<table[^>]*>", lambda tag: f"{tag[0]}\n<colgroup>{columns}</colgroup>", GIVEN.sub("", table), count=1
    )
