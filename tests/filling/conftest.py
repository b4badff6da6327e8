"""A next edition whose tables have heads only, in a copy of the data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.base import paths
from analysis.editions.edition import Edition, read_edition

BLANK = "kemerovo-2022"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the project with an edition that nobody has filled yet."""
    root = paths.project_root()
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns(BLANK))
    shutil.copytree(root / "chapters", tmp_path / "chapters")
    shutil.copy(root / "_quarto.yml", tmp_path)
    last, blank = (tmp_path / "data" / "editions" / name for name in ("kemerovo-2021", BLANK))
    shutil.copytree(last, blank)
    for file in blank.glob("*.csv"):
        if file.name != "exhibits.csv":
            file.write_text(file.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    settings = (last / "edition.yml").read_text(encoding="utf-8")
    for old, new in (("kemerovo-2021", BLANK), ("2021-11-01", "2022-11-01"), ("2021 ", "2022 "), ("2020 ", "2021 ")):
        settings = settings.replace(old, new)
    (blank / "edition.yml").write_text(settings, encoding="utf-8")
    descriptor = blank / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace('"kemerovo-2021"', f'"{BLANK}"'))
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture
def edition(project) -> Edition:
    return read_edition(BLANK)
