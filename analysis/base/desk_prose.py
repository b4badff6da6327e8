"""Prose at the desk: Markdown with the values of its inline expressions, and errors in their places.

A build asks a kernel for these values (`analysis.book.engine`) and stops at what is wrong. At the desk nothing stops:
the kernel itself fills in what it knows, and says in Russian, in the place of the expression, what is wrong. The
extension of JupyterLab (`lab/`) asks for each cell of a notebook, an anchor (`analysis.show.prose`) for its fragment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from analysis.base import causes, desk, guard, inline, kernel_side, marks
from analysis.base.gaps import MIME

# Classes of what stands in place of an expression; `lab/labextensions` styles them.
VALUE, GAP, ERROR = "report-value", "report-gap", "report-error"
_LAST = ("last_type", "last_value", "last_traceback")


@dataclass(frozen=True)
class Told:
    """What an inline expression gives at the desk.

    Attributes
    ----------
    kind : str
        `VALUE`, `GAP` or `ERROR`.
    markdown : str
        What stands in its place.
    words : str
        What is missing, or what is wrong, without a full stop; empty for a value.
    """

    kind: str
    markdown: str
    words: str = ""


def asked(source: str) -> dict[str, Told]:
    """Return what the inline expressions of a Markdown text give in this kernel, by expression.

    Parameters
    ----------
    source : str
        The text; each expression is evaluated once, in the names of the chapter.
    """
    with _errors_kept():
        return {one.expression: _told(one.expression) for one in inline.find(source)}


def filled(source: str, told: Mapping[str, Told]) -> str:
    """Return a Markdown text with what its expressions give in their places, each with its expression for the mouse.

    Parameters
    ----------
    source : str
        The text.
    told : mapping
        What `asked` returned; an expression that is not in it stays as it is written.
    """

    def value(expression: str) -> str:
        return told[expression].markdown if expression in told else f"`{{python}} {expression}`"

    def shown(expression: str) -> str:
        written = value(expression)
        # A value of several lines is a block of its own, which no span may hold.
        if expression not in told or "\n" in written:
            return written
        return f'<span class="{told[expression].kind}" title={marks.attribute(expression)}>{written}</span>'

    return inline.replace(inline.with_single_stops(source, value), shown)


def cell(source: str, reached: int) -> kernel_side.Answer:
    """Answer JupyterLab with a Markdown cell as it is to be shown.

    Parameters
    ----------
    source : str
        The text of the cell.
    reached : int
        Whether all code above it has been run: before that an error says nothing of the author, and the expression
        stays. A number, which Python and JavaScript write alike.

    Returns
    -------
    Answer
        The text; None where it has no expressions, or no cell has been run yet.
    """
    shell = desk.shell()
    told = asked(source) if shell is not None and shell.execution_count > 1 else {}
    kept = {expression: one for expression, one in told.items() if reached or one.kind != ERROR}
    return kernel_side.Answer(filled(source, kept) if told else None)


def _told(expression: str) -> Told:
    request = kernel_side.calling(guard.__name__, guard.evaluated.__name__, expression)
    result: dict[str, Any] = desk.shell().user_expressions({"value": request})["value"]
    if result["status"] != "ok":
        return _error(_cause(result["ename"], result["evalue"]))
    data = result["data"]
    if MIME in data:
        words = data["text/plain"].rstrip(".")
        return Told(GAP, marks.markdown(words), words)
    if (markdown := inline.shown(data)) is None:
        return _error(causes.unworded(data.get("text/plain", "")))
    return Told(VALUE, markdown)


def _error(words: str) -> Told:
    return Told(ERROR, marks.markdown(words), words)


def _cause(name: str, said: str) -> str:
    """Return in words why an expression failed just now."""
    there = kernel_side.names_there(getattr(sys, "last_value", None))
    renamed = kernel_side.answer(kernel_side.RENAMED).content
    return causes.cause(name, said, there, renamed)


@contextmanager
def _errors_kept() -> Iterator[None]:
    """Leave the last error to `%debug` as it was: what prose asks is not what a person ran."""
    kept = {name: getattr(sys, name) for name in _LAST if hasattr(sys, name)}
    try:
        yield
    finally:
        for name in _LAST:
            if name in kept:
                setattr(sys, name, kept[name])
            elif hasattr(sys, name):
                delattr(sys, name)
