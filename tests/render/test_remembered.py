"""What pandoc wrote is remembered by all that it follows from."""

from __future__ import annotations

import pytest

from analysis.base import paths
from analysis.book.render.common import pandoc
from analysis.book.render.messages import PandocError


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """Count how often pandoc is run, in a project of its own."""
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    counted = []
    run = pandoc.run
    monkeypatch.setattr(pandoc, "run", lambda *args, **given: counted.append(args) or run(*args, **given))
    return counted


def test_the_same_text_is_read_once(runs):
    first = pandoc.read("Слово *и* слово.")
    assert pandoc.read("Слово *и* слово.") == first
    assert len(runs) == 1
    assert pandoc.read("Слово *или* слово.") != first
    pandoc.read("<p>а</p>", "html")
    assert len(runs) == 3


def test_a_file_that_an_argument_names_is_part_of_it(runs, tmp_path):
    template = tmp_path / "page.html"
    for text in ("A $body$", "Б $body$"):
        template.write_text(text, encoding="utf-8")
        written = [
            pandoc.remembered("-f", "markdown", "-t", "html", f"--template={template}", text="слово", cwd=tmp_path)
            for _ in range(2)
        ]
        assert written[0] == written[1] and written[0].startswith(text[0])
    assert len(runs) == 2


def test_variables_are_part_of_it(runs):
    for moment in ("1", "2", "1"):
        pandoc.remembered("-f", "markdown", "-t", "html", text="слово", env={"SOURCE_DATE_EPOCH": moment})
    assert len(runs) == 2


def test_what_pandoc_remarks_on_is_not_remembered(runs):
    for _ in range(2):
        with pytest.raises(PandocError):
            pandoc.read("::: {.a\n\nтекст\n", "markdown+нет")
    assert len(runs) == 2


def test_a_damaged_memory_is_made_anew(runs):
    first = pandoc.read("Слово.")
    (file,) = (paths.cache() / pandoc.FOLDER).iterdir()
    file.write_bytes(file.read_bytes().replace(b"Str", b"Stt"))
    assert pandoc.read("Слово.") == first
    assert len(runs) == 2
