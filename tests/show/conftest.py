"""Figures drawn once for all tests, and a project whose data a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.base import paths
from analysis.report import Report, open_report
from analysis.show import figures
from tests.show.figure_data import EDITION, WIDTHS


@pytest.fixture(scope="session")
def report() -> Report:
    return open_report(EDITION)


@pytest.fixture(scope="session")
def drawn(report):
    """Return a figure of the edition, drawn once for all tests."""
    kept: dict = {}

    def get(name: str, width: float = WIDTHS[0]) -> figures.Drawing:
        if (name, width) not in kept:
            kept[name, width] = figures.draw(report, name, width)
        return kept[name, width]

    return get


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the project's data that a test may spoil."""
    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    return tmp_path
