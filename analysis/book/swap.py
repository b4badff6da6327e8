"""Putting finished folders in the place of old ones, all or none."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.errors import UsageError


def swap(folders: Mapping[Path, Path], marker: Path) -> None:
    """Move new folders to where the old ones are.

    New folders are first put beside the old ones. Then the marker is written: from
    here on `recover` finishes what a crash interrupts, before it drops what was begun.

    Parameters
    ----------
    folders
        New folder by the place it goes to.
    marker
        File that says that every new folder is complete.
    """
    for target, source in folders.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(_new(target))
        shutil.move(source, _new(target))
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.touch()
    try:
        recover(folders, marker)
    except OSError as error:
        marker.unlink()
        _undo(folders)
        raise UsageError(
            f"Не удалось заменить папку {error.filename}: вероятно, файл из неё открыт в другой программе. Закройте его и повторите сборку."
        ) from error


def recover(targets: Iterable[Path], marker: Path) -> None:
    """Bring folders into a whole state: finish a swap whose marker stands, drop one that has none."""
    forward = marker.exists()
    for target in targets:
        new, old = _new(target), _old(target)
        if forward and new.exists():
            if target.exists():
                _remove(old)
                target.rename(old)
            new.rename(target)
        elif old.exists() and not target.exists():
            old.rename(target)
    for target in targets:
        # A file still open elsewhere may keep an old folder alive; the next build tries again.
        for leftover in (_new(target), _old(target)):
            shutil.rmtree(leftover, ignore_errors=True)
    marker.unlink(missing_ok=True)


def _undo(targets: Iterable[Path]) -> None:
    for target in targets:
        if _old(target).exists():
            if target.exists():
                target.rename(_new(target))
            _old(target).rename(target)
    for target in targets:
        _remove(_new(target))


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _new(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")
