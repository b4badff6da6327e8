"""The engine `report` in live kernels: what prose shows, and what is said when something breaks."""

from __future__ import annotations

import sys
from pathlib import Path

import papermill
import pytest
from jupyter_client.kernelspec import KernelSpec

from analysis.base.errors import CellError
from analysis.book import kernel
from analysis.book.kernel import environment


def values(cell) -> list[tuple[str, dict]]:
    return [(one["expression"], one["result"]["data"]) for one in cell.metadata.get("user_expressions", [])]


def test_inline_code_sees_the_state_at_its_place(execute):
    word = "py:class Word(str):\n    def _repr_markdown_(self):\n        return f'**{self}**'\nword = Word('да')"
    before, middle, after = (
        "`{python} since`, ещё раз `{python} since`",
        "`{python}  word `\n```\n`{python} 1/0`\n```\n",
        "`{python} str(since)`",
    )
    notebook = execute(before, word, middle, "py:since = 7", after)
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert [cell.source for cell in prose] == [before, middle, after]
    assert [values(cell) for cell in prose] == [
        [("since", {"text/plain": "2010"})],
        [("word", {"text/plain": "'да'", "text/markdown": "**да**"})],
        [("str(since)", {"text/plain": "'7'"})],
    ]
    assert prose[0].metadata["user_expressions"][0]["result"]["status"] == "ok"


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["py:a = 1", "py:def f():\n    return 1 / 0\n\nf()"], "ячейка 3, строка 2, «return 1 / 0»: деление на ноль."),
        (["py:import math\nx = = 3"], "ячейка 2, строка 2, «x = = 3»: запись не по правилам Python."),
        (
            ["py:from analysis.base.errors import DataError\nraise DataError('Нет строки.')"],
            "строка 2, «raise DataError('Нет строки.')»: Нет строки.",
        ),
        (
            ["# А\n\nрост `{python} since` и `{python} nothing`"],
            "ячейка 2, строка 3, «nothing»: имени «nothing» нет; есть: edition, since.",
        ),
        (["рост `{python} 1/3`"], "ячейка 2, строка 1, «1/3»: значение 0.3333333333333333 не записано словами"),
        (["рост `{python} since since`"], "ячейка 2, строка 1, «since since»: запись не по правилам Python."),
        (["py:x = (1"], "ячейка 2, строка 1, «x = (1»: скобка «(» не закрыта."),
        (["py:summa = 1\nsuma + 1"], "строка 2, «suma + 1»: имени «suma» нет; возможно, имелось в виду «summa»."),
        (
            ["py:from analysis.chapter import *", "`{python} held(1)`"],
            "«held(1)»: имени «held» нет; теперь это «event_dates».",
        ),
        (
            ["py:class Place:\n    gen, dat, loc = 'а', 'б', 'в'\nplace = Place()", "`{python} place.prepositional`"],
            "«place.prepositional»: у объекта «Place» нет свойства «prepositional»; есть: dat, gen, loc.",
        ),
        (
            ["py:from types import SimpleNamespace\nSimpleNamespace(name=1).nmae"],
            "нет свойства «nmae»; возможно, имелось в виду «name».",
        ),
        (
            ["py:from analysis.base.ranges import as_range"],
            (
                "«from analysis.base.ranges import as_range»: в модуле «analysis.base.ranges» нет имени «as_range»;"
                " возможно, имелось в виду «as_ranges»."
            ),
        ),
        (
            ["py:raise LookupError('no such thing')"],
            "«raise LookupError('no such thing')»: команда не выполнена (LookupError: «no such thing»).",
        ),
        (["py:import os\nos._exit(9)"], "ячейка 2: ядро Python аварийно завершилось"),
        (["`{python} __import__('os')._exit(9)`"], "ячейка 2: ядро Python аварийно завершилось"),
    ],
    ids=[
        "cell raises",
        "syntax",
        "own error",
        "inline raises",
        "inline bare number",
        "inline syntax",
        "bracket",
        "name",
        "name of earlier days",
        "attribute",
        "near attribute",
        "import",
        "unknown",
        "kernel dies",
        "kernel dies in prose",
    ],
)
def test_failure_names_chapter_cell_line_and_cause(execute, sources, said):
    with pytest.raises(CellError) as error:
        execute(*sources)
    assert str(error.value).startswith("Глава «Проба» (one.ipynb), ") and said in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.exit_status == 1


def test_traceback_goes_to_the_log_without_colours(execute, tmp_path):
    with pytest.raises(CellError):
        execute("py:def deep():\n    raise ValueError('глубоко')\n\ndeep()")
    log = (tmp_path / "log" / "one.log").read_text(encoding="utf-8")
    assert "Traceback" in log and "deep()" in log and "\x1b" not in log


def test_output_of_a_dying_kernel_is_kept(execute, tmp_path):
    with pytest.raises(CellError):
        execute("py:import os\nos.write(2, b'last words')\nos._exit(9)")
    assert "last words" in (tmp_path / "log" / "one.log").read_text(encoding="utf-8")


def test_cells_tagged_to_raise_still_fail(execute, make_chapter):
    notebook = make_chapter("py:1 / 0")
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    with pytest.raises(CellError):
        papermill.execute_notebook(
            notebook, None, engine_name="report", kernel_name="python3", language="python", progress_bar=False
        )


def test_kernel_is_this_interpreter_and_leaves_the_home_folder_alone(execute, tmp_path):
    home = tmp_path / "home"
    home.write_text("not a folder", encoding="utf-8")
    env = environment(tmp_path / "kernel", HOME=str(home), USERPROFILE=str(home), REPORT_FIGURES="x")
    notebook = execute(
        "py:import os, sys, matplotlib, IPython.paths",
        "`{python} sys.executable` `{python} os.environ['REPORT_FIGURES']` `{python} matplotlib.get_configdir()`"
        " `{python} IPython.paths.get_ipython_dir()`",
        env=env,
    )
    python, figures, *kept = [data["text/plain"].strip("'") for _, data in values(notebook.cells[-1])]
    assert (python, figures) == (sys.executable, "x")
    assert [Path(folder).parent for folder in kept] == [tmp_path / "kernel"] * 2
    assert home.read_text(encoding="utf-8") == "not a folder"


@pytest.fixture
def stillborn(monkeypatch):
    """Let the first few kernels die before they answer."""

    def let(number: int) -> None:
        sound = kernel._RunningInterpreter.get_kernel_spec
        left = [KernelSpec(argv=[sys.executable, "-c", "raise SystemExit(1)"])] * number
        monkeypatch.setattr(
            kernel._RunningInterpreter, "get_kernel_spec", lambda self, name: left.pop() if left else sound(self, name)
        )

    return let


def test_kernel_that_does_not_come_up_is_started_again(execute, stillborn):
    stillborn(1)
    assert values(execute("`{python} since`").cells[-1]) == [("since", {"text/plain": "2010"})]


def test_kernel_that_never_comes_up_is_said_so(execute, stillborn):
    stillborn(9)
    with pytest.raises(CellError, match=r"Глава «Проба» .*: ядро Python не запускается"):
        execute("`{python} since`")
