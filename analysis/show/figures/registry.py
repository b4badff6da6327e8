"""Which figures there are, and what one hands over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure

from analysis.base.errors import DataError, did_you_mean
from analysis.base.gaps import TooFewError
from analysis.catalogue.captions import Piece
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.lost import is_lost


@dataclass(frozen=True)
class Drawing:
    """A drawn figure with everything a page needs of it.

    Attributes
    ----------
    fig : matplotlib.figure.Figure
        Drawn and laid out.
    data : pandas.DataFrame
        What it shows, row by row as in the tables it was drawn from, missing rows included.
    alt : str
        Text in place of the picture, for those who do not see it.
    placeholders : mapping of str to str or int
        What the caption and the note of `exhibits.csv` may ask for.
    note : str, tuple of str and Piece, or None
        What is missing or must be known to read the picture; a citation in it is a piece of its own.
    marks : int or None
        How many bars, points or ranges it shows; as many as there are known values in its data unless given.
    """

    fig: Figure
    data: pd.DataFrame
    alt: str
    placeholders: Mapping[str, str | int] = field(default_factory=dict)
    note: str | tuple[str | Piece, ...] | None = None
    marks: int | None = None

    @property
    def known(self) -> int:
        """How many values the picture shows."""
        if self.marks is not None:
            return self.marks
        return int(self.data["value"].notna().sum()) if "value" in self.data else len(self.data)


Draw = Callable[[Report], Drawing]
_FIGURES: dict[str, Draw] = {}


def figure(figure_id: str) -> Callable[[Draw], Draw]:
    """Register a function that draws one figure of a report, or raises GapError while its data are not there."""

    def register(function: Draw) -> Draw:
        _FIGURES[figure_id] = function
        return function

    return register


def ids() -> list[str]:
    """Return the ids of all figures, in the order of the report."""
    return list(_FIGURES)


def drawn_by() -> dict[str, Draw]:
    """Return the function that draws each figure, by its id."""
    return dict(_FIGURES)


def draw(report: Report, figure_id: str, width_mm: float = theme.WIDTH_MM) -> Drawing:
    """Draw one figure.

    Parameters
    ----------
    report : Report
    figure_id : str
        As registered: `employment-rate` for `fig-employment-rate`.
    width_mm : float
        Width of the text block it is to fill.

    Returns
    -------
    Drawing

    Raises
    ------
    GapError
        Nothing of what it shows is known; or what a print showed is lost.
    DataError
        There is no such figure.
    """
    if figure_id not in _FIGURES and is_lost(report, figure_id):
        raise TooFewError("рисунок печатного издания не сохранился")
    if figure_id not in _FIGURES:
        raise DataError(f"Нет рисунка «{figure_id}».{did_you_mean(figure_id, _FIGURES)}")
    with theme.applied(width_mm):
        drawing = _FIGURES[figure_id](report)
        theme.settle(drawing.fig)
    return drawing
