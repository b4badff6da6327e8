"""The report itself, built once for whoever looks at its documents."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from analysis import cli

SOURCES = ("chapters", "data", "_quarto.yml")
MADE_OF_ANOTHER = ("kemerovo-2022", "tatarstan-2022")


@dataclass(frozen=True)
class Built:
    """A copy of the project and the book made from it."""

    root: Path
    book: Path
    figures: Path
    stage: Path


def copy_project(target: Path, *, whole: bool = False) -> Path:
    """Copy what a report is made from; what was generated, and editions made of another one unless `whole`, stay."""
    root = Path(__file__).resolve().parents[1]
    for name in SOURCES:
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, target / name)
    for made in () if whole else MADE_OF_ANOTHER:
        shutil.rmtree(target / "data" / "editions" / made, ignore_errors=True)
    # Forecasts of the country take a minute: what was computed of the same data is kept for all copies.
    kept = root / "build" / "cache"
    kept.mkdir(parents=True, exist_ok=True)
    (target / "build").mkdir()
    (target / "build" / "cache").symlink_to(kept)
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project that a test may spoil."""
    folder = tmp_path / "project"
    folder.mkdir()
    return copy_project(folder)


@pytest.fixture
def report(monkeypatch, capsys):
    """Run `report …`; returns exit status, stdout and stderr."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["report", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capsys.readouterr()
        return end.value.code, said.out, said.err

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the first edition in all formats with the built-in renderer, once for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    root, done = run / "report", run / "report.done"
    with FileLock(run / "report.lock"):
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)  # what a process that failed has left
            root.mkdir()
            copy_project(root)
            command = [
                sys.executable,
                "-c",
                "from analysis.cli import main; main()",
                "build",
                "kemerovo-2021",
                "--renderer",
                "builtin",
            ]
            ended = subprocess.run(
                command, env=os.environ | {"REPORT_ROOT": str(root)}, capture_output=True, encoding="utf-8", check=False
            )
            assert ended.returncode == 0, ended.stderr
            done.touch()
    edition = "kemerovo-2021"
    return Built(root, root / "_book" / edition, root / "figures" / edition, root / "build" / edition / "stage")
