"""The copy of the stage in which Quarto works."""

from __future__ import annotations

import json

import pytest
import yaml

from analysis.book.config import read_config
from analysis.book.render.common.pandoc import pandoc
from analysis.book.render.quarto.prepare import prepare
from analysis.errors import RenderError


@pytest.fixture
def scratch(stage, tmp_path):
    before = sorted(path.relative_to(stage) for path in stage.rglob("*"))
    prepare(stage, tmp_path / "scratch", read_config(stage))
    assert sorted(path.relative_to(stage) for path in stage.rglob("*")) == before
    return tmp_path / "scratch"


def test_chapters_lie_side_by_side(scratch):
    book = yaml.safe_load((scratch / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    assert book["chapters"][0] == "index.qmd"
    named = [item if isinstance(item, str) else item["chapters"][0] for item in book["chapters"]]
    assert all((scratch / name).is_file() for name in named)
    assert book["date-format"] == "D MMMM YYYY [года]"


def test_outputs_keep_the_form_that_all_formats_share(scratch):
    for path in scratch.glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                assert "text/markdown" not in data or list(data) == ["text/markdown"]
                assert "](../" not in "".join(data.get("text/markdown", []))


def test_line_breaks_of_cells_survive(scratch):
    cells = json.loads((scratch / "conditions.ipynb").read_text(encoding="utf-8"))["cells"]
    table = next("".join(out["data"]["text/markdown"]) for cell in cells for out in cell.get("outputs", []) if "text/markdown" in out.get("data", {}))
    assert "\n:::" in table


def test_look_and_fonts_are_there(scratch):
    look = (scratch / "typst" / "typst-show.typ").read_text(encoding="utf-8")
    assert look.startswith("#let book = (")
    assert "quarto-float-fig" in look
    assert (scratch / "reference.docx").is_file()
    assert len(list((scratch / "fonts").glob("*.ttf"))) == 8


def test_label_given_twice_is_refused(stage, tmp_path):
    page = stage / "chapters" / "references.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\n::: {#fig-rate}\n:::\n", encoding="utf-8")
    with pytest.raises(RenderError, match="fig-rate"):
        prepare(stage, tmp_path / "scratch", read_config(stage))


def test_links_into_files_are_plain_text_on_paper(scratch):
    profile = yaml.safe_load((scratch / "_quarto-report.yml").read_text(encoding="utf-8"))["format"]
    assert all({"path": "files.lua", "at": "pre-ast"} in profile[name]["filters"] for name in ("typst", "docx"))
    text = "[строка 6](data/rate.html#r6), [доля](system.html#sec-share), [раздел](#sec-rate), [сайт](https://example.org/a#b)"
    paper = pandoc("-f", "markdown", "-t", "html", "--wrap=none", "--lua-filter", str(scratch / "files.lua"), text=text)
    assert paper.startswith("<p>строка 6, ")
    assert [target in paper for target in ("system.html#sec-share", "#sec-rate", "https://example.org/a#b")] == [True] * 3
