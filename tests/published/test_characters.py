"""What carries numbers through the build stays inside it."""

from __future__ import annotations

import re
import zipfile

import pytest

PRIVATE = re.compile("[\ue000-\uf8ff]")
TEXTS = {".html", ".csv", ".json", ".svg", ".xml", ".txt", ".md", ".js", ".css", ".ipynb", ".log", ".qmd", ".yml"}


def texts(folder):
    """Yield name and text of every file of the book and of every part of its workbooks and documents."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in TEXTS:
            yield str(file.relative_to(folder)), file.read_text(encoding="utf-8")
        elif file.suffix in {".xlsx", ".docx", ".zip"}:
            with zipfile.ZipFile(file) as parts:
                for part in parts.namelist():
                    if part.endswith((".xml", ".rels", ".csv", ".json")):
                        yield f"{file.relative_to(folder)}: {part}", parts.read(part).decode("utf-8")


def test_no_private_character_is_left_in_logs_and_the_stage(built):
    assert {name: found[0] for name, text in texts(built.stage.parent) if (found := PRIVATE.findall(text))} == {}


@pytest.mark.parametrize("place", ["book", "figures"])
def test_no_private_character_is_published(built, place):
    read = dict(texts(getattr(built, place)))
    kinds = {"." + name.partition(":")[0].rpartition(".")[2] for name in read}
    assert read if place == "figures" else {".html", ".csv", ".docx"} <= kinds
    assert {name: found[0] for name, text in read.items() if (found := PRIVATE.findall(text))} == {}


def test_print_has_no_private_character(paper):
    assert PRIVATE.findall(paper.text) == []
