"""Horizontal bars with what they are compared to, and the numbers in columns beside them.

Numbers in columns cannot collide, and a missing one has its place: a hatched cell instead of a bar.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from analysis.base.russian import NO_DATA_SHORT
from analysis.show import theme
from analysis.show.figures.words import printed

ROW_MM, LINE_MM = 5.0, 4.4


@dataclass(frozen=True)
class Column:
    """One set of values: drawn as bars or as points, written in a column on the right.

    Attributes
    ----------
    head : str
        What it is called above its numbers.
    values : sequence of float
        One per row; NaN is missing.
    look : dict
        Keywords of `Axes.barh` for bars, of `Axes.plot` for points; none where the values are written only.
    digits : int
        Decimals to write.
    texts : sequence of str, optional
        Written instead of the values.
    """

    head: str
    values: Sequence[float]
    look: theme.Style = field(default_factory=dict)
    digits: int = 1
    texts: Sequence[str] | None = None

    def text(self, row: int) -> str:
        """Return what is written in a row, «н/д» for a missing value."""
        return printed(self.values[row], self.digits) if self.texts is None else self.texts[row]

    @property
    def heading(self) -> str:
        """The heading with the sign that the values are drawn with."""
        if not self.look:
            return self.head
        sign = theme.HOLLOW if self._hollow else theme.SIGNS[self.look.get("marker", "s")]
        return f"{sign} {self.head}"

    @property
    def colour(self) -> str:
        """The colour of the heading: that of the bars or points."""
        if not self.look:
            return theme.MUTED
        return theme.INK if self._hollow else self.look["color"]

    @property
    def _hollow(self) -> bool:
        return self.look["color"] == theme.PAPER


def height(labels: Sequence[str], extra_mm: float = 9) -> float:
    """Return the height in millimetres at which the labels of neighbouring rows do not touch."""
    lines = [1 + wrap(label).count("\n") for label in labels]
    densest = max((upper + lower) / 2 for upper, lower in zip(lines, [*lines[1:], 1], strict=True))
    return len(labels) * max(ROW_MM, densest * LINE_MM) + extra_mm


def wrap(label: str, share: float = 0.28) -> str:
    """Break a label so that the labels take about a third of the page."""
    width_mm = mpl.rcParams["figure.figsize"][0] / theme.MM
    return textwrap.fill(label, max(18, round(width_mm * share)), break_long_words=False, break_on_hyphens=False)


def rows(ax: Axes, labels: Sequence[str], scale: bool = False) -> None:
    """Give each row its label, the first one on top.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    labels : sequence of str
    scale : bool
        Whether a scale is drawn, which is only where no numbers stand beside the bars.
    """
    ax.set_yticks(range(len(labels)), [wrap(label) for label in labels], va="center", linespacing=1.05)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.spines[:].set_visible(False)
    ax.tick_params(axis="both", length=0, pad=4)
    ax.grid(False, axis="y")
    ax.grid(scale, axis="x")
    theme.decimal_ticks(ax.xaxis, 6)
    ax.tick_params(axis="x", labelbottom=scale, labelcolor=theme.MUTED)
    for row in range(1, len(labels)):
        ax.axhline(row - 0.5, color=theme.RULE, linewidth=0.4, zorder=0)


def draw_bars(ax: Axes, column: Column, hatched: Sequence[int] = (), thickness: float = 0.62) -> None:
    """Draw the bars of a column, a hatched cell for a missing value.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    column : Column
    hatched : sequence of int
        Rows that are a remainder, not a measured value.
    thickness : float
        Of a bar, in rows.
    """
    for row, value in enumerate(column.values):
        if pd.isna(value):
            missing_cell(ax, row, thickness)
        elif row in hatched:
            ax.barh(row, value, height=thickness, **theme.PARTIAL)
        else:
            ax.barh(row, value, height=thickness, **column.look)


def missing_cell(ax: Axes, row: float, thickness: float = 0.62) -> None:
    """Draw a hatched cell of fixed width at the foot of a row that has no value.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its scale is final: the cell begins at its zero.
    row : float
    thickness : float
        In rows.
    """
    across = blended_transform_factory(ax.transAxes, ax.transData)
    zero = 0 if ax.get_xlim()[0] >= 0 else ax.transAxes.inverted().transform(ax.transData.transform((0, 0)))[0]
    ax.barh(row, 0.07, left=zero, height=thickness, transform=across, **theme.MISSING)


def draw_points(ax: Axes, column: Column) -> None:
    """Draw a column as points over the bars."""
    ax.plot(column.values, range(len(column.values)), clip_on=False, **column.look)


def outline(ax: Axes, row: int, value: float) -> None:
    """Redraw a bar as an outline: its value is printed, but something about it is not known.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    row : int
    value : float
        The end of the bar.
    """
    ax.barh(row, value, height=0.62, facecolor=theme.PAPER, edgecolor=theme.BLUE, linewidth=1.2)


def stack(ax: Axes, row: int, values: Sequence[float], names: Sequence[str], colour: str) -> None:
    """Draw the parts of a row one after another, each with its name inside.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    row : int
    values : sequence of float
        Lengths of the parts, from the left.
    names : sequence of str
        One per part.
    colour : str
        Of all parts.
    """
    left = 0.0
    for value, name in zip(values, names, strict=True):
        ax.barh(row, value, left=left, height=0.62, color=colour, edgecolor=theme.PAPER, linewidth=0.8)
        ax.text(left + value / 2, row, name, ha="center", va="center", color=theme.PAPER, fontsize=theme.TINY)
        left += value


def write_ends(ax: Axes, values: Sequence[float], digits: int = 1) -> None:
    """Write each value right of its bar, «н/д» right of the cell of a missing one.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    values : sequence of float
        One per row; NaN is missing.
    digits : int
        Decimals to write.
    """
    for row, value in enumerate(values):
        missing = pd.isna(value)
        ax.annotate(
            printed(value, digits),
            (0.07 if missing else value, row),
            (3, 0),
            va="center",
            xycoords=ax.get_yaxis_transform() if missing else "data",
            textcoords="offset points",
            fontsize=theme.SMALL,
            color=theme.MUTED if missing else theme.INK,
        )
    ax.set_xlim(0, max(value for value in values if not pd.isna(value)) * 1.14)


def write_columns(ax: Axes, columns: Sequence[Column], bold: Sequence[str] = ()) -> None:
    """Write the values of each column to the right of the bars, under its heading with its sign.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    columns : sequence of Column
        From left to right.
    bold : sequence of str
        Headings of the columns that stand out.
    """
    right = 0.0
    for column in columns:
        texts = [column.text(row) for row in range(len(column.values))]
        right += max(map(len, [column.heading, *texts])) * 0.56 * theme.SMALL + 9
        weight = "bold" if column.head in bold else "normal"
        for row, text in enumerate(texts):
            _beside(ax, row, right, text, theme.MUTED if text == NO_DATA_SHORT else theme.INK, weight)
        _beside(ax, -0.7, right, column.heading, column.colour, weight, va="bottom")


def _beside(ax: Axes, row: float, right: float, text: str, colour: str, weight: str, va: str = "center") -> None:
    ax.annotate(
        text,
        (1, row),
        (right, 0),
        xycoords=ax.get_yaxis_transform(),
        textcoords="offset points",
        ha="right",
        va=va,
        color=colour,
        fontweight=weight,
        fontsize=theme.SMALL,
        annotation_clip=False,
    )
