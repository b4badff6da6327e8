"""Files of the project on their way in: noted where they are opened, read so that what keeps them from it is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import analysis
from analysis.base import kernel_side, paths
from analysis.base.errors import DataError, ReportError, reason

# The last list is the innermost that listens; the first one listens from the start of the process.
_listening: list[dict[str, None]] = [{}]


def note(file: Path) -> Path:
    """Note that a file is read, and return it."""
    note_name(label(file))
    return file


def note_name(name: str) -> None:
    """Note that a file is used, by its path relative to the project."""
    for names in _listening:
        names[name] = None


def label(file: Path) -> str:
    """Return the path of a file as the user knows it, relative to the project."""
    root = paths.project_root()
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def stamp(file: Path) -> int:
    """Return what changes whenever a file does; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def content(file: Path, error: type[ReportError] = DataError) -> bytes:
    """Return what a file holds.

    Raises
    ------
    ReportError
        Of the kind asked for: there is no such file, it is none (a folder, a pipe, a device), or it cannot be read.
    """
    try:
        # A pipe would be waited for without end.
        if file.exists() and not file.is_file():
            what = "это папка" if file.is_dir() else "это не обычный файл"
            raise error.at("", f"Файл {label(file)} не читается ({what})", "Положите на это место файл.")
        return file.read_bytes()
    except OSError as refused:
        problem = f"Файл {label(file)} не читается ({reason(refused)})"
        raise error.at("", problem, "Проверьте его или верните из копии.") from refused


def text(file: Path, error: type[ReportError] = DataError) -> str:
    """Return the text of a file in UTF-8, without the mark some editors put before it.

    Raises
    ------
    ReportError
        As `content`, or the file is in another encoding: the line is named.
    """
    found = content(file, error)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = found.count(b"\n", 0, wrong.start) + 1
        problem, remedy = "это не текст в кодировке UTF-8", "Сохраните файл в кодировке UTF-8."
        raise error.at(f"Файл {label(file)}", problem, remedy, line=line) from wrong


@contextmanager
def noted() -> Iterator[dict[str, None]]:
    """Give a dictionary whose keys are the files read within the block, relative to the project, in their order."""
    names: dict[str, None] = {}
    _listening.append(names)
    try:
        yield names
    finally:
        _listening.pop()


def forget() -> None:
    """Forget what this process has read so far: a kernel answers for what its chapter reads."""
    _listening[0].clear()


def listed() -> list[str]:
    """Return the files read so far, relative to the project, sorted."""
    return sorted(_listening[0])


def imported() -> list[str]:
    """Return the files of code of the project that this process has imported, and what they keep beside themselves."""
    root, package, others = paths.project_root(), Path(analysis.__file__ or "").parent, Path(sys.prefix)
    files: set[Path] = set()
    for module in list(sys.modules.values()):
        file = Path(getattr(module, "__file__", None) or "")
        if file.is_relative_to(package) or (file.is_relative_to(root) and not file.is_relative_to(others)):
            files |= {file, *(file.parent.glob("*.json") if file.is_relative_to(package) else ())}
    return sorted(map(label, files))


kernel_side.register(kernel_side.READS, listed)
kernel_side.register(kernel_side.CODE, imported)
