"""A number that stands beside the name of another territory, year or indicator stops the build; a right one never."""

from __future__ import annotations

import pytest

from analysis.book.lint.beside import Names, misnamed

WAGE, EMPLOYED, RATE = "Среднемесячная заработная плата", "Численность занятых", "Уровень занятости"
IDLE, TENSE, INTAKE = "Уровень безработицы", "Напряженность на рынке труда", "Прием на программы СПО"


def row(name: str, place: str = "Кузбасс", year: int = 2020) -> dict:
    return {"name": name, "place": place, "year": year}


ROWS = {
    "wage": row(WAGE),
    "wage-russia": row(WAGE, "Россия"),
    "employed": row(EMPLOYED),
    "employed-before": row(EMPLOYED, year=2019),
    "rate": row(RATE),
    "idle": row(IDLE),
    "idle-tomsk": row(IDLE, "Томская область"),
    "idle-far": row(IDLE, "Якутия"),
    "idle-sum": row(IDLE, "Россия (сумма субъектов)"),
    "tense": row(TENSE),
    "intake": row(INTAKE),
}
PLACES = {
    **dict.fromkeys(("Россия", "России", "Россию"), "Россия"),
    **dict.fromkeys(("Кузбасс", "Кузбассе", "Кузбасса"), "Кузбасс"),
    **dict.fromkeys(("Томская область", "Томской области"), "Томская область"),
    "СФО": "СФО",
    "Республике Саха (Якутия)": "Якутия",
}
NAMES = Names(PLACES, "Кузбасс", frozenset((2019,)))
# A sentence, the rows of its number, and what its fault names; empty where it is right.
SENTENCES = [
    ("Зарплата в России {}", "wage", "«Кузбасс»"),
    ("В\u00a0Кузбассе зарплата {}", "wage-russia", "«Россия»"),
    ("В регионе зарплата {}", "wage-russia", "«Россия»"),
    ("Безработица в Томской\u00a0области составила {}", "idle", "«Кузбасс»"),
    ("В СФО безработица достигла {}", "idle", "«Кузбасс»"),
    ("Безработных в Кузбассе {}", "idle-tomsk", "«Томская область»"),
    ("В прошлом году работали {}", "employed", "за 2020"),
    ("В 2018 году работали {}", "employed-before", "за 2019"),
    ("За 2020 год работали {}", "employed-before", "за 2019"),
    ("Прием снизился на {}", "employed employed-before", f"«{EMPLOYED}»"),
    ("Выпуск составил {}", "intake", f"«{INTAKE}»"),
    ("Безработица составила {}", "rate", f"«{RATE}»"),
    ("Занятость выросла на {}", "idle", f"«{IDLE}»"),
    ("Зарплата выросла на {}", "tense", f"«{TENSE}»"),
    ("Напряженность составила {}", "idle", f"«{IDLE}»"),
    # No clause, no name of the list: what nobody can be sure of is let alone.
    ("Россия отстает: {} там зарплата", "wage", ""),
    ("Зарплата по России – {}", "wage", ""),
    ("{} составила российская зарплата", "wage", ""),
    ("В 2021 году, как и прежде, работали {}", "employed", ""),
    ("Столько стоит год работы: {}", "tense", ""),
    # What is right.
    ("Зарплата в России, как и в мире, растет, а здесь {}", "wage", ""),
    ("Зарплата в Кузбассе и в России – {}", "wage", ""),
    ("Зарплата ниже, чем в России: {}", "wage", ""),
    ("Зарплата в России и регионе {}", "wage", ""),
    ("По регионам России {}", "idle-sum", ""),
    ("Безработица 5 в Томской области и {} в Республике Саха (Якутия)", "idle-far", ""),
    ("В 2020 году работали {}", "employed", ""),
    ("С 2018 года стало {}", "employed-before", ""),
    ("По сборнику [@regions2022, с. 2018] работали {}", "employed", ""),
    ("На одного безработного в Кузбассе {} вакансии", "tense", ""),
    ("Прием и занятость: {}", "employed", ""),
]


def faults(sentence: str, rows: str) -> list[str]:
    kind = "datum" if " " not in rows else "value"
    value = {"expression": "x", "result": {"status": "ok", "data": {"text/markdown": '[5,1 %]{q="kaaaaaa"}'}}}
    source = f"Слово.\n\n{sentence.format('`{python} x`')} за все время."
    cell = {"cell_type": "markdown", "source": source, "metadata": {"user_expressions": [value]}}
    card = {"kind": kind, "from": rows.split(), "formula": "a"}
    found = list(misnamed({"chapters/a.ipynb": [cell]}, {"kaaaaaa": card}, ROWS, NAMES))
    assert all((one.cell, one.line, one.text) == (1, 3, "5,1 %") for one in found)
    return [one.problem for one in found]


@pytest.mark.parametrize(("sentence", "rows", "named"), SENTENCES)
def test_number_is_held_against_the_names_beside_it(sentence, rows, named):
    told = faults(sentence, rows)
    assert bool(told) == bool(named) and named in "; ".join(told)
