"""Words typed into the chapters that the data of an edition contradict, each at its section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.base import paths
from analysis.base.markdown import headings
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.passages import Source, sources
from analysis.ledger.prose import contradicted

if TYPE_CHECKING:
    from analysis.show.face import Report

REMEDY = "Перепишите слова или соберите черновик: report build --draft."


def untrue(report: Report) -> list[Diagnostic]:
    """Return what in the chapters the data of an edition contradict, at the headings of the sections."""
    found = contradicted(report, sorted(paths.chapters().glob("*.ipynb")))
    places = _sections(sources(paths.project_root(), paths.prose(report.edition.id))) if found else {}
    nowhere = ("chapters", 0, 0)
    return [
        Diagnostic(*places.get(section, nowhere), section, sentence.rstrip("."), REMEDY) for section, sentence in found
    ]


def _sections(chapters: list[Source]) -> dict[str, tuple[str, int, int]]:
    """Return file, cell and line of every section that has a label."""
    return {
        heading.id: (
            passage.file or chapter.file,
            passage.cell,
            passage.line + passage.text.count("\n", 0, heading.line_start),
        )
        for chapter in chapters
        for passage in chapter.passages
        for heading in headings(passage.text)
        if re.match("sec-", heading.id)
    }
