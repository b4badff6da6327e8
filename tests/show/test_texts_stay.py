"""Text of the data stays text in figures, workbooks and files beside the pages."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from openpyxl import load_workbook

from analysis.book.provenance.exhibits import ExhibitRecord
from analysis.book.provenance.facts import Facts
from analysis.book.provenance.prose import origin
from analysis.book.provenance.workbook import write
from analysis.quantities import Text
from analysis.show import files, theme
from analysis.show.captions import Caption
from analysis.show.tables.data import cells, data
from analysis.show.tables.layout import Cell, Grid, heading

SIGNS = [
    "$x^2$",
    "a_b^c",
    "*a*",
    "[в ред.]",
    "<b>",
    "</script>",
    "&amp;",
    "\\alpha",
    "\u00a0",
    "😀",
    "\u200f",
    "\u202e",
    "«»",
    '"',
    "'",
    "_x0041_",
    "{year}",
    "{{< x >}}",
    "`#(1)`{=typst}",
    ",",
    ";",
    "\n",
]
TEXTS = (
    st.lists(st.sampled_from(SIGNS) | st.text("абв xyz019", min_size=1, max_size=5), min_size=1, max_size=5)
    .map("".join)
    .filter(str.strip)
)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_a_name_in_a_figure_is_no_formula(text):
    with theme.applied():
        figure = Figure()
        axes = figure.subplots()
        title = axes.set_title(text)
        axes.set_yticks([0], [text])
        written = [
            figure.text(0, 0, text),
            axes.annotate(text, (0, 0)),
            title,
            *axes.get_yticklabels(),
            *figure.legend(handles=axes.plot([0], [0], label=text)).get_texts(),
        ]
    assert [(one.get_text(), one.get_parse_math()) for one in written] == [(text, False)] * len(written)


def test_a_figure_draws_the_signs_of_a_formula():
    def drawn(text: str) -> bytes:
        out = io.BytesIO()
        with theme.applied():
            figure = Figure()
            figure.text(0, 0, text)
            figure.savefig(out, format="svg", metadata={"Date": None})
        return out.getvalue()

    assert drawn("цена $a$ к $b$").count(b"<use") == len("цена $a$ к $b$")
    drawn("цена $\\frac{$ и ^_")  # which no reader of formulas could read


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_texts_of_an_exhibit_are_themselves_in_its_files(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("files")
    name, cell, caption = ("а" + text for text in texts)  # what a spreadsheet would compute has tests of its own
    grid = Grid([["Имя", "Слова"]], [[heading(name), Cell(cell)]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "publications", dict)
        files.write(folder, "tbl-x", Caption(Text(caption)), data(grid), [], cells(grid))
    rows = list(csv.reader(io.StringIO((folder / "tbl-x.csv").read_text(encoding="utf-8"), newline="")))
    told = json.loads((folder / "tbl-x.json").read_text(encoding="utf-8"))
    assert rows == [["Имя", "Слова"], [name, cell]] and told["caption"] == caption
    shown = ExhibitRecord("tbl-x", "chapters/one.ipynb", 1, told)
    write(folder / "x.xlsx", shown, (folder / "tbl-x.csv").read_text(encoding="utf-8"), Facts(), {})
    book = load_workbook(folder / "x.xlsx")
    read = [
        book["Таблица"]["A2"].value,
        book["Таблица"]["B2"].value,
        book["Данные"]["A2"].value,
        book["Данные"]["B2"].value,
        book["Источник"]["B1"].value,
    ]
    assert [one.replace("_x005F_", "_") for one in read] == [
        name,
        cell,
        name,
        cell,
        caption,
    ] and book.properties.title == caption


def test_titles_of_sources_cannot_leave_their_place_on_a_page():
    told = {"tables": [], "sources": {"a": {"title": '<script>alert(1)</script> ```\n{{< x >}} [a](../b) data-q="x"'}}}
    markup = origin(ExhibitRecord("tbl-x", "chapters/one.ipynb", 1, told), Facts(), {"steady": "<b>"})
    assert "<script" not in markup and "<b>" not in markup and not set("`{}[]") & set(markup.split("Источники")[1])
