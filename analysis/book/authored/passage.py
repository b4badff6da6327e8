"""One Markdown text of a chapter with what belongs to it, and what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from analysis.base.markdown import COMMENT, blanked, without_comments, without_fences
from analysis.book.diagnostics import Diagnostic

NOTE = (
    "под ней три строки: «::: {.exhibit-note}», «Источник: [@ключ].», «:::» (ключ – из data/sources.bib; если источника"
    " нет – «Источник: составлено авторами.»)"
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
_MATH = re.compile(r"\$\$.*?\$\$|(?<![\\\w$])\$(?=[^\s$])[^$\n]*?[^\s\\$]\$(?!\d)", re.DOTALL)
_OPENING = {
    kind: re.compile(rf"^:{{3,}}[ \t]*\{{[ \t]*#({kind}-[\w-]+)([^}}\n]*)\}}[ \t]*\n\s*\Z", re.MULTILINE)
    for kind in ("fig", "tbl")
}
_CLOSING = re.compile(r"\A\s*(.*?)^[ \t]*(:{3,}[^\n]*)$\n?", re.DOTALL | re.MULTILINE)
_EXHIBIT = {"fig": ("рисунка", "рисунок"), "tbl": ("таблицы", "таблицу")}
_SOURCED = re.compile(
    r"\A\s*:{3,}[ \t]*(?:\{[ \t]*\.exhibit-note[ \t]*\}|exhibit-note)[ \t]*\n(.*?)\n[ \t]*:{3,}[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_SOURCE = re.compile(r"Источники?[ \u00a0]*:\s*[^\s.:]|(?<![\w.])@[\w:]")


@dataclass(frozen=True)
class Passage:
    """A Markdown text.

    Attributes
    ----------
    file : str
        The file it is written in, as the project names it.
    cell : int
        Its number as the desk counts; 0 in a text file.
    folder : Path
        What relative paths begin at.
    attachments : dict
        Pictures pasted into the cell: name to forms by MIME type.
    after : str
        Text of the next cell where that is prose: a note may stand there.
    values : dict or None
        Markdown of the inline expressions; None before they are known.
    line : int
        The line of the cell or file at which it begins.
    """

    file: str
    cell: int
    source: str
    folder: Path
    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    after: str = ""
    values: Mapping[str, str] | None = None
    line: int = 1

    def has_source(self, end: int) -> bool:
        """Tell whether a note that names a source follows what ends there."""
        rest = self.source[end:]
        note = _SOURCED.match(rest if rest.strip() else self.after)
        return bool(note and _SOURCE.search(note[1]))


class Block(NamedTuple):
    """A div with a label (`::: {#tbl-…}`): its label, what stands in it below the exhibit, where it begins and ends."""

    label: str
    below: str
    start: int
    end: int


class PassageError(Exception):
    """Something at a position of a text cannot be part of the book as it is.

    Parameters
    ----------
    position
        Where in the text of the passage it stands.
    value
        The words it speaks of.
    problem, remedy
        What is wrong and what to do.
    """

    def __init__(self, position: int, value: str, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.position, self.value, self.problem, self.remedy = position, value, problem, remedy

    def diagnostic(self, passage: Passage) -> Diagnostic:
        """Return what is wrong with the passage in which the error was raised."""
        line = passage.line + passage.source.count("\n", 0, self.position)
        return Diagnostic(passage.file, passage.cell, line, self.value, self.problem, f"{self.remedy.rstrip('.')}.")


class PictureError(Exception):
    """A file that is no picture of the book: what is wrong with it and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def enclosing(source: str, start: int, end: int, kind: str) -> Block | None:
    """Return the div of a kind of exhibits in which something alone stands, None where it stands in none.

    Parameters
    ----------
    source
        The text.
    start, end
        Where the thing itself begins and ends.
    kind : {'fig', 'tbl'}

    Returns
    -------
    Block or None
        The div, None where the thing stands in none.

    Raises
    ------
    PassageError
        The div is not closed, holds another one, or asks for more than a label.
    """
    opening, closing = _OPENING[kind].search(source[:start]), _CLOSING.match(source[end:])
    if not opening:
        return None
    label, more, (of, this) = opening[1], opening[2].strip(), _EXHIBIT[kind]
    if more:
        raise PassageError(
            opening.start(),
            label,
            f"у «{label}» стоит «{more}», а в книге это ничего не меняет",
            f"Оставьте ::: {{#{label}}}.",
        )
    if not closing:
        raise PassageError(
            opening.start(),
            label,
            f"блок {of} «{label}» не закрыт в этой ячейке",
            "Поставьте после подписи строку «:::».",
        )
    if closing[2].strip(": \t"):
        raise PassageError(
            end + closing.start(2),
            label,
            f"внутри {of} «{label}» стоит другой блок",
            f"Закройте {this} строкой «:::» до него.",
        )
    return Block(label, closing[1], opening.start(), end + closing.end(2))


def masked(text: str) -> str:
    """Return the text with code and formulas blanked out, every position kept."""
    text = without_fences(text)
    for pattern in (_CODE, _MATH):
        text = pattern.sub(lambda found: blanked(found[0]), text)
    return text


def uncommented(passage: Passage) -> tuple[Passage, str]:
    """Return a passage without its comments, and its text without code and formulas: blanks keep every position."""
    bare, source = masked(passage.source), passage.source
    for comment in COMMENT.finditer(bare):
        source = source[: comment.start()] + blanked(source[comment.start() : comment.end()]) + source[comment.end() :]
    return replace(passage, source=source), without_comments(bare)


def listed(words: list[str]) -> str:
    """Return words as a Russian list: «a, b и c»."""
    return " и ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
