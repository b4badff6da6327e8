"""Sentences cast in one mould: the same words around other numbers, years told one by one, and sentences too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST = 35  # words: beyond these readers go back to find the verb
LEAST = 5  # words that make a mould; shorter ones are set phrases
YEARS = 3  # how often «в … году» may stand in one sentence
VALUE = "•"
_WORD = re.compile(rf"[\w{VALUE}-]+")
_YEAR = re.compile(rf"\b[вВ] {VALUE} год[ау]?\b|\b[вВ] {VALUE} г\.")
TOO_LONG = f"предложение длиннее {LONGEST} слов"
ALIKE = "предложения одного образца подряд"
BY_YEARS = "годы перечислены по одному"
FEWER_YEARS = "Назовите первый и последний год и что изменилось; годы – в таблице или на рисунке."


class Sentence(NamedTuple):
    """A sentence as a reader hears it: expressions stand as a bullet.

    Attributes
    ----------
    place : int
        Where it begins in its passage.
    words : str
    """

    place: int
    words: str


def moulded(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, str, str]]:
    """Yield the sentences of a passage that are too long, tell years one by one or repeat the one before.

    Parameters
    ----------
    sentences
        In their order.

    Yields
    ------
    tuple of Sentence, str and str
        The sentence, the problem and the remedy.

    Examples
    --------
    >>> said = ["Уровень занятости в регионе вырос до •.", "Уровень занятости в стране вырос до •."]
    >>> [problem for _, problem, _ in moulded(Sentence(0, words) for words in said)]
    ['предложения одного образца подряд']
    """
    before = ""
    for sentence in sentences:
        words = _WORD.findall(sentence.words)
        if len(words) > LONGEST:
            yield sentence, TOO_LONG, f"Разделите: в нем {len(words)}, а читать легко до {LONGEST}."
        if len(_YEAR.findall(sentence.words)) >= YEARS:
            yield (
                sentence,
                BY_YEARS,
                "Назовите первый и последний год и что изменилось; годы – в таблице или на рисунке.",
            )
        mould = _mould(words)
        if mould and mould == before:
            yield sentence, ALIKE, "Скажите о втором, чем оно отличается от первого, или сведите оба в одно."
        before = mould


def _mould(words: list[str]) -> str:
    """Return the first words of a sentence, in which names and numbers are alike; nothing for a short one."""
    return " ".join(words[:3]).lower() if len(words) >= LEAST else ""
