"""Addresses of memory: they differ in every build and say nothing to a reader, so none may reach a page."""

from __future__ import annotations

import re

from analysis.base.errors import RenderError
from analysis.book.render.common.nodes import Node, find, plain_text, value

# `<Thing object at 0x7f45d152ea50>`, cut short as tables do, or the number alone.
ADDRESS = re.compile(r"\bat\s+0x[0-9a-f]*|\b0x[0-9a-f]{6,}|[<;]\s*[\w.]+\s+object\s+at\b", re.IGNORECASE)
# In code and prose that the author wrote a long hexadecimal number is no address.
TYPED = re.compile(r"\bat\s+0x[0-9a-f]{4,}", re.IGNORECASE)
_PICTURE = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")


def refuse_addresses(text: str, where: str, what: str, pattern: re.Pattern[str] = ADDRESS) -> None:
    """Raise where a text shows where an object lies in memory.

    Parameters
    ----------
    text
        What is shown.
    where
        Chapter, and cell if there is one, as messages begin.
    what
        What the text is, in the words of the message («напечатанное», «подпись»).
    pattern
        How an address looks.

    Raises
    ------
    RenderError
        The text shows one.
    """
    if found := pattern.search(_PICTURE.sub("", text)):
        shown = " ".join(text[max(0, found.start() - 40) : found.end() + 20].split())
        raise RenderError(
            f"{where}: {what} показывает адрес в памяти вместо значения («{shown}»), при каждой сборке другой. "
            "Выведите само значение или поставьте в конце последней строки ячейки точку с запятой."
        )


def refuse_in_tree(blocks: list[Node], where: str) -> None:
    """Raise where a chapter, read and composed, would show an address however it came there."""
    refuse_addresses(plain_text(blocks), where, "текст")
    for node in find(blocks, "CodeBlock", "RawBlock", "RawInline", "Image"):
        if node["t"] == "Image":
            refuse_addresses(value(node["c"][0], "alt"), where, "описание рисунка")
        else:
            # A block with the name of a language is code that the author shows.
            typed = node["t"] == "CodeBlock" and node["c"][0][1]
            refuse_addresses(node["c"][1], where, "текст", TYPED if typed else ADDRESS)
