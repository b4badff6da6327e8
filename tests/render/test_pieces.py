"""The small rules of the built-in renderer, each by itself."""

from __future__ import annotations

import pytest

from analysis.book.render.builtin import printed, syntax, typography
from analysis.book.render.builtin.notebook import fenced
from analysis.book.render.cards import cited
from analysis.book.render.cells.options import cell_options
from analysis.book.render.common import tables
from analysis.book.render.common.dates import book_time, date_in_words
from analysis.book.render.common.nodes import find, plain_text, rewrite, words
from analysis.book.render.common.pandoc import read, write

SPANS = (
    "<table><thead><tr><th rowspan='2'>a</th><th colspan='2'>b</th></tr><tr><th>c</th><th>d</th></tr></thead>"
    "<tbody><tr><td>1</td><td>2</td><td class='num'>3</td></tr></tbody></table>"
)


def table(code: str) -> dict:
    return next(find(tables.parsed({"t": "RawBlock", "c": ["html", code]}, "глава"), "Table"))


def widths(native: dict) -> list[float]:
    return [column[1]["c"] for column in native["c"][2]]


def test_cells_know_the_column_they_start_in():
    placed = [(column, plain_text(cell[4])) for column, cell in tables.grid(table(SPANS))]
    assert placed == [(0, "a"), (1, "b"), (1, "c"), (2, "d"), (0, "1"), (1, "2"), (2, "3")]


def test_columns_share_the_line_by_what_they_say():
    code = f"<table><tr><td>{'слово ' * 60}</td><td>да</td><td>{'слово ' * 20}</td></tr></table>"
    first, second, third = widths(tables.fitted(table(code), 88))
    assert first > third > second
    assert first + second + third == pytest.approx(1, abs=0.001)


def test_a_given_width_yields_to_a_word_that_does_not_fit():
    code = (
        "<table><colgroup><col style='width: 5%'><col style='width:"
        " 95%'></colgroup><tr><td>напечатано</td><td>x</td></tr></table>"
    )
    assert widths(tables.fitted(table(code), 88))[0] > 0.1


def test_a_given_width_is_kept_where_words_fit():
    code = (
        "<table><colgroup><col style='width: 30%'><col style='width:"
        " 70%'></colgroup><tr><td>а</td><td>б</td></tr></table>"
    )
    assert widths(tables.fitted(table(code), 88)) == pytest.approx([0.3, 0.7])


def test_a_number_at_the_start_of_a_cell_begins_no_list_in_print():
    native = rewrite(
        [table("<table><tr><td>1. Опрос<br>2. Отчёт</td><td>- вычет</td></tr></table>")], {"Str": printed.exact}
    )
    code = write(native, "typst")
    assert '[#"1."; Опрос' in code and '#"2."; Отчёт' in code and '[#"-"; вычет' in code


def test_total_rows_are_bold_on_paper():
    code = "<table><tr><td>часть</td></tr><tr class='total'><td>итого</td></tr></table>"
    assert [plain_text(bold) for bold in find(tables.emphasised(table(code)), "Strong")] == ["итого"]


def test_lines_do_not_end_before_a_dash_or_a_citation():
    blocks = typography.bound(read("Кузбасс – регион [@a] и – край")["blocks"])
    assert "Кузбасс\u00a0– регион\u00a0[@a] и\u00a0– край" in "".join(
        part["c"] if part["t"] == "Str" else plain_text([part]) for part in blocks[0]["c"]
    )


def test_rewriting_leaves_the_given_tree_alone():
    tree = [{"t": "Para", "c": words("одно слово")}]
    before = str(tree)
    changed = rewrite(tree, {"Para": lambda node: [], "Str": lambda node: {"t": "Str", "c": "x"}})
    assert changed == [] and str(tree) == before


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2021-12-01", "1\u00a0декабря 2021\u00a0года"),
        ("2021", "2021"),
        ("декабрь 2021 г.", "декабрь 2021 г."),
        ("", ""),
    ],
)
def test_date_in_words(date, shown):
    assert date_in_words(date) == shown


def test_the_date_of_the_book_stamps_its_files(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert book_time("1970-01-02") == 86_400
    assert book_time("2021") == book_time("2021-01-01")
    assert book_time("") == book_time("когда-нибудь") > 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")
    assert book_time("2021") == 5


def test_options_are_cut_from_the_code():
    options, code = cell_options("#| echo: true\n#| label: fig-x\n#| fig-cap: Подпись\nplot()\n# конец", "глава")
    assert (options.echo, options.label, options.fig_cap, code) == (True, "fig-x", "Подпись", "plot()\n# конец")


def test_a_fence_is_longer_than_any_inside():
    assert fenced("```\nx\n```", "").startswith("````\n")


def test_a_card_names_a_source_as_the_list_of_sources_does(tmp_path):
    file = tmp_path / "sources.bib"
    file.write_text(
        "@online{a, title={Занятость в Кузбассе: доля <5 и >3 \\% {СПО} \\& ДПО}, publisher={Росстат},"
        " urldate={2022-03-01}}\n@book{b, title={Natural Earth. States, Provinces}, langid={english}}\n",
        encoding="utf-8",
    )
    assert cited((str(file),)) == {
        "a": ("Росстат. Занятость в Кузбассе: доля <5 и >3 % СПО & ДПО", "", "01.03.2022"),
        "b": ("Natural Earth. States, Provinces", "", ""),
    }


def test_boxes_to_tick_reach_word():
    blocks = syntax.normalise(read("- [ ] дело\n- [x] сделано\n- просто")["blocks"], "глава")
    assert [plain_text(item) for item in blocks[0]["c"]] == ["☐\u00a0дело", "☒\u00a0сделано", "просто"]
