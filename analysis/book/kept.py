"""Executed chapters, kept from one build to the next as long as what they follow from is the same.

A chapter follows from its text, the fragments laid into it, its parameters, what describes the data, the interpreter
and its packages (`Follows`), and from the files that it read and the modules that it imported, which it tells itself
when it has run. What is kept is believed only where all of its files have the content that they were kept with: what
was cut off or damaged is made anew.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from analysis.base import fragments, inline, paths
from analysis.base.build_env import EXHIBITS, FIGURES
from analysis.base.files.hashes import sha256
from analysis.base.files.stored import store, stored
from analysis.base.places import KEY as PLACE
from analysis.book import notebooks
from analysis.book.diagnostics import MistakesError
from analysis.book.engine import CODE, INJECTED
from analysis.book.execute import Task, execute

_RECORD, _NOTEBOOK = "record.json", "chapter.json"
# Of the data these are read by the chapters that ask for them, which tell so; all others describe the data.
_TOLD = {".csv", ".bib", ".geojson"}
_OWNERS = 2  # parts of the name of the folder of an edition or a region
_WORDS = {
    "code": "код главы или фрагментов",
    "titles": "названия таблиц и рисунков издания",
    "parameters": "параметры",
    "described": "описания данных (datapackage.json, схемы, edition.yml, состав папок)",
    "around": "Python или версии библиотек",
}
_TICK = 10**7  # nanoseconds by which a file's time may lag behind the clock
NEVER, DAMAGED = "ещё не выполнялась", "сохранённое повреждено"


@dataclass(frozen=True)
class Follows:
    """What a chapter follows from that is known before it runs, each as a hash.

    Attributes
    ----------
    code : str
        The code of the chapter and of the fragments laid in, inline expressions too: plain words need no kernel.
    titles : str
        The titles that the edition gives its exhibits.
    parameters : str
        Their names and values.
    described : str
        All that describes the data, and which tables, editions and regions there are.
    around : str
        The interpreter and the packages.
    """

    code: str
    titles: str
    parameters: str
    described: str
    around: str


class Kept:
    """The executed chapters of one edition.

    Parameters
    ----------
    edition : str
        Its id.
    kinds : tuple of str
        As what figures are wanted (`analysis.base.build_env.FIGURE_KINDS`).
    """

    def __init__(self, edition: str, kinds: Iterable[str]) -> None:
        self.begun = time.time_ns()
        self.folder = paths.build(edition) / "kept"
        self.kinds = tuple(kinds)
        self._described, self._around = described(), _around()

    def follows(self, task: Task) -> Follows:
        """Return what a chapter follows from before it runs."""
        return Follows(
            _hash([_asked(cell) for cell in notebooks.read(task.file, task.prose).cells]),
            _titles(task.prose),
            _hash({name: repr(value) for name, value in task.parameters.items()}),
            self._described,
            self._around,
        )

    def why_not(self, task: Task) -> list[str]:
        """Return in words why a chapter has to be executed; nothing where it need not be."""
        place = self.folder / task.file.stem
        if not place.exists():
            return [NEVER]
        record = _record(place)
        if record is None:
            return [DAMAGED]
        now = asdict(self.follows(task))
        found = [_WORDS[name] for name, value in now.items() if record["follows"].get(name) != value]
        found += [name for name, value in (record["reads"] | record["code"]).items() if hashed(name) != value]
        missing = [kind for kind in self.kinds if kind not in record["kinds"]]
        return found + [f"рисунки в виде {kind} ещё не сделаны" for kind in missing]

    def take(self, task: Task, figures: Path, exhibits: Path) -> NotebookNode | None:
        """Return a chapter as it was executed, and lay its files where chapters write theirs; None where it has to run.

        Parameters
        ----------
        task : Task
        figures, exhibits : Path
            The folders of a build.

        Returns
        -------
        NotebookNode or None
        """
        place = self.folder / task.file.stem
        if self.why_not(task):
            return None
        notebook = nbformat.from_dict(json.loads((place / _NOTEBOOK).read_bytes()))
        _lay(place, figures, exhibits, self.kinds)
        return _reworded(notebook, notebooks.read(task.file, task.prose))

    def put(self, task: Task, notebook: NotebookNode) -> None:
        """Keep a chapter that has run; not where anything it follows from was saved meanwhile, or the disk refuses."""
        made, reads, code = task.made, notebook.metadata["reads"], notebook.metadata[CODE]
        texts = [task.file, *(task.prose.rglob("*") if task.prose else ())]
        if made is None or any(map(self._saved_meanwhile, [*texts, *reads, *code])):
            return
        record = {
            "follows": asdict(self.follows(task)),
            "reads": {name: hashed(name) for name in reads},
            "code": {name: hashed(name) for name in code},
            "kinds": list(self.kinds),
        }
        place = self.folder / task.file.stem
        with suppress(OSError):
            made.mkdir(parents=True, exist_ok=True)
            (made / _NOTEBOOK).write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
            record["files"] = {_within(file, made): sha256(file) for file in sorted(made.rglob("*")) if file.is_file()}
            shutil.rmtree(place, ignore_errors=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(made, place)
            # Written last: without it nothing else is believed.
            store(json.dumps(record, ensure_ascii=False).encode(), place / _RECORD)

    def _saved_meanwhile(self, name: str | Path) -> bool:
        """Tell whether a file was saved since the build began: what was read of it is then not known."""
        try:
            return (paths.project_root() / name).stat().st_mtime_ns > self.begun - _TICK
        except OSError:
            return True


class Chapters:
    """The chapters of a build: those that need not run again, and those that are left to run.

    Parameters
    ----------
    kept : Kept
    tasks : mapping of str to Task
        All chapters by their files, in the order of the book.
    work : Path
        The folder of the build.
    """

    def __init__(self, kept: Kept, tasks: Mapping[str, Task], work: Path) -> None:
        self.kept, self.tasks = kept, tasks
        self.figures, self.exhibits = work / FIGURES, work / EXHIBITS
        taken = {file: kept.take(task, self.figures, self.exhibits) for file, task in tasks.items()}
        self.ready = {file: notebook for file, notebook in taken.items() if notebook is not None}
        self.left = {file: task for file, task in tasks.items() if file not in self.ready}

    def executed(self, **how: Any) -> dict[str, NotebookNode]:
        """Return all chapters executed; how is told as to `analysis.book.execute.execute`.

        Raises
        ------
        MistakesError
            What failed; those that need not run are among the executed ones.
        """
        try:
            ran = execute(self.left, done=self._done, **how)
        except MistakesError as error:
            error.executed = self.ready | dict(error.executed)
            raise
        found = self.ready | ran
        return {file: found[file] for file in self.tasks}

    def _done(self, task: Task, notebook: NotebookNode) -> None:
        self.kept.put(task, notebook)
        if task.made:
            _lay(task.made, self.figures, self.exhibits, self.kept.kinds)


def _asked(cell: NotebookNode) -> tuple[str, Any, Any]:
    """Return what a kernel is asked by a cell."""
    asked = [part.expression for part in inline.find(cell.source)] if cell.cell_type == "markdown" else cell.source
    return cell.cell_type, asked, {name: value for name, value in cell.metadata.items() if name != PLACE}


def _reworded(executed: NotebookNode, written: NotebookNode) -> NotebookNode:
    """Return an executed chapter with the words of today: what was asked of the kernel is the same."""
    own = [cell for cell in executed.cells if INJECTED not in cell.metadata.get("tags", [])]
    for cell, now in zip(own, written.cells, strict=True):
        cell.id, cell.source, cell.metadata = now.id, now.source, cell.metadata | now.metadata
    return executed


def _lay(made: Path, figures: Path, exhibits: Path, kinds: Iterable[str]) -> None:
    """Lay what a chapter wrote into the folders of a build.

    Parameters
    ----------
    made : Path
        The folder with what it wrote.
    figures, exhibits : Path
        The folders of the build.
    kinds : iterable of str
        Which pictures are wanted.
    """
    wanted = {".csv", *(f".{kind}" for kind in kinds)}
    for file in sorted((made / FIGURES).glob("*")):
        if file.suffix in wanted:
            shutil.copyfile(file, figures / file.name)
    for file in sorted((made / EXHIBITS).glob("*")):
        shutil.copyfile(file, exhibits / file.name)


def hashed(name: str) -> str:
    """Return the SHA-256 of a file by its name within the project; empty where it cannot be read."""
    try:
        return sha256(paths.project_root() / name)
    except OSError:
        return ""


def described() -> str:
    """Return the hash of what describes the data: whatever is no table, fragment or publication.

    Tables count by being there: a chapter may look for one (the archive of the last edition) and find none.
    """
    data = paths.data()
    seen: dict[str, str] = {}
    for file in sorted(data.rglob("*")):
        name = file.relative_to(data)
        if file.suffix == fragments.EXTENSION or file.name.startswith("."):
            continue
        if file.is_file():
            told = file.suffix in _TOLD and name.parts[0] != "vintages"
            seen[name.as_posix()] = "table" if told else sha256(file)
        elif len(name.parts) <= _OWNERS:
            seen[name.as_posix()] = "folder"
    return _hash(seen)


def _record(place: Path) -> dict[str, Any] | None:
    """Return the record of what is kept in a place; None where anything of it is not what was kept."""
    try:
        record = json.loads(stored(place / _RECORD) or b"")
        there = {_within(file, place) for file in place.rglob("*") if file.is_file()} - {_RECORD}
        sound = there == set(record["files"]) and all(
            sha256(place / name) == it for name, it in record["files"].items()
        )
    except (OSError, ValueError):
        return None
    return record if sound else None


def _titles(prose: Path | None) -> str:
    named = sorted(prose.rglob(f"*.{fragments.TITLE}{fragments.EXTENSION}")) if prose else []
    return _hash([(_within(file, prose), sha256(file)) for file in named if prose])


def _around() -> str:
    return _hash([platform.python_version(), hashed(paths.LOCK)])


def _within(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
