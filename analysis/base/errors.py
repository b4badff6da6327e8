"""Errors that end a command with one plain sentence and a meaningful exit status."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self

from analysis.base.carried import unmarked

# A year or another number: what looks like it is another number, not the same one misspelt. A code has more full stops.
_NUMBER = re.compile(r"[\d\s,:/–−-]*\.?[\d\s,:/–−-]*")
# Control characters, breaks of line, directions of writing, halves of letters, characters of nobody: a terminal may
# obey them, and no name that a person gave holds one.
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff]")


# Cyrillic letters and the Latin ones that look the same.
_LOOK_ALIKE = str.maketrans("асеорхуіјѕһԁԛԝАВСЕНІЈКМОРЅТХҮ", "aceopxyijshdqwABCEHIJKMOPSTXY")


class ReportError(Exception):
    """Something the user can mend: what is wrong, where, and what to do.

    Attributes
    ----------
    exit_status : int
        1 when the work failed, 2 when the input was bad.
    place, problem, remedy : str
        The parts of the sentence where whoever raised it told them apart (`at`); else the whole of it is the problem.
        A problem has no full stop.
    line : int
        The line of the place, from 1; 0 where none is known.
    about : str
        The word of the text that it speaks of, as it stands there; empty where it speaks of none.
    """

    exit_status = 1

    def __init__(self, *said: object) -> None:
        # A sentence made of words that carry marks is for a person all the same.
        super().__init__(*(unmarked(part) if isinstance(part, str) else part for part in said))
        self.place, self.problem, self.remedy = "", str(self).rstrip("."), ""
        self.line, self.about = 0, ""

    @classmethod
    def at(cls, place: str, problem: str, remedy: str = "", *, line: int = 0, about: str = "") -> Self:
        """Return the error of a place: «place, строка 3: problem. Remedy.», and each part by itself.

        Parameters
        ----------
        place
            Where it is, as a sentence begins: «Файл _quarto.yml»; empty where the problem names it.
        problem
            What is wrong, without a full stop.
        remedy
            What to do, one or more sentences; empty where the problem says that too.
        line
            The line of the place, from 1; 0 where none is known.
        about
            The word of the text that it speaks of.

        Returns
        -------
        ReportError
            Of the class that was asked.
        """
        where = f"{place}, строка {line}" if line else place
        error = cls(f"{where}{': ' if where else ''}{problem}.{' ' if remedy else ''}{remedy}")
        error.place, error.problem, error.remedy = unmarked(place), unmarked(problem), unmarked(remedy)
        error.line, error.about = line, unmarked(about)
        return error


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


class TextError(ValueError):
    """A text of the data holds what it may not; whoever knows its place tells of it.

    Attributes
    ----------
    problem, remedy : str
        What is wrong, without a full stop, and what to do.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")
        self.problem, self.remedy = problem, remedy


# What a disk refuses whatever is asked of it, how other programs name it, and what a person can do.
_DISK = {
    errno.ENOSPC: ("на диске нет места", "no space left on device", "Освободите на нём место"),
    errno.EROFS: (
        "диск только для чтения",
        "read-only file system",
        "Скопируйте проект на диск, на который можно писать,",
    ),
    errno.EIO: ("диск отвечает ошибкой", "input/output error", "Проверьте диск"),
    **(
        {errno.EDQUOT: ("исчерпано место, отведённое вам на диске", "disk quota exceeded", "Удалите лишнее")}
        if hasattr(errno, "EDQUOT")
        else {}
    ),
}
_FILE = re.compile(r"\[Errno \d+\] [^':]+: '([^'\n]+)'(?: -> '([^'\n]+)')?")
_NUMBERED = re.compile(r"\[Errno (\d+)\]|\(os error (\d+)\)")
# What the system says of a file, as far as a person can mend it.
_REASONS = {
    **{number: said for number, (said, *_) in _DISK.items()},
    errno.ENOENT: "такого файла или папки нет",
    errno.EISDIR: "это папка",
    errno.ENOTDIR: "это не папка",
    errno.EACCES: "нет прав",
    errno.EPERM: "нет прав",
    errno.ENAMETOOLONG: "имя слишком длинное",
    errno.EEXIST: "это имя занято",
    errno.EMFILE: "открыто слишком много файлов",
    errno.ENFILE: "открыто слишком много файлов",
}
# What the system refuses though the program is right, and what to do.
_REMEDIES = {
    **{number: remedy for number, (*_, remedy) in _DISK.items()},
    errno.EACCES: "Разрешите доступ или закройте программу, в которой это открыто,",
    errno.EPERM: "Разрешите доступ",
    errno.ENAMETOOLONG: "Переложите проект в папку с коротким путём",
    errno.EMFILE: "Закройте лишние программы",
    errno.ENFILE: "Закройте лишние программы",
}


def reason(error: OSError) -> str:
    """Return in Russian why the system refused; by the name of its error where it is rare."""
    number = error.errno or 0
    name = errno.errorcode.get(number, "")
    return _REASONS.get(number) or _RARE.get(name) or f"ошибка системы {name or error.errno}"


# By name, for not every system has all of them.
_RARE = {
    "EFBIG": "файл слишком велик",
    "ELOOP": "ссылка ведет сама на себя",
    "EBUSY": "файл занят другой программой",
    "ETXTBSY": "файл занят другой программой",
    "EINVAL": "такое имя недопустимо",
    "ENOTEMPTY": "папка не пуста",
    "EXDEV": "это другой диск",
    "ENXIO": "это не обычный файл",
    "ESPIPE": "это не обычный файл",
    "ENOMEM": "не хватает памяти",
    "ESTALE": "сетевой диск отключен",
    "ETIMEDOUT": "сетевой диск не отвечает",
}


def disk_failure(told: OSError | str) -> OSError | None:
    """Return the refusal of a disk that an error or the message of another program tells of, None otherwise.

    Programs of other makes tell it in a text only: `[Errno 28] …`, `… (os error 28)`, `… (No space left on device)`.
    """
    if isinstance(told, OSError) and told.errno in _DISK:
        return told
    if isinstance(told, OSError) and told.errno is not None:
        return None
    text = str(told)
    named = [number for number, (_, phrase, _) in _DISK.items() if phrase in text.lower()]
    numbered = [int(found[1] or found[2]) for found in _NUMBERED.finditer(text)]
    for number in (*named, *numbered):
        if number in _DISK:
            file = _FILE.search(text)
            return OSError(number, os.strerror(number), *([file[2] or file[1]] if file else []))
    return None


def system_refusal(error: OSError, place: object) -> str | None:
    """Return one sentence on what the system refuses and what to do; None where the program itself may be at fault.

    Parameters
    ----------
    place
        What to name where the error names no file.
    """
    refused = disk_failure(error) or error
    if refused.errno not in _REMEDIES:
        return None
    # Of two files the second is the one that was being written.
    where = refused.filename2 or refused.filename or place
    return (
        f"{where}: {reason(refused)}. {_REMEDIES[refused.errno]} и повторите команду; прежние доклад и данные остались"
        " на месте."
    )


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """Return the choice that looks most like `name`, or None."""
    by_folded = {choice.casefold(): choice for choice in choices}
    alike = (choice for folded, choice in by_folded.items() if looks_like(folded) == looks_like(name.casefold()))
    if same := next(alike, None):
        return same
    match = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[match[0]] if match else None


def _other_letters(name: str, near: str) -> str:
    """Return a sentence on what the eye does not see: names that differ by letters of another alphabet only."""
    if name == near or looks_like(name) != looks_like(near):
        return ""
    return f" В «{name}» вместо латинских букв стоят похожие русские, или наоборот: наберите имя заново."


def looks_like(text: str) -> str:
    """Return a text with Latin letters for the Cyrillic ones that look the same."""
    return text.translate(_LOOK_ALIKE)


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """Return a Russian sentence that offers the nearest name, or lists the few there are.

    A number is never taken for a misspelt one. The empty code of what is not divided is no name to offer.
    """
    name, choices = unmarked(name), sorted(filter(None, map(unmarked, choices)))
    near = None if _NUMBER.fullmatch(name) else nearest(name, choices)
    if near is not None:
        return f" Возможно, имелось в виду «{near}».{_other_letters(name, near)}"
    if 0 < len(choices) <= 12:
        return f" Есть: {', '.join(choices)}."
    return ""
