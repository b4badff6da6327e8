"""The first page alone: what it holds, how long it is, and where it stands in the whole book."""

from __future__ import annotations

from itertools import count

import pytest
from docx import Document
from pypdf import PdfReader

from analysis.base.errors import RenderError
from analysis.book.config import read_config
from analysis.book.render.builtin import render

FINDING = """
::: {.findings}
::: {.finding}

::: {.said}
**Выпуск вырос** – мест нужно больше (раздел [1.1](chapters/conditions.ipynb#sec-conditions)).
:::

::: {.spark}
![](figures/unemployment){fig-alt="Линия." width=42mm}

[для выпускников – к лучшему]{.side}
:::

:::
:::
"""


@pytest.fixture
def with_finding(stage):
    """A stage whose first page tells a finding."""
    page = stage / "index.qmd"
    picture = next((stage / "figures").glob("*.svg")).stem
    text = FINDING.replace("unemployment", picture)
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    return stage


@pytest.fixture
def made(tmp_path):
    """Render a stage each time into a folder of its own."""
    numbers = count()

    def make(stage, formats):
        out = tmp_path / f"made{next(numbers)}"
        return render(stage, out, formats, read_config(stage), lambda line: None)

    return make


def pages(file) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(str(file)).pages]


def test_it_holds_the_first_page_and_nothing_else(with_finding, made):
    done = made(with_finding, ("pdf", "brief"))
    assert done["brief"].name == "brief.pdf"
    (text,) = pages(done["brief"])
    for words in ("Выпуск вырос – мест нужно больше (раздел 1.1)", "к лучшему", "report.pdf (печать)"):
        assert words in text
    for words in ("Содержание", "СОДЕРЖАНИЕ", "index.html", "report.docx", "Это видно только на экране"):
        assert words not in text
    assert PdfReader(str(done["brief"])).trailer["/Root"].get("/MarkInfo", {}).get("/Marked")


def test_alone_it_names_no_file_that_is_not_there(with_finding, made):
    done = made(with_finding, ("brief",))
    assert list(done) == ["brief"]
    assert "report." not in pages(done["brief"])[0]
    assert [path.name for path in done["brief"].parent.iterdir()] == ["brief.pdf"]


def test_the_same_stage_gives_the_same_bytes(with_finding, made):
    first, second = (made(with_finding, ("brief",))["brief"].read_bytes() for _ in range(2))
    assert first == second


def test_what_fills_more_than_two_pages_is_refused(with_finding, made):
    page = with_finding / "index.qmd"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n" + "Слова автора.\n\n" * 200, encoding="utf-8")
    with pytest.raises(RenderError, match=r"«Главное» занимает страниц: \d+, а краткая версия – не больше двух"):
        made(with_finding, ("brief",))


def test_on_paper_the_first_page_stands_before_the_contents(with_finding, made):
    done = made(with_finding, ("pdf", "docx"))
    paper = "\n".join(pages(done["pdf"]))
    assert paper.index("Выпуск вырос") < paper.upper().index("СОДЕРЖАНИЕ")
    body = Document(str(done["docx"])).element.body
    text = "".join(body.itertext())
    assert text.index("Выпуск вырос") < text.index("Содержание")
