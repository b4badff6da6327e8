"""Notebooks of any program are read where their meaning is clear.

Of the rest is told where it is, and nothing is lost.
"""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from analysis.base.errors import UsageError
from analysis.base.ipynb import read

CELLS = [
    {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Глава\n", "\n", "Текст."]},
    {"cell_type": "code", "id": "b", "metadata": {}, "source": "x = 1", "outputs": [], "execution_count": None},
]


def notebook(cells=None, **keys) -> dict:
    return {"cells": CELLS if cells is None else cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | keys


@pytest.fixture
def given(tmp_path):
    """Write a file of these bytes, this text or this tree, and return it."""

    def write(content):
        file = tmp_path / "20-plan.ipynb"
        if isinstance(content, dict | list):
            content = json.dumps(content, ensure_ascii=False, indent=1)
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    return write


TEXT = json.dumps(notebook(), ensure_ascii=False, indent=1)
READ = {
    "as JupyterLab writes it": TEXT,
    "mark of byte order": TEXT.encode("utf-8-sig"),
    "line ends of Windows": TEXT.replace("\n", "\r\n"),
    "no ids, as Colab writes it": notebook(
        [{k: v for k, v in cell.items() if k != "id"} for cell in CELLS],
        nbformat_minor=0,
        metadata={"colab": {"provenance": []}, "kernelspec": {"name": "python3"}},
    ),
    "two cells of one id": notebook([cell | {"id": "a"} for cell in CELLS]),
    "ids of another program": notebook([cell | {"id": f"#VSC-{n}.ä"} for n, cell in enumerate(CELLS)]),
    "keys of another program": notebook(
        [cell | {"languageId": "python", "pycharm": {"name": "#%%"}, "outputs": []} for cell in CELLS]
    ),
    "NaN": TEXT.replace('"metadata": {}', '"metadata": {"x": NaN}'),
    "newer minor": notebook(nbformat_minor=9),
    "no minor": {key: value for key, value in notebook().items() if key != "nbformat_minor"},
    "no metadata": {
        key: value
        for key, value in notebook([{**cell, "metadata": None} for cell in CELLS]).items()
        if key != "metadata"
    },
    "no outputs": notebook(
        [{k: v for k, v in cell.items() if k not in ("outputs", "execution_count")} for cell in CELLS]
    ),
    "old": {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    {"cell_type": "markdown", "metadata": {}, "source": ["# Глава\n", "\n", "Текст."]},
                    {
                        "cell_type": "code",
                        "collapsed": False,
                        "input": "x = 1",
                        "language": "python",
                        "metadata": {},
                        "outputs": [],
                        "prompt_number": 1,
                    },
                ],
            }
        ],
    },
}


@pytest.mark.parametrize("kind", READ)
def test_what_is_clear_is_read(given, kind, capfd):
    file = given(READ[kind])
    found = read(file)
    nbformat.validate(found)
    assert [(cell.cell_type, cell.source) for cell in found.cells] == [
        ("markdown", "# Глава\n\nТекст."),
        ("code", "x = 1"),
    ]
    assert read(file) == found, "ids are the same at every reading"
    assert capfd.readouterr() == ("", "")


def test_one_tag_as_a_word_is_a_tag(given):
    found = read(given(notebook([CELLS[1] | {"metadata": {"tags": "parameters"}}])))
    assert found.cells[0].metadata.tags == ["parameters"]


def cut(text: str, mark: str) -> str:
    return text[: text.index(mark)]


CONFLICT = TEXT.replace(
    '    "Текст."', '<<<<<<< HEAD\n    "Текст."\n||||||| base\n    "Слова."\n=======\n    "Другой."\n>>>>>>> main'
)
TOLD = {
    "empty": ("", "20-plan.ipynb: файл пуст"),
    "blank": ("\n \n", "файл пуст"),
    "zeros of a crash": (b"\0" * 4096, "файл пуст"),
    "utf-16": (TEXT.encode("utf-16"), "UTF-16.*в UTF-8"),
    "utf-16 without a mark": (TEXT.encode("utf-16-le"), "UTF-16"),
    "windows-1251": (TEXT.encode("cp1251"), "20-plan.ipynb, строка 8: это не UTF-8.*Windows-1251"),
    "marks of a merge": (
        CONFLICT,
        (
            r"строки 10–16: слияние Git не закончено.*строки 10, 12, 14, 16.*git mergetool --tool=nbdimeweb"
            r" 20-plan\.ipynb.*уберите"
        ),
    ),
    "marks of a merge, Windows": (CONFLICT.replace("\n", "\r\n"), "строки 10, 12, 14, 16"),
    "marks of nbdime under headings": (
        notebook([CELLS[0] | {"source": "## <<<<<<< local\n\nодно\n\n## =======\n\nдругое\n\n## >>>>>>> remote"}]),
        r"ячейка 1 \(строка файла 3\), строка 1: в тексте ячейки остались метки слияния",
    ),
    "marks of nbdime between cells": (
        notebook(
            [
                CELLS[0],
                *(
                    {"cell_type": "markdown", "metadata": {}, "source": f'<span style="color:red">**{mark}**</span>'}
                    for mark in ("<<<<<<< local", "=======", ">>>>>>> remote")
                ),
            ]
        ),
        (
            r"ячейка 2 \(строка файла 13\), строка 1: слияние не закончено, nbdime оставил здесь свою метку.*ячейки с"
            r" метками удалите"
        ),
    ),
    "marks of a merge in a cell": (
        notebook([CELLS[0] | {"source": "# A\n<<<<<<< local\nодно\n=======\nдругое\n>>>>>>> remote\n"}]),
        r"20-plan.ipynb, ячейка 1 \(строка файла 3\), строка 2: в тексте ячейки остались метки слияния",
    ),
    "comma after the last cell": (re.sub(r"\}\n \],", "},\n ],", TEXT), "строка 20: лишняя запятая.*уберите запятую"),
    "comma at the end": (TEXT[:-2] + ",\n}", "строка 24: лишняя запятая"),
    "comma missing": (TEXT.replace('"markdown",', '"markdown"'), "строка 4: после этой строки не хватает запятой"),
    "quote missing": (TEXT.replace('Текст."', "Текст."), "строка 10: строка в кавычках не закрыта"),
    "cut off in a word": (cut(TEXT, "екст"), "строка 10: файл обрывается"),
    "cut off between cells": (cut(TEXT, '  {\n   "cell_type": "code"'), "строка 12: файл обрывается"),
    "two in one": (TEXT + TEXT, "после конца тетради стоит лишнее"),
    "page of a site": (
        "<!DOCTYPE html>\n<html></html>",
        "строка 1: это не тетрадь Jupyter, файл начинается с «<!DOCTYPE html>",
    ),
    "program": ("import os\n", "это не тетрадь Jupyter, файл начинается с «import os»"),
    "other JSON": ({"name": "x"}, "другой файл JSON"),
    "list": ([1], "другой файл JSON"),
    "deep": ("[" * 200_000, "вложены слишком глубоко|обрывается"),
    "long number": ('{"cells": ' + "9" * 5000 + "}", "число из тысяч цифр"),
    "version to come": (notebook(nbformat=5), "nbformat «5», а читается 4"),
    "version in words": (notebook(nbformat="four"), "nbformat «four»"),
    "old and broken": ({"nbformat": 3, "nbformat_minor": 0, "worksheets": [1]}, "старого вида"),
    "no cells": ({key: value for key, value in notebook().items() if key != "cells"}, "нет списка ячеек"),
    "cells are words": (notebook("ячейки"), "нет списка ячеек"),
    "cell without a text": (
        notebook([CELLS[0], {k: v for k, v in CELLS[1].items() if k != "source"}]),
        r"ячейка 2 \(строка файла 13\): у ячейки нет текста \(source\)",
    ),
    "text of numbers": (notebook([CELLS[0] | {"source": [1]}]), "ячейка 1 .*нет текста"),
    "unknown cell": (notebook([CELLS[0] | {"cell_type": "heading"}]), "ячейка 1 .*вид ячейки.*«heading»"),
    "cell that is none": (notebook(["x"]), "ячейка 1 .*вид ячейки"),
    "half a character": (TEXT.replace("Текст.", "\\ud83d"), "ячейка 1 .*, строка 3: половина знака Юникода"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_not_clear_is_told_with_its_place(given, kind):
    content, message = TOLD[kind]
    file = given(content)
    before = file.read_bytes()
    with pytest.raises(UsageError, match=message) as caught:
        read(file)
    assert caught.value.exit_status == 2 and file.read_bytes() == before
    assert not re.search(r"[Вв]осстанов|git (restore|checkout)|Expecting|Traceback", str(caught.value))


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "папка.ipynb").mkdir()
    with pytest.raises(UsageError, match=r"папка\.ipynb: файл не прочитать .это папка"):
        read(tmp_path / "папка.ipynb")


def test_copy_that_jupyter_keeps_is_named(given):
    file = given(TEXT[:100])
    copy = file.parent / ".ipynb_checkpoints" / "20-plan-checkpoint.ipynb"
    copy.parent.mkdir()
    copy.write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match=r"20-plan-checkpoint\.ipynb"):
        read(file)
