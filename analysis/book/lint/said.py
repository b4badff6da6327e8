"""The words of a text as a reader sees them, gathered from the tree that pandoc made of it.

A card, a reference, an expression and code leave a sign that is neither a letter nor a blank (`HOLE`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

from analysis.base import gaps
from analysis.base.markdown import blanked
from analysis.base.marks import words
from analysis.base.spelled_numbers import HOLE
from analysis.book.render.common.nodes import Node

_BLOCKS = frozenset(
    ("Para", "Plain", "Header", "Note", "LineBlock", "Div", "Table", "BlockQuote", "DefinitionList", "Figure")
)
# Of attributes what is said or read aloud.
_READ_ALOUD = frozenset(("alt", "fig-alt", "title", "aria-label", "tbl-cap", "fig-cap"))
# Of a citation what names a place of the source: numbers up to the next sign or the next word «и».
_LOCATOR = re.compile(r"(?<!\w)[\dIVXLC]+(?:[–—-]\d+)?[ ]?(?=[],;.–—-]|и |$)")
_TAG = re.compile(r"<[^<>]*>")
_SAID_IN_TAG = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*("[^"]*"|'[^']*')""")
_IN_HTML = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>|<span data-q=\"\w+\">.*?</span>", re.DOTALL)
# A formula: a side of it without a single variable says a number; in other sides digits are notation.
_SIDES = re.compile(r"[=<>≈≤≥&]|\\(?:approx|leq?|geq?|sim|to|quad|qquad)(?![a-zA-Z])|\\\\")
_IN_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|mathit|textbf|operatorname|mbox)\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[a-zA-Z]+|\\.")
_SUPERSCRIPT = re.compile(r"(?:м|км|см|дм|мм|[A-Za-z]+)\Z")
# In what is no Python (a command, a name of a file) a number that stands by itself.
_STANDING = re.compile(r"(?<![\w.,=/-])\d[\d.,]*(?![\w=/-])")


def said(tree: Any) -> str:
    """Return the words of a tree, a sign in place of each card and reference, blocks on lines of their own."""
    return "".join(_said(tree, ""))


def _said(tree: Any, before: str) -> Iterator[str]:
    if isinstance(tree, list):
        if _is_attributes(tree):
            yield from (f"\n{value}\n" for key, value in tree[2] if key in _READ_ALOUD)
            return
        for node in tree:
            for part in _said(node, before):
                yield part
                before = part or before
    elif isinstance(tree, dict):
        yield from _of_node(tree, before)


def _is_attributes(tree: list[Any]) -> bool:
    return len(tree) == 3 and isinstance(tree[0], str) and all(isinstance(part, list) for part in tree[1:])


def _of_node(node: Node, before: str) -> Iterator[str]:
    kind: str = node.get("t", "")
    content: Any = node.get("c")
    if kind in _LEAVES:
        yield _LEAVES[kind](content)
    elif kind == "Cite":
        yield from _cited(content)
    elif kind in ("Span", "Div", "Link") and _stands_for_itself(content[0]):
        yield HOLE
    elif kind in ("Link", "Image"):
        yield from _said(content[:2], before)
        yield f"\n{content[2][1]}\n"
    elif kind in ("Superscript", "Subscript"):
        index = said(content)
        yield "" if _SUPERSCRIPT.search(before) and re.fullmatch(r"\d", index) else index
    else:
        edge = "\n" if kind in _BLOCKS else ""
        yield edge
        yield from _said(list(content.values()) if isinstance(content, dict) else content, "")
        yield edge


def _stands_for_itself(attributes: list[Any]) -> bool:
    """Tell whether what has these attributes is a card, a place without data, or an address shown as it is."""
    return any(key == "q" for key, _ in attributes[2]) or not {gaps.GAP, "uri", "email"}.isdisjoint(attributes[1])


def _of_code(content: list[Any]) -> str:
    # An expression, and one that is misspelt, are told of by others.
    return HOLE if content[1].lstrip().startswith("{") or is_code(content[1]) else content[1]


def _of_code_block(content: list[Any]) -> str:
    return "" if content[0][1] or is_code(content[1]) else f"\n{content[1]}\n"


def _of_raw(content: list[Any]) -> str:
    return of_html(content[1]) if content[0] == "html" else content[1]


def _cited(content: Any) -> Iterator[str]:
    """Yield what a citation says besides the source and the place in it."""
    for citation in content[0]:
        yield said(citation["citationPrefix"])
        yield HOLE
        yield _LOCATOR.sub(lambda found: blanked(found[0]), said(citation["citationSuffix"]))


def of_html(text: str) -> str:
    """Return the words of HTML: those between its tags and those that a tag has read aloud."""
    text = _IN_HTML.sub(lambda found: HOLE if found[0].startswith("<span") else " ", text)
    aloud = [quoted[1:-1] for tag in _TAG.findall(text) for quoted in _SAID_IN_TAG.findall(tag)]
    return words("\n".join([_TAG.sub(" ", text), *aloud]))


def stated(formula: str) -> str:
    """Return of a formula the words in it and the numbers that are a whole side of it."""
    parts = []
    for side in _SIDES.split(formula.replace("{,}", ",")):
        inner = _IN_WORDS.findall(side)
        signs = _COMMAND.sub(" ", _IN_WORDS.sub(" ", side.replace("\\,", "").replace("\\%", "%")))
        parts += [*inner, "" if re.search(r"[A-Za-z]", signs) else re.sub(r"[{}$^_~]", " ", signs)]
    return f" {' '.join(parts)} "


def is_code(text: str) -> bool:
    """Tell whether what stands as code is some, and no number or words set in the type of code."""
    if re.search("[А-Яа-яЁё]", text) and not re.match(r"\s*\{", text):
        return False
    try:
        tree = ast.parse(re.sub(r"\A\s*\{+\w+\}+", "", text).strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return not _STANDING.search(text) and bool(re.search(r"[A-Za-z]{2}", text))
    return any(isinstance(node, ast.Name | ast.Call | ast.Attribute) for node in ast.walk(tree))


_LEAVES: dict[str, Callable[[Any], str]] = {
    "Str": str,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "LineBreak": lambda _: " ",
    "Code": _of_code,
    "CodeBlock": _of_code_block,
    "Math": lambda content: stated(content[1]),
    "RawInline": _of_raw,
    "RawBlock": _of_raw,
}
