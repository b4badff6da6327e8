"""Figures: no word covers another or is cut, at any width; every territory is told apart without colour."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from analysis.show import figures, theme
from analysis.show.figures.labels import spread
from tests.show.figure_data import DRAWN, WIDTHS


def visible_texts(fig) -> list[Text]:
    """Return the words that are really drawn: no blank ones, no ticks outside the axes."""
    hidden = set()
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    hidden |= {tick.label1, tick.label2}
            hidden |= {tick.label2 for tick in axis.get_major_ticks()}
    return [text for text in fig.findobj(Text) if text.get_visible() and text.get_text().strip() and text not in hidden]


def boxes(drawing: figures.Drawing):
    fig = drawing.fig
    FigureCanvasAgg(fig)
    with theme.applied():
        fig.draw_without_rendering()
        return [
            (text.get_text(), Text.get_window_extent(text, fig.canvas.get_renderer())) for text in visible_texts(fig)
        ]


def collisions(found, slack: float = 1.0) -> list[str]:
    """Return the pairs of texts whose boxes share more than a hair."""
    return [
        f"{one!r} / {other!r}"
        for (one, a), (other, b) in itertools.combinations(found, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", DRAWN)
def test_words_neither_overlap_nor_are_cut(name, width, drawn):
    drawing = drawn(name, width)
    found = boxes(drawing)
    assert len(found) > 0
    assert drawing.fig.get_figwidth() == pytest.approx(width / 25.4)
    assert collisions(found) == []
    edge = drawing.fig.bbox
    assert [
        text
        for text, box in found
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > edge.x1 + 0.5 or box.y1 > edge.y1 + 0.5
    ] == []


@pytest.mark.parametrize("name", DRAWN)
def test_words_are_large_enough_and_in_the_typeface_of_the_report(name, drawn):
    for text in visible_texts(drawn(name).fig):
        assert text.get_fontsize() >= 8, text.get_text()
        assert text.get_fontfamily()[0] == "PT Sans"


def test_typeface_comes_with_the_package():
    with theme.applied():
        assert "fontpkg_pt_sans" in font_manager.findfont("PT Sans", fallback_to_default=False)


def test_territories_differ_without_colour(report):
    looks = theme.looks(report.edition)
    assert list(looks) == list(report.edition.territories)
    assert len({(look.marker, look.dash) for look in looks.values()}) == len(looks)
    assert len({(str(look.dash), look.width) for look in looks.values()}) == len(looks)
    assert len({look.colour for look in looks.values()}) == len(looks)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_spread_keeps_order_distance_and_bounds(wanted):
    placed = spread(wanted, 10, 0, 100)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    steps = np.diff([placed[i] for i in order])
    assert (steps >= 10 - 1e-6).all()
    assert min(placed) >= -1e-6 and max(placed) <= 100 + 1e-6


def test_spread_leaves_alone_what_is_far_apart():
    assert spread([50, 10, 90], 10, 0, 100) == [50, 10, 90]


def test_spread_moves_those_that_crowd_by_as_little_as_can_be():
    assert spread([40, 41, 50], 10, 0, 100) == pytest.approx([131 / 3 - 10, 131 / 3, 131 / 3 + 10])
