"""Executing chapters side by side, each in a clean kernel."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode

from analysis.base import build_env
from analysis.base.errors import CellError
from analysis.book import notebooks
from analysis.book.diagnostics import Diagnostic, MistakesError
from analysis.book.engine import USED
from analysis.book.failures import ChapterError, Failure
from analysis.book.kernel import NAME
from analysis.book.progress import Reporter
from analysis.book.warm import Warm

# papermill warns of what has been checked here already, and more strictly.
logging.getLogger("papermill").setLevel(logging.CRITICAL)

_REMEDY = "Исправьте код."


@dataclass(frozen=True)
class Task:
    """One chapter to execute.

    Attributes
    ----------
    file : Path
        Its notebook.
    title : str
        What error messages call it.
    parameters : mapping
        Names and values.
    prose : Path or None
        Folder of the fragments laid into it.
    made : Path or None
        Folder for what it writes; that of all chapters unless given.
    """

    file: Path
    title: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prose: Path | None = None
    made: Path | None = None

    @property
    def name(self) -> str:
        """What the progress calls the chapter: title and file."""
        return f"«{self.title}» ({self.file.name})"


def execute(
    tasks: Mapping[str, Task],
    *,
    env: Mapping[str, str],
    logs: Path,
    reporter: Reporter,
    parent: Warm | None = None,
    done: Callable[[Task, NotebookNode], object] = lambda *_: None,
) -> dict[str, NotebookNode]:
    """Execute chapters and return them with their outputs, by the same keys.

    A chapter that fails does not stop the others, so that one run shows all that is broken.

    Parameters
    ----------
    tasks
        Chapters by their files.
    env
        Environment of the kernels.
    logs
        Folder for the tracebacks of failures.
    reporter
        Is told of each chapter.
    parent
        Forks their kernels; each is started anew unless given.
    done
        Is given each chapter as soon as it has run.

    Returns
    -------
    dict
        The executed notebooks by the keys of `tasks`.

    Raises
    ------
    MistakesError
        What failed in the chapters.
    """
    kernels: list[int] = []

    def executed(task: Task) -> NotebookNode:
        with reporter.work(task.title, alone=False):
            log = logs / f"{task.file.stem}.log"
            if task.made:
                for folder in build_env.folders(task.made).values():
                    Path(folder).mkdir(parents=True, exist_ok=True)
            own = {**env, **(build_env.folders(task.made) if task.made else {})}
            notebook = run(task, env=own, log_file=log, on_start=kernels.append, parent=parent)
        reporter.meter.add(task.title, notebook.metadata.pop(USED, 0.0))
        done(task, notebook)
        return notebook

    with ThreadPoolExecutor(max_workers=max(1, min(len(tasks), os.cpu_count() or 1))) as pool:
        # The longest first, so that none is left running alone at the end.
        longest_first = sorted(tasks, key=lambda key: tasks[key].file.stat().st_size, reverse=True)
        futures = {key: pool.submit(executed, tasks[key]) for key in longest_first}
        try:
            wait(futures.values())
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for pid in kernels:
                with suppress(OSError):
                    os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            raise
    raise_failures({key: futures[key] for key in tasks}, logs)
    return {key: futures[key].result() for key in tasks}


def run(
    task: Task,
    *,
    env: Mapping[str, str],
    log_file: Path,
    on_start: Callable[[int], Any] | None = None,
    parent: Warm | None = None,
) -> NotebookNode:
    """Execute one chapter with papermill and our engine.

    Parameters
    ----------
    task
        The chapter.
    env
        Environment of its kernel.
    log_file
        Gets the traceback of a failure.
    on_start
        Gets the process id of the kernel.
    parent
        Forks the kernel.

    Returns
    -------
    NotebookNode
        The executed notebook.
    """
    # Everything stays in memory: papermill would save after each cell, and note paths of this machine.
    return papermill.execute_notebook(
        notebooks.read(task.file, task.prose),
        None,
        parameters=dict(task.parameters),
        engine_name="report",
        kernel_name=NAME,
        language="python",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        # Not papermill's own `cwd`: that changes the folder of this process, and chapters run side by side.
        chapter=task.name,
        log_file=log_file,
        env=env,
        folder=task.file.parent,
        on_start=on_start,
        parent=parent.address if parent else "",
    )


def raise_failures(futures: Mapping[str, Future[NotebookNode]], logs: Path) -> None:
    """Raise all failures as one; what is not a fault of a chapter is raised as it is.

    Raises
    ------
    MistakesError
        What failed in the chapters, and those that were executed.
    CellError
        A kernel did not live long enough to tell.
    """
    errors = {file: error for file, future in futures.items() if (error := future.exception())}
    if unexpected := [error for error in errors.values() if not isinstance(error, CellError)]:
        raise unexpected[0]
    if dead := [error for error in errors.values() if not isinstance(error, ChapterError)]:
        raise dead[0]
    failed = [
        _told(file, failure)
        for file, error in errors.items()
        if isinstance(error, ChapterError)
        for failure in error.failures
    ]
    if failed:
        executed = {file: future.result() for file, future in futures.items() if file not in errors}
        partly = {
            file: error.notebook
            for file, error in errors.items()
            if isinstance(error, ChapterError) and error.notebook is not None
        }
        status, note = CellError.exit_status, f"Подробности: {logs}"
        raise MistakesError(failed, note=note, exit_status=status, executed=executed, partly=partly)


def _told(file: str, failure: Failure) -> Diagnostic:
    place = failure.place
    line = place.at(failure.line) if failure.line else place.line * bool(place.file)
    return Diagnostic(place.file or file, place.cell, line, failure.text, failure.cause, _REMEDY)
