"""Labels that stand beside what they name and keep out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from analysis.show import theme


@dataclass(frozen=True)
class End:
    """A label at the end of a line: where the line ends, what is written, how."""

    y: float
    text: str
    colour: str
    weight: str = "normal"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions at least `gap` apart, in the same order and as near to the wanted ones as can be.

    Neighbours that would overlap are pooled and centred on their mean; then the whole is
    kept between `low` and `high`, where there is room for it.

    Parameters
    ----------
    wanted : sequence of float
    gap : float
    low, high : float
        All in one unit of length.

    Returns
    -------
    list of float
        In the order of those wanted.

    Notes
    -----
    Pool adjacent violators (Barlow et al., Statistical Inference under Order Restrictions, 1972), on the positions less
    the room that the labels below them take.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[list] = []  # [mean of wanted less own offset, size]
    for rank in order:
        blocks.append([min(max(wanted[rank], low), high), 1])
        while len(blocks) > 1 and _top(blocks[-2], gap) > _bottom(blocks[-1], gap) - gap:
            mean, size = blocks.pop()
            under, below = blocks[-1]
            blocks[-1] = [(under * below + mean * size) / (below + size), below + size]
    placed = [0.0] * len(wanted)
    positions = [_bottom(block, gap) + gap * step for block in blocks for step in range(block[1])]
    for rank, position in zip(order, _kept(positions, gap, low, high), strict=True):
        placed[rank] = position
    return placed


def _bottom(block: Sequence[float], gap: float) -> float:
    return block[0] - gap * (block[1] - 1) / 2


def _top(block: Sequence[float], gap: float) -> float:
    return block[0] + gap * (block[1] - 1) / 2


def _kept(positions: list[float], gap: float, low: float, high: float) -> list[float]:
    for i in range(len(positions)):
        positions[i] = max(positions[i], low if i == 0 else positions[i - 1] + gap)
    for i in reversed(range(len(positions))):
        positions[i] = min(positions[i], high if i == len(positions) - 1 else positions[i + 1] - gap)
    return positions


def label_ends(ax: Axes, x: float, ends: Sequence[End], size: float = theme.SMALL, lead: float = 12.0) -> None:
    """Write the labels to the right of `x`, moved apart where they would overlap, with a thin leader each.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its scales are final: the labels are laid out by them.
    x : float
        Where the lines end.
    ends : sequence of End
    size : float
        Of the letters, in points.
    lead : float
        Points between the end of the line and its label.
    """
    texts = [
        ax.annotate(
            end.text,
            (x, end.y),
            (lead, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=size,
            color=end.colour,
            fontweight=end.weight,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "linewidth": 0.6,
                "color": end.colour,
                "shrinkA": 1,
                "shrinkB": 3,
                "relpos": (0, 0.5),
            },
        )
        for end in ends
    ]
    fig = theme.figure_of(ax)
    fig.draw_without_rendering()  # the layout has to be known before anything can be in the way
    pixels = fig.dpi / 72
    gap = size * 1.22 * pixels
    at = [ax.transData.transform((x, end.y))[1] for end in ends]
    for text, here, there in zip(texts, at, spread(at, gap, ax.bbox.y0 + gap / 2, ax.bbox.y1 - gap / 2), strict=True):
        text.set_position((lead, (there - here) / pixels))


def write_above(ax: Axes, x: float, y: float, text: str, side: int = 1, **look: Any) -> None:
    """Write the number of a bar beyond its end.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    x, y : float
        The end of the bar.
    text : str
    side : {1, -1}
        Whether the bar stands or hangs.
    **look
        Further keywords of `matplotlib.text.Text`.
    """
    ax.annotate(
        text,
        (x, y),
        (0, 2 * side),
        textcoords="offset points",
        ha="center",
        va="bottom" if side > 0 else "top",
        **look,
    )
