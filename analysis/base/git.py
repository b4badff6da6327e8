"""Git, asked so that it disturbs nobody: it takes no lock and runs nothing that a strange folder configures."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

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
