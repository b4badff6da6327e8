"""What happens at the researcher's desk alone: a living notebook, no build."""

from __future__ import annotations

import sys
import weakref
from typing import Any, Protocol

from analysis.base import build_env

# The class of tables and figures, which `lab/labextensions` sets as the book does.
EXHIBIT = "report-exhibit"


class Refreshed(Protocol):
    """Something that can look whether what it was made from has changed."""

    def refresh(self) -> None:
        """Look for changes."""


def shell() -> Any:
    """Return the IPython in which this runs, None where it is none."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def framed(markup: str) -> str:
    """Return HTML of a table or a figure as JupyterLab is to show it: with the style of the book."""
    return f'<div class="{EXHIBIT}">{markup}</div>'


def refresh_before_cells(thing: Refreshed) -> None:
    """Have a thing look at its files before each cell that is run, as long as it lives; in a build nothing changes.

    A table that was saved in Excel is seen by the next cell, and within a cell all numbers are of one state of the
    data.
    """
    notebook = shell() if not build_env.data_checked() else None
    if notebook is None:
        return
    living = weakref.ref(thing)

    def look(*_: object) -> None:
        if (still := living()) is not None:
            still.refresh()

    notebook.events.register("pre_run_cell", look)
