"""Git shows a changed chapter by cells, by setting of this project alone, and as ever where nbdime is not there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import differences

pytestmark = pytest.mark.skipif(shutil.which("git") is None or sys.platform == "win32", reason="needs git and a shell")


@pytest.fixture
def repository(root, tmp_path):
    """Return a project of one committed chapter, in whose prose a word was changed."""
    project = tmp_path / "project"
    (project / "chapters").mkdir(parents=True)
    shutil.copytree(root / "tools", project / "tools")
    shutil.copy(root / ".gitattributes", project)
    file = project / "chapters" / "one.ipynb"
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["Было\n", "слово"]}
    tree = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "One")
    file.write_text(file.read_text(encoding="utf-8").replace("Было", "Стало"), encoding="utf-8")
    return project


def git(project: Path, *asked: str, path: str = "") -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(project), "PATH": path or here()}
    done = subprocess.run(
        ["git", *asked], cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def here() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def test_a_difference_is_told_by_cells(repository):
    pytest.importorskip("nbdime")
    assert differences.switch_on(repository)
    told = git(repository, "-C", "chapters", "diff")
    assert "## modified /cells/0/source" in told and "-Было" in told and "+Стало" in told
    assert '"source"' not in told and "\x1b" not in told


def test_without_nbdime_lines_are_told(repository):
    differences.switch_on(repository)
    told = git(repository, "diff", path=os.defpath)
    assert '"Было\\n"' in told and '"Стало\\n"' in told


def test_it_can_be_switched_off_and_stays_off(repository):
    before = (repository / ".git" / "config").read_text(encoding="utf-8")
    differences.switch_on(repository)
    once = (repository / ".git" / "config").read_text(encoding="utf-8")
    differences.switch_on(repository)
    assert (repository / ".git" / "config").read_text(encoding="utf-8") == once != before
    differences.switch_off(repository)
    assert not differences.switch_on(repository)
    assert "@@" in git(repository, "diff") and '"source"' in git(repository, "diff")


def test_a_folder_without_git_is_left_alone(tmp_path):
    assert not differences.switch_on(tmp_path)
    assert list(tmp_path.iterdir()) == []
