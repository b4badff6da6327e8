"""A project of two tiny chapters and the least data an edition needs."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.book.kernel import environment
from analysis.book.lint import mistyped
from analysis.catalogue import clear_cache
from tests import rebuilt

BOOK = """
project: {type: book}
lang: ru
book:
  title: "{title}"
  subtitle: "{subtitle}"
  author: "{organisation}"
  chapters:
    - index.qmd
    - part: "Часть о {region_loc}"
      chapters: [chapters/one.ipynb]
  appendices: [chapters/two.ipynb]
crossref: {fig-title: Рисунок, tbl-title: Таблица}
"""
OFFERS = "- [PDF](report.pdf)\n- [Word](report.docx)\n- [Главное](brief.pdf)\n"
INDEX = f"# О докладе {{.unnumbered}}\n\nСм. [-@sec-one].\n\n{OFFERS}"
EDITION = """
id: tiny
title: Малый доклад
subtitle: Проба
region: north
year: 2020
published: 2021
as_of: 2021-11-01
comparison: []
wider: []
"""
TERRITORIES = (
    "id,name,short,gen,dat,acc,ins,loc,preposition,gender,short_gen,short_dat,short_acc,short_ins,short_loc,"
    "short_preposition,short_gender,adjective,kind,parent,okato,oktmo,emiss\nnorth,Северный край,Север,"
    "Севера,Северу,Север,Севером,Севере,в,m,Севера,Северу,Север,Севером,Севере,на,m,северный,region,,,,\n"
)
PARAMETERS = 'edition = "tiny"  # издание\nsince: int = 2000'


def chapter(*sources: str, parameters: str | None = PARAMETERS):
    """Return a notebook: Markdown where a source begins like prose, code elsewhere (`py:` at the start)."""
    cells = [new_code_cell(source[3:]) if source.startswith("py:") else new_markdown_cell(source) for source in sources]
    if parameters is not None:
        cells.insert(0, new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    return new_notebook(cells=cells)


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a sound project; tests spoil it one fault at a time."""
    root = tmp_path / "project"
    files = {
        "_quarto.yml": BOOK,
        "index.qmd": INDEX,
        "data/sources.bib": "",
        "data/territories.csv": TERRITORIES,
        "data/datapackage.json": json.dumps(
            {
                "name": "tiny",
                "resources": [
                    {
                        "name": "territories",
                        "type": "table",
                        "path": "territories.csv",
                        "schema": {
                            "fields": [
                                {"name": name, "type": "string"} for name in TERRITORIES.splitlines()[0].split(",")
                            ],
                            "primaryKey": ["id"],
                        },
                    }
                ],
            }
        ),
        "data/editions/tiny/edition.yml": EDITION,
        "data/editions/tiny/datapackage.json": json.dumps({"name": "edition", "resources": []}),
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    write(
        root,
        "one",
        "# Первая {#sec-one}\n\nИздание `{python} edition`.",
        "## Раздел\n\nСм. [-@sec-two].",
    )
    write(root, "two", "# Вторая {#sec-two}\n\nСм. @sec-one.")
    monkeypatch.setenv("REPORT_ROOT", str(root))
    clear_cache()
    yield root
    clear_cache()


def write(root: Path, stem: str, *sources: str, parameters: str | None = PARAMETERS) -> Path:
    """Write a chapter of the tiny project."""
    file = root / "chapters" / f"{stem}.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(chapter(*sources, parameters=parameters), str(file))
    return file


@pytest.fixture
def write_chapter(tiny: Path):
    """Return a writer of chapters of the tiny project."""
    return lambda stem, *sources, **options: write(tiny, stem, *sources, **options)


@pytest.fixture
def make_chapter():
    """Return a maker of notebooks in memory."""
    return chapter


@pytest.fixture
def execute(tmp_path):
    """Return what executes a notebook of the given cells by the engine `report`."""

    def execute(*sources, env=None, **options):
        return papermill.execute_notebook(
            chapter(*sources),
            None,
            engine_name="report",
            kernel_name="python3",
            language="python",
            progress_bar=False,
            parameters={"since": 2010},
            chapter="«Проба» (one.ipynb)",
            log_file=tmp_path / "log" / "one.log",
            env=env or environment(tmp_path / "kernel"),
            **options,
        )

    return execute


@pytest.fixture
def find(tmp_path):
    """Write chapters of the given cells and return what is mistyped in them."""

    def find(**chapters):
        for stem, cells in chapters.items():
            path = tmp_path / "chapters" / f"{stem}.ipynb"
            path.parent.mkdir(exist_ok=True)
            nbformat.write(
                new_notebook(cells=[new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]),
                str(path),
            )
        return mistyped(tmp_path, {"fig-rate", "tbl-wages"}, {"report2021", "stat"})

    return find


@pytest.fixture
def faults(find):
    """Return what is mistyped in one text: it stands in the third cell, from its third line on."""

    def faults(text):
        return find(one=["# Глава {#sec-one}", new_code_cell("x = 1"), f"Начало.\n\n{text}"])

    return faults


@pytest.fixture
def project(tiny, tmp_path, monkeypatch):
    """Return the folder of a project of chapters that tell when they run (`tests.rebuilt`)."""
    write(tiny, "one", rebuilt.RUN, rebuilt.TEXT, "См. [-@sec-two].")
    write(tiny, "two", rebuilt.OTHER, "# Вторая {#sec-two}\n\nСм. @sec-one.")
    (tiny / "data/table.csv").write_text("слово\n", encoding="utf-8")
    (tiny / "data/other.csv").write_text("слово\n", encoding="utf-8")
    (tiny / "chapters/helper.py").write_text('WORD = "помощь"\n', encoding="utf-8")
    (tiny / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    rebuilt.age(tiny)
    monkeypatch.setenv("RAN", str(tmp_path / "ran"))
    return tiny


@pytest.fixture
def ran(project, tmp_path):
    """Return what builds that book and tells which chapters ran."""
    return partial(rebuilt.built, tmp_path / "ran")
