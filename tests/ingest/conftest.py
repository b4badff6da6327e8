"""A copy of the data that a test may change, and the command on it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from analysis.catalogue import clear_cache

ROOT = Path(__file__).resolve().parents[2]
# The series tests look at; a package of all of them would be read and checked anew by every test that changes one.
SERIES = (
    "unemployment_rate",
    "unemployed",
    "labour_force",
    "employment_rate",
    "participation_rate",
    "employed_by_section",
    "breaks",
)


def copy_data(root: Path) -> None:
    """Copy the data with few series, as if nothing had been taken in yet: the tests tell of days of their own."""
    left_out = [file.name for file in (ROOT / "data/statistics").glob("*.csv") if file.stem not in SERIES]
    shutil.copytree(ROOT / "data", root / "data", ignore=lambda folder, names: {*left_out, "geo"} & set(names))
    log = root / "data/vintages/log.csv"
    heading = log.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    shutil.rmtree(log.parent)
    log.parent.mkdir()
    log.write_text(heading, encoding="utf-8")
    descriptor = root / "data/datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    package["resources"] = [
        one
        for one in package["resources"]
        if not (one["path"].startswith("statistics/") and Path(one["path"]).stem not in SERIES)
    ]
    descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data; the package is read from there, files are made there."""
    root = tmp_path / "project"
    copy_data(root)
    monkeypatch.setenv("REPORT_ROOT", str(root))
    monkeypatch.chdir(root)
    clear_cache()
    yield root
    clear_cache()


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the data for all tests that do not change it: it is read and checked once."""
    root = tmp_path_factory.mktemp("pristine")
    copy_data(root)
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
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "data").rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def state(project: Path):
    """Return what every file of the data is, by hash."""
    return lambda root=project: hashes(root)
