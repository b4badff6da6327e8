"""Files of the data folder changed all or none, whatever happens in between.

Everything new is made under `data/.accept/new`, what it replaces is copied to `data/.accept/old`. Then a journal is put
there in one rename, the files are moved, and the journal is taken away, which is the moment the change is made. As long
as the journal stands, whoever comes next puts back what was moved: it needs no room on the disk and can be repeated.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from analysis.base import paths
from analysis.base.errors import UsageError
from analysis.base.files.whole import sync
from analysis.base.lock import locked

BUSY = "Данные меняют в другом окне. Дождитесь, пока там закончат, и повторите."
_JOURNAL = "journal.json"


def prepare(files: Mapping[str, bytes]) -> Path:
    """Lay new files beside the data; nothing of the data is touched.

    Parameters
    ----------
    files
        Content by path relative to the data folder, with forward slashes.

    Returns
    -------
    Path
        The folder the new files lie in, as they will in the data folder.
    """
    stage = paths.acceptance()
    shutil.rmtree(stage, ignore_errors=True)
    for name, content in files.items():
        _write(stage / "new" / name, content)
        present = paths.data() / name
        if present.exists():
            _write(stage / "old" / name, present.read_bytes())
    entries = [{"path": name, "created": not (paths.data() / name).exists()} for name in files]
    _write(stage / f"{_JOURNAL}.ready", json.dumps(entries, ensure_ascii=False, indent=1).encode())
    return stage / "new"


def commit() -> None:
    """Put the prepared files in place.

    Raises
    ------
    UsageError
        A file could not be replaced; all are as they were.
    """
    stage = paths.acceptance()
    entries = json.loads((stage / f"{_JOURNAL}.ready").read_bytes())
    try:
        os.replace(stage / f"{_JOURNAL}.ready", stage / _JOURNAL)  # noqa: PTH105 - tests stand at this call
        sync(stage)
        for entry in entries:
            target = paths.data() / entry["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(stage / "new" / entry["path"], target)  # noqa: PTH105 - tests stand at this call
        for folder in {(paths.data() / entry["path"]).parent for entry in entries}:
            sync(folder)
        (stage / _JOURNAL).unlink()
    except OSError as error:
        settle()
        raise UsageError(
            f"Не удалось заменить файл {error.filename}: вероятно, он открыт в другой программе. "
            "Закройте его и повторите; данные остались прежними."
        ) from error
    except BaseException:
        settle()
        raise
    drop()


def drop() -> None:
    """Forget what was prepared and not committed."""
    shutil.rmtree(paths.acceptance(), ignore_errors=True)


def recover() -> None:
    """Undo a change that was cut off; cheap where there is none.

    A change another process is making just now is left to it.
    """
    if not paths.acceptance().exists():
        return
    try:
        with locked(paths.data_lock(), BUSY):
            settle()
    except UsageError as error:
        if str(error) != BUSY:
            raise


def settle() -> None:
    """Undo what an earlier process left half done, under a lock the caller holds."""
    stage = paths.acceptance()
    if (stage / _JOURNAL).exists():
        try:
            _undo(stage)
        except OSError as error:
            raise UsageError(
                f"Приём новых данных был прерван, и вернуть прежние не удается: файл {error.filename} не заменяется. "
                "Закройте программу, в которой он открыт, проверьте права на папку data и повторите команду."
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                "Приём новых данных был прерван, а его журнал data/.accept повреждён: верните таблицы из"
                " data/.accept/old на их места и удалите папку data/.accept."
            ) from error
    drop()


def _undo(stage: Path) -> None:
    for entry in json.loads((stage / _JOURNAL).read_bytes()):
        target, old = paths.data() / entry["path"], stage / "old" / entry["path"]
        if entry["created"]:
            target.unlink(missing_ok=True)
            _remove_empty(target.parent)
        elif old.exists():
            os.replace(old, target)  # noqa: PTH105 - tests stand at this call
    (stage / _JOURNAL).unlink()


def _remove_empty(folder: Path) -> None:
    while folder != paths.data() and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
