"""Numbers typed by hand into chapters: every number of the prose is to come from the data.

A digit is allowed where it is no statement: in code, references, links, attributes and fenced blocks, inside a
word (ОКВЭД2, ТОП-50), and within a text that is listed as data (a name, the date of an act, a code).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.book.inline import blanked
from analysis.book.lint.passages import sources

# Parts of prose in which a digit is not a statement.
_NOT_PROSE = re.compile(
    r"```.*?```|<!--.*?-->|<style\b.*?</style\s*>|`[^`]*`|<[!?/]?[a-zA-Z\[][^<>]*>|&#?\w+;|!\[[^\]\n]*\.(?:png|jpe?g|svg|gif|webp|bmp|tiff?)(?=\])|"
    r"\[[^\]]*@[^\]]*\]|@[\w:-]+|\]\((?:[^()\n]|\([^()\n]*\))*\)|\{[^}]*\}|\[\^[\w-]+\]|^[ \t]*\d+[.)][ \t]", re.DOTALL | re.MULTILINE
)
_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# A digit inside a word belongs to a name; standing free it is a number.
_TYPED = re.compile(r"(?<!\w)(?<!\w-)\d[\d.,\u00a0\u202f]*\s*%?")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")


@dataclass(frozen=True)
class Typed:
    """A number typed by hand: chapter, cell counted as the desk counts (0 in a text file), line of the cell, the number, whether in an HTML table."""

    file: str
    cell: int
    line: int
    number: str
    table: bool = False


def typed_numbers(text: str, allowed: Iterable[str] = ()) -> list[tuple[int, str]]:
    """Return the numbers typed into a Markdown text, each with its line counted from 1.

    Parameters
    ----------
    allowed
        Texts listed as data, in which digits stand rightly.
    """
    bare = _NOT_PROSE.sub(lambda found: blanked(found[0]), text)
    if not _TYPED.search(bare):
        return []
    plain = bare.translate(_SPACES)
    # Hundreds of names are listed, more than patterns are kept: one is compiled only where its name stands.
    for known in (one for one in (each.translate(_SPACES) for each in allowed) if one in plain):
        pattern = re.escape(known).replace(r"\ ", r"[ \u00a0\u202f]")
        bare = re.sub(rf"(?<!\w){pattern}(?!\w)", lambda found: blanked(found[0]), bare)
    return [(bare.count("\n", 0, found.start()) + 1, " ".join(found[0].split())) for found in _TYPED.finditer(bare)]


def in_chapters(project: Path, allowed: Iterable[str] = ()) -> Iterator[Typed]:
    """Yield every number typed into the chapters of a project: headings, captions of code cells and plain text files included."""
    allowed = list(allowed)
    for chapter in sources(project):
        for one in chapter.passages:
            pasted = _lines_of_tables(one.text)
            for line, typed in typed_numbers(one.text, allowed):
                yield Typed(chapter.file, one.cell, one.line + line - 1, typed, line in pasted)


def _lines_of_tables(source: str) -> set[int]:
    """Return the lines that HTML tables stand on."""
    spans = ((source.count("\n", 0, found.start()) + 1, source.count("\n", 0, found.end()) + 1) for found in _TABLE.finditer(source))
    return {line for first, last in spans for line in range(first, last + 1)}
