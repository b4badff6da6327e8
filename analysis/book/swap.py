"""Putting finished folders in the place of old ones, all or none."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from analysis.base import paths
from analysis.base.errors import UsageError, disk_failure


def swap(folders: Mapping[Path, Path], marker: Path) -> None:
    """Move new folders to where the old ones are.

    All that takes time comes before: the new folders are put beside the old ones, and there is nothing to remove. Then
    the marker is written: from here on `recover` finishes what a crash interrupts, before it drops what was begun. What
    is left is two renames a folder; the old ones are removed after the last of them.

    Parameters
    ----------
    folders
        New folder by the place it goes to.
    marker
        File that says that every new folder is complete.

    Raises
    ------
    UsageError
        A folder could not be replaced; all are as they were.
    OSError
        The disk had no room for the new folders; all are as they were.
    """
    recover(folders, marker)
    try:
        for target, source in folders.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            if _old(target).exists():  # open in another program when it was to be removed
                shutil.rmtree(_old(target))
            shutil.move(source, _new(target))
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    except OSError as error:
        _drop(folders)
        raise _refused(error) from error
    _finish(folders, marker)


def recover(targets: Collection[Path], marker: Path) -> None:
    """Bring folders into a whole state: finish a swap whose marker stands, drop one that has none.

    Raises
    ------
    UsageError
        A folder could not be replaced; all are the old ones.
    """
    if marker.exists():
        _finish(targets, marker)
    else:
        _drop(targets)


def _finish(targets: Collection[Path], marker: Path) -> None:
    try:
        for target in targets:
            new = _new(target)
            if new.exists():
                if target.exists():
                    target.rename(_old(target))
                new.rename(target)
    except (OSError, KeyboardInterrupt) as error:
        _undo(targets)
        # The marker goes only now: as long as it stands, all can still become the new ones.
        marker.unlink()
        _drop(targets)
        raise (_refused(error) if isinstance(error, OSError) else error) from error
    _drop(targets)
    marker.unlink()


def _refused(error: OSError) -> Exception:
    """Return what to tell of a folder that could not be moved; what the disk itself refuses is told as everywhere."""
    if disk_failure(error):
        return error
    return UsageError(
        f"Не удалось заменить папку {error.filename}: вероятно, файл из неё открыт в другой программе. "
        "Закройте его и повторите сборку; прежний доклад остался на месте."
    )


def _undo(targets: Collection[Path]) -> None:
    """Put back what was renamed; a new folder that is not beside its place has come in."""
    for target in targets:
        if not _new(target).exists():
            target.rename(_new(target))
        if _old(target).exists():
            _old(target).rename(target)


def _drop(targets: Collection[Path]) -> None:
    """Remove what lies beside, but never the only copy of an old folder.

    A file still open elsewhere may keep an old folder alive, and the next command tries again.
    """
    for target in targets:
        if _old(target).exists() and not target.exists():
            _old(target).rename(target)
    for target in targets:
        for leftover in (_new(target), _old(target)):
            shutil.rmtree(leftover, ignore_errors=True)


def _new(target: Path) -> Path:
    return paths.beside(target)[0]


def _old(target: Path) -> Path:
    return paths.beside(target)[1]
