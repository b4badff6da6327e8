"""Quarto's inline code in Markdown: where it stands, and putting values in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.base import marks
from analysis.base.markdown import without_fences

# One backtick, the language in braces. Doubled braces and doubled backticks show code instead of running it.
_INLINE = re.compile(r"(?<!`)`\{python\}[ \t]+([^`]+)`(?!`)")
_YEAR = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Inline:
    """One inline expression: its text and the line of the cell it begins on, counted from 1."""

    expression: str
    line: int


def find(source: str) -> list[Inline]:
    """Return the inline expressions of a Markdown text in reading order, those in fenced blocks left out."""
    return [
        Inline(match[1].strip(), source.count("\n", 0, match.start()) + 1)
        for match in _INLINE.finditer(without_fences(source))
    ]


def spans(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the inline expressions of a Markdown text begin and end, and what each asks."""
    for match in _INLINE.finditer(without_fences(source)):
        yield match.start(), match.end(), match[1].strip()


def expression(span: str) -> str | None:
    """Return the expression of a code span given with its backticks, None where it is no inline expression."""
    found = _INLINE.fullmatch(span)
    return found[1].strip() if found else None


def values(cell: Mapping[str, Any]) -> dict[str, str]:
    """Return the Markdown of the inline expressions of an executed cell, by expression; one that failed has none."""
    results = cell["metadata"].get("user_expressions", [])
    return {result["expression"]: shown(result["result"].get("data", {})) or "" for result in results}


def lines_filled(source: str, value: Callable[[str], str]) -> list[int]:
    """Return for every line of `replace(source, value)` the line of the source that it comes from, from 1."""
    lines, end = [1], 0
    for match in _INLINE.finditer(without_fences(source)):
        lines += range(lines[-1] + 1, lines[-1] + 1 + source.count("\n", end, match.start()))
        lines += [lines[-1]] * value(match[1].strip()).count("\n")
        # An expression over several lines becomes a value that stands on the last of them for what follows.
        lines[-1] += match[0].count("\n")
        end = match.end()
    return lines + list(range(lines[-1] + 1, lines[-1] + 1 + source.count("\n", end)))


def replace(source: str, value: Callable[[str], str]) -> str:
    """Return the text with every inline expression replaced by what `value` gives for it."""
    parts, end = [], 0
    for match in _INLINE.finditer(without_fences(source)):
        parts += [source[end : match.start()], value(match[1].strip())]
        end = match.end()
    return "".join([*parts, source[end:]])


def filled(source: str, values: Mapping[str, str]) -> str:
    """Return the text with the values of its inline expressions, nothing for one that has none."""
    return replace(source, lambda expression: values.get(expression, ""))


def with_single_stops(source: str, value: Callable[[str], str]) -> str:
    """Return the text without the full stop that follows an expression whose value ends in one («чел.»)."""
    parts, end = [], 0
    for match in _INLINE.finditer(without_fences(source)):
        after = source[match.end() : match.end() + 2]
        if marks.words(value(match[1].strip())).endswith(".") and after[:1] == "." and after != "..":
            parts.append(source[end : match.end()])
            end = match.end() + 1
    return "".join([*parts, source[end:]])


def shown(data: Mapping[str, Any]) -> str | None:
    """Return the Markdown of a value, or None when it has none fit for prose.

    A plain string is fit, as the text it is, and so is a year or a small count; any other
    bare number is not, for nobody has decided how it is written.
    """
    if "text/markdown" in data:
        return joined(data["text/markdown"])
    text = joined(data.get("text/plain", ""))
    if _YEAR.fullmatch(text):
        return text
    return marks.markdown(ast.literal_eval(text)) if text[:1] in ("'", '"') else None


def joined(text: str | Sequence[str]) -> str:
    """Return a text of a notebook's file, which may hold it line by line."""
    return text if isinstance(text, str) else "".join(text)
