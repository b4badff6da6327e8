"""Git, asked so that it disturbs nobody: it takes no lock and runs nothing that a strange folder configures."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

_MANNERS = (
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
    # A folder of another user keeps its files too: Git only reads here.
    "-c",
    "safe.directory=*",
)


def run(folder: Path, *asked: str) -> bytes | None:
    """Return what Git answers in a folder; None where it refuses, or there is no Git.

    Parameters
    ----------
    folder : Path
        Where it is asked; paths that it is given or gives are relative to it as Git has them.
    *asked : str
        The command and its options.

    Returns
    -------
    bytes or None
        Its standard output.
    """
    # A hook of Git that calls us names its own repository in these.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *_MANNERS, *asked],  # noqa: S607 - the one that the user has
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def said(folder: Path, *asked: str) -> str | None:
    """Return the same as text, without the line end."""
    answer = run(folder, *asked)
    return None if answer is None else answer.decode("utf-8", "replace").rstrip("\n")


class State(NamedTuple):
    """What Git says of a project: the commit, its time as ISO 8601, the files that differ from it, new ones too."""

    commit: str = ""
    committed: str = ""
    changed: tuple[str, ...] = ()


def state(project: Path) -> State:
    """Return the state of a project.

    Nothing is known where Git or the repository is missing, or the repository is of a folder that holds the project.
    """
    if run(project, "ls-files", "--error-unmatch", "_quarto.yml") is None:
        return State()
    log = said(project, "log", "-1", "--format=%H %cI")
    changed = said(project, "status", "--porcelain", "--untracked-files=all", "--", ".")
    if not log or changed is None:
        return State()
    commit, committed = log.split()
    return State(commit, committed, tuple(sorted(line[3:].strip('"') for line in changed.splitlines())))
