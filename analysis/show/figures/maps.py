"""Maps of the region: circles at places, with labels at the sides that cannot collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures.leaders import LEFT, RIGHT, Ground, Labels, arranged, halves, levels
from analysis.show.outlines import seen_from

LARGEST_MM = 12.5  # diameter of the largest circle
TALLEST_MM, LEGEND_MM = 114.0, 13.0
MM_PT = 72 / 25.4
LIGHT = 0.6


@dataclass(frozen=True)
class Place:
    """A circle on the map: where, how large, which colour, what is written."""

    lon: float
    lat: float
    size: float
    colour: str
    label: str


def draw_map(report: Report, places: Sequence[Place]) -> Figure:
    """Return a figure with the region, what surrounds it and the places; room is kept below for a legend."""
    regions = seen_from(report.edition.region)
    own = regions[regions["territory"] == report.edition.region]
    points = geopandas.GeoSeries.from_xy([p.lon for p in places], [p.lat for p in places], crs="EPSG:4326").to_crs(
        regions.crs
    )
    west, south, east, north = _frame(own.total_bounds, points.total_bounds)

    fig = theme.canvas(TALLEST_MM)
    # The map keeps its proportions: the labels get their room first, the map what is left.
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1))
    # Labels may make the frame higher, and no edge of the cut is to be seen.
    side, above = (east - west) / 10, north - south
    beyond = (west - side, south - above, east + side, north + above)
    regions.clip(beyond).plot(ax=ax, aspect=None, facecolor="#fafafa", edgecolor="#c4c4c4", linewidth=0.5)
    own.plot(ax=ax, aspect=None, facecolor="#ececec", edgecolor="#8a8a8a", linewidth=0.9)
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], xlabel="", ylabel="")
    ax.spines[:].set_visible(False)
    ax.grid(False)
    x, y, largest = points.x.tolist(), points.y.tolist(), max(place.size for place in places)
    _draw_circles(ax, places, x, y, largest)
    _label_at_sides(ax, places, x, y, largest)
    return fig


def _draw_circles(ax: Axes, places: Sequence[Place], x: Sequence[float], y: Sequence[float], largest: float) -> None:
    """Draw the largest first, so that a small one is never hidden."""
    for place, east, north in sorted(zip(places, x, y, strict=True), key=lambda item: -item[0].size):
        ax.plot(
            east,
            north,
            "o",
            markersize=diameter(place.size, largest),
            markerfacecolor=place.colour,
            zorder=3,
            markeredgewidth=0.8,
            # A light circle is told from the land by its rim.
            markeredgecolor=theme.MUTED if theme.greyness(place.colour) > LIGHT else theme.PAPER,
        )


def diameter(size: float, largest: float) -> float:
    """Return the diameter in points at which the *area* is proportional to the size; a small one where it is zero."""
    return max(LARGEST_MM * MM_PT * (size / largest) ** 0.5, 3.5)


def _frame(own: Sequence[float], points: Sequence[float]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the map: the region and all places, with a margin."""
    west, south = min(own[0], points[0]), min(own[1], points[1])
    east, north = max(own[2], points[2]), max(own[3], points[3])
    margin = 0.04 * (north - south)
    return west - margin, south - margin, east + margin, north + margin


def _label_at_sides(ax: Axes, places: Sequence[Place], x: Sequence[float], y: Sequence[float], largest: float) -> None:
    """Write the labels at both sides and fit the map between them, so that leaders cross as little as can be.

    Western places begin on the left and eastern ones on the right; who changes sides is asked once the map has its
    size, and what is written is written anew then.
    """
    points = np.column_stack([x, y])
    labels = halves(points)
    shown = ax.get_ylim()
    for last in (False, True):
        ax.set_ylim(*shown)
        texts = _written(ax, places, points, labels, largest)
        ground = _ground(ax, places, points, largest, _fit(ax, texts, labels, places))
        if last or (better := arranged(ground, labels)) == labels:
            break
        for text in texts:
            text.remove()
        labels = better
    for place, level in levels(ground, labels).items():
        texts[place].set_position((texts[place].xyann[0], level))


def _written(ax: Axes, places: Sequence[Place], points: np.ndarray, labels: Labels, largest: float) -> list[Annotation]:
    """Write the labels beside their places, each with its leader."""
    sides = {LEFT: ("right", ax.get_xlim()[0], 1), RIGHT: ("left", ax.get_xlim()[1], 0)}
    return [
        ax.annotate(
            place.label,
            point,
            (edge, point[1]),
            ha=side,
            va="center",
            fontsize=theme.SMALL,
            annotation_clip=False,
            zorder=5,
            arrowprops={
                "arrowstyle": "-",
                "linewidth": 0.6,
                "color": theme.MUTED,
                "shrinkA": 2,
                "shrinkB": diameter(place.size, largest) / 2,
                "relpos": (begins, 0.5),
            },
        )
        for place, point, (side, edge, begins) in zip(
            places, points, (sides[there] for there in labels.sides), strict=True
        )
    ]


def _pitch(places: Sequence[Place]) -> float:
    """Return the height of a label in points."""
    return max(1 + place.label.count("\n") for place in places) * theme.SMALL * 1.3


def _ground(ax: Axes, places: Sequence[Place], points: np.ndarray, largest: float, height: float) -> Ground:
    """Return the places in the units of the map that is so many points high."""
    south, north = ax.get_ylim()
    unit = (north - south) / height
    radii = np.array([diameter(place.size, largest) / 2 * unit for place in places])
    return Ground(points, radii, ax.get_xlim(), _pitch(places) * unit, (south, north))


def _fit(ax: Axes, texts: Sequence[Annotation], labels: Labels, places: Sequence[Place]) -> float:
    """Give the axes the width that the labels leave and the figure the height of the map; return it in points.

    Where the labels need more height than the region has, more of what lies north and south of it is shown.
    """
    fig = theme.figure_of(ax)
    fig.draw_without_rendering()
    pixels = fig.dpi / 72
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    ratio = (east - west) / (north - south)
    # The extent of an annotation takes its leader in; only the words are wanted.
    left, right = (
        max((Text.get_window_extent(texts[place]).width for place in side), default=0) / pixels + 6
        for side in (labels.of(LEFT), labels.of(RIGHT))
    )
    at_least = _pitch(places) * max(len(labels.of(LEFT)), len(labels.of(RIGHT)))
    whole = fig.get_figwidth() * 72
    width = min(whole - left - right, TALLEST_MM * MM_PT * ratio)
    height = max(width / ratio, at_least)
    if height > width / ratio:
        more = ((east - west) * height / width - (north - south)) / 2
        ax.set_ylim(south - more, north + more)
    legend = LEGEND_MM * MM_PT
    fig.set_figheight((height + legend) / 72)
    start = left + (whole - left - right - width) / 2
    ax.set_position((start / whole, legend / (height + legend), width / whole, height / (height + legend)))
    return height
