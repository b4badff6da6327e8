"""Quarto syntax at the door: what is covered is normalised, what is not stops the build.

A renderer that skips what it does not understand says something wrong without
anybody noticing, so the lists below name Quarto's own constructs and refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.book.render.common.nodes import Node, attr, div, find, plain, rewrite, value, words
from analysis.errors import RenderError

CALLOUTS = {
    "callout-note": "Примечание",
    "callout-tip": "Совет",
    "callout-important": "Важно",
    "callout-caution": "Осторожно",
    "callout-warning": "Внимание",
}
REFUSED_CLASSES = re.compile(
    r"panel-.*|column-.*|columns?|aside|margin-.*|hidden|incremental|nonincremental|code-.*|cell-code|"
    r"callout-(?!note$|tip$|important$|caution$|warning$|title$|body$).*|\{.*"
)
REFUSED_KEYS = re.compile(
    r"layout.*|subfig.*|fig-pos|fig-env|tbl-subcap|fig-subcap|lst-.*|include-.*|unless-.*|when-(?!format$).*"
)
REFUSED_IDS = re.compile(r"(lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)-")
SHORTCODE = re.compile(r"\{\{<\s*(\S+)\s*(.*?)\s*>\}\}")
QUOTES = {"DoubleQuote": ("«", "»"), "SingleQuote": ("„", "“")}
ADVICE = "Уберите его или соберите книгу через Quarto (--renderer quarto)."


def shortcodes(text: str, meta: Mapping[str, Any], where: str) -> str:
    """Fill `{{< meta key >}}`; no other shortcode is covered."""

    def fill(match: re.Match[str]) -> str:
        name, key = match[1], match[2]
        found = meta.get(key) if name == "meta" else None
        if not isinstance(found, str | int | float):
            raise RenderError(f"{where}: вставка «{match[0]}» встроенным рендерером не поддерживается. {ADVICE}")
        return str(found)

    return SHORTCODE.sub(fill, text)


def refuse(blocks: list[Node], where: str) -> None:
    """Stop at constructs that mean something to Quarto and nothing to us."""
    for node in find(blocks, "Div", "Span", "Header", "Image", "Figure", "Table", "CodeBlock", "Link"):
        identifier, classes, keys = node["c"][1] if node["t"] == "Header" else node["c"][0]
        for name in classes:
            if REFUSED_CLASSES.fullmatch(name):
                raise RenderError(f"{where}: класс «.{name}» встроенным рендерером не поддерживается. {ADVICE}")
        for key, val in keys:
            if REFUSED_KEYS.fullmatch(key):
                raise RenderError(f"{where}: атрибут «{key}={val}» встроенным рендерером не поддерживается. {ADVICE}")
        if REFUSED_IDS.match(identifier):
            raise RenderError(f"{where}: метка «#{identifier}» этого вида не поддерживается. {ADVICE}")


def normalise(blocks: list[Node], where: str) -> list[Node]:
    """Return the tree with quotation marks set, breaks resolved and callouts in one shape."""
    refuse(blocks, where)
    return rewrite(
        blocks,
        {
            "Quoted": quoted,
            "RawInline": lambda node: raw_inline_html(node, where),
            "Div": lambda node: callout(node, where),
        },
    )


def quoted(node: Node) -> list[Node]:
    opening, closing = QUOTES[node["c"][0]["t"]]
    return [{"t": "Str", "c": opening}, *node["c"][1], {"t": "Str", "c": closing}]


def raw_inline_html(node: Node, where: str) -> Node | list[Node]:
    """Keep line breaks, drop comments; other HTML would vanish from PDF and Word."""
    fmt, code = node["c"]
    if fmt != "html":
        return node
    if re.fullmatch(r"<br\s*/?>", code):
        return {"t": "LineBreak"}
    if code.startswith("<!--"):
        return []
    raise RenderError(
        f"{where}: HTML «{code}» внутри текста не попадёт в PDF и Word. Запишите его средствами Markdown."
    )


def callout(node: Node, where: str) -> Node:
    """Turn a callout into a div of two: its title and its body."""
    attributes, blocks = node["c"]
    kinds = [name for name in attributes[1] if name in CALLOUTS]
    if not kinds:
        return node
    title = words(value(attributes, "title") or CALLOUTS[kinds[0]])
    if blocks and blocks[0]["t"] == "Header":
        title, blocks = blocks[0]["c"][2], blocks[1:]
    if not blocks:
        raise RenderError(f"{where}: пустая выноска «.{kinds[0]}».")
    parts = [div(attr(classes=["callout-title"]), [plain(title)]), div(attr(classes=["callout-body"]), blocks)]
    return div([attributes[0], ["callout", *kinds], []], parts)


def visible(blocks: list[Node], fmt: str) -> list[Node]:
    """Apply `.content-visible` and `.content-hidden` for one of html, typst, docx."""
    names = {"typst": {"typst", "pdf"}}.get(fmt, {fmt})

    def choose(node: Node) -> Node | list[Node]:
        attributes, content = node["c"]
        hidden = "content-hidden" in attributes[1]
        if not hidden and "content-visible" not in attributes[1]:
            return node
        return content if (value(attributes, "when-format") in names) != hidden else []

    return rewrite(blocks, {"Div": choose, "Span": choose})
