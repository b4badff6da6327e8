"""The Word file that Quarto's pandoc writes gets the same last touches."""

from __future__ import annotations

import pytest

from analysis.book.config import read_config
from analysis.book.render.common.pandoc import pandoc
from analysis.book.render.common.word_reference import write_reference
from analysis.book.render.quarto.word import finish_word
from tests.word_tables import misfits, placed_tables

# As assets/quarto/word.lua puts them around turned pages.
BREAK = '```{{=openxml}}\n<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:sectPr w:rsidR="{}"/></w:pPr></w:p>\n```\n\n'
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n\nТекст.\n\n"


@pytest.fixture
def written(stage, tmp_path):
    write_reference(tmp_path / "reference.docx")
    text = (
        "# Глава\n\n" + TABLE * 20 + (BREAK.format("0000000A") + TABLE * 20 + BREAK.format("0000000B") + TABLE * 20) * 2
    )
    file = tmp_path / "report.docx"
    pandoc(
        *(
            "-f",
            "markdown",
            "-t",
            "docx",
            "--toc",
            "-M",
            "subtitle=Проба",
            "--reference-doc",
            str(tmp_path / "reference.docx"),
            "-o",
            str(file),
        ),
        text=text,
    )
    finish_word(file, read_config(stage))
    return file


def test_tables_fit_their_pages(written):
    assert misfits(written) == []
    assert [table.turned for table in placed_tables(written)] == [False] * 20 + ([True] * 20 + [False] * 20) * 2
