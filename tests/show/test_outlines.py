"""The outlines of the maps are what the file says, and no way to other files."""

from __future__ import annotations

import json
import os

import pytest
import shapely
from shapely.geometry import shape

from analysis.base import paths
from analysis.base.errors import DataError
from analysis.show.outlines import outlines, seen_from

REGION = "kemerovo"
SQUARE = [[[80, 50], [90, 50], [90, 60], [80, 60], [80, 50]]]


def collection(geometry: object, territory: object = REGION) -> str:
    feature = {"type": "Feature", "properties": {"territory": territory}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def polygon(*ring) -> dict:
    return {"type": "Polygon", "coordinates": [list(ring)]}


def test_own_outlines_keep_their_points(report):
    read = outlines(report.edition.region).set_index("territory").geometry
    told = json.loads((paths.geo() / "regions.geojson").read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["territory"]: shape(feature["geometry"]) for feature in told} == dict(read.items())


def test_neighbours_meet_without_gap_or_overlap():
    assert shapely.coverage_is_valid(outlines().geometry.tolist())


@pytest.mark.parametrize(
    ("region", "wide", "high"),
    # Kilometres from west to east and from south to north, as atlases give them.
    [("chukotka", 1500, 1000), ("kaliningrad", 205, 108), ("sakhalin", 1000, 1200), ("kemerovo", 300, 500)],
)
def test_a_region_is_seen_whole_from_its_middle(region, wide, high):
    seen = seen_from(region).set_index("territory").geometry
    west, south, east, north = (value / 1000 for value in seen[region].bounds)
    assert abs(west + east) < 0.3 * wide and abs(south + north) < 0.3 * high
    assert wide * 0.9 < east - west < wide * 1.25 and high * 0.9 < north - south < high * 1.25


def test_what_the_antimeridian_cuts_is_one_piece_on_a_map():
    told = outlines().set_index("territory").geometry["chukotka"]
    seen = seen_from("magadan").set_index("territory").geometry["chukotka"]
    mainland = max(seen.geoms, key=lambda part: part.area)
    assert len(seen.geoms) == len(told.geoms) - 2  # the mainland and Wrangel Island
    assert mainland.area / seen.area > 0.95


def test_several_parts_make_one_outline(project):
    text = collection({"type": "MultiPolygon", "coordinates": [SQUARE, [[[100, 50], [101, 50], [101, 51], [100, 50]]]]})
    (paths.geo() / "regions.geojson").write_text(text, encoding="utf-8")
    assert outlines(REGION).to_crs("EPSG:3857").geometry.iloc[0].geom_type == "MultiPolygon"


@pytest.mark.parametrize(
    "text",
    [
        # GDAL tells formats by content, whatever the name: these two would read another file.
        (
            '<OGRVRTDataSource><OGRVRTLayer name="s"><SrcDataSource>{secret}</SrcDataSource><SrcLayer>secret</SrcLayer>'
            '<GeometryField encoding="WKT" field="WKT"/></OGRVRTLayer></OGRVRTDataSource>'
        ),
        (
            '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {secret} ! write --format'
            ' stream streamed_dataset"}'
        ),
        "",
        "null",
        "[]",
        "{",
        '{"type": "FeatureCollection", "features": []}',
        "[" * 5000,
        collection(None),
        collection({}),
        collection({"type": "Point", "coordinates": [80, 50]}),
        collection({"type": "Polygon", "coordinates": []}),
        collection(polygon([80, 50], [90, 50], [80, 50])),
        collection(polygon([80, 50], [90, 500], [90, 60], [80, 50])),
        collection(polygon([80, 50], [9_000_000, 5_000_000], [90, 60], [80, 50])),
        collection(polygon([80, 50], ["x", 50], [90, 60], [80, 50])),
        collection(polygon([80, 50], [90, 50], [90, 60], [80, 50])).replace("60", "1e400"),
        collection({"type": "Polygon", "coordinates": SQUARE}, None),
        collection({"type": "Polygon", "coordinates": SQUARE}, "elsewhere"),
        collection({"type": "Polygon", "coordinates": [[["NaN", 1]] * 4]}),
    ],
)
def test_anything_else_is_refused_in_one_sentence(project, text):
    (project / "secret.csv").write_text(
        f'territory,WKT\n{REGION},"POLYGON((80 50,90 50,90 60,80 60,80 50))"\n', encoding="utf-8"
    )
    (paths.geo() / "regions.geojson").write_text(
        text.replace("{secret}", str(project / "secret.csv")), encoding="utf-8"
    )
    with pytest.raises(DataError) as told:
        outlines(REGION)
    assert (
        "data/geo/regions.geojson" in str(told.value) and "\n" not in str(told.value) and str(told.value).endswith(".")
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(project):
    (paths.geo() / "regions.geojson").unlink()
    os.mkfifo(paths.geo() / "regions.geojson")
    with pytest.raises(DataError, match="не обычный файл"):
        outlines(REGION)
