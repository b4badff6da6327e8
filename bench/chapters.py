"""How fast chapters execute: ours side by side against stock papermill chapter after chapter, in one run.

Stock papermill does less (it leaves the inline code of the prose alone), so the ratio flatters it.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import papermill

from analysis.base import paths, scratch
from analysis.base.russian import comma
from analysis.book.config import read_config
from analysis.book.execute import Task, execute
from analysis.book.kernel import NAME, environment
from analysis.book.progress import Reporter, seconds

ROUNDS = 3


def compare(tasks: Mapping[str, Task], work: Path, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Time the ways of executing the chapters, in turns, so that neither alone meets a cold disk cache.

    Parameters
    ----------
    tasks : mapping
        The chapters by their names.
    work : Path
        An empty folder for kernels, figures and logs.
    rounds : int
        How often each way is taken.

    Returns
    -------
    dict
        Seconds of every round under `ours`, `stock` and `asked`: ours with every number telling where it comes from.
    """
    env = environment(work / "kernel", REPORT_ROOT=str(paths.project_root()), REPORT_FIGURES=str(work / "figures"))
    asking = {**env, "REPORT_CARDS": "1"}
    logs = work / "log"
    for folder in (work / "figures", logs):
        folder.mkdir()
    _quiet(Path(env["IPYTHONDIR"]))
    ways = {
        "stock": lambda: _stock(tasks, work, env),
        "ours": lambda: execute(tasks, env=env, logs=logs, reporter=Reporter(quiet=True)),
        "asked": lambda: execute(tasks, env=asking, logs=logs, reporter=Reporter(quiet=True)),
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, call in ways.items():
            taken[way].append(_seconds(call))
    return taken


def _stock(tasks: Mapping[str, Task], work: Path, env: Mapping[str, str]) -> None:
    with patch.dict(os.environ, env):
        for task in tasks.values():
            papermill.execute_notebook(
                task.file,
                work / task.file.name,
                parameters=dict(task.parameters),
                kernel_name=NAME,
                cwd=task.file.parent,
                progress_bar=False,
            )


def _quiet(settings: Path) -> None:
    """Keep the remarks of stock kernels off the screen; ours go to a file."""
    profile = settings / "profile_default"
    profile.mkdir()
    (profile / "ipython_kernel_config.json").write_text('{"IPKernelApp": {"log_level": 50}}', encoding="utf-8")


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def main() -> None:
    """Print the medians and their ratio; the edition may be named, else the chapters' own is taken."""
    parameters = {"edition": sys.argv[1]} if len(sys.argv) > 1 else {}
    chapters = read_config(paths.project_root()).notebooks
    tasks = {entry.file: Task(paths.project_root() / entry.file, entry.title, parameters) for entry in chapters}
    with scratch.folder() as folder:
        taken = compare(tasks, folder)
    ours, stock, asked = (statistics.median(taken[way]) for way in ("ours", "stock", "asked"))
    print(f"Глав: {len(tasks)}, повторов: {ROUNDS}, показаны медианы.")
    print(f"Обычный papermill, глава за главой: {seconds(stock)}")
    print(f"Наше выполнение, главы рядом:       {seconds(ours)}")
    print(f"То же со сведениями о числах:       {seconds(asked)}")
    print(f"Отношение со сведениями к без них:  {comma(f'{asked / ours:.2f}')}")
    print(f"Отношение нашего к обычному:        {comma(f'{ours / stock:.2f}')}")


if __name__ == "__main__":
    main()
