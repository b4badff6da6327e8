"""Chapters that go on: every mistake of a chapter is told once, and a gap stops only what rests on it."""

from __future__ import annotations

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from analysis.base.gaps import METADATA, MIME
from analysis.book.failures import ChapterError

GAPS = (
    "py:from analysis.base.gaps import Gap, GapError\ndef unknown():\n    raise GapError([Gap('выпуск', 'не дан')])\n"
)
RECORD = {"what": "выпуск", "why": "не дан", "who": ""}


def test_one_run_names_every_mistake_and_what_follows_from_none(execute, tmp_path):
    with pytest.raises(ChapterError) as caught:
        execute(
            "py:one = 1 / 0\ntwo = one + 1\nthree = [two for _ in range(2)]",
            "Итог `{python} two`, `{python} sinse` и `{python} str(since)`.",
            "py:four = (",
            "py:five = four\nint('x')\nsix: int = {}['ключ']",
            "`{python} six` `{python} five`",
        )
    places = [(failure.place.cell, failure.line) for failure in caught.value.failures]
    assert places == [
        (2, 1),
        (3, 1),
        (4, 1),
        (5, 2),
        (5, 3),
    ]
    said = str(caught.value).splitlines()
    assert len(said) == 5
    assert said[1].startswith("Глава «Проба» (one.ipynb), ячейка 3, строка 1, «sinse»: ")
    assert "since" in said[1].partition(": ")[2]
    log = (tmp_path / "log" / "one.log").read_text(encoding="utf-8")
    assert log.count("Traceback") >= 3


def test_a_gap_stops_what_rests_on_it_and_nothing_else(execute):
    notebook = execute(
        GAPS,
        "py:known = 'да'\nrate = unknown()\nboth = [rate, known]\ntwice = rate * 2 if rate else 0",
        "`{python} str(since)`, `{python} rate`, `{python} twice.words`, `{python} known`",
        "py:rate",
        "py:known",
    )
    prose = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    assert prose.metadata[METADATA] == {"rate": [RECORD], "twice.words": [RECORD]}
    shown = {one["expression"]: one["result"]["data"] for one in prose.metadata["user_expressions"]}
    assert shown["rate"]["text/markdown"] == "нет данных"
    assert shown["known"] == {"text/plain": "'да'"}
    bare, last = notebook.cells[-2:]
    assert bare.outputs[0]["data"][MIME] == {"label": "", "gaps": [RECORD]}
    assert last.outputs[0]["data"]["text/plain"] == "'да'"


def test_names_of_a_comprehension_are_left_as_they_were(execute):
    notebook = execute(GAPS, "py:town = 'Томск'\nlist_ = [unknown() for town in 'ab']", "`{python} town`")
    prose = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    assert METADATA not in prose.metadata


def test_a_chapter_whose_imports_fail_says_that_alone(execute):
    with pytest.raises(ChapterError) as caught:
        execute("py:from analysis.nowhere import *", "`{python} num(1)`")
    assert len(caught.value.failures) == 1


def test_without_the_engine_a_gap_is_shown_and_a_mistake_is_raised(make_chapter):
    guarded = "py:from analysis.base.guard import install\ninstall()\n"
    notebook = make_chapter(GAPS, guarded, "py:rate = unknown()\nafter = 1", "py:rate")
    NotebookClient(notebook, kernel_name="python3").execute()
    assert notebook.cells[-1].outputs[0]["data"]["text/plain"] == "нет данных: выпуск – не дан."
    wrong = make_chapter(GAPS, guarded, "py:rate = 1 / 0")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        NotebookClient(wrong, kernel_name="python3").execute()
