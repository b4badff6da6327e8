"""Titles of exhibits where something is left out, and figures that a sentence says as much as."""

from nbformat.v4 import new_code_cell, new_output

from analysis.base.gaps import MIME
from tests.gapped import FILE, lost, prose, settled, shown, text


def titled(words):
    return prose(f"::: {{.exhibit-title}}\n{words}\n:::")


def few(label):
    """Return the cell of a figure that a sentence says as much as: nothing is missing."""
    data = {MIME: {"label": label, "gaps": []}, "text/plain": ""}
    return new_code_cell("report.figure()", outputs=[new_output("display_data", data)])


def test_what_refers_in_brackets_to_a_figure_of_few_values_stays_without_them():
    done = settled("Доля выросла до `{python} n` (рисунок [-@fig-few]).", few("fig-few"), "Дальше.")
    assert "Доля выросла до `{python} n`.\n\nДальше." in text(done) and "fig-few" not in text(done)
    assert done.left == ()
    both = settled("Доля (рисунки [-@fig-few] и [-@fig-b]).", few("fig-few"), shown("fig-b"))
    assert "Доля (рисунок [-@fig-b])." in text(both)


def test_a_title_of_the_author_goes_with_its_exhibit_and_alone_stays_with_another():
    assert "заголовок" not in text(settled("Слова.", titled("Свой заголовок"), lost("tbl-a")))
    assert "Свой заголовок" in text(settled("Слова.", titled("Свой заголовок"), shown("tbl-a")))
    gone = settled("Слова.", titled("Доля – `{python} gap`"), shown("tbl-a"))
    assert "exhibit-title" not in text(gone) and gone.left[0].kind == "абзац"


def test_an_exhibit_under_a_title_is_known_by_its_label():
    cell = shown("tbl-a", note="Итог: [-@tbl-b].")
    data = cell.outputs[0].data
    data["text/markdown"] = f"::: {{.exhibit-title}}\nИтог вырос\n:::\n\n{data['text/markdown']}"
    done = settled("Слова.", cell, lost("tbl-b"))
    (kept,) = [one.outputs[0].data["text/markdown"] for one in done.executed[FILE].cells if one.get("outputs")]
    assert kept.startswith("::: {.exhibit-title}\nИтог вырос\n:::\n\n::: {#tbl-a}") and "tbl-b" not in kept
    named = settled("Таблица [-@tbl-a].", cell)
    assert "tbl-a" in text(named)
