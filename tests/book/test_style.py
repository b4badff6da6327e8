"""Language of the prose: words, signs, moulds, long sentences; each with its place, and nothing that is right."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.book.style import in_chapters, moulds, signs, spelling
from analysis.cli.lint import style_of
from analysis.editions.edition import available

LONG = "слово и " * 17 + "слово еще раз"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Безработица вырасла, а занятось снизилась", ["вырасла", "занятось"]),
        ("Социально-экономическое развитие, ПОО, КЦПы, Кузбасс и С. Иванов", []),
        ("ОКВЭД2, 3D-печать, e-mail, г. и тыс.", []),
        ("наиболе-менее", ["наиболе-менее"]),
        ("Росстат", ["Росстат"]),
    ],
)
def test_words_that_no_dictionary_holds(text, words):
    assert [word for _, word in spelling.unknown(text)] == words


def test_a_word_of_the_project_is_right_in_any_case():
    assert not list(spelling.unknown("Росстата и росстата", {"росстата"}))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('Проект "Профессионалитет" идет', ["прямые кавычки"]),
        ("Рост - дело долгое", ["дефис, минус или длинное тире вместо тире"]),
        ("Рост — дело долгое", ["дефис, минус или длинное тире вместо тире"]),
        ("Рост...", ["три точки"]),
        ("Рост  и спад", ["два пробела подряд"]),
        ("Рост , спад", ["пробел перед знаком препинания"]),
        ("Рост,спад", ["нет пробела после знака препинания"]),
        ("Рост ( спад)", ["пробел внутри кавычек или скобок"]),
        ("в 2018-2021 годах", ["дефис между годами"]),
        ("Счёт", ["буква «ё»"]),
        ("Рост – дело долгое: «Профессионалитет» (с 2018–2021 гг.), на 3,5 % и −2 п. п.; 10:30", []),
        ("| Рост  | спад |", []),
    ],
)
def test_signs(text, problems):
    assert [problem for _, _, problem, _ in signs.mistaken(text)] == problems


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ([LONG], [moulds.TOO_LONG]),
        (["слово " * 35], []),
        (["В • году было •, в • году – •, в • году – •."], [moulds.BY_YEARS]),
        (["В • году было •, в • году – •."], []),
        (["Занято в регионе было •.", "Занято в регионе было •."], [moulds.ALIKE]),
        (["Занято в регионе было •.", "В стране занято •.", "Занято в регионе было •."], []),
        (["Так и есть.", "Так и есть."], []),
    ],
)
def test_moulds(said, problems):
    assert [problem for _, problem, _ in moulds.moulded(moulds.Sentence(0, words) for words in said)] == problems


CHAPTER = """# Глава {#sec-one}

Занято `{python} num(employed)`, и  вот «`{python} name`» ([-@tbl-one]) [@rosstat, с. 5].

- Один пункт о занятости таков.
- Один пункт о занятости иной.

Перечень: `{python} joined(f"в {year} году – {value}" for year, value in found)`.

```{python}
вырасла = "вырасла"
```

Вырасла **безработица.** Она вырасла в [Тяжинском](x.md) районе.
"""


def test_places_in_a_chapter_and_what_is_no_prose(tmp_path):
    (tmp_path / "chapters").mkdir()
    nbformat.write(new_notebook(cells=[new_markdown_cell(CHAPTER)]), tmp_path / "chapters" / "10-one.ipynb")
    found = [(one.line, one.problem, one.text) for one in in_chapters(tmp_path, ["Тяжинском"], frozenset())]
    assert sorted((line, problem) for line, problem, _ in found) == [
        (3, "два пробела подряд"),
        (8, moulds.BY_YEARS),
        (14, spelling.PROBLEM),
        (14, spelling.PROBLEM),
    ]
    assert {text for _, problem, text in found if problem == spelling.PROBLEM} == {"Вырасла", "вырасла"}


def test_nothing_is_to_be_mended_in_the_editions():
    assert [str(finding) for finding in style_of(available())] == []
