"""Sentences of Markdown prose with inline expressions, and what of one a reader hears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from analysis.base import inline
from analysis.base.markdown import blanked

_RUSSIAN = re.compile("[А-Яа-яЁё][А-Яа-яЁё,– -]*")
# What no reader reads as prose; a code span of Russian words is read.
_SILENT = re.compile(
    r"<!--.*?-->|</?[a-zA-Z][^<>]*>|(?<=\])\{[^{}]*\}|\{#[^{}]*\}|\]\((?:[^()\n]|\([^()\n]*\))*\)|:::+[^\n]*|`[^`\nА-Яа-яЁё]*`",
    re.DOTALL,
)
_ENDS = re.compile(
    r"(?<!тыс)(?<!млн)(?<!\bс)(?<!\bг)(?<!чел)(?<!табл)(?<!рис)[.!?…:]?[»)\]]*(?:\{[^{}]*\})?(?:(?<=[.!?…])|(?<=[.!?…][»)\]])|"
    r"(?<=\}))[ \n]+(?=[«\[*`]*[А-ЯЁA-Z]|\[`|`)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>#|]|\d+[.)]) )"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences, items and cells of a Markdown text begin and end."""
    start = 0
    for end in _ENDS.finditer(masked(text)):
        if start < end.end():
            yield start, end.end()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def masked(text: str) -> str:
    """Return a text with inline expressions as backticks only, every position kept."""
    parts = list(text)
    for start, end, _ in inline.spans(text):
        parts[start:end] = "`" * (end - start)
    return "".join(parts)


def spoken(sentence: str) -> str:
    """Return a sentence with all blanked out that says nothing: markup, and of expressions all but their words."""
    parts = list(sentence)
    for start, end, code in inline.spans(sentence):
        parts[start:end] = blanked(sentence[start:end])
        at = sentence.index(code, start)
        for first, words in _literals(code):
            parts[at + first : at + first + len(words)] = words
    return _SILENT.sub(lambda found: blanked(found[0]), "".join(parts))


@lru_cache(maxsize=4096)
def _literals(code: str) -> tuple[tuple[int, str], ...]:
    """Return the Russian words in the strings of an expression, each with its place in it."""
    return tuple((found.start(), found[0]) for found in _RUSSIAN.finditer(code))
