"""A copy of the data that a test may change, and the command on it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from analysis import cli
from analysis.catalogue import clear_cache

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data; the package is read from there, files are made there."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("geo"))
    monkeypatch.setenv("REPORT_ROOT", str(root))
    monkeypatch.chdir(root)
    clear_cache()
    yield root
    clear_cache()


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the data for all tests that do not change it: it is read and checked once."""
    root = tmp_path_factory.mktemp("pristine")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("geo"))
    return root


@pytest.fixture
def untouched(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to make files in; the test fails if it changes the data."""
    monkeypatch.setenv("REPORT_ROOT", str(pristine))
    monkeypatch.chdir(tmp_path)
    before = hashes(pristine)
    yield tmp_path
    assert hashes(pristine) == before


def hashes(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((root / "data").rglob("*")) if path.is_file()}


@pytest.fixture
def state(project: Path):
    """Return what every file of the data is, by hash."""
    return lambda root=project: hashes(root)


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
