"""Errors that end a command with one plain sentence and a meaningful exit status."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from difflib import get_close_matches

from analysis.carried import unmarked

# A year or another number: what looks like it is another number, not the same one misspelt.
_NUMBER = re.compile(r"[\d\s.,:/–−-]+")


class ReportError(Exception):
    """Something the user can mend: what is wrong, where, and what to do.

    Attributes
    ----------
    exit_status : int
        1 when the work failed, 2 when the input was bad.
    """

    exit_status = 1

    def __init__(self, *said: object):
        # A sentence made of words that carry marks is for a person all the same.
        super().__init__(*(unmarked(one) if isinstance(one, str) else one for one in said))


class UsageError(ReportError):
    """A command was called in a way it cannot answer."""

    exit_status = 2


class ParameterError(ReportError):
    """A parameter of an edition or a chapter is unknown, missing or ill-typed."""

    exit_status = 2


class DataError(ReportError):
    """A data table is not what its schema says, or does not hold what was asked."""

    exit_status = 2


class CellError(ReportError):
    """A cell or an inline expression of a chapter raised."""


class RenderError(ReportError):
    """The executed chapters cannot be rendered without saying something wrong."""


# What the system says of a file, as far as a person can mend it.
_REASONS = {
    errno.ENOENT: "такого файла или папки нет", errno.EISDIR: "это папка", errno.ENOTDIR: "это не папка", errno.EACCES: "нет прав",
    errno.EPERM: "нет прав", errno.EROFS: "диск только для чтения", errno.ENOSPC: "на диске нет места", errno.ENAMETOOLONG: "имя слишком длинное",
    errno.EEXIST: "это имя занято",
}


def reason(error: OSError) -> str:
    """Return in Russian why the system refused; by the name of its error where it is rare."""
    return _REASONS.get(error.errno) or _RARE.get(errno.errorcode.get(error.errno, "")) or f"ошибка системы {errno.errorcode.get(error.errno, error.errno)}"


# By name, for not every system has all of them.
_RARE = {
    "EDQUOT": "исчерпано место, отведенное на диске", "EFBIG": "файл слишком велик", "EIO": "диск отвечает ошибкой", "ELOOP": "ссылка ведет сама на себя",
    "EBUSY": "файл занят другой программой", "ETXTBSY": "файл занят другой программой", "EMFILE": "открыто слишком много файлов",
    "ENFILE": "открыто слишком много файлов", "EINVAL": "такое имя недопустимо", "ENOTEMPTY": "папка не пуста", "EXDEV": "это другой диск",
    "ENXIO": "это не обычный файл", "ESPIPE": "это не обычный файл", "ENOMEM": "не хватает памяти", "ESTALE": "сетевой диск отключен",
    "ETIMEDOUT": "сетевой диск не отвечает",
}


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """Return the choice that looks most like `name`, or None."""
    by_folded = {choice.casefold(): choice for choice in choices}
    match = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[match[0]] if match else None


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """Return a Russian sentence that offers the nearest name, or lists the few there are; a number is never taken for a misspelt one."""
    name, choices = unmarked(name), sorted(map(unmarked, choices))
    near = None if _NUMBER.fullmatch(name) else nearest(name, choices)
    if near is not None:
        return f" Возможно, имелось в виду «{near}»."
    if 0 < len(choices) <= 12:
        return f" Есть: {', '.join(choices)}."
    return ""
