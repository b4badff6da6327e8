"""The prose of an edition at the desk: a fragment shown where its anchor is run, in the names of the chapter.

A build lays fragments into the chapters before it runs them (`analysis.base.composing`), and no anchor is ever
executed. At the desk, and wherever else a notebook is run as it is, the anchor itself shows its fragment: the same
cells, evaluated by the same kernel.
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from analysis.base import causes, desk, desk_prose, fragments, inline, kernel_side
from analysis.base.errors import CellError
from analysis.base.fragments import Fragment, Part
from analysis.base.places import Place

WAY = "report-way"  # the class of the button that leads to a fragment's file


class FragmentError(CellError):
    """What is wrong with a fragment, said where it is shown: its place and cause, no trace through the program."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def lay(folder: Path, anchor: str) -> None:
    """Show the fragment of an anchor cell by cell; nothing where the edition has none, or nobody looks.

    Parameters
    ----------
    folder
        The prose of the edition.
    anchor
        Name of the anchor.

    Raises
    ------
    UsageError
        The fragment cannot be read.
    CellError
        A part of it fails: file, line, cause.
    """
    if fragment := fragments.found(folder, anchor):
        show(fragment)


def show(fragment: Fragment) -> None:
    """Show a fragment cell by cell, below the way to its file; nothing where nobody looks.

    Raises
    ------
    UsageError, CellError
        As `lay`.
    """
    shell = desk.shell()
    if shell is None:
        return
    shell.display_pub.publish({"text/html": _way(fragment), "text/plain": fragment.label})
    for part in fragment.parts():
        (_run if part.kind == "code" else _say)(shell, part, Place(fragment.label, 0, part.line))


def _way(fragment: Fragment) -> str:
    """Return a button by which JupyterLab opens the file in its editor; elsewhere it is its name."""
    opens = html.escape(json.dumps({"path": fragment.label, "factory": "Editor"}, ensure_ascii=False))
    asks = f'data-commandlinker-command="docmanager:open" data-commandlinker-args="{opens}"'
    label = html.escape(fragment.label)
    return f'<button type="button" class="{WAY}" {asks} title="Открыть в редакторе">Текст издания: {label}</button>'


def _run(shell: Any, part: Part, place: Place) -> None:
    """Execute code as a cell of the notebook; what it shows stands below the anchor."""
    done = shell.run_cell(part.source, store_history=False)
    if error := done.error_before_exec or done.error_in_exec:
        cause = causes.cause(type(error).__name__, str(error), kernel_side.names_there(error))
        raise FragmentError(f"{place.named('')}: {cause}.") from None


def _say(shell: Any, part: Part, place: Place) -> None:
    """Show Markdown with the values of its inline expressions; an error stands in its place, and is raised."""
    told = desk_prose.asked(part.source)
    plain = inline.filled(part.source, {expression: one.words or one.markdown for expression, one in told.items()})
    shell.display_pub.publish({"text/markdown": desk_prose.filled(part.source, told), "text/plain": plain})
    for one in inline.find(part.source):
        if told[one.expression].kind == desk_prose.ERROR:
            where = f"{place.named('', one.line)}, «{one.expression}»"
            raise FragmentError(f"{where}: {told[one.expression].words}.")
