"""Set-up that cannot go on says so in one sentence and installs nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("make") is None, reason="Windows users have no make"
)

# Interpreters by the check they fail: the Makefile asks with `python -c CODE`.
TOO_OLD = '#!/bin/sh\ncase "$2" in *version_info*) exit 1;; esac\n'
NO_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n'


@pytest.fixture
def install(root: Path, tmp_path: Path):
    """Run `make install` in an empty folder with a named or a pretended interpreter."""
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "pyproject.toml").touch()

    def run(python: str) -> subprocess.CompletedProcess:
        if python.startswith("#!"):
            fake = tmp_path / "python-fake"
            fake.write_text(python, encoding="utf-8")
            fake.chmod(0o755)
            python = "./python-fake"
        return subprocess.run(
            ["make", "-f", str(root / "Makefile"), "install", f"PYTHON={python}"],
            # As if typed by a person, though these tests may run under make themselves.
            env={name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
        )

    yield run
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("python", "sentence"),
    [("python-nowhere", "Не найден"), (TOO_OLD, "не той версии"), (NO_VENV, "нет модуля venv")],
    ids=["missing", "too old", "without venv"],
)
def test_unfit_python_is_refused_in_one_sentence(install, python, sentence):
    done = install(python)
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if not line.startswith(("make:", "make["))]
    assert len(said) == 1 and sentence in said[0]


def test_ci_runs_the_test_command_of_the_readme(root: Path):
    assert "\nmake test\n" in (root / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in (root / "README.md").read_text(encoding="utf-8")
