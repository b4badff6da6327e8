"""Outlines of regions from `data/geo/`: GeoJSON read as what it says, and as nothing else.

GDAL, which geopandas reads files with, goes by content and not by name: a file called GeoJSON may hold a virtual layer,
a pipeline or a service, and through them read any other file or ask the network. So the text is read here.
"""

from __future__ import annotations

from typing import Annotated, Literal

import geopandas
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from shapely import transform, union_all
from shapely.geometry import shape

from analysis.base import paths, reads, strict_json
from analysis.base.errors import DataError
from analysis.base.fields import plain

OUTLINES = "regions.geojson"
_HALF = 180.0  # degrees round the globe to the antimeridian
_REMEDY = "Исправьте файл или верните его из копии."

_Lon = Annotated[float, Field(ge=-180, le=180, strict=False)]
_Lat = Annotated[float, Field(ge=-84, le=84, strict=False)]  # as far as the projection of the maps reaches
_Ring = Annotated[list[tuple[_Lon, _Lat]], Field(min_length=4)]
_Polygon = Annotated[list[_Ring], Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", allow_inf_nan=False)


class _Outline(_Part):
    type: Literal["Polygon"]
    coordinates: _Polygon


class _Outlines(_Part):
    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[_Polygon], Field(min_length=1)]


class _Properties(_Part):
    territory: str


class _Feature(_Part):
    type: Literal["Feature"]
    properties: _Properties
    geometry: Annotated[_Outline | _Outlines, Field(discriminator="type")]


class _Collection(_Part):
    type: Literal["FeatureCollection"]
    features: Annotated[list[_Feature], Field(min_length=1)]


def outlines(region: str | None = None) -> geopandas.GeoDataFrame:
    """Return the outlines in degrees, with the column `territory`.

    Parameters
    ----------
    region
        Territory whose outline has to be there.

    Raises
    ------
    DataError
        The file is not there or is no GeoJSON of polygons in degrees, each with its territory; or the region has none.
    """
    file = paths.geo() / OUTLINES
    where = f"Файл {reads.label(file)}"
    if not file.exists():
        raise DataError(f"Нет файла {reads.label(file)} с контурами регионов: верните его, без него карта не строится.")
    try:
        read = _Collection.model_validate(strict_json.load(reads.text(reads.note(file)), where))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            f"{where}: контуры – не GeoJSON из многоугольников в градусах; {plain(first)} {_REMEDY}"
        ) from None
    territories = [feature.properties.territory for feature in read.features]
    if region is not None and region not in territories:
        raise DataError(
            f"В файле {reads.label(file)} нет контура «{region}»: добавьте его, без него карта не строится."
        )
    shapes = [
        shape({"type": feature.geometry.type, "coordinates": feature.geometry.coordinates}) for feature in read.features
    ]
    return geopandas.GeoDataFrame({"territory": territories}, geometry=shapes, crs="EPSG:4326")


def seen_from(region: str) -> geopandas.GeoDataFrame:
    """Return the outlines in metres on the map of a region: its middle is the point (0, 0), north is up there.

    The projection is Lambert's azimuthal equal-area one about the middle of the region: right at the middle, and
    distances within a hundredth 1,500 km from it (Snyder, Map Projections – A Working Manual, USGS Professional Paper
    1395, 1987, section 24). What the antimeridian cuts, as GeoJSON wants it (RFC 7946), is one outline here.
    """
    regions = outlines(region)
    own = regions.loc[regions["territory"] == region, "geometry"]
    middle = _turn(own) if _crosses(own) else own
    west, south, east, north = middle.total_bounds
    crosses = regions.geometry.map(lambda outline: _crosses(geopandas.GeoSeries([outline])))
    regions.loc[crosses, "geometry"] = _turn(regions.loc[crosses, "geometry"])
    longitude = (west + east) / 2
    return regions.to_crs(f"+proj=laea +lon_0={longitude:.3f} +lat_0={(south + north) / 2:.3f} +datum=WGS84")


def _crosses(outline: geopandas.GeoSeries) -> bool:
    """Tell whether an outline lies on both sides of the antimeridian."""
    west, _, east, _ = outline.total_bounds
    return bool(east - west > _HALF)


def _turn(outlines: geopandas.GeoSeries) -> geopandas.GeoSeries:
    """Return outlines with all longitudes east of Greenwich, joined where the antimeridian cut them."""
    turned = outlines.map(lambda outline: transform(outline, lambda at: at + (2 * _HALF, 0) * (at[:, :1] < 0)))
    return turned.map(lambda outline: union_all(list(getattr(outline, "geoms", [outline]))))
