"""A map shows any region whole, in its true shape, however many labels stand beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from analysis.report import open_report
from analysis.show import figures, theme
from analysis.show.figures import maps
from analysis.show.figures.leaders import Ground, arranged, cost, halves, levels
from analysis.show.figures.maps import Place, draw_map
from analysis.show.figures.network import CLASSES, _colour
from analysis.show.outlines import seen_from
from tests.show.figure_data import EDITION


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


def test_colours_of_the_map_darken_with_growth_in_grey_too():
    greys = [theme.greyness(colour) for *_, colour, _ in CLASSES]
    assert all(lighter - darker > 0.1 for lighter, darker in pairwise(greys))


def test_a_place_stands_in_the_class_that_its_printed_growth_names(drawn):
    assert _colour(1, 9.9) != _colour(1, 10.0) == CLASSES[-1][2]
    names = [text for *_, text in CLASSES]
    assert [name.replace("\u00a0", " ") for name in names] == [
        "снижение",
        "рост до 4,9 %",
        "5,0–9,9 %",
        "10,0 % и более",
    ]
    # What the table beside it prints as +10,0 has the colour that the legend calls so.
    circles = [line for line in drawn("network-map").fig.axes[0].lines if line.get_markerfacecolor() == CLASSES[-1][2]]
    printed = [text.get_text() for text in drawn("students-by-territory").fig.axes[0].texts]
    assert len(circles) == sum(text.startswith("+1") and "," in text for text in printed)


def ground(points, edges=(0.0, 10.0)):
    return Ground(np.array(points, dtype=float), np.full(len(points), 0.15), edges, 0.8, (0.0, 10.0))


def test_a_leader_passes_no_other_place():
    """A town behind another, as seen from the edge, is led by another way; so is one whose leader is crossed."""
    row = ground([(6.0, 5.0), (7.0, 5.0), (8.0, 5.0), (2.0, 5.0)])
    begun = halves(row.points)
    assert cost(row, begun) > 1
    assert cost(row, arranged(row, begun)) < 1


def test_no_leader_of_the_map_runs_over_a_town(monkeypatch):
    seen = []
    monkeypatch.setattr(
        maps, "levels", lambda ground, labels: seen.append(cost(ground, labels)) or levels(ground, labels)
    )
    figures.draw(open_report(EDITION), "network-map")
    assert len(seen) == 1 and seen[0] < 1
