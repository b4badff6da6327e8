"""A tiny book whose chapters tell when they run: the first reads a table and imports a module, the second nothing."""

from __future__ import annotations

import os
from pathlib import Path

from analysis.book.build import build
from analysis.book.progress import Reporter
from analysis.book.renderers import renderer
from analysis.book.source import Source

WORDS = {"title": "Малый доклад", "subtitle": "", "organisation": "", "region_loc": "Севере"}
# Each run leaves a line, so that runs can be counted; the table is read as the code of the project reads one.
RUN = """py:import os, pathlib
with pathlib.Path(os.environ["RAN"]).open("a") as ran:
    ran.write("one ")
from analysis.base import paths, reads
import helper
table = reads.text(reads.note(paths.data() / "table.csv")).strip()
folder = pathlib.Path(os.environ["REPORT_FIGURES"])
folder.mkdir(parents=True, exist_ok=True)
_ = [(folder / f"rate.{kind}").write_text(table) for kind in os.environ["REPORT_FIGURE_KINDS"].split()]"""
TEXT = "# Первая {#sec-one}\n\nИздание `{python} edition`, `{python} table`, `{python} helper.WORD`."
OTHER = """py:import os, pathlib
with pathlib.Path(os.environ["RAN"]).open("a") as ran:
    ran.write("two ")"""


def age(root: Path) -> None:
    """Have all files of a project saved long ago: what was saved a moment ago might be saved again while it is read."""
    for file in root.rglob("*.*"):
        if "build" not in file.relative_to(root).parts and file.is_file():
            os.utime(file, (10**9, 10**9))


def built(ran: Path, formats: tuple[str, ...] = ("html",), **options) -> list[str]:
    """Build the book, and return which chapters ran: those that wrote their names into a file."""
    ran.write_text("", encoding="utf-8")
    with Reporter(quiet=True) as reporter:
        source = Source(lambda _: (), lambda _: WORDS, lambda *_: None, listed=lambda _: ("n1",))
        build("tiny", source, render=renderer("builtin"), reporter=reporter, formats=formats, **options)
    return sorted(ran.read_text(encoding="utf-8").split())


def book(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in ("_book", "figures")
        for path in sorted((root / name).rglob("*"))
        if path.is_file()
    }
