"""What the next build of an edition would do, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.base import paths
from analysis.book import made, notebooks
from analysis.book.chapters import kinds, own_edition, tasks
from analysis.book.config import read_config
from analysis.book.kept import Kept
from analysis.book.parameters import assign, declared


@dataclass(frozen=True)
class Standing:
    """How an edition stands.

    Attributes
    ----------
    edition : str
        Its id.
    chapters : dict of str to list of str
        By the title of each chapter, in the order of the book, why it would be executed; nothing where it would not.
    changed : list of str or None
        What is not as it was before the last build, files first; None where no whole build is on record.
    """

    edition: str
    chapters: dict[str, list[str]]
    changed: list[str] | None

    @property
    def current(self) -> bool:
        """Whether the book is what a build would make."""
        return self.changed == []


def standing(asked: made.Asked) -> Standing:
    """Return how an edition stands against what a build of it is asked for.

    Raises
    ------
    ReportError
        The book or a chapter cannot be read, or a parameter is none.
    """
    root = paths.project_root()
    config = read_config(root)
    declarations = {entry.file: declared(notebooks.read(root / entry.file), entry.file) for entry in config.notebooks}
    edition = asked.edition or own_edition(declarations)
    values = assign(declarations, asked.parameters, edition=edition)
    kept = Kept(edition, kinds(asked.formats))
    found = tasks(config, values, paths.prose(edition), paths.build(edition))
    return Standing(edition, {task.title: kept.why_not(task) for task in found.values()}, made.since(asked))


def formats_of(edition: str | None, otherwise: Iterable[str]) -> tuple[str, ...]:
    """Return the formats that the last build of an edition was asked for."""
    last = made.last(edition)
    return tuple(last["asked"]["formats"]) if last else tuple(otherwise)
