"""Figures, tables and equations in one shape, whatever syntax they were written in.

An exhibit becomes `Div(id, .exhibit .figure|.table)` of two divs, its caption
and its body; a labelled equation becomes `Div(id, .equation)`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.base.errors import RenderError
from analysis.base.gaps import GAP
from analysis.book.render.common.nodes import Node, attr, div, find, plain, plain_text, rewrite

KINDS = {"fig": "figure", "tbl": "table"}
LABEL = re.compile(r"(fig|tbl|eq|sec)-\S+")
EQUATION_LABEL = re.compile(r"\{#(eq-[^\s}]+)\}")


def collect(blocks: list[Node], where: str) -> list[Node]:
    """Return the blocks with every exhibit and equation in its one shape."""
    return rewrite(
        blocks,
        {
            "Div": lambda node: from_div(node, where),
            "Figure": lambda node: from_figure(node, where),
            "Table": lambda node: from_table(node, where),
            "Para": lambda node: from_equation(node, where),
        },
    )


def exhibit(label: str, caption: list[Node], body: list[Node], where: str) -> Node:
    """Return an exhibit in its one shape.

    Parameters
    ----------
    label
        `fig-…` or `tbl-…`.
    caption
        Inlines of its caption.
    body
        Blocks of what it shows.
    where
        Chapter, as messages begin.

    Returns
    -------
    Node
        `Div(label, .exhibit .figure|.table)` of caption and body.

    Raises
    ------
    RenderError
        It has no caption, or does not show what its label says.

    """
    kind = KINDS[label.partition("-")[0]]
    if not plain_text(caption).strip():
        raise RenderError(f"{where}: у «{label}» нет подписи.")
    # In a draft a table says what a figure lacks.
    missing = any(GAP in part["c"][0][1] for part in find(body, "Div"))
    if kind == "figure" and not missing and not any(find(body, "Image")):
        raise RenderError(f"{where}: в рисунке «{label}» нет изображения.")
    if kind == "table" and not any(find(body, "Table")):
        raise RenderError(f"{where}: в таблице «{label}» нет таблицы.")
    parts = [div(attr(classes=["exhibit-caption"]), [plain(caption)]), div(attr(classes=["exhibit-body"]), body)]
    return div(attr(label, ["exhibit", kind]), parts)


def from_div(node: Node, where: str) -> Node:
    """Return the exhibit that a div with a label is; any other div as it is."""
    attributes, blocks = node["c"]
    label = attributes[0]
    if label.partition("-")[0] not in KINDS:
        return node
    if any("exhibit" in inner["c"][0][1] for inner in find(blocks, "Div")):
        raise RenderError(f"{where}: в «{label}» вложен ещё один рисунок или таблица; такие блоки не поддерживаются.")
    if len(blocks) < 2 or blocks[-1]["t"] not in ("Para", "Plain"):
        raise RenderError(f"{where}: у «{label}» нет подписи: последним абзацем блока должна быть подпись.")
    return exhibit(label, blocks[-1]["c"], blocks[:-1], where)


def from_figure(node: Node, where: str) -> Node | list[Node]:
    """Return the exhibit that an implicit figure is; the picture alone where it has no label."""
    attributes, caption, body = node["c"]
    inlines = [inline for block in caption[1] for inline in block["c"]]
    if attributes[0].startswith("fig-"):
        return exhibit(attributes[0], inlines, body, where)
    if plain_text(inlines).strip() and any(find(body, "Image")):
        raise RenderError(
            f"{where}: у рисунка «{plain_text(inlines)}» есть подпись, но нет метки: добавьте {{#fig-…}}."
        )
    return body


def from_table(node: Node, where: str) -> Node:
    """Return the exhibit that a table with a label is; any other table as it is."""
    attributes, caption, *rest = node["c"]
    inlines = [inline for block in caption[1] for inline in block["c"]]
    if not attributes[0].startswith("tbl-"):
        if inlines:
            raise RenderError(
                f"{where}: у таблицы «{plain_text(inlines)}» есть подпись, но нет метки: добавьте {{#tbl-…}}."
            )
        return node
    bare = {"t": "Table", "c": [["", *attributes[1:]], [None, []], *rest]}
    return exhibit(attributes[0], inlines, [bare], where)


def from_equation(node: Node, where: str) -> Node:
    """Recognise `$$…$$ {#eq-x}`, alone in its paragraph."""
    inlines = [part for part in node["c"] if part["t"] not in ("Space", "SoftBreak")]
    label = EQUATION_LABEL.fullmatch(plain_text(inlines[1:])) if len(inlines) > 1 else None
    if inlines and inlines[0]["t"] == "Math" and label:
        return div(attr(label[1], ["equation"]), [{"t": "Para", "c": inlines[:1]}])
    if any(part["t"] == "Math" for part in inlines) and EQUATION_LABEL.search(plain_text(node["c"])):
        raise RenderError(f"{where}: формула с меткой должна стоять отдельным абзацем: $$…$$ {{#eq-…}}.")
    return node


class ExhibitBlock(NamedTuple):
    """An exhibit opened for a writer: caption as inlines, body as blocks."""

    label: str
    kind: str
    caption: list[Node]
    body: list[Node]


def opened(node: Node) -> ExhibitBlock | None:
    """Return the parts of an exhibit div, None for any other node."""
    attributes, blocks = node["c"]
    if "exhibit" not in attributes[1]:
        return None
    caption, body = (part["c"][1] for part in blocks)
    return ExhibitBlock(attributes[0], attributes[0].partition("-")[0], caption[0]["c"], body)
