"""A file that a command is asked to write: nothing is lost by it but the same command's earlier output."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.base import git, paths
from analysis.base.errors import UsageError, reason
from analysis.base.files.whole import probe, write_whole

# Bytes of a file that is there: longer than any head of ours.
_HEAD = 4_096


@dataclass(frozen=True)
class Kind:
    """What a command writes, and how it knows it again.

    Attributes
    ----------
    suffixes : tuple of str
        What the file's name may end with.
    heads : tuple
        The heads of the tables it writes; a file that begins with one of them is its own earlier output. Without heads
        nothing that is there is ever written over.
    delimiter : str
        Between the columns of the head.
    signs : tuple of bytes
        What stands in the beginning of its own earlier output, where that is no table.
    of_project : bool
        It is a file of the project, in a place that the program chose.
    """

    suffixes: tuple[str, ...] = (".csv",)
    heads: tuple[Sequence[str], ...] = ()
    delimiter: str = ";"
    signs: tuple[bytes, ...] = ()
    of_project: bool = False


def check_output(file: Path, kind: Kind, inputs: Iterable[Path] = ()) -> Path:
    """See that a command may write a file; asked before the work is done, and again when the file is written.

    Parameters
    ----------
    file : Path
        As it was typed; `~` is the home folder.
    kind : Kind
        What the command writes: its ending, and how its own earlier output is known.
    inputs : iterable of Path
        The files the command reads.

    Returns
    -------
    Path
        The place the file is to be written to, links followed.

    Raises
    ------
    UsageError
        The name does not end as such a file's does; the place is a folder, a device, an input of the command, belongs
        to the project or is kept in Git; or what lies there is not this command's own earlier output, or cannot be
        written.
    """
    name = shown(file)
    try:
        place = file.expanduser().resolve()
        found = _status(place)
        if found is not None and stat.S_ISDIR(found.st_mode):
            raise UsageError(f"{name}: это папка, а не файл. Назовите файл {_endings(kind)}.")
        if found is not None and not stat.S_ISREG(found.st_mode):
            raise UsageError(f"{name}: это устройство, а не файл. Назовите обычный файл {_endings(kind)}.")
        if not {place.suffix.lower(), file.suffix.lower()} <= set(kind.suffixes):
            raise UsageError(
                f"{name}: имя должно кончаться на {_endings(kind)}, а это файл другого рода. Назовите другое."
            )
        if any(_same(place, other) for other in inputs):
            raise UsageError(f"{name}: это входной файл, тот самый, который читают. Назовите другой.")
        if not kind.of_project and (part := _part_of_project(place)):
            raise UsageError(f"{name}: файл лежит в папке {part}, а она – часть проекта. Назовите другое место.")
        if not kind.of_project and _tracked(place):
            raise UsageError(f"{name}: этот файл хранится в Git, команда его не заменит. Назовите другой.")
        if found is not None and found.st_size and not _own(place, kind):
            why = "записан он не этой командой" if kind.heads or kind.signs else "в нём могут быть данные"
            raise UsageError(f"{name}: файл уже есть, и {why}. Назовите другой.")
        if found is not None and not os.access(place, os.W_OK):
            raise UsageError(f"{name}: файл не записать (он только для чтения). Назовите другой.")
        probe(place.parent)
    except (OSError, RuntimeError, ValueError) as error:
        raise _refused(name, error) from error
    return place


def write_output(content: str | bytes, file: Path, kind: Kind, inputs: Iterable[Path] = ()) -> None:
    """Write a command's file, whole or not at all.

    Parameters
    ----------
    content : str or bytes
        The whole file; text is written as UTF-8.
    file, kind, inputs
        As `check_output`.

    Raises
    ------
    UsageError
        As `check_output`; or the disk is full.
    """
    place = check_output(file, kind, inputs)
    try:
        write_whole(content, place)
    except OSError as error:
        raise _refused(shown(file), error) from error


def shown(file: Path) -> str:
    """Return a file's name for a sentence: in one line, and so that it does not steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(file))


def _refused(name: str, error: Exception) -> UsageError:
    why = reason(error) if isinstance(error, OSError) else "такого имени не может быть"
    return UsageError(
        f"{name}: файл не записать ({why}). Назовите другое место; если файл открыт в другой программе, закройте его."
    )


def _endings(kind: Kind) -> str:
    return " или ".join(kind.suffixes)


def _status(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except FileNotFoundError:
        return None


def _same(place: Path, other: Path) -> bool:
    """Tell whether two names lead to one file: by a link, or by letters a file system does not tell apart."""
    try:
        return place.samefile(other)
    except OSError:
        return place == other.resolve()


def _part_of_project(place: Path) -> str:
    """Return the folder of the project that a place lies in and that holds only what belongs to it.

    Empty for a place of the user's own.
    """
    for project in {paths.project_root(), paths.installed_root()}:
        inside = next((folder for folder in place.parents if _same(folder, project)), None)
        if inside is not None and (below := place.relative_to(inside).parts[:-1]):
            # A file system may not tell DATA from data; where it does, a folder of that name would not be clearer.
            first = below[0].casefold()
            if first in paths.OWN_FOLDERS or any(part.startswith(".") for part in below):
                return below[0]
    # A folder may have a second name: a link is followed already, a mount is not.
    for name in paths.OWN_FOLDERS:
        folder = paths.project_root() / name
        if folder.is_dir() and any(_same(parent, folder) for parent in place.parents):
            return name
    return ""


def _tracked(place: Path) -> bool:
    """Tell whether Git keeps a file, also one that was deleted or differs in capital letters only."""
    return bool(git.run(place.parent, "ls-files", "--", f":(literal,icase){place.name}"))


def _own(place: Path, kind: Kind) -> bool:
    with place.open("rb") as stream:
        begun = stream.readline(_HEAD)
        if any(sign in begun + stream.read(_HEAD) for sign in kind.signs):
            return True
    try:
        first = next(csv.reader([begun.decode("utf-8-sig")], delimiter=kind.delimiter, strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return False
    return tuple(first) in {tuple(head) for head in kind.heads}
