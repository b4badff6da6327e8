"""The real report, built once for all the tests that read it."""

import os
import shutil
import subprocess
import sys

import pytest

from analysis import paths

from .documents import Paper, Web, Word

EDITION = "kemerovo-2021"


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """Return the folder of the report built from a copy of the project."""
    source, root = paths.project_root(), tmp_path_factory.mktemp("published")
    for name in ("_quarto.yml", "index.qmd"):
        shutil.copy(source / name, root / name)
    for name in ("chapters", "data"):
        shutil.copytree(source / name, root / name)
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "build", EDITION, "--renderer", "builtin", "--quiet"]
    done = subprocess.run(command, env=os.environ | {"REPORT_ROOT": str(root)}, cwd=root, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="session")
def book(published):
    return published / "_book" / EDITION


@pytest.fixture(scope="session")
def web(book):
    return Web(book)


@pytest.fixture(scope="session")
def word(book):
    return Word(book / "report.docx")


@pytest.fixture(scope="session")
def paper(book):
    return Paper(book / "report.pdf")
