"""The prose of an edition at the desk: a fragment shown where its anchor is run, in the names of the chapter.

A build lays fragments into the chapters before it runs them (`analysis.base.composing`), and no anchor is ever
executed. At the desk, and wherever else a notebook is run as it is, the anchor itself shows its fragment: the same
cells, evaluated by the same kernel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.base import desk, fragments, inline
from analysis.base.errors import CellError
from analysis.base.fragments import Fragment, Part
from analysis.base.gaps import GapError
from analysis.base.places import Place
from analysis.base.russian import NO_DATA


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
    """Show a fragment cell by cell; nothing where nobody looks.

    Raises
    ------
    UsageError, CellError
        As `lay`.
    """
    shell = desk.shell()
    if shell is None:
        return
    for part in fragment.parts():
        (_run if part.kind == "code" else _say)(shell, part, Place(fragment.label, 0, part.line))


def _run(shell: Any, part: Part, place: Place) -> None:
    """Execute code as a cell of the notebook; what it shows stands below the anchor."""
    done = shell.run_cell(part.source, store_history=False)
    if error := done.error_before_exec or done.error_in_exec:
        raise CellError(f"{place.named('')}: {type(error).__name__}: {error}.") from None


def _say(shell: Any, part: Part, place: Place) -> None:
    """Show Markdown with the values of its inline expressions."""
    found = inline.find(part.source)
    replies = shell.user_expressions({str(number): one.expression for number, one in enumerate(found)})
    values = {}
    for number, one in enumerate(found):
        reply = replies[str(number)]
        where = f"{place.named('', one.line)}, «{one.expression}»"
        if reply["status"] != "ok" and reply["ename"] == GapError.__name__:
            values[one.expression] = NO_DATA
            continue
        if reply["status"] != "ok":
            raise CellError(f"{where}: {reply['ename']}: {reply['evalue']}.")
        if (value := inline.shown(reply["data"])) is None:
            raise CellError(f"{where}: значение не записано словами: оберните его, например, в num(…) или pct(…).")
        values[one.expression] = value
    text = inline.filled(part.source, values)
    shell.display_pub.publish({"text/markdown": text, "text/plain": text})
