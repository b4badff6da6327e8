"""Signs that Russian print does not use, and spaces where none belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Sign(NamedTuple):
    """A rule: what is looked for, what is wrong with it, what to do."""

    pattern: re.Pattern[str]
    problem: str
    remedy: str


_LETTER = "А-Яа-яЁё"
SIGNS = (
    Sign(re.compile(rf"\"[{_LETTER}][^\"\n]*\""), "прямые кавычки", "Поставьте «ёлочки», внутри них – „лапки“."),
    Sign(
        re.compile(r"(?<=\S)[ \u00a0]+[-—−][ \u00a0]+(?=[^\s\d])"),
        "дефис, минус или длинное тире вместо тире",
        "Поставьте короткое тире с пробелами: « – ».",
    ),
    Sign(re.compile(r"\.\.\."), "три точки", "Поставьте знак многоточия «…»."),
    Sign(re.compile(r"(?<=[^\s|])[ ]{2,}(?=[^\s|])"), "два пробела подряд", "Оставьте один."),
    Sign(
        re.compile(rf"(?<=[{_LETTER}»)])[ \u00a0]+[,;:.!?](?![.\w])"),
        "пробел перед знаком препинания",
        "Уберите пробел.",
    ),
    Sign(
        re.compile(rf"(?<=[{_LETTER}»)])[,;:!?](?=[{_LETTER}«(])"),
        "нет пробела после знака препинания",
        "Поставьте пробел.",
    ),
    Sign(
        re.compile(rf"[«(][ \u00a0]|[ \u00a0][»)](?![{_LETTER}])"),
        "пробел внутри кавычек или скобок",
        "Уберите пробел.",
    ),
    Sign(re.compile(r"(?<=\d)-(?=\d{4})"), "дефис между годами", "Поставьте короткое тире без пробелов: «–»."),
    Sign(re.compile(r"[ёЁ]"), "буква «ё»", "Доклад пишется через «е»."),
)


def mistaken(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield each sign that is wrong: its place, what stands there, the problem and the remedy.

    Parameters
    ----------
    text
        Prose without markup; an expression in it stands as letters or digits of the same length.

    Examples
    --------
    >>> [(place, problem) for place, _, problem, _ in mistaken("Рост ,как и прежде - небольшой...")]
    [(4, 'пробел перед знаком препинания'), (5, 'нет пробела после знака препинания')]
    """
    found = [
        (match.start(), _shown(text, match), sign.problem, sign.remedy)
        for sign in SIGNS
        for match in sign.pattern.finditer(text)
    ]
    yield from sorted(found)


def _shown(text: str, found: re.Match[str]) -> str:
    """Return the words around what was found."""
    start = text.rfind(" ", 0, max(found.start() - 1, 0)) + 1
    end = text.find(" ", found.end() + 1)
    return text[start : len(text) if end < 0 else end].strip()
