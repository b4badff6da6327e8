"""What tests of the outlook share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.base import paths


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the data that a test may spoil."""
    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    return tmp_path
