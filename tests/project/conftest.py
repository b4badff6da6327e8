"""The project as its files stand: what is tracked, what the notebooks hold."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from analysis.base import fragments

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file Git would hand to another person."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the project is not a Git clone here")
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def notebooks() -> dict[str, list[dict]]:
    """Cells of every chapter by file name; `source` is one string."""
    found = {}
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found[path.name] = [{**cell, "source": "".join(cell["source"])} for cell in cells]
    assert found, "no chapters found"
    return found


@pytest.fixture(scope="session")
def written(notebooks) -> dict[str, list[dict]]:
    """Cells of every chapter and of every fragment of an edition's prose, by file name."""
    found = dict(notebooks)
    for path in sorted((ROOT / "data/editions").glob("*/prose/*/*.md")):
        parts = fragments.fragment(path).parts()
        found[path.relative_to(ROOT).as_posix()] = [
            {"cell_type": part.kind, "source": part.source, "metadata": {}} for part in parts
        ]
    return found
