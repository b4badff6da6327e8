"""What builds cost in processor seconds, as ratios to stock papermill that runs the same chapters, in the same run.

Stock papermill does less: it leaves the inline code of the prose alone, says of no number where it comes from and
renders nothing, so the ratios flatter it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import papermill

from analysis.base import build_env, inline, paths, scratch
from analysis.base.russian import comma
from analysis.book import notebooks
from analysis.book.chapters import edition_of_chapters
from analysis.book.config import read_config
from analysis.book.execute import Task, execute
from analysis.book.kernel import NAME, environment
from analysis.book.progress import Reporter
from analysis.book.warm import warm
from bench.checking import compare

ROUNDS = 3
REPORT = [sys.executable, "-c", "from analysis.cli import main; main()"]
STOCK = "обычный papermill, глава за главой"
# What is measured, with what it is to be held against: the highest ratio that is aimed at.
AIMS = {"главы": 0.35, "HTML": 0.5, "все форматы": 1.0}


def run(way: str, edition: str, forget: Sequence[str] = ()) -> list[str]:
    """Return the command that takes one way through the chapters of an edition from nothing."""
    return [sys.executable, "-m", "bench.chapters", way, edition, *forget]


def stock(edition: str) -> None:
    """Run the chapters as anybody would run them: papermill, one after another, each in a kernel of its own."""
    with scratch.folder() as work:
        _quiet(work / "ipython")
        for file in _chapters():
            papermill.execute_notebook(
                file,
                work / file.name,
                parameters={"edition": edition},
                kernel_name=NAME,
                cwd=file.parent,
                progress_bar=False,
            )


def _quiet(settings: Path) -> None:
    """Keep the remarks of stock kernels off the screen; ours go to a file."""
    profile = settings / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.json").write_text('{"IPKernelApp": {"log_level": 50}}', encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(settings)


def ours(edition: str) -> None:
    """Run the chapters as a build of pages does: forked from a warm parent, every number with its card."""
    with scratch.folder() as work:
        (work / "log").mkdir()
        told = build_env.variables(paths.project_root(), work / "figures", work / "exhibits", ["svg"])
        env = environment(work / "kernel", **told)
        calls = [("analysis.ahead", "of_edition", (edition,))]
        tasks = {file.name: Task(file, file.stem, {"edition": edition}, paths.prose(edition)) for file in _chapters()}
        with warm(calls, env=env, log=work / "log" / "warm.log") as parent:
            execute(tasks, env=env, logs=work / "log", reporter=Reporter(quiet=True), parent=parent)


def one_process(edition: str) -> None:
    """Run the same cells and inline expressions in one process, without kernels: nothing can cost less."""
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415 - the others do without it here

    for file in _chapters():
        shell = InteractiveShell()
        for cell in notebooks.read(file, paths.prose(edition)).cells:
            if cell.cell_type == "code":
                shell.run_cell(cell.source, silent=True)
                if "parameters" in cell.metadata.get("tags", []):
                    shell.run_cell(f"edition = {edition!r}", silent=True)
            elif found := inline.find(cell.source):
                shell.user_expressions({part.expression: part.expression for part in found})


def built(edition: str, *formats: str) -> None:
    """Build the book from nothing but the forecasts that are kept by content."""
    from analysis.cli import main as report  # noqa: PLC0415 - the others do without it

    shutil.rmtree(paths.build(edition), ignore_errors=True)
    sys.argv = ["report", "build", edition, "--quiet", "--renderer", "builtin", "--to", *formats]
    report()


WAYS: Mapping[str, Callable[..., None]] = {
    "stock": stock,
    "ours": ours,
    "one-process": one_process,
    "built": built,
}


def main() -> None:
    """Print medians and their ratios; the edition may be named, else the chapters' own is taken."""
    edition = sys.argv[1] if len(sys.argv) > 1 else edition_of_chapters()
    taken = compare(
        {
            STOCK: run("stock", edition),
            "главы": run("ours", edition),
            "те же ячейки в одном процессе": run("one-process", edition),
            "HTML": run("built", edition, ["html"]),
            "все форматы": run("built", edition, ["html,pdf,docx,brief"]),
        },
        rounds=ROUNDS,
    )
    costs = {way: statistics.median(seconds for seconds, _ in rounds) for way, rounds in taken.items()}
    print(f"Издание {edition}, глав: {len(_chapters())}, повторов: {ROUNDS}, показаны медианы, секунды процессора.")
    for way, seconds in costs.items():
        memory = max(size for _, size in taken[way])
        aim = f", нужно не больше {_ratio(AIMS[way])}" if way in AIMS else ""
        print(
            f"{way}: {comma(f'{seconds:.1f}')} с, отношение {_ratio(seconds / costs[STOCK])}{aim}; до {memory:.0f} МБ"
        )
    _print_nothing_changed(edition)


def _print_nothing_changed(edition: str) -> None:
    """Print what a build costs where nothing has changed, beside the import of pandas."""
    again = [*REPORT, "build", edition, "--quiet", "--renderer", "builtin"]
    taken = compare({"pandas": [sys.executable, "-c", "import pandas"], "again": again}, rounds=ROUNDS * 3)
    pandas, nothing = (statistics.median(seconds for seconds, _ in taken[way]) for way in ("pandas", "again"))
    print(
        f"Сборка, когда ничего не изменилось: {comma(f'{nothing:.2f}')} с, к import pandas {_ratio(nothing / pandas)}"
    )


def _chapters() -> list[Path]:
    return [paths.project_root() / entry.file for entry in read_config(paths.project_root()).notebooks]


def _ratio(value: float) -> str:
    return comma(f"{value:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        WAYS[sys.argv[1]](*sys.argv[2:])
    else:
        main()
