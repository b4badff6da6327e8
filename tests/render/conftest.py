"""One small book, rendered once for all tests of this room."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from analysis.book.config import read_config
from analysis.book.render.builtin import render

FORMATS = ("html", "pdf", "docx")

# Test folders are no packages; the staged book is loaded by its path.
_spec = importlib.util.spec_from_file_location("staged_book", Path(__file__).with_name("stage.py"))
staged_book = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(staged_book)


@dataclass(frozen=True)
class Rendered:
    """The folder of a rendered book and the files to open first."""

    out: Path
    files: dict[str, Path]

    def page(self, stem: str) -> str:
        return (self.out / f"{stem}.html").read_text(encoding="utf-8")


def render_stage(stage: Path, out: Path, formats: tuple[str, ...] = FORMATS) -> Rendered:
    return Rendered(out, render(stage, out, formats, read_config(stage), lambda line: None))


@pytest.fixture(scope="session")
def pristine(tmp_path_factory) -> Path:
    """The staged book, not to be changed."""
    return staged_book.lay(tmp_path_factory.mktemp("book") / "stage")


@pytest.fixture(scope="session")
def rendered(pristine) -> Rendered:
    """The staged book in all three formats."""
    return render_stage(pristine, pristine.parent / "out")


@pytest.fixture
def stage(pristine, tmp_path) -> Path:
    """A fresh staged book that a test may spoil."""
    return Path(shutil.copytree(pristine, tmp_path / "stage"))


@pytest.fixture(scope="session")
def book():
    """The helpers that make cells of notebooks."""
    return staged_book


@pytest.fixture
def build(tmp_path):
    """Render a stage; a second call goes to another folder."""
    numbers = count()
    return lambda stage, formats=("html",): render_stage(stage, tmp_path / f"out{next(numbers)}", formats)
