"""What the last build of an edition was made of, and what it made: where neither has changed, nothing is made again.

The record stands beside the other files of the build. It is believed only where its checksum holds, every file that a
build might read has the content it had, and every file that was made is as it was left.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.base import git, paths
from analysis.base.files.hashes import sha256
from analysis.base.files.stored import store, stored

FILE = "made.json"
# Which edition was built when none was named.
DEFAULT = "unnamed.txt"
# Whatever lies in them a build may read; and all files of the project folder itself.
FOLDERS = ("analysis", "chapters", "data")
# A file that was saved just before it was looked at may be saved again without its time telling.
_CLEAR = 2 * 10**9  # nanoseconds


@dataclass(frozen=True)
class Asked:
    """What a build was asked for.

    Attributes
    ----------
    edition : str or None
        The edition that was named.
    formats, parameters : tuple of str
        As `analysis.book.build.build` takes them.
    renderer : str
        The renderer that was named.
    """

    edition: str | None
    formats: tuple[str, ...]
    parameters: tuple[str, ...]
    renderer: str

    def keys(self) -> dict[str, Any]:
        """Return what was asked for beside the edition, however it was written."""
        return {"formats": sorted({*self.formats}), "parameters": [*self.parameters], "renderer": self.renderer}


@dataclass(frozen=True)
class Made:
    """What a build has made.

    Attributes
    ----------
    files : mapping of str to Path
        The file a reader opens, by format.
    notes : tuple of str
        What it told beside its progress.
    """

    files: Mapping[str, Path]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """The project as it is before a build.

    Attributes
    ----------
    taken : int
        When, in nanoseconds since 1970.
    files : mapping of str to tuple
        Size, time and SHA-256 of every file that a build may read.
    around : mapping
        What else a book follows from: interpreter, packages, tools, the state of Git.
    """

    taken: int
    files: Mapping[str, tuple[int, int, str]]
    around: Mapping[str, Any]

    def record(self, asked: Asked, edition: str, made: Made) -> None:
        """Keep what was made of it; nothing where a file was changed meanwhile, or the disk refuses.

        Parameters
        ----------
        asked : Asked
            What the build was asked for.
        edition : str
            The edition that was built.
        made : Made
            What came of it.
        """
        root = paths.project_root()
        now = _looked_at(root, _inputs(root))
        if {name: seen[:2] for name, seen in self.files.items()} != now:
            return
        content = {
            "asked": asked.keys(),
            "around": _plain(self.around),
            "taken": self.taken,
            "inputs": _plain(self.files),
            "outputs": _plain(_looked_at(root, _outputs(edition))),
            "files": {name: file.relative_to(root).as_posix() for name, file in made.files.items()},
            "notes": list(made.notes),
        }
        store(json.dumps(content, ensure_ascii=False).encode(), paths.build(edition) / FILE)
        if asked.edition is None:
            store(edition.encode(), paths.build(edition).parent / DEFAULT)


def snapshot() -> Snapshot:
    """Return the project as it is now."""
    root, taken = paths.project_root(), time.time_ns()
    seen = _looked_at(root, _inputs(root))
    files = {}
    for name, (size, changed) in seen.items():
        with suppress(OSError):
            files[name] = (size, changed, sha256(root / name))
    return Snapshot(taken, files, _around(root))


def unchanged(asked: Asked) -> Made | None:
    """Return what the last build made where it was asked for the same and nothing has changed since; else None."""
    kept = last(asked.edition)
    if kept is None or since(asked):
        return None
    root = paths.project_root()
    return Made({name: root / file for name, file in kept["files"].items()}, tuple(kept["notes"]))


def since(asked: Asked) -> list[str] | None:
    """Return what is not as it was at the last build, files by their names before all else; None where there was none.

    Parameters
    ----------
    asked : Asked
        What a build is asked for.
    """
    kept = last(asked.edition)
    if kept is None:
        return None
    if kept["asked"] != asked.keys():
        return ["ключи сборки"]
    root = paths.project_root()
    made = _plain(_looked_at(root, _outputs(asked.edition or _unnamed())))
    then = kept["outputs"]
    return _changed(kept) + sorted(name for name in {*made, *then} if made.get(name) != then.get(name))


def _changed(kept: Mapping[str, Any]) -> list[str]:
    root = paths.project_root()
    now, then = _looked_at(root, _inputs(root)), kept["inputs"]
    found = sorted(set(now) ^ set(then))
    for name in sorted(set(now) & set(then)):
        size, saved, content = then[name]
        same = [*now[name]] == [size, saved] and saved < kept["taken"] - _CLEAR
        if not same and (now[name][0] != size or sha256(root / name) != content):
            found.append(name)
    if not found:
        around = _plain(_around(root))
        found = [name for name in around if around[name] != kept["around"].get(name)]
    return found


def last(edition: str | None) -> dict[str, Any] | None:
    """Return the record of the last build of an edition; None where there is none that can be believed."""
    edition = edition or _unnamed()
    if not edition or Path(edition).name != edition:
        return None
    content = stored(paths.build(edition) / FILE)
    return None if content is None else json.loads(content)


def _unnamed() -> str:
    """Return the edition that was built when none was named; empty where none was."""
    return (stored(paths.cache().parent / DEFAULT) or b"").decode()


def _around(root: Path) -> dict[str, Any]:
    quarto = shutil.which("quarto")
    return {
        "Python": sys.version,
        # Whatever is installed or removed changes the folder.
        "библиотеки": [_time(Path(sysconfig.get_paths()["purelib"])), _time(Path(sys.prefix) / ".installed")],
        "Quarto": [quarto, _time(Path(quarto))] if quarto else None,
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH"),
        "состояние Git": git.state(root),
    }


def _inputs(root: Path) -> Iterable[Path]:
    """Give every file that a build may read."""
    with os.scandir(root) as entries:
        yield from (Path(entry.path) for entry in entries if entry.is_file() and not entry.name.startswith("."))
    for folder in FOLDERS:
        yield from _within(root / folder)


def _outputs(edition: str) -> Iterable[Path]:
    """Give every file that a build makes."""
    for folder in (paths.book(edition), paths.figures(edition)):
        yield from _within(folder)


def _within(folder: Path) -> Iterable[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        yield from (Path(here, name) for name in files if not name.startswith("."))


def _looked_at(root: Path, files: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Return size and time of files by their names."""
    seen = {}
    for file in files:
        with suppress(OSError):
            found = file.stat()
            seen[file.relative_to(root).as_posix()] = (found.st_size, found.st_mtime_ns)
    return seen


def _time(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _plain(value: Any) -> Any:
    """Return what JSON gives back of a value."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value
