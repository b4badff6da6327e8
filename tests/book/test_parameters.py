"""Parameters are refused with the nearest right name or the expected type."""

from __future__ import annotations

import pytest

from analysis.base.errors import ParameterError
from analysis.book.parameters import assign, declared

CELL = (
    'edition = "x"  # издание = папка\nsince: int = 2000\nsteady: float = 1.0\nlong: bool = False\nyears: list[int] ='
    " [1]\nlast: int | None = None"
)


@pytest.fixture
def declarations(make_chapter):
    return {
        "one": declared(make_chapter(parameters=CELL), "one"),
        "two": declared(make_chapter(parameters='edition = "x"'), "two"),
    }


def test_values_take_the_declared_type_and_go_to_who_declares_them(declarations):
    given = ["since=2010", "steady=0.5", "long=true", "years=1, 2", "last=3"]
    assert assign(declarations, given, edition="y") == {
        "one": {"edition": "y", "since": 2010, "steady": 0.5, "long": True, "years": [1, 2], "last": 3},
        "two": {"edition": "y"},
    }


def test_what_is_not_given_keeps_its_default(declarations):
    assert assign(declarations, [], edition="y")["one"] == {"edition": "y"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("sinse=2010", "имелось в виду «since»"),
        ("since=давно", "целое число"),
        ("since=2010.5", "целое число"),
        ("steady=1,5", "число с точкой"),
        ("years=1,b", "каждое – целое число"),
        ("since", "ИМЯ=ЗНАЧЕНИЕ"),
        ("=5", "ИМЯ=ЗНАЧЕНИЕ"),
        ("edition=z", "не через --param"),
    ],
)
def test_bad_parameter_is_refused(declarations, given, said):
    with pytest.raises(ParameterError, match=said) as error:
        assign(declarations, [given], edition="y")
    assert error.value.exit_status == 2


def test_parameter_given_twice_is_refused(declarations):
    with pytest.raises(ParameterError, match="дважды"):
        assign(declarations, ["since=1", "since=2"], edition="y")


@pytest.mark.parametrize("cell", ['edition = "x"\nsource: str = None', 'edition = "x"\nsource: str'])
def test_missing_parameter_is_named_with_its_type(make_chapter, cell):
    needy = {"one": declared(make_chapter(parameters=cell), "one")}
    with pytest.raises(ParameterError, match=r"не задан параметр «source» \(строка\)"):
        assign(needy, [], edition="y")
    assert assign(needy, ["source=z"], edition="y") == {"one": {"edition": "y", "source": "z"}}


def test_chapter_that_cannot_be_told_its_edition_is_refused(make_chapter):
    with pytest.raises(ParameterError, match="one: не объявлен параметр «edition»"):
        assign({"one": declared(make_chapter(parameters="since: int = 1"), "one")}, [], edition="y")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, "нет ячейки с тегом «parameters»"),
        ("a: int = 1\nimport os", "строка 2: нужна запись"),
        ("a = today()", "непонятный тип или значение"),
        ("a: date = 3", "непонятный тип или значение"),
        ("a = None", "нет типа"),
        ("a: int =", "это не Python"),
    ],
)
def test_cell_that_does_not_declare_is_refused(make_chapter, cell, said):
    with pytest.raises(ParameterError, match=said):
        declared(make_chapter(parameters=cell), "one.ipynb")
