"""Figures: they show what the tables hold, say what is missing, cut and overlap nothing, and come out the same twice."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from analysis import paths
from analysis.catalogue import load
from analysis.errors import DataError
from analysis.report import Report, open_report
from analysis.show import figures, theme
from analysis.show.figures import lines, words
from analysis.show.figures.labels import spread

EDITION = "kemerovo-2021"
LOST = ["azot-model"]
EMPTY = ["graduates-map-15", "graduates-map-23"]
DRAWN = [name for name in figures.ids() if name not in EMPTY] + LOST
WIDTHS = (165, 130)
KEYS = ["indicator", "territory", "category", "year"]


@pytest.fixture(scope="module")
def report() -> Report:
    return open_report(EDITION)


@pytest.fixture(scope="module")
def drawn(report):
    """Return a figure of the edition, drawn once for all tests."""
    kept: dict = {}

    def get(name: str, width: float = WIDTHS[0]) -> figures.Drawing:
        if (name, width) not in kept:
            kept[name, width] = figures.draw(report, name, width)
        return kept[name, width]

    return get


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the project's data that a test may spoil."""
    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is not in {file.name} once"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def row_of(file: Path, start: str) -> str:
    """Return the one line of a table that begins so."""
    found = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(start)]
    assert len(found) == 1
    return found[0]


# -- what is drawn ------------------------------------------------------------------------


def test_every_figure_of_the_edition_is_drawn_and_no_other():
    exhibits = load("exhibits", EDITION)
    wanted = exhibits.loc[exhibits["kind"] == "fig", "id"].str.removeprefix("fig-")
    assert sorted(wanted) == sorted([*figures.ids(), *LOST])


@pytest.mark.parametrize("name", DRAWN)
def test_data_are_the_rows_of_the_tables(name, report, drawn):
    data = drawn(name).data
    assert {"value", "status", "source"} <= set(data.columns)
    assert data.loc[data["status"] != "M", "source"].ne("").all()
    assert (data["value"].isna() == (data["status"] == "M")).all()
    if name in LOST:
        return
    computed = data["category"] == "REST"
    held = data[~computed & data["value"].notna()]
    tables = pd.concat([report.frame(indicator) for indicator in held["indicator"].unique()])
    both = held.merge(tables, on=KEYS, how="left", suffixes=("", "_table"))
    assert len(both) == len(held) > 0
    np.testing.assert_array_equal(both["value"], both["value_table"])
    assert (both["source"] == both["source_table"]).all()


def test_remainder_completes_the_known_shares_to_a_hundred(drawn):
    for name, region in (("quotas", "kemerovo"), ("employment-structure", "kemerovo")):
        data = drawn(name).data
        dated = data[(data["territory"] == region) & data["year"].notna()]
        assert dated["value"].sum() == pytest.approx(100)
        assert "Вычислено" in dated.loc[dated["category"] == "REST", "note"].item()


def test_gap_is_the_region_less_its_neighbour(report, drawn):
    data = drawn("employment-gap").data
    own = report.frame("employment_rate", territories=["kemerovo"]).set_index("year")["value"]
    np.testing.assert_allclose(data["shown"], data["year"].map(own).astype(float) - data["value"], atol=1e-6)
    wages = drawn("wage-gap").data
    assert wages.query("territory == 'krasnoyarsk' and year == 2020")["shown"].item() == pytest.approx(
        report.value("wage_nominal", "kemerovo", 2020).value / report.value("wage_nominal", "krasnoyarsk", 2020).value * 100, abs=1e-5)


def test_unknown_figure_is_answered_with_the_nearest(report):
    with pytest.raises(DataError, match="employment-rate"):
        figures.draw(report, "employment-rates")


# -- what is missing ----------------------------------------------------------------------


def line_of(drawing: figures.Drawing, territory: str, axes: int = 0):
    return next(line for line in drawing.fig.axes[axes].lines if line.get_label() == territory)


def test_line_is_broken_where_the_series_breaks(drawn):
    for name in ("employment-rate", "unemployment-rate", "employment-gap"):
        line = line_of(drawn(name), "tomsk")
        between = (line.get_xdata() > 2016) & (line.get_xdata() < 2017)
        assert between.any() and np.isnan(line.get_ydata()[between]).all(), name
        assert "2017" in drawn(name).note
    assert not np.isnan(line_of(drawn("wage-gap"), "tomsk").get_ydata()).any()


def test_missing_year_is_a_gap_a_cross_and_a_note(project):
    file = project / "data" / "statistics" / "employment_rate.csv"
    row = row_of(file, "employment_rate,tomsk,,2005,")
    cells = row.split(",", 6)
    edit(file, row, ",".join([*cells[:4], "", "M", *cells[6:]]))
    drawing = figures.draw(open_report(EDITION), "employment-rate")
    line = line_of(drawing, "tomsk")
    assert np.isnan(line.get_ydata()[line.get_xdata() == 2005]).all()
    crosses = [mark for mark in drawing.fig.axes[0].lines if mark.get_marker() == "x" and list(mark.get_xdata()) == [2005]]
    assert len(crosses) == 1
    assert "Томская область – 2005\u00a0г." in drawing.note


def test_absent_row_is_a_gap_too(project):
    file = project / "data" / "statistics" / "employment_rate.csv"
    row = row_of(file, "employment_rate,tomsk,,2005,")
    edit(file, row + "\n", "")
    line = line_of(figures.draw(open_report(EDITION), "employment-rate"), "tomsk")
    assert np.isnan(line.get_ydata()[line.get_xdata() == 2005]).all()


@pytest.mark.parametrize("name", ["employment-structure", "quotas", "unemployed-spo", "wage-by-education", "informal", "azot-model"])
def test_what_is_lost_is_hatched(name, drawn):
    assert any(patch.get_hatch() for ax in drawn(name).fig.axes for patch in [*ax.patches, *ax.collections])


@pytest.mark.parametrize("name", ["economy", "students-by-territory", "labour-migration-balance", "wages-by-section"])
def test_what_is_whole_is_not_hatched(name, drawn):
    assert not any(patch.get_hatch() for ax in drawn(name).fig.axes for patch in ax.patches)


def test_missing_regions_are_rows_without_a_value(drawn):
    data = drawn("informal").data.set_index(["territory", "year"])
    assert data.loc[("kemerovo", 2020), "value"] == 14.5
    assert data.loc["tomsk", "status"].tolist() == ["M"] * 3


@pytest.mark.parametrize("name", EMPTY)
def test_empty_table_of_graduates_draws_nothing(name, report):
    assert figures.draw(report, name) is None


def test_filled_table_of_graduates_draws_its_rows_and_no_others(project):
    file = project / "data" / "editions" / EDITION / "graduates_by_college.csv"
    rows = ["Первый техникум,kemerovo-city,15.00.00,2020,120,55.35,86.10,A,report2021,лист 1,",
            "Второй колледж,novokuznetsk,15.00.00,2020,80,53.76,87.14,A,report2021,лист 1,",
            "Третий техникум,yurga,15.00.00,2020,,55.72,84.89,M,report2021,лист 1,",
            "Второй колледж,novokuznetsk,23.00.00,2019,60,53.76,87.14,A,report2021,лист 1,"]
    file.write_text("\n".join([file.read_text(encoding="utf-8").splitlines()[0], *rows]) + "\n", encoding="utf-8")
    report = open_report(EDITION)
    drawing = figures.draw(report, "graduates-map-15")
    assert drawing.data["graduates"].dropna().tolist() == [120, 80]
    written = {text.get_text() for text in drawing.fig.axes[0].texts}
    assert written == {"Первый техникум 120", "Второй колледж 80"}
    assert "2\u00a0организации" in drawing.alt and "200\u00a0выпускников" in drawing.alt
    assert "1\u00a0организация" in drawing.note
    assert figures.draw(report, "graduates-map-23") is None


# -- what is said -------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWN)
def test_alt_text_is_whole_sentences(name, drawn):
    alt = drawn(name).alt
    assert alt.endswith(".") and not alt.endswith("..") and ".. " not in alt
    assert not any(wrong in alt for wrong in ("nan", "None", '"', "  ", "np."))
    assert len(alt) > 60


def test_alt_text_names_the_extremes(report, drawn):
    for name, indicator in (("employment-rate", "employment_rate"), ("unemployment-rate", "unemployment_rate")):
        values = report.frame(indicator, territories=report.edition.territories, years=[2020]).set_index("territory")["value"]
        for word, found in (("высокое значение", values.idxmax()), ("низкое", values.idxmin())):
            said = f"самое {word} – {report.territory(found).short} ({values[found]:.1f}\u00a0%)".replace(".", ",", 1)
            assert said in drawn(name).alt
    students = report.frame("college_students", years=[2020], territories=report.parts()).set_index("territory")["value"]
    assert f"больше всего – {report.territory(students.idxmax()).short}" in drawn("students-by-territory").alt
    balance = report.frame("labour_balance", years=[2020]).set_index("territory")["value"]
    assert f"Самое низкое сальдо – {report.territory(balance.idxmin()).short}" in drawn("labour-migration-balance").alt


def test_number_forms_follow_the_number():
    assert words.counted(1, "территория", "datv") == "1\u00a0территории"
    assert words.counted(6, "территория", "datv") == "6\u00a0территориям"
    assert words.counted(2, "организация") == "2\u00a0организации"
    assert lines.years_text([2003]) == "2003\u00a0г."
    assert lines.years_text([2007, 2005, 2006, 2003]) == "2003, 2005–2007\u00a0гг."


@pytest.mark.parametrize("name", DRAWN)
def test_caption_gets_all_it_asks_for(name, report, monkeypatch):
    monkeypatch.delenv("REPORT_FIGURES", raising=False)
    markdown = report.figure(name)._repr_mimebundle_()["text/markdown"]
    assert f"{{#fig-{name}}}" in markdown and "{{" not in markdown


# -- how it looks -------------------------------------------------------------------------


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
        return [(text.get_text(), Text.get_window_extent(text, fig.canvas.get_renderer())) for text in visible_texts(fig)]


def collisions(found, slack: float = 1.0) -> list[str]:
    """Return the pairs of texts whose boxes share more than a hair."""
    return [f"{one!r} / {other!r}" for (one, a), (other, b) in itertools.combinations(found, 2)
            if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", DRAWN)
def test_words_neither_overlap_nor_are_cut(name, width, drawn):
    drawing = drawn(name, width)
    found = boxes(drawing)
    assert len(found) > 0
    assert drawing.fig.get_figwidth() == pytest.approx(width / 25.4)
    assert collisions(found) == []
    edge = drawing.fig.bbox
    assert [text for text, box in found if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > edge.x1 + 0.5 or box.y1 > edge.y1 + 0.5] == []


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


# -- another region, another width of the past --------------------------------------------


def test_figures_serve_another_region(report):
    edition = report.edition.model_copy(update={"region": "tomsk", "comparison": ("kemerovo", "novosibirsk"), "year": 2019})
    other = Report(edition, since=2010)
    rate = figures.draw(other, "employment-rate")
    assert rate.placeholders == {"first": 2010, "last": 2021}
    assert set(rate.data["territory"]) == {"russia", "siberia", "tomsk", "kemerovo", "novosibirsk"}
    assert line_of(rate, "tomsk").get_color() == theme.REGION != line_of(rate, "kemerovo").get_color()
    assert "Томская область: " in rate.alt
    assert "Томская область и соседи" in figures.draw(other, "wage-gap").alt
    assert figures.draw(other, "economy").data["territory"].unique().tolist() == ["russia-sum", "tomsk"]


# -- files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["employment-rate", "admission-quotas", "labour-migration-balance", "network-map"])
def test_files_come_out_the_same_twice(name, report, tmp_path):
    for attempt in ("one", "two"):
        figures.write(figures.draw(report, name), name, tmp_path / attempt)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == [f"{name}.csv", f"{name}.png", f"{name}.svg"]
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_table_beside_the_figure_holds_source_and_status(drawn, tmp_path):
    figures.write(drawn("employment-rate"), "rate", tmp_path)
    raw = (tmp_path / "rate.csv").read_bytes()
    assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(tmp_path / "rate.csv")
    assert len(table) == 132 and table["source"].notna().all() and set(table["status"]) == {"A"}


def test_changed_datum_changes_the_table_beside_the_figure(project, tmp_path):
    file = project / "data" / "statistics" / "employment_rate.csv"
    figures.write(figures.draw(open_report(EDITION), "employment-rate"), "rate", tmp_path / "before")
    row = row_of(file, "employment_rate,tomsk,,2005,")
    cells = row.split(",", 5)
    edit(file, row, ",".join([*cells[:4], "57.9", *cells[5:]]))
    figures.write(figures.draw(open_report(EDITION), "employment-rate"), "rate", tmp_path / "after")
    before, after = (pd.read_csv(tmp_path / when / "rate.csv") for when in ("before", "after"))
    changed = before["value"] != after["value"]
    assert after.loc[changed, ["territory", "year", "value"]].values.tolist() == [["tomsk", 2005, 57.9]]
    assert (tmp_path / "before" / "rate.svg").read_bytes() != (tmp_path / "after" / "rate.svg").read_bytes()


def test_nothing_is_left_open(drawn):
    import matplotlib.pyplot as plt

    drawn("network-map")
    assert plt.get_fignums() == []
