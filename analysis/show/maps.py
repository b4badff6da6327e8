"""Maps of the region: circles at places, with labels at the sides that cannot collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis import paths
from analysis.errors import DataError
from analysis.show import theme
from analysis.show.figures.labels import spread

OUTLINES = "regions.geojson"
LARGEST_MM = 14.0  # diameter of the largest circle


@dataclass(frozen=True)
class Place:
    """A circle on the map: where, how large, which colour, what is written."""

    lon: float
    lat: float
    size: float
    colour: str
    label: str


def draw_map(ax: Axes, report, places: Sequence[Place]) -> None:
    """Draw the region, its neighbours and the places.

    The projection is the UTM zone of the region, so that distances are true within a thousandth.
    """
    import geopandas

    outlines = _outlines(report)
    own = outlines[outlines["territory"] == report.edition.region]
    metric = own.estimate_utm_crs()
    outlines.to_crs(metric).plot(ax=ax, facecolor="#fafafa", edgecolor="#c4c4c4", linewidth=0.5)
    own.to_crs(metric).plot(ax=ax, facecolor="#ececec", edgecolor="#8a8a8a", linewidth=0.9)
    points = geopandas.GeoSeries.from_xy([p.lon for p in places], [p.lat for p in places], crs="EPSG:4326").to_crs(metric)
    west, south, east, north = own.to_crs(metric).total_bounds
    margin = 0.04 * (north - south)
    ax.set(xlim=(west - margin, east + margin), ylim=(south - margin, north + margin), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(False)
    largest = max(place.size for place in places)
    for place, x, y in sorted(zip(places, points.x, points.y, strict=True), key=lambda item: -item[0].size):
        ax.plot(x, y, "o", markersize=diameter(place.size, largest), markerfacecolor=place.colour, markeredgecolor=theme.PAPER,
                markeredgewidth=0.8, alpha=0.95, zorder=3)
    _label_at_sides(ax, places, points.x.tolist(), points.y.tolist())


def diameter(size: float, largest: float) -> float:
    """Return the diameter in points at which the *area* is proportional to the size; a point where there is nothing."""
    return max(LARGEST_MM / 25.4 * 72 * (size / largest) ** 0.5, 3.0)


def _label_at_sides(ax: Axes, places: Sequence[Place], x: list[float], y: list[float]) -> None:
    """Write the labels of western places on the left and of eastern ones on the right, with leaders."""
    ax.figure.draw_without_rendering()
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    per_point = (north - south) / ax.bbox.height * ax.figure.dpi / 72
    order = sorted(range(len(places)), key=lambda i: x[i])
    middle = len(order) // 2
    for side, edge, chosen in (("right", west, order[:middle]), ("left", east, order[middle:])):
        heights = spread([y[i] for i in chosen], theme.SMALL * 1.3 * per_point, south, north)
        for i, height in zip(chosen, heights, strict=True):
            ax.annotate(
                places[i].label, (x[i], y[i]), (edge, height), ha=side, va="center", fontsize=theme.SMALL, annotation_clip=False, zorder=5,
                arrowprops={"arrowstyle": "-", "linewidth": 0.6, "color": theme.MUTED, "shrinkA": 2, "shrinkB": 0,
                            "relpos": (1 if side == "right" else 0, 0.5)})


def _outlines(report):
    import geopandas

    file = paths.geo() / OUTLINES
    if not file.exists():
        raise DataError(f"Нет файла data/geo/{OUTLINES} с контурами регионов: верните его, без него карта не строится.")
    outlines = geopandas.read_file(file)
    if report.edition.region not in set(outlines["territory"]):
        raise DataError(f"В файле data/geo/{OUTLINES} нет контура «{report.edition.region}»: добавьте его, без него карта не строится.")
    return outlines
