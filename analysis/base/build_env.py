"""What a build tells the kernels it starts.

The only place where these variables of the environment are written and read.

A kernel is a process of its own, so it can be told nothing before it starts but by its environment. At a desk none is
set.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

# Where a chapter writes its figures and exhibits, within its own folder and within that of a build.
FIGURES, EXHIBITS = "figures", "exhibits"
FIGURE_KINDS = ("svg", "png")
_ROOT, _FIGURES, _EXHIBITS = "REPORT_ROOT", "REPORT_FIGURES", "REPORT_EXHIBITS"
_KINDS = "REPORT_FIGURE_KINDS"
_DATA_CHECKED, _CARDS = "REPORT_DATA_CHECKED", "REPORT_CARDS"


def variables(root: Path, figures: Path, exhibits: Path, kinds: Iterable[str] = FIGURE_KINDS) -> dict[str, str]:
    """Return the variables for the kernels of a build.

    Parameters
    ----------
    root : Path
        The project folder.
    figures : Path
        Where figures are written.
    exhibits : Path
        Where tables and figures write what they show.
    kinds : iterable of str
        Some of `FIGURE_KINDS`: as what figures are written.

    Returns
    -------
    dict
        Names and values, to join the environment of a kernel.
    """
    return {
        _ROOT: str(root),
        _FIGURES: str(figures),
        _EXHIBITS: str(exhibits),
        _KINDS: " ".join(kinds),
        _DATA_CHECKED: "1",  # just now; the kernels need not check again
        _CARDS: "1",  # every number is to say where it comes from
    }


def folders(made: Path) -> dict[str, str]:
    """Return the variables for a kernel that writes into a folder of its own."""
    return {_FIGURES: str(made / FIGURES), _EXHIBITS: str(made / EXHIBITS)}


def root() -> str:
    """Return the project folder that was named, empty where none was."""
    return os.environ.get(_ROOT, "")


def figures() -> Path | None:
    """Return the folder figures are written to during a build, None at the researcher's desk."""
    return _folder(_FIGURES)


def figure_kinds() -> tuple[str, ...]:
    """Return as what a build has figures written."""
    wanted = os.environ.get(_KINDS, " ".join(FIGURE_KINDS)).split()
    return tuple(kind for kind in FIGURE_KINDS if kind in wanted)


def exhibits() -> Path | None:
    """Return the folder into which a build has exhibits write what they show, None at the researcher's desk."""
    return _folder(_EXHIBITS)


def data_checked() -> bool:
    """Return whether a build has checked every table."""
    return bool(os.environ.get(_DATA_CHECKED))


def cards_wanted() -> bool:
    """Return whether a build asks for cards: a desk shows plain text."""
    return bool(os.environ.get(_CARDS))


def _folder(variable: str) -> Path | None:
    folder = os.environ.get(variable)
    return Path(folder) if folder else None
