"""A copy of the project with a second year and another region in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from analysis.catalogue import clear_cache

FIRST, NEXT, OTHER = "kemerovo-2021", "kemerovo-2022", "tomsk-2021"
SETTINGS = {
    NEXT: {"year: 2020 ": "year: 2021 ", "published: 2021": "published: 2022", "as_of: 2021": "as_of: 2022"},
    OTHER: {"region: kemerovo": "region: tomsk", "novosibirsk, tomsk": "novosibirsk, kemerovo"},
}


@pytest.fixture
def copied(project, monkeypatch) -> Path:
    """Return a copy of the project that this process works on."""
    monkeypatch.setenv("REPORT_ROOT", str(project))
    clear_cache()
    yield project
    clear_cache()


@pytest.fixture
def editions(copied) -> Path:
    """Return a project with two more editions, made of the first one."""
    folder = copied / "data" / "editions"
    for name, changes in SETTINGS.items():
        shutil.copytree(folder / FIRST, folder / name)
        change(folder / name / "edition.yml", f"id: {FIRST}", f"id: {name}")
        for old, new in changes.items():
            change(folder / name / "edition.yml", old, new)
    return copied


@pytest.fixture
def repository(copied):
    """Return a project kept in Git, and what commits it as it is."""

    def commit(message: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        for command in (["add", "-A"], [*identity, "commit", "-qm", message]):
            subprocess.run(["git", "-C", copied, *command], check=True)

    subprocess.run(["git", "init", "-q", copied], check=True)
    commit("one")
    return copied, commit


def change(file: Path, old: str, new: str) -> None:
    """Replace the first of a text that has to be in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
