"""Addresses of memory: they differ in every build and say nothing to a reader, so none may reach a page."""

from __future__ import annotations

import re

from analysis.errors import RenderError

# `<Thing object at 0x7f45d152ea50>`, cut short as tables do, or the number alone.
ADDRESS = re.compile(r"\bat\s+0x[0-9a-f]*|\b0x[0-9a-f]{6,}|[<;]\s*[\w.]+\s+object\s+at\b", re.IGNORECASE)
# In code and prose that the author wrote a long hexadecimal number is no address.
TYPED = re.compile(r"\bat\s+0x[0-9a-f]{4,}", re.IGNORECASE)
_PICTURE = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")


def refuse_addresses(text: str, where: str, what: str, pattern: re.Pattern[str] = ADDRESS) -> None:
    """Raise where a text shows where an object lies in memory.

    Parameters
    ----------
    what
        What the text is, in the words of the message («напечатанное», «подпись»).
    """
    if found := pattern.search(_PICTURE.sub("", text)):
        shown = " ".join(text[max(0, found.start() - 40) : found.end() + 20].split())
        raise RenderError(
            f"{where}: {what} показывает адрес в памяти вместо значения («{shown}»), при каждой сборке другой. "
            "Выведите само значение или поставьте в конце последней строки ячейки точку с запятой."
        )
