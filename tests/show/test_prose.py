"""The prose of an edition at the desk: an anchor run as a cell, without a build."""

from __future__ import annotations

import json

import lxml.html
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from analysis.base import paths
from analysis.report import Report, open_report
from tests.conftest import copy_project

OPEN = "from analysis.report import open_report\nreport = open_report('kemerovo-2021')\ny = report.edition.year"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Run cells at a desk of a copy of the project in which a fragment lies; returns their outputs."""
    project = copy_project(tmp_path)
    monkeypatch.setenv("REPORT_ROOT", str(project))

    def run(text, *cells):
        if text:
            file = paths.prose("kemerovo-2021") / "11-conditions/own.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        notebook = new_notebook(cells=[new_code_cell(source) for source in (OPEN, *cells)])
        run.cells = notebook.cells
        NotebookClient(notebook, kernel_name="python3").execute(cwd=str(project / "chapters"))
        return [cell.outputs for cell in notebook.cells[1:]]

    return run


def test_a_fragment_is_shown_in_the_names_of_the_chapter(desk):
    text = "В `{python} str(y)` и `{python} str(y - 1)`.\n\n```{python}\nz = y + 1\nz\n```\n\nИ `{python} str(z)`.\n"
    anchor, after = desk(text, "report.prose('own')", "z")
    assert [output.output_type for output in anchor[1:]] == ["display_data", "execute_result", "display_data"]
    first, code, last = (output.data for output in anchor[1:])
    assert first["text/plain"] == "В 2020 и 2019."
    assert (code["text/plain"], last["text/plain"]) == ("2021", "И 2021.")
    assert last["text/markdown"] == 'И <span class="report-value" title="str(z)">2021</span>.'
    # What a fragment defines, the chapter has.
    assert after[0].data["text/plain"] == "2021"


def test_a_fragment_is_opened_from_its_place(desk):
    (anchor,) = desk("Да.", "report.prose('own')")
    button = lxml.html.fragment_fromstring(anchor[0].data["text/html"])
    assert button.get("data-commandlinker-command") == "docmanager:open"
    opened = {"path": "data/editions/kemerovo-2021/prose/11-conditions/own.md", "factory": "Editor"}
    assert json.loads(button.get("data-commandlinker-args")) == opened


def test_a_mistake_stands_in_its_place_too(desk):
    with pytest.raises(CellExecutionError):
        desk("Да, `{python} nothing`.", "report.prose('own')")
    (said,) = (output.data["text/plain"] for output in desk.cells[1].outputs[1:2])
    assert said.startswith("Да, имени «nothing» нет")


def test_a_place_without_a_fragment_shows_nothing(desk):
    assert desk("", "report.prose('own')") == [[]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Да.\n\n`{python} nothing`", "own.md, строка 3, «nothing»: имени «nothing» нет"),
        ("Да.\n\n`{python} 1 / 3`", "own.md, строка 3, «1 / 3»: значение 0.3333333333333333 не записано словами"),
        ("Да.\n\n```{python}\n1 / 0\n```", "own.md, строка 4: деление на ноль"),
    ],
)
def test_a_failure_names_the_fragment_and_its_line(desk, text, said):
    with pytest.raises(CellExecutionError) as failed:
        desk(text, "report.prose('own')")
    assert said in str(failed.value) and "data/editions/kemerovo-2021/prose/11-conditions" in str(failed.value)


def test_nothing_is_shown_to_nobody(capsys):
    report = open_report("kemerovo-2021")
    assert isinstance(report, Report) and report.prose("services-printed") is None
    assert capsys.readouterr() == ("", "")
