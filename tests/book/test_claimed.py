"""Comparisons, places, directions and causes typed by hand: what holds them, and that nothing else does."""

from __future__ import annotations

import pytest

from analysis import chapter
from analysis.book.claimed import Known, claims
from analysis.cli.lint import lint_chapters
from analysis.report import Report
from analysis.show.comparing import COMPUTING
from tests.conftest import copy_project

EMPTY = Known(COMPUTING)
TYPED = {
    "Уровень занятости самый высокий в Сибири.": ["самый высокий"],
    "Прием вырос впервые за десять лет.": ["вырос", "впервые"],
    "Регион занимает первое место в России.": ["первое место"],
    "Отъезд велик, и его причина – закрытие шахт.": ["причина"],
    "Рынок труда держится на угле.": ["держится на"],
    "Из-за пандемии колледжи закрылись.": ["Из-за"],
    "Здесь платят больше всего.": ["больше всего"],
    "Безработица здесь ниже, чем у соседей.": ["ниже"],
    "Зарплата растет.": ["растет"],
    "Она `самая высокая`.": ["самая высокая"],
    "Зарплата `{python} pct(wage)` – и она выше прежней.": ["выше"],
    'Доля `{python} f"самая низкая: {pct(wage)}"` здесь.': ["самая низкая"],
    "Выросла `{python} pct(wage)` Снизилась доля.": ["Выросла", "Снизилась"],
    # The source of another sentence, and one that names no page, hold no comparison.
    "Так сказано [@report2021, с. 5]. Зарплата выше.": ["выше"],
    "Зарплата выше [@report2021].": ["выше"],
    # What computes a place tells no cause, what computes a direction no place.
    "Причина – `{python} place(highest(wage)).name`.": ["Причина"],
    "Самая низкая доля `{python} report.rose(wage, before)`.": ["Самая низкая"],
    "- Зарплата выше\n- Прием `{python} choose(a, b, 'больше', 'меньше')`": ["выше"],
}
HELD = [
    "Доля самая высокая `{python} place(highest(wage)).inside`.",
    "Больше всего мест отдано `{python} joined(top(quota, 3))`.",
    "Зарплата `{python} report.rose(wage, before)` и снизилась бы иначе.",
    "Это самая низкая доля [@report2021, с. 17].",
    "Ряд прерван из-за переписи [@regions2022].",
    "Высшее образование, первая глава, более того.",
    "Центр опережающей подготовки растит кадры.",
    "Слово [здесь]{.ниже} помечено, `lower` – код.",
]


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_claim_is_found(text):
    assert [word for _, word in claims(text, EMPTY)] == TYPED[text]


@pytest.mark.parametrize("text", HELD)
def test_a_held_word_is_no_finding(text):
    assert list(claims(text, EMPTY)) == []


def test_listed_words_hold_what_stands_within_them_and_no_more():
    known = Known(COMPUTING, ("люди с СПО здесь впереди",))
    assert list(claims("Так что люди с СПО\u00a0здесь впереди.", known)) == []
    assert [word for _, word in claims("А люди с СПО здесь впереди, и их больше.", known)] == ["больше"]


def test_every_word_that_computes_is_one_of_notebooks():
    words = set().union(*COMPUTING.values()) - {"pick"}  # `pick` is given to a loop over highest and lowest
    assert {word for word in words if word not in chapter.__all__ and not hasattr(Report, word)} == set()


def test_the_places_of_typed_claims_are_named(tmp_path, monkeypatch):
    root = copy_project(tmp_path)
    monkeypatch.setenv("REPORT_ROOT", str(root))
    fragment = root / "data/editions/kemerovo-2021/prose/30-conclusion/conclusion-mining.md"
    fragment.write_text(f"{fragment.read_text(encoding='utf-8').rstrip()}\n\nЭто первое место в России.\n")
    page = root / "chapters/30-conclusion.ipynb"
    said = "Прием вырос впервые.\\n\\n# Заключение {#"
    page.write_text(page.read_text(encoding="utf-8").replace("# Заключение {#", said, 1), encoding="utf-8")
    found = [it for it in lint_chapters(["kemerovo-2021"]) if it.rule == "claimed"]
    assert [(it.file, it.cell, it.row, it.value) for it in found] == [
        ("chapters/30-conclusion.ipynb", 6, 1, "вырос"),
        ("chapters/30-conclusion.ipynb", 6, 1, "впервые"),
        ("data/editions/kemerovo-2021/prose/30-conclusion/conclusion-mining.md", 0, 3, "первое место"),
    ]
