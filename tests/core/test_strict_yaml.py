"""YAML that would be taken wrongly, or that PyYAML dies of, is refused in one sentence with its line."""

from __future__ import annotations

import pytest

from analysis.base import strict_yaml
from analysis.base.errors import DataError, UsageError

DEEP = 3000
REFUSED = {
    "key given twice": ("a: 1\nb: 2\na: 3", 3, "«a» уже дано в строке 1"),
    "key given twice inside": ("a:\n  b: 1\n  c: 2\n  b: 3", 4, "«b» уже дано в строке 2"),
    "key given twice in braces": ("x: 1\ny: {a: 1, a: 2}", 2, "«a» уже дано в строке 2"),
    "key given twice, once quoted": ("'a': 1\na: 2", 2, "«a» уже дано"),
    "day that is none": ("b: 1\nas_of: 2021-31-11", 2, "«2021-31-11» – такой даты нет"),
    "time that is none": ("as_of: 2021-02-30 10:00:00", 1, "такой даты нет"),
    "number too long": ("a: " + "9" * 5000, 1, "не значение такого вида"),
    "deep lists": ("a: " + "[" * DEEP, 1, "вложенность"),
    "deep mappings": ("{a: " * DEEP, 1, "вложенность"),
    "deep by indents": ("- " * DEEP + "x", 1, "вложенность"),
    "alias": ("a: &x [1]\nb: *x", 1, "ссылки YAML"),
    "emphasis taken for an alias": ("a: 1\nb: *слово*", 2, "ссылки YAML"),
    "merge": ("<<: {a: 1}", 1, "имя поля должно быть текстом"),
    "object of Python": ("a: !!python/object/apply:os.system [x]", 1, "не поддерживается"),
    "number for a key": ("2021: x", 1, "имя поля должно быть текстом"),
    "truth for a key": ("on: x", 1, "имя поля должно быть текстом"),
    "list for a key": ("? [a]\n: 2", 1, "имя поля должно быть текстом"),
    "open quote": ("a: 'x", 1, "кавычка не закрыта"),
    "open bracket": ("a: [1, 2", 1, "скобка не закрыта"),
    "second colon": ("a: b: c", 1, "лишнее двоеточие"),
    "tabulator": ("a:\n\tb: 1", 2, "табуляция"),
    "second document": ("a: 1\n---\nb: 2", 2, "второй документ"),
    "invisible sign": ("a: 1\nb: \x07", 2, "невидимый"),
    "rare ends of lines before": ("a: 'x\u2028y'\nb: @", 2, "в кавычки"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_would_be_taken_wrongly_is_refused_with_its_line(fault):
    content, line, said = REFUSED[fault]
    with pytest.raises(UsageError) as caught:
        strict_yaml.load(content, "Файл x.yml")
    message = str(caught.value)
    assert message.startswith(f"Файл x.yml, строка {line}: ") and said in message
    assert message.endswith(".") and "\n" not in message


def test_aliases_that_grow_are_not_built():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    with pytest.raises(UsageError, match="ссылки YAML"):
        strict_yaml.load(bomb, "Файл x.yml")


def test_a_text_that_is_no_settings_is_not_read():
    with pytest.raises(UsageError, match="длиннее"):
        strict_yaml.load("a: " + "x" * strict_yaml.LONGEST, "Файл x.yml")


def test_the_caller_chooses_the_error_and_where_lines_begin():
    with pytest.raises(DataError, match=r"^Глава, строка 12: поле «a» уже дано в строке 11"):
        strict_yaml.load("a: 1\na: 2", "Глава", error=DataError, first_line=11)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("a: 1\nb: [x, {c: да}]", {"a": 1, "b": ["x", {"c": "да"}]}),
        ("a: |\n  две\n  строки\n", {"a": "две\nстроки\n"}),
        ("- {a: 1}\n- {a: 2}", [{"a": 1}, {"a": 2}]),
        ("a: '*x'\nb: \"&y\"", {"a": "*x", "b": "&y"}),
        ("", None),
    ],
)
def test_ordinary_yaml_is_read(content, value):
    assert strict_yaml.load(content, "Файл x.yml") == value
