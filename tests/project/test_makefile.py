"""Set-up installs what the target needs and no more; one that cannot go on says so in one sentence."""

from __future__ import annotations

import os
import re
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
FILES = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock", "pyproject.toml")
NO_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\n'


def by_hand() -> dict[str, str]:
    """Return the environment of a command typed by a person, though these tests may run under make themselves."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.fixture
def install(root: Path, tmp_path: Path):
    """Run `make install` in an empty folder with a named or a pretended interpreter."""
    for name in FILES:
        (tmp_path / name).touch()

    def run(python: str) -> subprocess.CompletedProcess:
        if python.startswith("#!"):
            fake = tmp_path / "python-fake"
            fake.write_text(python, encoding="utf-8")
            fake.chmod(0o755)
            python = "./python-fake"
        return subprocess.run(
            ["make", "-f", str(root / "Makefile"), "install", f"PYTHON={python}"],
            env=by_hand(),
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
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


@pytest.mark.parametrize(
    ("target", "locks"),
    [
        ("install", ["requirements.lock"]),
        ("report", ["requirements.lock"]),
        ("test", ["requirements.lock", "requirements-dev.lock"]),
        ("lab", ["requirements.lock", "requirements-dev.lock"]),
        ("bench", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"]),
    ],
)
def test_a_target_brings_what_it_needs_and_no_more(root, tmp_path, target, locks):
    for name in FILES:
        (tmp_path / name).touch()
    command = ["make", "-n", "-f", str(root / "Makefile"), target]
    planned = subprocess.run(command, env=by_hand(), cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert re.findall(r"--require-hashes -r (\S+)", planned.stdout) == locks


@pytest.mark.parametrize("status", [0, 1])
def test_the_comparison_goes_on_without_its_peers(root, tmp_path, status):
    """They are marked as installed only where they are; the next comparison tries again."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    asked = tmp_path / "asked"
    python = programs / "python"
    python.write_text(f'#!/bin/sh\necho "$*" >> {asked}\ncase "$*" in *--optional*) exit {status};; esac\n')
    python.chmod(0o755)
    for name in (*FILES, ".venv/.installed", ".venv/.installed-dev"):
        (tmp_path / name).touch()
    command = ["make", "-f", str(root / "Makefile"), "bench"]
    done = subprocess.run(command, env=by_hand(), cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert asked.read_text().splitlines()[-1] == "-m bench.forecasts"
    assert (programs.parent / ".installed-bench").exists() == (status == 0)


def test_ci_runs_the_test_command_of_the_readme(root: Path):
    assert "\nmake test\n" in (root / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in (root / "README.md").read_text(encoding="utf-8")
