"""Tables, lists and figures as a notebook cell hands them over: for the desk and for the renderers."""

import re
import shutil

import pytest

from analysis.base import paths
from analysis.base.errors import DataError
from analysis.base.gaps import MIME
from analysis.quantities import Quantity
from analysis.report import open_report
from analysis.show.exhibits import caption_of
from analysis.show.lists import Listing
from analysis.show.tables import TABLES
from analysis.show.tables.layout import GAP, Cell, Grid, band, heading, number
from tests.show.figure_data import FEW, LOST


@pytest.fixture(scope="module")
def report():
    return open_report("kemerovo-2021")


# Of these the edition has no data: they are left out whole.
UNKNOWN = ("training-demand",)
SHOWN = [name for name in TABLES if name not in UNKNOWN]


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_table_without_data_tells_what_is_missing(name, report):
    told = report.table(name)._repr_mimebundle_()
    assert told[MIME]["label"] == f"tbl-{name}" and told[MIME]["gaps"] and "text/html" not in told


@pytest.mark.parametrize("name", SHOWN)
def test_every_table_is_a_labelled_div_with_caption(name, report):
    bundle = report.table(name)._repr_mimebundle_()[0]
    exhibit = re.sub(r"\A::: \{\.exhibit-title\}\n[^\n]+\n:::\n\n", "", bundle["text/markdown"])
    assert exhibit.startswith(f"::: {{#tbl-{name}}}\n\n```{{=html}}\n<table>")
    assert "<thead>" in bundle["text/html"] and "<figcaption>" in bundle["text/html"]


@pytest.mark.parametrize("name", SHOWN)
def test_every_row_fills_the_table(name, report):
    grid = TABLES[name](report)
    widths = set()
    for row in grid.body:
        widths.add(sum(cell.columns if isinstance(cell, Cell) else 1 for cell in row))
    assert len(widths) == 1 and (not grid.widths or widths == {len(grid.widths)})


def test_figure_at_the_desk_is_inside_the_cell_and_writes_nothing(report, monkeypatch, tmp_path):
    monkeypatch.delenv("REPORT_FIGURES", raising=False)
    monkeypatch.chdir(tmp_path)
    bundle = report.figure("quotas")._repr_mimebundle_()[0]
    assert 'src="data:image/svg+xml;base64,' in bundle["text/html"] and not list(tmp_path.iterdir())


def test_figure_in_a_build_is_written_as_picture_and_data(report, monkeypatch, tmp_path):
    monkeypatch.setenv("REPORT_FIGURES", str(tmp_path))
    markdown = report.figure("quotas")._repr_mimebundle_()[0]["text/markdown"]
    assert {path.name for path in tmp_path.iterdir()} == {"quotas.svg", "quotas.png", "quotas.csv"}
    assert re.search(r'!\[\]\(\.\./figures/quotas\)\{fig-alt="[^"]+"\}', markdown)


def test_figure_without_data_tells_what_is_missing(report):
    bundle = report.figure("graduates-map-15")._repr_mimebundle_()
    told = bundle[MIME]
    assert told["label"] == "fig-graduates-map-15" and "15.00.00" in told["gaps"][0]["what"]
    assert "text/html" not in bundle


@pytest.mark.parametrize("name", [*FEW, *LOST])
def test_a_figure_that_says_less_than_a_sentence_is_not_drawn_and_is_no_gap(name, report, monkeypatch, tmp_path):
    monkeypatch.setenv("REPORT_FIGURES", str(tmp_path))
    told = report.figure(name)._repr_mimebundle_()[MIME]
    assert told == {"label": f"fig-{name}", "gaps": []} and not list(tmp_path.iterdir())


def test_the_same_figure_is_drawn_where_more_is_known(tmp_path, monkeypatch):
    """Three years of the region make a sentence, those of its neighbours beside them a picture."""
    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    file = tmp_path / "data/editions/kemerovo-2021/figure_values.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    mine = [row for row in rows if row.startswith("informal_share_printed,kemerovo,")]
    file.write_text("\n".join([*rows, *(row.replace("kemerovo", "tomsk", 1) for row in mine)]) + "\n", "utf-8")
    assert len(mine) == 3 and open_report("kemerovo-2021").figure("informal").label == "fig-informal"


def test_cell_text_cannot_become_markup():
    markup = Grid([["a"]], [[Cell("<script>alert(1)</script> & so on")]]).html()
    assert "<script>" not in markup and "&lt;script&gt;" in markup and "&amp;" in markup


def test_merged_and_heading_cells_are_said_to_the_reader():
    markup = Grid(
        [[Cell("Год", columns=2)]], [[heading("Север"), number(Quantity(1.5, "percent", 1))], band("Итого", 2)]
    ).html()
    assert '<th scope="col" colspan="2">Год</th>' in markup and '<th scope="row">Север</th>' in markup
    assert '<td class="num">1,5</td>' in markup and '<th scope="row" colspan="2">Итого</th>' in markup


def test_missing_number_is_shown_as_a_gap():
    assert number(Quantity(None, "percent", 1)).text == GAP


def test_numbered_points_are_sentences_and_bullets_parts_of_one():
    assert Listing(("Раз", "Два."), ordered=True).markdown == "1. Раз.\n1. Два."
    assert Listing(("раз", "два;"), ordered=False).markdown == "- раз;\n- два."


def test_caption_is_filled_from_the_edition(report):
    assert "Кемеровской области – Кузбасса" in caption_of(report, "fig-network-map", {"first": 2018, "last": 2020}).text


def test_caption_that_asks_for_too_much_is_named(report):
    with pytest.raises(DataError, match=r"tbl-employed.*compared"):
        caption_of(report, "tbl-employed")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda report: report.table("employd"), "«employed»"),
        (lambda report: report.figure("economi"), "«economy»"),
        (lambda report: report.bullets("copp42_employer"), "«copp42_employers»"),
        (lambda report: report.name("kripro"), "«krirpo»"),
        (lambda report: report.label("groups", "23.00.0"), "«23.00.00»"),
        (lambda report: report.aims("tasks"), "«task»"),
    ],
)
def test_unknown_names_get_the_nearest(report, call, said):
    with pytest.raises(DataError, match=said):
        call(report)


def test_printed_rate_that_does_not_follow_is_told(report):
    note = report.table("employed").caption.note
    assert "98,8 вместо 98,2" in note and "Томская" not in note
