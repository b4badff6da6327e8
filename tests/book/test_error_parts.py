"""An error carries its place, its problem and its remedy, so that nobody takes its sentence apart."""

from __future__ import annotations

import pytest

from analysis.base.carried import CLOSE, MID, OPEN
from analysis.base.errors import RenderError, UsageError


@pytest.mark.parametrize(
    ("place", "line", "remedy", "sentence"),
    [
        ("глава.ipynb", 3, "Уберите.", "глава.ipynb, строка 3: лишнее слово. Уберите."),
        ("глава.ipynb", 0, "Уберите.", "глава.ipynb: лишнее слово. Уберите."),
        ("глава.ipynb", 0, "", "глава.ipynb: лишнее слово."),
        ("", 0, "Уберите.", "лишнее слово. Уберите."),
    ],
)
def test_a_sentence_is_made_of_its_parts(place, line, remedy, sentence):
    error = RenderError.at(place, "лишнее слово", remedy, line=line, about="слово")
    assert (str(error), type(error)) == (sentence, RenderError)
    assert (error.place, error.problem, error.remedy) == (place, "лишнее слово", remedy)
    assert (error.line, error.about) == (line, "слово")


def test_a_sentence_given_whole_is_the_problem():
    error = UsageError("Нет файла. Создайте его.")
    assert (error.place, error.problem, error.remedy, error.line, error.about) == (
        "",
        "Нет файла. Создайте его",
        "",
        0,
        "",
    )


def test_no_part_carries_marks():
    word = f"{OPEN}1{MID}слово{CLOSE}"
    error = RenderError.at(word, word, word, about=word)
    assert {error.place, error.problem, error.remedy, error.about} == {"слово"}
