"""What the system refuses is one Russian sentence with file and remedy.

What the program does wrong is not hidden by it.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from analysis.base.errors import disk_failure, system_refusal
from analysis.cli import run

KEPT = "прежние доклад и данные остались на месте."


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "проект: на диске нет места. Освободите на нём место и повторите команду; ",
        ),
        (OSError(errno.ENOSPC, "No space left on device", "книга/a.html"), "книга/a.html: на диске нет места. "),
        (
            OSError(errno.ENOSPC, "No space left on device", "шрифт.ttf", None, "книга/шрифт.ttf"),
            "книга/шрифт.ttf: на диске нет места. ",
        ),
        (OSError("No space left on device (os error 28)"), "проект: на диске нет места. "),
        (shutil.Error([("из", "в", "[Errno 28] No space left on device: 'из' -> 'в'")]), "в: на диске нет места. "),
        (
            OSError(errno.EROFS, "Read-only file system", "книга"),
            "книга: диск только для чтения. Скопируйте проект на диск, на который можно писать, и повторите",
        ),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "книга"), "книга: исчерпано место, отведённое вам на диске. "),
        (OSError(errno.EIO, "Input/output error", "книга"), "книга: диск отвечает ошибкой. Проверьте диск"),
        (PermissionError(errno.EACCES, "Permission denied", "книга"), "книга: нет прав. Разрешите доступ"),
        (OSError(errno.EMFILE, "Too many open files", "книга"), "книга: открыто слишком много файлов. "),
    ],
)
def test_refusal_is_told(error, told):
    said = system_refusal(error, "проект")
    assert said.startswith(told) and said.endswith(KEPT) and said.count("\n") == 0


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "No such file", "a"),
        OSError("something else"),
        OSError(errno.EINVAL, "Invalid argument", "a"),
    ],
)
def test_fault_of_the_program_is_not_told_as_one_of_the_system(error):
    assert system_refusal(error, "проект") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pandoc: report.docx: withBinaryFile: resource exhausted (No space left on device)", errno.ENOSPC),
        ("OSError: [Errno 28] Места нет: 'figures/a.svg'", errno.ENOSPC),
        ("ERROR: Disk quota exceeded (os error 122)", errno.EDQUOT),
        ("pandoc: x: Read-only file system", errno.EROFS),
        ("[Errno 2] No such file or directory: 'a'", None),
        ("NameError: name 'x' is not defined", None),
        ("", None),
    ],
)
def test_refusal_is_known_in_the_words_of_other_programs(text, found):
    refused = disk_failure(text)
    assert (refused and refused.errno) == found


def test_place_named_is_the_one_that_is_full(monkeypatch, tmp_path):
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path / "project"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    full = str(tmp_path / "temporary")
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 0 if str(folder) == full else 1 << 30})
    )
    assert run._place() == Path(full)
    full = os.devnull
    assert run._place() == tmp_path / "project"
