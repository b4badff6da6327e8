"""The chapters of a build as tasks: which there are, with which values, and for which formats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from analysis.base import build_env, paths
from analysis.base.build_env import EXHIBITS, FIGURES
from analysis.base.errors import ParameterError
from analysis.book import notebooks
from analysis.book.config import BookConfig, read_config
from analysis.book.execute import Task
from analysis.book.parameters import declared

FORMATS = ("html", "pdf", "docx")
BRIEF = "brief"  # the first page alone; set by the built-in renderer, whoever renders the book
# Where each chapter of a build writes what it makes, in a folder of its own.
MADE = "chapters"
# The kinds of files of a figure, and the formats that show them.
_PICTURES = {"svg": {"html", "pdf", BRIEF}, "png": {"docx"}}


def edition_of_chapters() -> str:
    """Return the edition that the chapters name themselves.

    Raises
    ------
    ParameterError
        They name several, or none.
    """
    entries = read_config(paths.project_root()).notebooks
    return own_edition(
        {entry.file: declared(notebooks.read(paths.project_root() / entry.file), entry.file) for entry in entries}
    )


def own_edition(declarations: Mapping[str, Mapping]) -> str:
    """Return the edition that chapters with these parameters name.

    Raises
    ------
    ParameterError
        They name several, or none.
    """
    named = {parameters["edition"].default for parameters in declarations.values() if "edition" in parameters} - {None}
    if len(named) != 1:
        raise ParameterError("Главы называют разные издания или ни одного. Назовите издание: report build ИЗДАНИЕ.")
    return named.pop()


def kinds(formats: Collection[str]) -> list[str]:
    """Return as what figures are wanted for formats."""
    return [kind for kind, users in _PICTURES.items() if not users.isdisjoint(formats)]


def told(folder: Path, wanted: Iterable[str]) -> dict[str, str]:
    """Return what a kernel is told that writes its figures, of the kinds wanted, and exhibits into a folder."""
    return build_env.variables(paths.project_root(), folder / FIGURES, folder / EXHIBITS, wanted)


def tasks(config: BookConfig, values: Mapping[str, Mapping], prose: Path, work: Path) -> dict[str, Task]:
    """Return the chapters to execute, each with its values and a folder of its own for what it writes.

    Parameters
    ----------
    config : BookConfig
    values : mapping of str to mapping
        Parameters by the file of a chapter.
    prose : Path
        Folder of the fragments of the edition.
    work : Path
        Folder of the build.

    Returns
    -------
    dict of str to Task
        By file, in the order of the book.
    """
    return {
        entry.file: Task(
            paths.project_root() / entry.file,
            entry.prefix + entry.title,
            values[entry.file],
            prose,
            work / MADE / Path(entry.file).stem,
        )
        for entry in config.notebooks
    }
