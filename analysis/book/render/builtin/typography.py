"""Spaces that must not be torn: before a dash, a number of a reference, a citation."""

from __future__ import annotations

from typing import Any

from analysis.book.config import NBSP
from analysis.book.render.common.nodes import Node, rewrite

TEXT = ("Para", "Plain", "Header", "Emph", "Strong", "Span", "Link")


def bound(blocks: list[Node]) -> list[Node]:
    """Return blocks in which a line cannot end before «– …», «1» of «рисунок 1», or «[1]»."""
    return rewrite(blocks, dict.fromkeys(TEXT, bind))


def bind(node: Node) -> Node:
    """Return a node whose inlines keep together what must not be torn."""
    content = node["c"]
    if node["t"] in ("Para", "Plain", "Emph", "Strong"):
        return {"t": node["t"], "c": joined(content)}
    position = {"Header": 2}.get(node["t"], 1)
    return {"t": node["t"], "c": [joined(part) if at == position else part for at, part in enumerate(content)]}


def joined(inlines: list[Any]) -> list[Any]:
    """Return inlines with hard spaces where a line may not end."""
    out = list(inlines)
    for at in range(1, len(out)):
        if out[at - 1]["t"] in ("Space", "SoftBreak") and clings(out[at]):
            out[at - 1] = {"t": "Str", "c": NBSP}
    return out


def clings(inline: Node) -> bool:
    """Tell whether an inline may not begin a line."""
    if inline["t"] == "Str":
        return inline["c"] in ("–", "—")
    if inline["t"] == "Link":
        return "xref" in inline["c"][0][1] and len(inline["c"][1]) == 1
    return inline["t"] == "Cite"
