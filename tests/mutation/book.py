"""All that the chapters show, computed in this process: texts, tables, data of figures, verdicts, with their origins.

What a build does in one kernel a chapter is done here in one namespace a chapter: code cells are executed, the inline
expressions found by the engine's own parser are evaluated, numbers ask for cards. Only ink is left out: pictures are
laid out on paper for a second each, and say nothing that the table beside them does not say.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.base import guard, inline, marks, paths
from analysis.base.gaps import GapError
from analysis.base.places import place_of
from analysis.book import notebooks
from analysis.book.config import read_config
from analysis.quantities import registry
from analysis.show import figures, files, theme

UNCHECKED = (  # findings of `report check`: rules over whole tables, tested where the rules are
    'report.table("warnings", printed=False)'
)
# A forecast rests on whole panels, siblings included, which its words name and no card could list: what moves it and
# what does not is held in tests/outlook.
FORETOLD, FORECASTS = re.compile(r"\b(interval_of|which_way|expected|at_work_range)\("), "14-forecast.ipynb"
EDITION = "kemerovo-2021"
GIVES = "gives: "  # what a statement is called: the names that it gives
_LABEL = re.compile(r"::: \{#(?:pages-)?((?:tbl|fig)-[\w-]+)[ }]")


@dataclass(frozen=True)
class Piece:
    """Some words shown: from a number or a choice (then `origin` tells which), or standing still between them."""

    text: str
    origin: Any = None


@dataclass
class Book:
    """What the chapters show.

    Attributes
    ----------
    places : dict
        By chapter, cell and expression or exhibit: the pieces of what is shown there.
    exhibits : dict of str to DataFrame
        By label: what a table or figure shows, as it is laid beside the pages.
    verdicts : dict of str to Entry
    """

    places: dict[str, list[Piece]] = field(default_factory=dict)
    exhibits: dict[str, pd.DataFrame] = field(default_factory=dict)
    verdicts: dict[str, Any] = field(default_factory=dict)


def read(chapters: list[Path]) -> list[tuple[str, list[tuple[str, str, Any]]]]:
    """Return the cells of chapters and of the edition's prose: compiled code, and the inline expressions of prose."""
    return [
        (
            chapter.name,
            [
                (place_of(cell, number).named(chapter.name), cell.cell_type, _prepared(cell.source, cell.cell_type))
                for number, cell in enumerate(notebooks.read(chapter, paths.prose(EDITION)).cells, start=1)
            ],
        )
        for chapter in chapters
    ]


def shown(chapters: list) -> Book:
    """Run the chapters over the data of `REPORT_ROOT`; the pictures are recorded by `unpainted`."""
    book = Book()
    registry.forget()
    with unpainted(book), contextlib.redirect_stdout(io.StringIO()):
        for _, cells in chapters:
            names: dict[str, Any] = {}
            for place, kind, found in cells:
                for what, code in found:
                    if what == UNCHECKED or FORETOLD.search(what):
                        continue
                    try:
                        value = eval(code, names)  # noqa: S307 - a chapter's own code, as its kernel runs it
                    except GapError as why:  # as in a kernel, the names stand for the gap and the words are left out
                        given = what.removeprefix(GIVES).split() if what.startswith(GIVES) else ()
                        names.update({name: guard.Unknown(why) for name in given})
                        continue
                    if value is None and kind == "code":
                        continue
                    text = _written(value) if kind == "markdown" else _shown(value)
                    book.places[f"{place}, «{what}»"] = pieces(text)
            if "ledger" in names:
                book.verdicts = names["ledger"].ledger.entries
    return book


def pieces(text: str) -> list[Piece]:
    """Return a shown text as its numbers and choices, and the words between them."""
    found, end = [], 0
    for mark in marks.marked(text):
        found += [Piece(marks.words(text[end : mark.start])), Piece(mark.text, registry.origin(mark.id))]
        end = mark.end
    return [*found, Piece(marks.words(text[end:]))]


@contextlib.contextmanager
def unpainted(book: Book) -> Iterator[None]:
    """Have exhibits hand over what they show instead of writing it, and leave out what only takes ink."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            files,
            "write",
            lambda folder, label, caption, frame, read, grid=None: book.exhibits.__setitem__(label, frame),
        )
        patch.setattr(figures, "write", lambda drawing, name, folder: None)
        patch.setattr(theme, "settle", lambda fig: None)
        patch.setattr(Figure, "draw_without_rendering", lambda fig: None)
        yield


def chapters() -> list[Path]:
    return [
        paths.project_root() / name.file
        for name in read_config(paths.project_root()).notebooks
        if not name.file.endswith(FORECASTS)
    ]


def _prepared(source: str, kind: str) -> list[tuple[str, Any]]:
    if kind == "markdown":
        found = dict.fromkeys(one.expression for one in inline.find(source))
        return [(expression, compile(expression, expression, "eval")) for expression in found]
    tree, made = ast.parse(source), []
    *body, last = tree.body
    if not isinstance(last, ast.Expr):
        body, last = tree.body, None
    for statement in body:
        given = " ".join(guard.given(statement))
        made.append((f"{GIVES}{given}", compile(ast.Module([statement], []), source[:40], "exec")))
    if last is not None:
        text = ast.unparse(last).replace("'", '"')
        made.append((text, compile(ast.Expression(last.value), text, "eval")))
    return made


def _shown(value: Any) -> str:
    """Return the Markdown that a cell of code shows."""
    bundle = value._repr_mimebundle_()
    return (bundle[0] if isinstance(bundle, tuple) else bundle)["text/markdown"]


def _written(value: Any) -> str:
    data = {"text/plain": repr(value)} | (
        {"text/markdown": value._repr_markdown_()} if hasattr(value, "_repr_markdown_") else {}
    )
    return inline.shown(data)
