"""A map shows any region whole, in its true shape, however many labels stand beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.show.figures.maps import Place, draw_map
from analysis.show.outlines import seen_from


class Elsewhere:
    """A report as maps see it, of another region."""

    def __init__(self, report, region: str) -> None:
        self.edition = report.edition.model_copy(update={"region": region})


@pytest.mark.parametrize("labels", [2, 40])
@pytest.mark.parametrize(
    "region", ["chukotka", "moscow", "kaliningrad", "sakhalin", "tatarstan", "khanty-mansi", "kemerovo"]
)
def test_any_region_keeps_its_shape(report, region, labels):
    own = seen_from(region).set_index("territory").geometry.loc[[region]]
    point = own.representative_point().to_crs("EPSG:4326").iloc[0]
    place = Place(point.x, point.y, 1, "#888888", "Место")
    fig = draw_map(Elsewhere(report, region), [replace(place, size=n + 1) for n in range(labels)])
    ax = fig.axes[0]
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    left, bottom, right, top = own.total_bounds
    assert west <= left < right <= east and south <= bottom < top <= north
    box = ax.get_window_extent()
    assert (box.width / (east - west)) == pytest.approx(box.height / (north - south), rel=0.01)
    # The region and no more of the world than a few of its kind.
    drawn = [path.get_extents() for path in ax.collections[0].get_paths()]
    assert max(extent.width for extent in drawn) <= 1.3 * (east - west)
    assert max(text.get_window_extent().y1 for text in ax.texts) <= fig.bbox.y1 + 2
