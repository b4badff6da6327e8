"""How every figure looks: one typeface, one palette, one grid. Nothing else sets a style.

Colours are those of Okabe and Ito, which stay apart for the colour-blind; a territory also has
a marker and a line style of its own, so that the figures survive a black-and-white printer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_pt_sans
import matplotlib.style
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator

from analysis.base.paper import TEXT_WIDTH
from analysis.base.russian import decimal
from analysis.editions.edition import Edition

Style = dict[str, Any]  # keywords of a matplotlib artist, each of a type of its own

MM = 1 / 25.4
WIDTH_MM = TEXT_WIDTH
DPI = 200

INK, MUTED, RULE, SHADE, PAPER = "#222222", "#5f5f5f", "#dcdcdc", "#f1f1f1", "#ffffff"
REGION, BLUE, GREEN, PURPLE, SKY, ORANGE = "#d55e00", "#0072b2", "#009e73", "#a8508a", "#3f9fd0", "#b97e00"
COUNTRY, DISTRICT = "#222222", "#7a7a7a"

SIGNS = {"o": "●", "s": "■", "^": "▲", "D": "◆", "v": "▼", "X": "✖", "P": "✚"}  # markers as they stand in text
HOLLOW = "◇"
SMALL, TINY = 9.0, 8.5
MISSING: Style = {"facecolor": PAPER, "edgecolor": "#9a9a9a", "hatch": "/////", "linewidth": 0.6}
PARTIAL: Style = {"facecolor": SHADE, "edgecolor": "#9a9a9a", "hatch": "/////", "linewidth": 0.6}
# Words upon a hatched place.
ON_HATCH: Style = {
    "ha": "center",
    "va": "center",
    "fontsize": SMALL,
    "color": MUTED,
    "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 2},
}


@dataclass(frozen=True)
class Look:
    """How one territory is drawn wherever it appears."""

    colour: str
    marker: str
    dash: str | tuple[float, tuple[float, ...]] = "-"
    width: float = 1.3
    weight: str = "normal"
    layer: float = 3.0

    @property
    def line(self) -> Style:
        """Keywords of `Axes.plot` for a line of this territory."""
        return {
            "color": self.colour,
            "marker": self.marker,
            "linestyle": self.dash,
            "linewidth": self.width,
            "markersize": 3.4 if self.weight == "bold" else 3.0,
            "markeredgewidth": 0,
            "zorder": self.layer,
        }

    @property
    def point(self) -> Style:
        """Keywords of `Axes.plot` for points of this territory without a line between them."""
        return {
            "color": self.colour,
            "marker": self.marker,
            "linestyle": "none",
            "zorder": self.layer + 2,
            "markeredgecolor": PAPER,
            "markeredgewidth": 0.7,
        }


_NEIGHBOURS = (
    Look(BLUE, "s"),
    Look(GREEN, "^", (0, (6, 1.5))),
    Look(PURPLE, "D", (0, (4, 1.2, 1, 1.2))),
    Look(SKY, "v", (0, (2, 1))),
    Look(ORANGE, "P", (0, (8, 2))),
)
_WIDER = (Look(COUNTRY, "o", (0, (1, 1.2)), 1.2, layer=2.5), Look(DISTRICT, "X", (0, (4, 2)), 1.2, layer=2.4))


def looks(edition: Edition) -> dict[str, Look]:
    """Return how each territory of the edition is drawn: the region stands out, the rest stay apart."""
    own = {edition.region: Look(REGION, "o", "-", 2.4, "bold", 4.0)}
    near = {name: _NEIGHBOURS[i % len(_NEIGHBOURS)] for i, name in enumerate(edition.comparison)}
    wide = {name: _WIDER[i % len(_WIDER)] for i, name in enumerate(edition.wider)}
    return wide | own | near


@contextmanager
def applied(width_mm: float = WIDTH_MM) -> Iterator[None]:
    """Draw and save inside the style of the report, whatever the user's matplotlibrc says."""
    _register_typeface()
    with matplotlib.style.context(["default", _style(width_mm)]):
        yield


def canvas(height_mm: float) -> Figure:
    """Return an empty figure of the current width."""
    width = matplotlib.rcParams["figure.figsize"][0]
    return Figure(figsize=(width, height_mm * MM), layout="constrained")


def figure_of(ax: Axes) -> Figure:
    """Return the figure that an axes stands in.

    Raises
    ------
    ValueError
        It was taken out of its figure.
    """
    fig = ax.get_figure(root=True)
    if fig is None:
        raise ValueError("an axes without a figure cannot be laid out")
    return fig


def settle(fig: Figure) -> None:
    """Lay the figure out once and keep it so, for screen, SVG and PNG alike."""
    fig.draw_without_rendering()
    fig.set_layout_engine("none")


class RussianFigures(Formatter):
    """Tick labels with decimal comma and true minus, all with the decimals that the finest of them needs."""

    def __call__(self, value: float, pos: int | None = None) -> str:  # noqa: ARG002 - matplotlib calls it so
        """Return one label by itself."""
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the labels of all ticks of an axis."""
        digits = max((len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in values), default=0)
        return [decimal(value, digits) for value in values]


def decimal_ticks(axis: Axis, most: int = 7) -> None:
    """Give an axis a handful of ticks, in Russian figures."""
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(RussianFigures())


def greyness(colour: str) -> float:
    """Return how light a colour prints on a printer without colours: 0 for black, 1 for white (luma, Rec. 709)."""
    red, green, blue = to_rgb(colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def bare(ax: Axes) -> None:
    """Take spines, ticks and grid off an axes."""
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.grid(False)


def _style(width_mm: float) -> Style:
    return {
        "figure.figsize": (width_mm * MM, 80 * MM),
        "figure.facecolor": PAPER,
        "figure.dpi": 100,
        "savefig.dpi": DPI,
        "savefig.facecolor": PAPER,
        "figure.constrained_layout.h_pad": 0.03,
        "figure.constrained_layout.w_pad": 0.03,
        # The second family only lends glyphs that the first one lacks.
        "font.family": [fontpkg_pt_sans.FAMILY, "DejaVu Sans"],
        "font.size": 9.5,
        "text.color": INK,
        "text.hinting": "no_hinting",
        "axes.unicode_minus": True,
        "axes.labelsize": SMALL,
        "axes.labelcolor": MUTED,
        "axes.titlesize": SMALL,
        "axes.titlelocation": "left",
        "axes.titlecolor": MUTED,
        "axes.titlepad": 5,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.color": "#9a9a9a",
        "ytick.color": "#9a9a9a",
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.edgecolor": "#9a9a9a",
        "axes.linewidth": 0.6,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "lines.solid_capstyle": "round",
        "hatch.linewidth": 0.5,
        "hatch.color": "#9a9a9a",
        "legend.frameon": False,
        "legend.fontsize": SMALL,
        # Names of the data are text, whatever dollar signs they hold.
        "text.parse_math": False,
        "text.usetex": False,
        # Outlines instead of text: the picture needs no typeface where it is read. The salt keeps ids the same.
        "svg.fonttype": "path",
        "svg.hashsalt": "report",
    }


@lru_cache(maxsize=1)
def _register_typeface() -> None:
    for file in sorted((Path(fontpkg_pt_sans.ROOT) / "files").glob("*.ttf")):
        font_manager.fontManager.addfont(str(file))
