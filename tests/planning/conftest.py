"""A copy of the data in which a test may write marks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.base import paths

EDITION = "kemerovo-2021"
MARKS = "measure,due,done,evidence,quoted,source,locator,note,territory\n"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the project's data that a test may spoil."""
    root = tmp_path / "project"
    root.mkdir()
    shutil.copytree(paths.data(), root / "data")
    shutil.copytree(paths.chapters(), root / "chapters")
    monkeypatch.setenv("REPORT_ROOT", str(root))
    return root


def mark(project: Path, *rows: str) -> None:
    """Write marks into the edition of a copy of the project: measure, due, done, evidence."""
    file = project / "data" / "editions" / EDITION / "plan_status.csv"
    file.write_text(MARKS + "".join(f"{row},,report2021,с. 49,,kemerovo\n" for row in rows), encoding="utf-8")
