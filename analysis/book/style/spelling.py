"""Words that the dictionary of Russian word forms does not know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import pymorphy3

# A word that Latin letters or digits are part of is a name or a code.
_WORD = re.compile(r"(?<![\w-])[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*(?![\w-])")
_ABBREVIATION = re.compile(r"[А-ЯЁ]+[а-яё]{0,3}|[А-ЯЁ][а-яё]*[А-ЯЁ]\w*")
_SHORT = 2  # letters of «г», «с», «т», which stand for words
PROBLEM = "слова нет в словаре"
REMEDY = "Исправьте опечатку; верное слово внесите в data/codes/words.csv с пояснением."


def unknown(text: str, known: Collection[str] = ()) -> Iterator[tuple[int, str]]:
    """Yield the words of a text that no dictionary holds, each with its place in it.

    Parameters
    ----------
    text
        Words alone, without markup and code.
    known
        Words of the project's own, in lower case.

    Yields
    ------
    tuple of int and str
        Where the word begins, and the word.

    Examples
    --------
    >>> list(unknown("Безработица вырасла в регионе"))
    [(12, 'вырасла')]
    """
    for found in _WORD.finditer(text):
        word = found[0]
        if len(word) > _SHORT and not _ABBREVIATION.fullmatch(word) and not _is_known(word, known):
            yield found.start(), word


def _is_known(word: str, known: Collection[str]) -> bool:
    whole = word.lower()
    return (
        whole in known
        or _in_dictionary(whole)
        or all(len(part) <= _SHORT or part in known or _in_dictionary(part) for part in whole.split("-"))
    )


@lru_cache(maxsize=16384)
def _in_dictionary(word: str) -> bool:
    return _dictionary().word_is_known(word)


@lru_cache(maxsize=1)
def _dictionary() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")
