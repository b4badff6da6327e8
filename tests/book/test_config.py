"""`_quarto.yml` is read into the order and the numbers of the book."""

from __future__ import annotations

import pytest

from analysis.base.errors import UsageError
from analysis.book.config import read_config


def test_numbers_follow_the_structure(tiny, write_chapter):
    (tiny / "_quarto.yml").write_text(
        "book:\n  chapters: [index.qmd, {part: Первая часть, chapters: [chapters/one.ipynb, chapters/two.ipynb]},"
        " chapters/plan.ipynb, chapters/end.ipynb]\n  appendices: [chapters/data.ipynb,"
        " chapters/more.ipynb]\nbibliography: sources.bib\n",
        encoding="utf-8",
    )
    for stem, title in [
        ("plan", "# План для `{python} region`"),
        ("end", "# Заключение {.unnumbered}"),
        ("data", "# Данные"),
        ("more", "# Ещё"),
    ]:
        write_chapter(stem, title)
    config = read_config(tiny)
    assert [
        (entry.stem, entry.number, entry.depth, entry.part, entry.title, entry.appendix) for entry in config.entries
    ] == [
        ("index", "", 1, "", "О докладе", False),
        ("one", "1.1", 2, "1\u00a0Первая часть", "Первая", False),
        ("two", "1.2", 2, "1\u00a0Первая часть", "Вторая", False),
        ("plan", "2", 1, "", "План для …", False),
        ("end", "", 1, "", "Заключение", False),
        ("data", "А", 1, "", "Данные", True),
        ("more", "Б", 1, "", "Ещё", True),
    ]
    assert config.bibliography == ("sources.bib",)
    assert [entry.stem for entry in config.notebooks] == ["one", "two", "plan", "end", "data", "more"]


@pytest.mark.parametrize(
    ("subtitle", "lines"),
    [
        (
            "Анализ условий и план мероприятий. Кемеровская область – Кузбасс",
            ["Анализ условий и план мероприятий", "Кемеровская область – Кузбасс"],
        ),
        ("Итоги. «Кузбасс». Проект", ["Итоги", "«Кузбасс»", "Проект"]),
        ("Итоги 2021 г. Кемеровская обл. Проект", ["Итоги 2021 г. Кемеровская обл. Проект"]),
        ("Колледжи, техникумы и т. д. и т. п.", ["Колледжи, техникумы и т. д. и т. п."]),
        ("Условия... Кузбасс", ["Условия... Кузбасс"]),
        ("", [""]),
    ],
)
def test_only_sentences_of_the_subtitle_lose_the_stop_between_them(tiny, subtitle, lines):
    text = (tiny / "_quarto.yml").read_text(encoding="utf-8").replace("{subtitle}", subtitle)
    (tiny / "_quarto.yml").write_text(text, encoding="utf-8")
    assert read_config(tiny).subtitle_lines == lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang: ru\nbook: [}", "строка 2: это не YAML"),
        ("lang: ru\n", "нет раздела book"),
        ("book: {chapters: [chapters/onne.ipynb]}", "имелось в виду «one.ipynb»"),
        (None, "Нет файла _quarto.yml"),
    ],
)
def test_book_that_cannot_be_read_is_refused(tiny, text, said):
    (tiny / "_quarto.yml").unlink() if text is None else (tiny / "_quarto.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_config(tiny)


def test_chapter_that_is_no_notebook_is_refused(tiny):
    (tiny / "chapters/one.ipynb").write_text("<<<<", encoding="utf-8")
    with pytest.raises(UsageError, match=r"one\.ipynb, строка 1: это не тетрадь"):
        read_config(tiny)
