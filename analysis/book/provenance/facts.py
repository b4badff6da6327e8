"""The facts of a build: the state of the project, its files by hash, the tools."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from analysis.base import git, paths
from analysis.base.files.hashes import sha256
from analysis.book.gaps import Printed

SHORT = 12  # characters of a hash that people are shown
NO_GIT = "хранилища Git нет, состояние проекта не установить"


@dataclass(frozen=True)
class Facts:
    """What is known of the project a book is built from.

    Attributes
    ----------
    commit : str
        Hash of the commit, empty where the project is not kept in git.
    committed : str
        Its time as ISO 8601, empty likewise.
    changed : tuple of str
        Files that differ from the commit, new ones among them.
    lock : str
        SHA-256 of `requirements.lock`, empty where there is none.
    tools : dict
        Name to version.
    hashes : dict
        File of the project to SHA-256, for every file the book was made from.
    moment : str
        `SOURCE_DATE_EPOCH` as ISO 8601, where it is given; else empty, for a build does not look at the clock.
    printed : Printed
        How much of the report is printed, and how many places are left out for want of data.
    """

    commit: str = ""
    committed: str = ""
    changed: tuple[str, ...] = ()
    lock: str = ""
    tools: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    moment: str = ""
    printed: Printed = field(default_factory=Printed)

    @property
    def dirty(self) -> bool:
        """Whether files differ from the commit."""
        return bool(self.changed)

    @property
    def data_hash(self) -> str:
        """One hash of all data: of the lines `hash  file` that `sha256sum` would print of them, sorted by file."""
        lines = [f"{value}  {name}\n" for name, value in sorted(self.hashes.items()) if name.startswith("data/")]
        return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()

    @property
    def state(self) -> str:
        """The state of the project in words."""
        if not self.commit:
            return NO_GIT
        return f"{self.commit[:SHORT]}{', с изменениями после него' if self.dirty else ''}"


def gather(project: Path, files: Iterable[str], tools: Mapping[str, str]) -> Facts:
    """Return the facts of a project.

    Parameters
    ----------
    project
        Its folder.
    files
        Files the book was made from, relative to the project; those outside it are left out.
    tools
        What rendered the book, name to version.

    Returns
    -------
    Facts
        What is known; what is not is empty.
    """
    known = {
        name: sha256(project / name)
        for name in sorted(set(files))
        if not Path(name).is_absolute() and (project / name).is_file()
    }
    lock = project / paths.LOCK
    own = {"python": platform.python_version(), **{name: version(name) for name in ("papermill", "nbclient")}}
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    state = git.state(project)
    return Facts(
        commit=state.commit,
        committed=state.committed,
        changed=state.changed,
        lock=sha256(lock) if lock.is_file() else "",
        tools={**own, **tools},
        hashes=known,
        moment=datetime.fromtimestamp(int(moment), UTC).isoformat() if moment else "",
    )
