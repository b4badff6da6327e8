"""Where a book comes from: what it was made of, by what, and the record of it that goes with the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import paths
from analysis.book.config import BookConfig
from analysis.book.gaps import Printed
from analysis.book.provenance import numbers, record, workbook
from analysis.book.provenance import prose as told
from analysis.book.provenance.exhibits import ExhibitRecord, collect
from analysis.book.provenance.facts import Facts, gather
from analysis.book.quantities import gathered
from analysis.book.stage import cleaned

__all__ = ["Origin"]


class Origin:
    """The origin of one build: its facts, its exhibits, and what is told of them where.

    Parameters
    ----------
    edition
        Its id.
    config
        The book they belong to.
    executed
        Chapters as they came from their kernels.
    parameters
        Values by chapter, defaults among them.
    folder
        Where the chapters wrote what their exhibits show.
    tools
        What renders the book, name to version.
    pictures
        Files of the pictures that the texts show.
    printed
        How much of the report is printed.
    """

    def __init__(
        self,
        edition: str,
        config: BookConfig,
        executed: Mapping[str, NotebookNode],
        parameters: Mapping[str, Mapping],
        folder: Path,
        tools: Mapping[str, str],
        pictures: Iterable[str] = (),
        printed: Printed | None = None,
    ) -> None:
        self.edition, self.config, self.executed = edition, config, executed
        self.parameters, self.folder, self.tools, self.pictures = parameters, folder, tools, tuple(pictures)
        self.printed = printed or Printed()
        self.exhibits: list[ExhibitRecord] = collect(executed, folder)

    @cached_property
    def facts(self) -> Facts:
        """What is known of the project and of the files that went into the book."""
        read = {name for notebook in self.executed.values() for name in notebook.metadata.get("reads", [])}
        project = paths.project_root()
        texts = {
            path.relative_to(project).as_posix()
            for path in [*project.glob("*.qmd"), *paths.chapters().glob("*.qmd"), paths.bibliography()]
        }
        known = gather(project, {*read, *self.pictures, *self.executed, *texts, "_quarto.yml"}, self.tools)
        return replace(known, printed=self.printed)

    @property
    def chapters(self) -> dict[str, NotebookNode]:
        """The chapters with «Данные» and «Как построено» at their exhibits."""
        return told.annotated(self.executed, self.exhibits, self.facts, self.parameters)

    @property
    def passages(self) -> dict[str, str]:
        """What the pages are told of the build, by the place it stands in."""
        return {
            "colophon": told.colophon(self.facts),
            "numbers": numbers.written(self.told, self.executed),
        }

    @cached_property
    def told(self) -> dict:
        """What the kernels told of the numbers of the whole book."""
        return gathered(self.executed, self.config)

    def lay(self, out: Path) -> None:
        """Lay the data of every exhibit beside the pages, as CSV and as a workbook, and a workbook of all numbers."""
        target = out / told.FOLDER
        target.mkdir(exist_ok=True)
        workbook.write_list(target / numbers.FILE, numbers.TITLE, numbers.listed(self.told, self.executed))
        for exhibit in self.exhibits:
            data = (self.folder / f"{exhibit.label}.csv").read_bytes()
            (target / f"{exhibit.label}.csv").write_bytes(data)
            workbook.write(
                target / f"{exhibit.label}.xlsx",
                exhibit,
                data.decode("utf-8"),
                self.facts,
                self.parameters[exhibit.chapter],
            )

    def record(self, out: Path) -> None:
        """Write the record of the build into the folder of the finished documents."""
        executed = {chapter: cleaned(notebook) for chapter, notebook in self.executed.items()}
        for chapter, notebook in executed.items():
            notebook.metadata["reads"] = self.executed[chapter].metadata.get("reads", [])
        record.write(
            out / told.RECORD, record.record(self.edition, self.facts, executed, self.parameters, self.exhibits, out)
        )
