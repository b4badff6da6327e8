"""What stands before a commit: notebooks without outputs, code that the linters pass, a message in form."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

from tools.strip import CHECKED, strip_file
from tools.subject import fault

OUTPUT = [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}]


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Return a notebook as JupyterLab leaves it: run, one cell of it checked."""
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["Текст"]},
        {"cell_type": "code", "execution_count": 1, "id": "b", "metadata": {}, "outputs": OUTPUT, "source": ["x = 1"]},
        {
            "cell_type": "code",
            "execution_count": 2,
            "id": "c",
            "metadata": {"tags": [CHECKED]},
            "outputs": OUTPUT,
            "source": ["y = 1"],
        },
    ]
    file = tmp_path / "chapter.ipynb"
    language = {"name": "python", "version": "3.12.0", "codemirror_mode": {"name": "ipython"}}
    tree = {"cells": cells, "metadata": {"language_info": language}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


def outputs(file: Path) -> list[tuple]:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return [(cell["execution_count"], cell["outputs"]) for cell in cells if cell["cell_type"] == "code"]


def test_outputs_go_except_those_that_are_checked(notebook):
    assert strip_file(notebook)
    assert outputs(notebook) == [(None, []), (1, OUTPUT)]


def test_what_the_kernel_of_a_machine_says_of_itself_goes(notebook):
    assert strip_file(notebook)
    assert json.loads(notebook.read_text(encoding="utf-8"))["metadata"] == {"language_info": {"name": "python"}}


def test_chapters_are_written_as_jupyterlab_writes_them(root):
    """So that saving one changes what was edited in it and nothing else."""
    for file in sorted((root / "chapters").glob("*.ipynb")):
        assert file.read_text(encoding="utf-8") == nbformat.writes(nbformat.read(file, as_version=4)) + "\n"


def test_a_clean_notebook_keeps_its_bytes(notebook, root):
    strip_file(notebook)
    for file in (notebook, *(root / "chapters").glob("*.ipynb")):
        before = file.read_bytes()
        assert not strip_file(file) and file.read_bytes() == before


def test_nothing_but_outputs_changes_in_a_chapter(root, tmp_path):
    """The difference a person looks at before committing shows nothing else."""
    for file in sorted((root / "chapters").glob("*.ipynb")):
        text = file.read_text(encoding="utf-8")
        tree = json.loads(text)
        cell = next(cell for cell in tree["cells"] if cell["cell_type"] == "code")
        cell["outputs"], cell["execution_count"] = OUTPUT, 3
        run = tmp_path / file.name
        run.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert strip_file(run) and run.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("message", "sound"),
    [
        ("Say why\n", True),
        ("Say why\n\nBecause.\n# Changes to be committed:\n", True),
        ("x" * 72, True),
        ("x" * 73, False),
        ("Say why\nat once\n", False),
        ("fixup! " + "x" * 72, True),
        ("Merge branch " + "x" * 72, True),
        ("", True),
    ],
)
def test_a_subject_fits_a_line_and_stands_alone(message, sound):
    assert (fault(message) == "") is sound


def test_hooks_are_of_this_project_and_fetch_nothing(root):
    config = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    assert {hook["language"] for hook in config["repos"][0]["hooks"]} == {"system"}


@pytest.mark.skipif(sys.platform == "win32", reason="the environment lies elsewhere")
def test_a_commit_meets_the_hooks(root, notebook, tmp_path):
    """In a repository of its own, as a person commits; mypy, which reads the whole package, has its test elsewhere."""
    project = tmp_path / "project"
    (project / "chapters").mkdir(parents=True)
    shutil.copytree(root / "tools", project / "tools")
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        shutil.copy(root / name, project)
    shutil.copy(notebook, project / "chapters")
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": beside, "PRE_COMMIT_HOME": str(tmp_path / "kept"), "SKIP": "mypy"}

    def run(*command: str) -> subprocess.CompletedProcess:
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)

    def commit(message: str) -> subprocess.CompletedProcess:
        run("git", "add", "--all")
        return run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--message", message)

    run("git", "init", "--quiet")
    assert run(sys.executable, "-m", "pre_commit", "install").returncode == 0
    refused = commit("Add a chapter")
    assert refused.returncode == 1 and "chapter.ipynb: вывод ячеек убран" in refused.stderr
    assert outputs(project / "chapters" / "chapter.ipynb") == [(None, []), (1, OUTPUT)]
    refused = commit("x" * 73)
    assert refused.returncode == 1 and "73 знаков" in refused.stderr, refused.stderr
    done = commit("Add a chapter")
    assert done.returncode == 0, done.stderr
